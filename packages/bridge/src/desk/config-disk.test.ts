import { chmodSync, lstatSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { tempFolder } from '../../../../test/support/temp-folder.js';
import { listBackups, MAX_BACKUPS, readBackup, readFile, readOnlyReason, replaceWithBackup, revisionOf } from './config-disk.js';

const T0 = Date.UTC(2026, 0, 10, 12, 3, 11, 123);
let folder: string;
let path: string;

beforeEach(() => {
  folder = tempFolder();
  path = join(folder, 'tillbridge.yaml');
  writeFileSync(path, 'version: 1\n', { mode: 0o640 });
  chmodSync(path, 0o640);
});

const replace = (text: string, wall = T0): string | null => replaceWithBackup(path, readFile(path), Buffer.from(text), wall);

describe('a configuration file that is saved', () => {
  test('is replaced in one step, keeps its mode, and leaves the text before beside it', () => {
    expect(replace('version: 2\n')).toBe('tillbridge.yaml.bak-20260110T120311123Z');
    expect(readFileSync(path, 'utf8')).toBe('version: 2\n');
    expect(statSync(path).mode & 0o777).toBe(0o640);
    expect(listBackups(path)).toEqual([{ name: 'tillbridge.yaml.bak-20260110T120311123Z', time: '2026-01-10T12:03:11.123Z', bytes: 11 }]);
    expect(readBackup(path, 'tillbridge.yaml.bak-20260110T120311123Z').toString()).toBe('version: 1\n');
    expect(statSync(join(folder, 'tillbridge.yaml.bak-20260110T120311123Z')).mode & 0o777).toBe(0o640);
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  test('with the same text is left alone', () => {
    const before = statSync(path).ino;
    expect(replace('version: 1\n')).toBeNull();
    expect(statSync(path).ino).toBe(before);
    expect(listBackups(path)).toEqual([]);
  });

  test('is not overwritten where somebody saved since it was read', () => {
    const seen = readFile(path);
    writeFileSync(path, 'theirs\n');
    expect(() => replaceWithBackup(path, seen, Buffer.from('mine\n'), T0)).toThrow(expect.objectContaining({ code: 'TB_CONFIG_CHANGED' }) as Error);
    expect(readFileSync(path, 'utf8')).toBe('theirs\n');
    expect(readdirSync(folder)).toEqual(['tillbridge.yaml']);
  });

  test('behind a link: the file changes, the link stays', () => {
    mkdirSync(join(folder, 'real'));
    const real = join(folder, 'real', 'shop.yaml');
    writeFileSync(real, 'a\n');
    const link = join(folder, 'link.yaml');
    symlinkSync(real, link);
    replaceWithBackup(link, readFile(link), Buffer.from('b\n'), T0);
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(readFileSync(real, 'utf8')).toBe('b\n');
    expect(listBackups(real)).toHaveLength(1);
  });

  test('keeps ten backups, the newest', () => {
    for (let i = 0; i < MAX_BACKUPS + 5; i += 1) replace(`version: ${String(i + 10)}\n`, T0 + i * 1000);
    const kept = listBackups(path);
    expect(kept).toHaveLength(MAX_BACKUPS);
    expect(readBackup(path, kept[0]?.name ?? '').toString()).toBe(`version: ${String(MAX_BACKUPS + 13)}\n`);
    expect(kept.map(({ time }) => time)).toEqual(kept.map(({ time }) => time).sort().reverse());
  });

  test.skipIf(process.getuid?.() === 0)('that may not be written says which, and stays as it is', () => {
    chmodSync(folder, 0o555);
    try {
      expect(readOnlyReason(path)).toContain(folder);
      expect(() => replace('x\n')).toThrow(expect.objectContaining({ code: 'TB_CONFIG_READ_ONLY' }) as Error);
    } finally {
      chmodSync(folder, 0o755);
    }
    chmodSync(path, 0o440);
    expect(readOnlyReason(path)).toContain('tillbridge.yaml');
  });
});

test.each(['../../etc/passwd', 'tillbridge.yaml', 'tillbridge.yaml.bak-', 'tillbridge.yaml.bak-2026', '', 'x.bak-20260110T120311123Z', '/etc/passwd'])('%j is the name of no backup', (name) => {
  writeFileSync(join(folder, 'x.bak-20260110T120311123Z'), 'other');
  expect(() => readBackup(path, name)).toThrow(expect.objectContaining({ code: 'TB_CONFIG_NO_BACKUP' }) as Error);
});

test('a folder, a missing file and one that is too large are typed errors', () => {
  expect(() => readFile(join(folder, 'none.yaml'))).toThrow(expect.objectContaining({ code: 'TB_CONFIG_NOT_FOUND' }) as Error);
  expect(() => readFile(folder)).toThrow(expect.objectContaining({ code: 'TB_CONFIG_UNREADABLE' }) as Error);
  writeFileSync(path, Buffer.alloc(2 * 1024 * 1024, 0x23));
  expect(() => readFile(path)).toThrow(expect.objectContaining({ code: 'TB_CONFIG_UNREADABLE' }) as Error);
});

test('a revision is of the bytes', () => {
  expect(revisionOf(Buffer.from('a'))).toMatch(/^[0-9a-f]{64}$/);
  expect(revisionOf(Buffer.from('a'))).not.toBe(revisionOf(Buffer.from('a\n')));
});
