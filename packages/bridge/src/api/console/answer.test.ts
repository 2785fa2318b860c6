import { gzipSync } from 'node:zlib';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answerFile, readConsole, type ConsoleFile } from './index.js';

const page: ConsoleFile = { path: '/', type: 'text/html; charset=utf-8', plain: Buffer.from('plain'), gzip: Buffer.from('packed'), tag: 'T', hashed: false };
const asked = { host: '127.0.0.1:7843', acceptEncoding: undefined, ifNoneMatch: undefined };

describe('a file of the console as an answer', () => {
  it('allows the page what it has and nothing else', () => {
    const { headers } = answerFile(page, asked);
    const policy = new Map((headers['content-security-policy'] ?? '').split('; ').map((rule) => [rule.split(' ')[0], rule.split(' ').slice(1).join(' ')]));
    expect(policy.get('default-src')).toBe("'none'");
    expect(policy.get('script-src')).toBe("'self'");
    expect(policy.get('style-src')).toBe("'self'");
    expect(policy.get('connect-src')).toBe("'self' ws://127.0.0.1:7843");
    for (const rule of ['base-uri', 'form-action', 'frame-ancestors', 'trusted-types']) expect(policy.get(rule)).toBe("'none'");
    expect(policy.get('require-trusted-types-for')).toBe("'script'");
    expect(headers['content-security-policy']).not.toMatch(/unsafe|https?:|\*/);
  });

  it('is asked for anew where it names the others, and for ever where its name says what is in it', () => {
    expect(answerFile(page, asked).headers['cache-control']).toBe('no-cache');
    expect(answerFile({ ...page, hashed: true }, asked).headers['cache-control']).toBe('public, max-age=31536000, immutable');
  });

  it.each([
    [undefined, false],
    ['', false],
    ['gzip', true],
    ['br, GZIP;q=0.5', true],
    ['gzip;q=0', false],
    ['*', true],
    ['*;q=0', false],
    ['gzip;q=0, *', false],
    ['identity', false],
    ['xgzip', false],
    ['gzip;q=nonsense', false],
  ])('Accept-Encoding %j: packed %s', (acceptEncoding, packed) => {
    const { headers, body } = answerFile(page, { ...asked, acceptEncoding });
    expect(body?.toString()).toBe(packed ? 'packed' : 'plain');
    expect(headers['content-encoding']).toBe(packed ? 'gzip' : undefined);
    expect(headers['etag']).toBe(packed ? '"T-gz"' : '"T"');
    expect(headers['vary']).toContain('Accept-Encoding');
  });

  it.each([
    ['"T"', 304],
    ['W/"T"', 304],
    ['"other", "T"', 304],
    ['*', 304],
    ['"other"', 200],
    ['"T-gz"', 200],
    ['T', 200],
  ])('If-None-Match %s: %d', (ifNoneMatch, status) => {
    const answer = answerFile(page, { ...asked, ifNoneMatch });
    expect(answer.status).toBe(status);
    expect(answer.body === undefined).toBe(status === 304);
  });
});

describe('the built console', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'console-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is a list of its files, read once; what is not of the page is left out', () => {
    mkdirSync(join(folder, 'assets'));
    writeFileSync(join(folder, 'index.html'), '<p>');
    writeFileSync(join(folder, 'assets/a-1.js'), 'a');
    writeFileSync(join(folder, 'assets/a-1.js.gz'), gzipSync('a'));
    writeFileSync(join(folder, 'assets/a-1.js.map'), '{}');
    const files = readConsole(folder);
    expect(files.map(({ path, type, hashed, gzip }) => ({ path, type, hashed, packed: gzip !== undefined })).sort((a, b) => (a.path < b.path ? -1 : 1))).toEqual([
      { path: '/', type: 'text/html; charset=utf-8', hashed: false, packed: false },
      { path: '/assets/a-1.js', type: 'text/javascript; charset=utf-8', hashed: true, packed: true },
    ]);
    writeFileSync(join(folder, 'index.html'), 'changed');
    expect(files.find(({ path }) => path === '/')?.plain.toString()).toBe('<p>');
  });

  it('is nothing where it was not built', () => {
    expect(readConsole(folder)).toEqual([]);
    expect(readConsole(join(folder, 'missing'))).toEqual([]);
  });
});
