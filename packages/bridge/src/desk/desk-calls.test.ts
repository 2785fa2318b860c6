import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { silentLog, systemClock, TillbridgeError } from '@tillbridge/core';
import { openCards, openStateFolder } from '@tillbridge/store';
import { unzipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { tempFolder } from '../../../../test/support/temp-folder.js';
import { cardCalls } from '../control/calls-cards.js';
import { configCalls } from '../control/calls-config.js';
import { importCalls } from '../control/calls-imports.js';
import { journalCalls } from '../control/calls-journal.js';
import { supportCalls } from '../control/calls-support.js';
import { createRouter, type Method } from '../control/http.js';
import { CONTROL_CALLER, type Caller, type Scope } from '../control/scope.js';
import { createDesks, type Desks } from './index.js';

const SHOP = `version: 1
readers: [ { id: counter, type: tcp, listen: "127.0.0.1:0" } ]
tills: [ { id: front, adapter: client } ]
translators: [ { type: table } ]
codes: [ { name: universal, kind: card, match: "^98\\\\d{14}$" } ]
`;
const CODE = '9812345678901234';
const CARD = '2990000012345';

let folder: string;
let config: string;
let state: string;
let desks: Desks;
let reload: () => Promise<{ changed: readonly string[]; restartNeeded: readonly string[] }>;
let route: ReturnType<typeof createRouter>;

beforeEach(() => {
  folder = tempFolder();
  config = join(folder, 'tillbridge.yaml');
  writeFileSync(config, SHOP);
  ({ path: state } = openStateFolder(join(folder, 'state')));
  // the built process: `npm test` builds first
  desks = createDesks({ state, config, clock: systemClock, log: silentLog });
  reload = () => Promise.resolve({ changed: ['rules'], restartNeeded: [] });
  route = createRouter([...cardCalls(desks.quick), ...importCalls(desks.imports), ...journalCalls(desks.quick, desks.slow), ...configCalls({ reload: () => reload() }, desks.quick), ...supportCalls(desks.slow)]);
});
afterEach(() => desks.close());

/** Calls, and holds the answer against its description: not a field more. */
async function call<T>(method: Method, url: string, body?: unknown, caller: Caller = CONTROL_CALLER): Promise<T> {
  const { pathname, searchParams } = new URL(url, 'http://localhost');
  const found = route(method, pathname);
  if (found === undefined) throw new Error(`no call ${method} ${pathname}`);
  const request = { method, path: pathname, query: searchParams, body, caller, language: 'en' as const, signal: new AbortController().signal, params: found.params };
  const answer = await found.call.run(request);
  const plain: unknown = JSON.parse(JSON.stringify(answer.body));
  expect(found.call.answers[answer.status]?.parse(plain), url).toEqual(plain);
  return plain as T;
}

const codeOf = (work: Promise<unknown>): Promise<string> => work.then(() => 'none', (error: unknown) => (error instanceof TillbridgeError ? error.code : String(error)));
const client = (...scopes: Scope[]): Caller => ({ kind: 'client', id: 'c', name: 'c', scopes });

describe('cards', () => {
  test('are added, found masked, shown in clear to who may see them, counted, exported and removed', async () => {
    expect(await call('GET', '/v1/cards/stats')).toMatchObject({ total: 0 });
    expect(await call('POST', '/v1/cards', { code: CODE, card: CARD, expires: '2030-01-01' })).toEqual({ result: 'added' });
    expect(await call('POST', '/v1/cards', { code: CODE, card: CARD, state: 'blocked' })).toEqual({ result: 'updated' });
    const masked = await call('GET', `/v1/cards?code=${CODE}`, undefined, client('cards:read'));
    expect(JSON.stringify(masked)).not.toContain(CARD);
    expect(masked).toMatchObject({ card: { state: 'blocked', kind: 'card' } });
    expect(await codeOf(call('GET', `/v1/cards?code=${CODE}&reveal=1`, undefined, client('cards:read')))).toBe('TB_API_SCOPE');
    expect(await call('GET', `/v1/cards?code=${CODE}&reveal=1`, undefined, client('cards:read', 'number:reveal'))).toMatchObject({ card: { code: CODE, card: CARD } });
    expect(await call('GET', '/v1/cards?code=unknown')).toEqual({ card: null });
    expect(await call('GET', '/v1/cards/stats')).toEqual({ total: 1, active: 0, inactive: 0, blocked: 1 });
    expect(await codeOf(call('GET', '/v1/cards/export', undefined, client('cards:read')))).toBe('TB_API_SCOPE');
    expect(await call('POST', '/v1/cards/remove', { code: CODE })).toEqual({ removed: true });
    expect(await call('POST', '/v1/cards/remove', { code: CODE })).toEqual({ removed: false });
  });

  test('with codes of every kind go through the pages of an export, each once', async () => {
    const codes = ['a', 'GS\u001dinside', 'кириллица', '💳', ...Array.from({ length: 9 }, (_, i) => `n${String(i)}`)];
    const table = openCards({ file: join(state, 'cards.db') });
    for (const code of codes) table.add({ code, card: '1' });
    table.close();
    const seen: string[] = [];
    for (let after: string | null = ''; after !== null; ) {
      const page: { rows: { code: string }[]; next: string | null } = await call('GET', `/v1/cards/export?limit=4${after === '' ? '' : `&after=${after}`}`);
      seen.push(...page.rows.map(({ code }) => code));
      after = page.next;
    }
    expect([...seen].sort()).toEqual([...codes].sort());
  });

  test('refuse what is no card, in words', async () => {
    expect(await codeOf(call('POST', '/v1/cards', { code: 'a\0b', card: '1' }))).toBe('TB_TRANSLATE_BAD_ROW');
    expect(await codeOf(call('POST', '/v1/cards', { code: 'a', card: '1\n2' }))).toBe('TB_TRANSLATE_BAD_ROW');
    expect(await codeOf(call('POST', '/v1/cards', { code: 'a', card: '1', expires: 'soon' }))).toBe('TB_API_BAD_REQUEST');
    expect(await codeOf(call('POST', '/v1/cards', { code: 'x'.repeat(513), card: '1' }))).toBe('TB_API_BAD_REQUEST');
  });

  test('of a file come in pieces and are there at once when all have come', async () => {
    const file = Buffer.from(`code,card\n${Array.from({ length: 5000 }, (_, i) => `code-${String(i)},${String(i)}`).join('\n')}\nbad\n`);
    const { id, pieceBytes } = await call<{ id: string; pieceBytes: number }>('POST', '/v1/cards/imports', { name: 'cards.csv', size: file.length });
    for (let offset = 0; offset < file.length; offset += pieceBytes) {
      await call('PUT', `/v1/cards/imports/${id}/${String(offset)}`, { data: file.subarray(offset, offset + pieceBytes).toString('base64') });
    }
    expect(await call('GET', '/v1/cards/stats')).toMatchObject({ total: 0 });
    await call('POST', `/v1/cards/imports/${id}/finish`);
    let view: { import: { state: string; result?: unknown } } = { import: { state: '' } };
    for (const end = performance.now() + 60_000; view.import.state !== 'done' && performance.now() < end; await new Promise((resolve) => setImmediate(resolve))) view = await call('GET', '/v1/cards/imports');
    expect(view.import).toMatchObject({ state: 'done', result: { imported: 5000, skipped: 1, badLines: [{ line: 5002 }] } });
    expect(await call('GET', '/v1/cards/stats')).toMatchObject({ total: 5000 });
    expect(await codeOf(call('PUT', `/v1/cards/imports/${id}/x`, { data: 'AA==' }))).toBe('TB_API_BAD_REQUEST');
    expect(await codeOf(call('PUT', `/v1/cards/imports/${id}/0`, { data: 'not base64!' }))).toBe('TB_API_BAD_REQUEST');
    expect(await codeOf(call('POST', '/v1/cards/imports', { name: 'a\u202eb', size: 1 }))).toBe('TB_API_BAD_REQUEST');
  });
});

describe('the configuration', () => {
  const read = () => call<{ text: string; revision: string; readOnly?: string }>('GET', '/v1/config/file');

  test('is shown with defaults and hosts, read, checked, saved, and reloaded', async () => {
    expect(await call('GET', '/v1/config')).toMatchObject({ yaml: expect.stringContaining('keepDays: 90') as string, hosts: [] });
    expect(await call('GET', '/v1/config/schema')).toMatchObject({ title: 'tillbridge.yaml' });
    const { text, revision } = await read();
    expect(text).toBe(SHOP);
    const next = `${SHOP}store: shop-12\n`;
    expect(await call('POST', '/v1/config/check', { text: next })).toMatchObject({ ok: true, problems: [], console: '127.0.0.1:7843' });
    expect(await call('POST', '/v1/config/check', { text: `${SHOP}api: off\n` })).toMatchObject({ ok: true, console: 'off' });
    const saved = await call<{ revision: string; backup: string }>('PUT', '/v1/config/file', { text: next, revision });
    expect(saved).toMatchObject({ saved: true, reload: { ok: true, changed: ['rules'] } });
    expect(readFileSync(config, 'utf8')).toBe(next);
    expect(await read()).toMatchObject({ text: next, revision: saved.revision });
    expect(await call('GET', '/v1/config/backups')).toMatchObject({ backups: [{ name: saved.backup }] });
    expect(await call('GET', `/v1/config/backups/${saved.backup}`)).toEqual({ text: SHOP });
    expect(await codeOf(call('GET', `/v1/config/backups/${encodeURIComponent('../state/cards.db')}`))).toBe('TB_CONFIG_NO_BACKUP');
  });

  test('with mistakes is not saved: each is named with its place', async () => {
    const { revision } = await read();
    const text = `${SHOP}nonsense: 1\njournal: { keepDays: 0 }\n`;
    const checked = await call<{ problems: unknown }>('POST', '/v1/config/check', { text });
    expect(checked).toMatchObject({ ok: false, problems: [{ line: 6, column: 1, keyPath: 'nonsense' }, { line: 7, keyPath: 'journal.keepDays' }] });
    expect(await call('PUT', '/v1/config/file', { text, revision })).toMatchObject({ saved: false, problems: checked.problems });
    expect(readFileSync(config, 'utf8')).toBe(SHOP);
    expect(readdirSync(folder).filter((name) => name.includes('bak'))).toEqual([]);
  });

  test('that somebody else has saved is not overwritten', async () => {
    const { revision } = await read();
    writeFileSync(config, `${SHOP}store: theirs\n`);
    expect(await codeOf(call('PUT', '/v1/config/file', { text: `${SHOP}store: mine\n`, revision }))).toBe('TB_CONFIG_CHANGED');
    expect(readFileSync(config, 'utf8')).toContain('theirs');
  });

  test('that cannot be applied stays saved, and says that the old one goes on', async () => {
    const { revision } = await read();
    reload = () => Promise.reject(new TillbridgeError('TB_API_PORT_BUSY', { address: '127.0.0.1:1', problem: 'x' }));
    expect(await call('PUT', '/v1/config/file', { text: `${SHOP}store: a\n`, revision })).toMatchObject({ saved: true, reload: { ok: false, error: { code: 'TB_API_PORT_BUSY' } } });
  });

  test('with a secret in it is shown to nobody', async () => {
    writeFileSync(config, `${SHOP}sync: [ { id: a, type: feed, url: "https://x.example/c", secrets: { token: "hunter2hunter2" } } ]\n`);
    const shown = await call('GET', '/v1/config/file').catch((error: unknown) => error);
    expect(shown).toMatchObject({ code: 'TB_CONFIG_SECRET_INSIDE', params: { line: 6 } });
    expect(JSON.stringify(shown)).not.toContain('hunter2');
  });

  test.each([
    ['a bomb of aliases', `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghij'.split('').map((name, i) => `${name}: &${name} [${Array.from({ length: 9 }, () => `*${'abcdefghij'[i] ?? ''}`).join(',')}]`).join('\n')}\n`],
    ['brackets without end', '['.repeat(60_000)],
    ['control characters', 'version: 1\n\u0000'],
    ['nothing', ''],
    ['a list', '- 1'],
  ])('%s is answered in time, with a problem', async (_, text) => {
    expect(await call('POST', '/v1/config/check', { text })).toMatchObject({ ok: false });
  });

  test('of two megabytes is refused before anything is done', async () => {
    const text = `# ${'x'.repeat(2 * 1024 * 1024)}`;
    expect(await codeOf(call('POST', '/v1/config/check', { text }))).toBe('TB_API_BAD_REQUEST');
    expect(await codeOf(call('PUT', '/v1/config/file', { text, revision: '0'.repeat(64) }))).toBe('TB_API_BAD_REQUEST');
  });
});

describe('the journal and the support bundle', () => {
  test('of a daemon that has seen nothing are empty and whole', async () => {
    expect(await call('GET', '/v1/journal?limit=5&text=x&since=2026-01-01')).toEqual({ rows: [], next: null });
    expect(await call('GET', '/v1/journal/entries/1?scan=s')).toEqual({ entries: [] });
    expect(await call('GET', '/v1/journal/verify')).toEqual({ ok: true, entries: 0 });
    expect(await codeOf(call('GET', '/v1/journal?since=yesterday'))).toBe('TB_API_BAD_REQUEST');
  });

  test('the bundle opens, and holds no secret, code or number', { timeout: 60_000 }, async () => {
    const log = join(folder, 'log.jsonl');
    const token = 'tok-ABCDEFGHIJ-0123';
    process.env['TB_TEST_TOKEN'] = token;
    writeFileSync(config, `${SHOP}log: { file: ${log} }\nsync: [ { id: feed, type: feed, url: "https://x.example/c", secrets: { token: "\${env:TB_TEST_TOKEN}" } } ]\n`);
    writeFileSync(log, `{"event":"a","url":"https://x.example/?t=${token}"}\n{"event":"code ${CODE} phone +79991234567"}\n`);
    chmodSync(log, 0o600);
    await call('POST', '/v1/cards', { code: CODE, card: CARD });
    const { name, data } = await call<{ name: string; data: string }>('GET', '/v1/support');
    delete process.env['TB_TEST_TOKEN'];
    expect(name).toMatch(/^tillbridge-support-\d{8}T\d{6}Z\.zip$/);
    const files = Object.fromEntries(Object.entries(unzipSync(Buffer.from(data, 'base64'))).map(([path, bytes]) => [path.replace(/^.*\//, ''), Buffer.from(bytes).toString()]));
    expect(Object.keys(files).sort()).toEqual(['about.txt', 'config.yaml', 'doctor.json', 'journal.jsonl', 'log.jsonl', 'machine.json', 'metrics.txt', 'status.json']);
    for (const [file, text] of Object.entries(files)) for (const secret of [token, CODE, CARD, '9991234567']) expect(text, file).not.toContain(secret);
    expect(files['config.yaml']).toContain('token: "****"');
    expect(files['log.jsonl']).toContain('"event":"a"');
    expect(JSON.parse(files['doctor.json'] ?? '')).toEqual(expect.arrayContaining([expect.objectContaining({ id: 'config', level: 'ok' })]));
    expect(JSON.parse(files['machine.json'] ?? '')).toMatchObject({ node: process.version, running: null });
  });
});
