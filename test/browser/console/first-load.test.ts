import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { consoleFolder } from '../../../packages/bridge/src/console-folder.js';
import { readConsole } from '../../../packages/bridge/src/api/console/index.js';

const folder = consoleFolder();
const at = (path: string): Buffer => readFileSync(join(folder, path));
const page = (): string => at('index.html').toString();
/** What the page names, and what those files name in turn without being asked for a page of theirs. */
const named = (text: string): readonly string[] => [...new Set([...text.matchAll(/(?:src|href)="\/([^"]+)"/g)].map(([, path]) => path ?? ''))];

describe('the built console', () => {
  test('takes at most 100 kB, packed, until somebody can work with it: the page, what it names, and its heaviest page', () => {
    const shell = ['index.html', ...named(page())].reduce((sum, path) => sum + gzipSync(at(path), { level: 9 }).length, 0);
    const chunks = readConsole(folder).filter(({ path }) => path.endsWith('.js') && !page().includes(path)).map(({ gzip, plain }) => (gzip ?? plain).length);
    expect(named(page()).length).toBeGreaterThanOrEqual(3);
    // all chunks at once is more than any page takes
    expect(shell + chunks.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(100_000);
  });

  test('is packed as it lies there, and names no other machine', () => {
    for (const { path, gzip, plain, type } of readConsole(folder)) {
      expect(gzip, path).toBeDefined();
      expect(gzip?.length).toBeLessThanOrEqual(gzipSync(plain, { level: 9 }).length);
      if (type.startsWith('image/')) continue;
      const hosts = [...plain.toString().matchAll(/\bhttps?:\/\/([\w.-]+)/g)].map(([, host]) => host);
      // names of XML vocabularies, which nobody fetches
      expect(hosts.filter((host) => host !== 'www.w3.org' && host !== '127.0.0.1'), path).toEqual([]);
    }
  });

  test('has no script and no style inside its page: the policy would refuse them', () => {
    expect(page()).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=/);
  });
});
