import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openStateFolder, type StateFolder } from '../state/state-folder.js';
import { SealedFile } from './sealed-file.js';

describe('a sealed file', () => {
  let folder: string;
  let state: StateFolder;
  let file: SealedFile;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tb-sealed-'));
    state = openStateFolder(join(folder, 'state'));
    file = new SealedFile(state, 'look-ups');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test('gives back what was written, and shows nothing of it', async () => {
    expect(await file.read()).toEqual([]);
    await file.write(['9812345678901234', 'зелёный', '']);
    expect(await new SealedFile(state, 'look-ups').read()).toEqual(['9812345678901234', 'зелёный', '']);
    expect(readFileSync(state.file('look-ups')).includes('98123456')).toBe(false);
    expect(readdirSync(state.path).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    await file.write(['b']);
    expect(await file.read()).toEqual(['b']);
  });

  test('what was changed, cut off or swapped is not there', async () => {
    await file.write(['a'.repeat(40), 'b'.repeat(40)]);
    const whole = readFileSync(state.file('look-ups'));
    const half = whole.length / 2;
    const attempts = [
      whole.subarray(0, -1),
      Buffer.concat([whole.subarray(half), whole.subarray(0, half)]),
      Buffer.concat([whole.subarray(0, 30), Buffer.of((whole[30] ?? 0) ^ 1), whole.subarray(31)]),
    ];
    for (const bytes of attempts) {
      writeFileSync(state.file('look-ups'), bytes);
      expect(await file.read()).toEqual([]);
    }
    writeFileSync(state.file('look-ups'), whole);
    expect(await file.read()).toHaveLength(2);
    await file.clear();
    await file.clear();
    expect(await file.read()).toEqual([]);
  });
});
