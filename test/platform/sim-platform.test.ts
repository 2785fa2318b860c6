import { afterEach, describe, expect, test } from 'vitest';
import type { RunningChild } from '../support/child.js';
import { runCli, startCli } from '../support/cli.js';
import { TestShop } from '../support/shop.js';

describe('tillbridge sim platform', () => {
  let simulator: RunningChild | undefined;
  let shop: TestShop | undefined;
  afterEach(async () => {
    await simulator?.stop(5000);
    await shop?.close();
  });

  test('is found by a translator of its preset, and steered over its control address', async () => {
    simulator = startCli(['sim', 'platform', 'maxma', '--json']);
    const [line] = await simulator.waitForLine(/^\{"ready":true.*\}$/, 60_000);
    const { control, url } = JSON.parse(line) as { control: string; url: string };
    const state = (await (await fetch(`${control}/state`)).json()) as { secrets: { key: string } };
    shop = new TestShop({
      codes: [{ name: 'club', kind: 'card', match: '^2\\d{12}$' }],
      translators: [{ type: 'http', preset: 'maxma', baseUrl: url, secrets: { key: '${env:MAXMA_KEY}' }, timeoutMs: 30_000, limits: { connectMs: 30_000 } }],
    });
    const env = { MAXMA_KEY: state.secrets.key };
    expect(await shop.json(['translate', '2000000012345', '--reveal'], { env })).toMatchObject({ result: 'found', number: '2000000012345' });
    await fetch(`${control}/faults`, { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ answer: 'echo' }) });
    const { stdout, stderr } = await shop.cli(['translate', '2000000012352', '--log-level', 'debug'], { env });
    expect(stdout).toContain('badResponse');
    // the page of that proxy had all of it
    expect(stdout + stderr).not.toMatch(/2000000012352|made-up-maxma-key/);
    expect((await (await fetch(`${control}/log`)).json())).toMatchObject({ exchanges: [{ route: '/get-balance', status: 200 }, { route: '/get-balance' }] });
  });

  test('names those that there are, and refuses the others', async () => {
    const list = await runCli(['sim', 'platform', 'list']);
    expect([list.code, list.stdout]).toEqual([0, expect.stringMatching(/^uds +UDS$/m) as string]);
    const unknown = await runCli(['sim', 'platform', 'nobody']);
    expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining('sim platform list') as string]);
  });
});
