import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decodeKey, encodeKey } from './key-file.js';
import { openStateFolder, stateFolderAt } from './state-folder.js';

let root: string;
beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'tillbridge-state-'))));
afterEach(() => rmSync(root, { recursive: true, force: true }));

const mode = (path: string): number => statSync(path).mode & 0o777;
const fails = (code: string, problem?: RegExp): Error =>
  expect.objectContaining({ code, ...(problem === undefined ? {} : { message: expect.stringMatching(problem) as string }) }) as Error;

describe.skipIf(process.platform === 'win32')('the state folder', () => {
  it('is created with its parents, for the owner alone', () => {
    const folder = openStateFolder(join(root, 'a/b/state'));
    expect(mode(folder.path)).toBe(0o700);
    expect(mode(join(folder.path, 'keys'))).toBe(0o700);
    expect(folder.warnings).toEqual([]);
  });

  it('is tightened where it is too open', () => {
    const path = join(root, 'state');
    mkdirSync(path);
    chmodSync(path, 0o755);
    expect(openStateFolder(path).warnings).toEqual([]);
    expect(mode(path)).toBe(0o700);
  });

  it.runIf(process.getuid?.() === 0)('that belongs to somebody else is used with a warning', async () => {
    const { chownSync } = await import('node:fs');
    const path = join(root, 'state');
    mkdirSync(path, { mode: 0o700 });
    chownSync(path, 12_345, 12_345);
    expect(openStateFolder(path).warnings.map(({ code }) => code)).toEqual(['TB_JOURNAL_STATE_EXPOSED']);
  });

  it('that is a file, or lies below one, is refused in words', () => {
    writeFileSync(join(root, 'file'), '');
    expect(() => openStateFolder(join(root, 'file'))).toThrow(fails('TB_JOURNAL_STATE_FOLDER', /it is a file, not a folder/));
    expect(() => openStateFolder(join(root, 'file/below'))).toThrow(fails('TB_JOURNAL_STATE_FOLDER', /a part of the path is a file/));
    symlinkSync(join(root, 'round'), join(root, 'round'));
    expect(() => openStateFolder(join(root, 'round/state'))).toThrow(fails('TB_JOURNAL_STATE_FOLDER'));
    symlinkSync(join(root, 'gone'), join(root, 'nowhere'));
    expect(() => openStateFolder(join(root, 'nowhere/state'))).toThrow(fails('TB_JOURNAL_STATE_FOLDER'));
  });

  it('is not created by a command that only reads', () => {
    const folder = stateFolderAt(join(root, 'state'));
    expect(folder.existingKey('journal.key')).toBeUndefined();
    expect(readdirSync(root)).toEqual([]);
  });

  it('has no files outside itself', () => {
    const folder = openStateFolder(join(root, 'state'));
    for (const name of ['../x', '/etc/passwd', '', '..', 'a/b']) expect(() => folder.file(name)).toThrow(TypeError);
  });
});

describe('a key', () => {
  it('is made once, of 32 bytes, and stays', () => {
    const folder = openStateFolder(join(root, 'state'));
    const key = folder.key('journal.key');
    expect(key.byteLength).toBe(32);
    expect(folder.key('journal.key').equals(key)).toBe(true);
    expect(openStateFolder(join(root, 'state')).existingKey('journal.key')?.equals(key)).toBe(true);
    expect(folder.key('other.key').equals(key)).toBe(false);
    expect(readdirSync(join(folder.path, 'keys')).sort()).toEqual(['journal.key', 'other.key']);
    if (process.platform !== 'win32') expect(mode(folder.keyFile('journal.key'))).toBe(0o600);
  });

  it.skipIf(process.platform === 'win32')('that others could read is tightened', () => {
    const folder = openStateFolder(join(root, 'state'));
    folder.key('journal.key');
    chmodSync(folder.keyFile('journal.key'), 0o644);
    folder.key('journal.key');
    expect(mode(folder.keyFile('journal.key'))).toBe(0o600);
  });

  it('that is damaged is an error, never a new key, and is not quoted', () => {
    const folder = openStateFolder(join(root, 'state'));
    folder.key('journal.key');
    const path = folder.keyFile('journal.key');
    const whole = readFileSync(path, 'latin1');
    const flipped = whole.replace(/:(.)/, (_, first: string) => `:${first === 'a' ? 'b' : 'a'}`);
    for (const damaged of ['', whole.slice(0, 40), `${whole}x`, flipped, 'secret']) {
      writeFileSync(path, damaged);
      let message = '';
      try {
        folder.key('journal.key');
      } catch (error) {
        expect(error).toMatchObject({ code: 'TB_JOURNAL_STATE_KEY' });
        message = String(error);
      }
      expect(message).not.toBe('');
      if (damaged.length > 10) expect(message).not.toContain(damaged.slice(20, 30));
      expect(readFileSync(path, 'latin1')).toBe(damaged);
    }
  });

  it('reads back as it was written, and not with any character changed', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), fc.nat(), fc.integer({ min: 33, max: 126 }), (key, at, by) => {
        const text = encodeKey(key);
        expect(decodeKey(text)).toEqual({ key: Buffer.from(key) });
        const place = at % text.length;
        const changed = text.slice(0, place) + String.fromCharCode(by) + text.slice(place + 1);
        if (changed !== text) expect(decodeKey(changed)).toHaveProperty('problem');
      }),
    );
  });
});
