import { once } from 'node:events';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Secret } from '@tillbridge/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tempFolder } from '../../../../test/support/temp-folder.js';
import { Download, type DownloadOptions } from './download.js';
import { feedJob } from './feed-job.js';
import type { FeedImport, FeedTable } from './card-import.js';

let server: Server;
let answer: (request: IncomingMessage, response: ServerResponse) => void;
let asked: IncomingMessage[];
let file: string;
const open: Download[] = [];

beforeEach(async () => {
  asked = [];
  file = join(tempFolder(), 'feed.part');
  server = createServer((request, response) => {
    asked.push(request);
    answer(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.close()));
  server.closeAllConnections();
  server.close();
});

const never = new AbortController().signal;
function download(more: Partial<DownloadOptions> = {}): Download {
  const url = new URL(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}/cards.csv?shop=1`);
  const made = new Download({ source: 'cards', url, auth: { type: 'none' }, maxBytes: 10_000, ...more });
  open.push(made);
  return made;
}
const csv = 'code,card\na,1\n';
const failing = (code: string, problem?: RegExp): unknown => expect.objectContaining({ code, ...(problem === undefined ? {} : { message: expect.stringMatching(problem) as string }) });

describe('a document', () => {
  it('comes whole into a file that nobody else can read, with what the server knows of its version', async () => {
    answer = (_, response) => void response.writeHead(200, { etag: '"v1"', 'last-modified': 'Mon, 05 Jan 2026 10:00:00 GMT' }).end(csv);
    const got = await download().toFile(file, {}, never);
    expect(got).toEqual({ status: 'new', bytes: csv.length, etag: '"v1"', lastModified: 'Mon, 05 Jan 2026 10:00:00 GMT' });
    expect(readFileSync(file, 'utf8')).toBe(csv);
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
    expect([asked[0]?.url, asked[0]?.headers['accept-encoding']]).toEqual(['/cards.csv?shop=1', 'identity']);
  });

  it('is not sent again where it did not change', async () => {
    answer = (request, response) => void response.writeHead(request.headers['if-none-match'] === '"v1"' ? 304 : 500).end();
    expect(await download().toFile(file, { etag: '"v1"', lastModified: 'x' }, never)).toEqual({ status: 'unchanged' });
    expect(asked[0]?.headers['if-modified-since']).toBe('x');
  });

  it.each([
    [{ type: 'basic', user: 'u', password: new Secret('p:w') } as const, 'authorization', `Basic ${Buffer.from('u:p:w').toString('base64')}`],
    [{ type: 'bearer', token: new Secret('t') } as const, 'authorization', 'Bearer t'],
    [{ type: 'header', name: 'X-Api-Key', value: new Secret('k') } as const, 'x-api-key', 'k'],
  ])('with %j says who asks', async (auth, header, value) => {
    answer = (_, response) => void response.end(csv);
    await download({ auth }).toFile(file, {}, never);
    expect(asked[0]?.headers[header]).toBe(value);
  });

  it.each<[string, (response: ServerResponse) => void, string, RegExp?]>([
    ['cut off before its length', (response) => void (response.writeHead(200, { 'content-length': '500' }).write(csv), response.socket?.end()), 'TB_TRANSLATE_SYNC_DOWNLOAD'],
    ['cut off between its chunks', (response) => void (response.write(csv), response.socket?.end()), 'TB_TRANSLATE_SYNC_DOWNLOAD'],
    ['without length or chunks', (response) => void response.socket?.end(`HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n${csv}`), 'TB_TRANSLATE_SYNC_SHAPE', /length/],
    ['larger than it says that it may be', (response) => void response.end('x'.repeat(10_001)), 'TB_TRANSLATE_SYNC_TOO_LARGE'],
    ['that never ends', (response) => {
      const more = (): void => {
        if (!response.destroyed) response.write('x'.repeat(5000), () => setImmediate(more));
      };
      more();
    }, 'TB_TRANSLATE_SYNC_TOO_LARGE'],
    ['that is a web page', (response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>'), 'TB_TRANSLATE_SYNC_SHAPE', /web page/],
    ['that is compressed though nobody asked', (response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end('x'), 'TB_TRANSLATE_SYNC_SHAPE'],
    ['at another host', (response) => void response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(), 'TB_TRANSLATE_SYNC_SHAPE', /302/],
    ['behind a key', (response) => void response.writeHead(401).end(), 'TB_TRANSLATE_SYNC_DENIED'],
    ['of a server that is ill', (response) => void response.writeHead(503).end(), 'TB_TRANSLATE_SYNC_DOWNLOAD', /503/],
  ])('%s is none', async (_, answering, code, problem) => {
    answer = (__, response) => answering(response);
    await expect(download().toFile(file, {}, never)).rejects.toEqual(failing(code, problem));
  });

  it('of a server that nobody runs is none, and of one that hangs neither', async () => {
    await expect(download({ url: new URL('http://127.0.0.1:1/x') }).toFile(file, {}, never)).rejects.toEqual(failing('TB_TRANSLATE_SYNC_DOWNLOAD', /refused/));
    const stop = new AbortController();
    answer = () => stop.abort();
    await expect(download().toFile(file, {}, stop.signal)).rejects.toEqual(failing('TB_TRANSLATE_SYNC_DOWNLOAD', /timeout/));
  });

  it('as a text has to be UTF-8', async () => {
    answer = (_, response) => void response.end(Buffer.from([0xc3, 0x28]));
    await expect(download().toText({}, never)).rejects.toEqual(failing('TB_TRANSLATE_SYNC_SHAPE', /UTF-8/));
  });
});

describe('a feed', () => {
  class Table implements FeedTable {
    imports: (FeedImport & { readonly text: string })[] = [];
    notes = '';
    fails = false;
    import(job: FeedImport) {
      this.imports.push({ ...job, text: readFileSync(job.file, 'utf8') });
      if (this.fails) return Promise.reject(new Error('refused'));
      this.notes = job.source.note;
      return Promise.resolve({ own: 1, foreign: 0, skipped: 1, badLines: [{ line: 3, reason: 'columns' }] });
    }
    readonly note = (): string => this.notes;
    readonly temporary = (): string => file;
  }

  it('hands the whole file to the table, and asks only for what is new from then on, until a full round', async () => {
    answer = (request, response) => void response.writeHead(request.headers['if-none-match'] === '"v1"' ? 304 : 200, { etag: '"v1"' }).end(csv);
    const table = new Table();
    const job = feedJob({ id: 'cards', type: 'feed', download: download(), table, format: 'auto', keepShare: 0.5 });
    expect(await job.run(true, never)).toMatchObject({ rows: 1, skipped: 1, bad: ['3: columns'] });
    expect(table.imports[0]).toMatchObject({ text: csv, mode: 'replace', source: { name: 'cards', keepShare: 0.5 } });
    expect(existsSync(file)).toBe(false);
    expect(await job.run(false, never)).toEqual({ unchanged: true });
    expect(await job.run(true, never)).toMatchObject({ rows: 1 });
    table.notes = '';
    expect(await job.run(false, never)).toMatchObject({ rows: 1 });
  });

  it('that fails leaves no file, no note and no import behind', async () => {
    answer = (_, response) => void (response.writeHead(200, { 'content-length': '500' }).write(csv), response.socket?.end());
    const table = new Table();
    const job = feedJob({ id: 'cards', type: 'feed', download: download(), table, format: 'auto', keepShare: 0.5 });
    await expect(job.run(true, never)).rejects.toEqual(failing('TB_TRANSLATE_SYNC_DOWNLOAD'));
    expect([existsSync(file), table.imports.length]).toEqual([false, 0]);
    answer = (_, response) => void response.end(csv);
    table.fails = true;
    await expect(job.run(true, never)).rejects.toThrow('refused');
    expect([existsSync(file), table.notes]).toEqual([false, '']);
  });
});
