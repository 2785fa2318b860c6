import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runCli, startCli } from '../support/cli.js';
import { needs } from '../support/needs.js';
import { tempFolder } from '../support/temp-folder.js';

interface Result {
  readonly ok: boolean;
  readonly promises: readonly { readonly id: string; readonly text: string; readonly value: number; readonly kept: boolean }[];
  readonly figures: Record<string, Record<string, unknown>>;
  readonly broken: readonly unknown[];
}

needs('linux')('tillbridge bench', () => {
  it('measures every promise that so small a table can show, says PASS or MISS in the language asked for, and leaves nothing behind', async () => {
    const place = tempFolder();
    const { code, stdout, stderr } = await runCli(['--json', '--lang', 'ru', '--state', join(place, 'state'), 'bench', '--seconds', '10', '--cards', '2000', '--dir', place], { timeoutMs: 240_000 });
    const result = JSON.parse(stdout) as Result;
    expect(result.broken).toEqual([]);
    expect(result.promises.map(({ id }) => id)).toEqual(['importRss', 'lookup', 'lookupWrong', 'start', 'mainRss', 'childRss', 'cpu', 'goodsP50', 'goodsP99', 'loyaltyP50', 'loyaltyP99']);
    expect(result.promises.every(({ value }) => Number.isFinite(value))).toBe(true);
    expect(result.promises.find(({ id }) => id === 'start')?.text).toBe('от запуска до READY к `node -e 0`');
    // whether a busy machine keeps them is not for a test to say: only that the word and the code agree
    expect(result.ok).toBe(result.promises.every(({ kept }) => kept));
    expect(code).toBe(result.ok ? 0 : 1);
    expect(result.promises.find(({ id }) => id === 'lookupWrong')).toMatchObject({ value: 0, kept: true });
    expect(result.figures['goods']?.['tillbridge']).toMatchObject({ count: 200 });
    expect(stderr.trim().split('\n')).toEqual(['cards ...', 'lookups ...', 'start ...', 'idle ...', 'goods ...', 'loyalty ...']);
    expect(readdirSync(place)).toEqual([]);
  }, 300_000);

  it('measures beside the state folder and not in it, removes what a killed run left, and ends with Ctrl-C with everything it started', async () => {
    const place = tempFolder();
    const state = join(place, 'state');
    mkdirSync(state, { mode: 0o700 });
    // more than Linux gives to any process
    mkdirSync(join(place, 'tillbridge-bench-9999999-abcdef', 'shop'), { recursive: true });
    const cli = startCli(['--state', state, 'bench', '--cards', '1000']);
    await cli.waitForErrorLine(/^start /, 60_000);
    expect(readdirSync(place).sort()).toEqual(['state', expect.stringMatching(/^tillbridge-bench-[1-9]\d*-\w{6}$/)]);
    expect(readdirSync(place)).not.toContain('tillbridge-bench-9999999-abcdef');
    expect(readdirSync(state)).toEqual([]);
    cli.child.kill('SIGINT');
    expect(await cli.exited).toMatchObject({ code: 1 });
    expect(readdirSync(place)).toEqual(['state']);
  }, 120_000);

  it('refuses a folder that is not there, and a time out of its range', async () => {
    expect((await runCli(['bench', '--dir', join(tempFolder(), 'nowhere')])).code).toBe(2);
    expect((await runCli(['bench', '--seconds', '5'])).code).toBe(2);
  });
});
