import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningChild } from '../support/child.js';
import { startCli } from '../support/cli.js';
import { needs } from '../support/needs.js';
import { waitFor } from '../support/wait-for.js';
import { ACR, PATIENCE_MS, TapBench } from './support/tap-bench.js';

const CODE = '9812345678901234';

// the built command line plays the card, a real PC/SC service carries it, our real reader reads it: three processes that share nothing
needs('linux', 'pcscd', 'nfc-packages')('tillbridge sim nfc', () => {
  let bench: TapBench;
  let sim: RunningChild;
  let control = '';

  beforeAll(async () => {
    bench = await TapBench.start({ hce: { aids: ['F054494C4C3031'] }, uid: { format: 'dec10' } });
    sim = startCli(['sim', 'nfc', '--slot', bench.pcscd.slot(ACR).address]);
    await waitFor('the line READY', () => sim.stdout().includes('\n'), PATIENCE_MS);
    control = /^READY pid=\d+ control=(http:\S+) slot=\S+\n$/.exec(sim.stdout())?.[1] ?? '';
    expect(control).not.toBe('');
  });

  afterAll(async () => {
    sim.child.kill('SIGKILL');
    await sim.exited;
    await bench.close();
  });

  async function call(method: string, path: string, body: unknown): Promise<void> {
    const response = await fetch(`${control}${path}`, { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });
    expect(response.status, await response.text()).toBe(200);
  }

  const texts = (): string[] => bench.sink.reads.map(({ bytes }) => Buffer.from(bytes).toString('utf8'));

  test('lays cards on a real PC/SC reader, one in place of the other', async () => {
    await call('POST', '/card', { type: 'hce', code: CODE });
    await bench.sink.untilReads(1, PATIENCE_MS);
    await call('POST', '/card', { type: 'uid', uid: 'B2C124CB' });
    await bench.sink.untilReads(2, PATIENCE_MS);
    expect(texts()).toEqual([CODE, '2999002315']);
    const state = (await (await fetch(`${control}/state`)).json()) as { commands: number };
    expect(state.commands).toBeGreaterThan(0);
    expect(JSON.stringify(await (await fetch(`${control}/log`)).json())).not.toContain('B2C124CB');
  });

  test('its dial of faults reaches the reader: a card pulled early is a hint and no read', async () => {
    const before = texts().length;
    await call('PUT', '/faults', { removeAfter: 1 });
    await call('POST', '/card', { type: 'hce', code: CODE });
    await waitFor('the hint', () => bench.hints.includes('holdLonger'), PATIENCE_MS);
    expect(texts()).toHaveLength(before);
  });

  test('ends by SIGTERM with exit code 0, and the card is gone', async () => {
    sim.child.kill('SIGTERM');
    expect(await sim.exited).toMatchObject({ code: 0 });
    expect(sim.stderr()).toBe('');
  });
});
