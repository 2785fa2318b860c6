import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bin, runCli } from './cli.js';
import { tempFolder } from './temp-folder.js';

/** A program in the place of Node.js that shows how it was called. */
function standIn(script: string): string {
  const path = join(tempFolder(), 'node');
  writeFileSync(path, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return path;
}

describe.skipIf(process.platform === 'win32')('runCli', () => {
  test('hands over arguments, input and environment and gives back what came', async () => {
    const node = standIn('echo "$@"; cat; echo "$LANG $MORE [$HOME]" >&2; exit 3');
    const settings = { node, input: 'typed\n', env: { MORE: 'more', HOME: undefined } };
    const { code, stdout, stderr } = await runCli(['--version', 'a b'], settings);
    expect({ code, stdout, stderr }).toEqual({ code: 3, stdout: `${bin} --version a b\ntyped\n`, stderr: 'C.UTF-8 more []\n' });
  });

  test('a command that does not end is ended, and the error shows what it printed', async () => {
    const node = standIn('echo before; exec sleep 60');
    await expect(runCli(['run'], { node, timeoutMs: 300 })).rejects.toThrow(/run took more than 300 ms:\nbefore/);
  });

  test('input that is not read is no error', async () => {
    expect(await runCli([], { node: standIn('exit 0'), input: 'x'.repeat(1_000_000) })).toMatchObject({ code: 0 });
  });
});
