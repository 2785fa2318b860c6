import { describe, expect, it } from 'vitest';
import { parseConfig } from './index.js';
import { lines, load, withLines } from './test-support.js';

const env = { K: 'k', P: 'p' };
const sync = (entry: string, more: Parameters<typeof withLines>[0] = {}): readonly string[] =>
  lines(withLines({ ...more, rest: `sync:\n  - { id: all, ${entry} }` }), { env }).map((line) => line.replace(/^[^ ]+ /, ''));
const feed = 'type: feed, url: "https://cards.example/all.csv"';
const code = (fields: string): readonly string[] => lines(withLines({ codes: `  - { name: universal, kind: card, match: '^98$', ${fields} }` })).map((line) => line.replace(/^[^ ]+ /, ''));

describe('sync', () => {
  it.each([
    ['a feed', feed],
    ['with a password', `${feed}, user: shop, secrets: { password: "\${env:P}" }`],
    ['with a token in a header', `${feed}, header: X-Api-Key, secrets: { token: "\${env:K}" }`],
    ['a JSON document', `${feed}, format: json, rows: data.cards, columns: { code: code, card: card.number }`],
    ['this machine', 'type: feed, url: "http://127.0.0.1:8080/x"'],
    ['a trusted network', 'type: feed, url: "http://192.168.1.5/x", allowInsecureLan: true'],
    ['OSMI', 'type: osmi, secrets: { id: "${env:K}", key: "${env:P}" }, number: "values[label=Номер].value"'],
    ['Koshelek', 'type: koshelek, url: "https://wallet.example/cards.json"'],
  ])('takes %s', (_, entry) => expect(sync(entry)).toEqual([]));

  it.each([
    ['without TLS', 'type: feed, url: "http://cards.example/x"', 'sync[0].url: without TLS'],
    ['OSMI without TLS', 'type: osmi, baseUrl: "http://api.example/v2", secrets: { id: "${env:K}", key: "${env:P}" }', 'sync[0].baseUrl: without TLS'],
    ['another scheme', 'type: feed, url: "ftp://cards.example/x"', 'sync[0].url: an address that begins with'],
    ['a password in the address', 'type: feed, url: "https://u:p@cards.example/x"', 'sync[0].url: a password in the address'],
    ['a secret in line', `${feed}, secrets: { token: abc }`, 'sync[0].secrets.token'],
    ['a user without a password', `${feed}, user: shop`, 'sync[0]: give `user`'],
    ['password and token', `${feed}, user: shop, secrets: { password: "\${env:P}", token: "\${env:K}" }`, 'sync[0]: give `user`'],
    ['a header without a token', `${feed}, header: X-Api-Key`, 'sync[0].header'],
    ['a JSON document without columns', `${feed}, format: json`, 'sync[0]: `columns`'],
    ['columns of a CSV', `${feed}, columns: { code: a, card: b }`, 'sync[0]: `columns`'],
    ['a path that is none', `${feed}, format: json, columns: { code: "a..b", card: b }`, 'sync[0].columns.code: a dotted path'],
    ['too often', `${feed}, everyMs: 1000`, 'sync[0].everyMs'],
  ])('refuses %s', (_, entry, problem) => expect(sync(entry)).toEqual([expect.stringContaining(problem)]));

  it('refuses two of one name', () => {
    expect(lines(withLines({ rest: `sync:\n  - { id: a, ${feed} }\n  - { id: a, ${feed} }` }))).toHaveLength(1);
  });

  it('warns where nobody asks the table', () => {
    const { warnings } = load(withLines({ translators: '  - { type: rule, number: "{value}" }', rest: `sync:\n  - { id: a, ${feed} }` }));
    expect(warnings.map(({ message }) => message)).toEqual([expect.stringContaining('nobody asks the card table')]);
  });
});

describe('rotating codes', () => {
  const rotating = (fields: string, match = '^TB1'): readonly string[] =>
    lines(withLines({ codes: `  - { name: rot, kind: card, match: '${match}' }`, translators: `  - { type: rotating, codes: [rot], issuer: cartame, ${fields} }` }), { env }).map((line) => line.replace(/^[^ ]+ /, ''));

  it.each([['an address', 'keys: { url: "https://keys.example/set.json" }'], ['a file', 'keys: { file: /etc/keys.json }, table: true'], ['a template', 'keys: { file: /etc/keys.json }, number: "29{value}"']])('take %s', (_, fields) =>
    expect(rotating(fields)).toEqual([]),
  );

  it.each([
    ['keys without TLS', 'keys: { url: "http://keys.example/set.json" }', 'translators[0].keys.url: without TLS'],
    ['both ways to the number', 'keys: { file: /k }, number: "{value}", table: true', 'translators[0].number: either'],
    ['a template that is none', 'keys: { file: /k }, number: "{vlaue}"', 'translators[0].number'],
  ])('refuse %s', (_, fields, problem) => expect(rotating(fields)).toEqual([expect.stringContaining(problem)]));

  it('refuse an expression that cuts the number out: another translator would take it from a forged code', () => {
    expect(rotating('keys: { file: /k }', '^TB1.{10}(?<value>.{1,21}).{86}$')).toEqual([expect.stringContaining('codes[0].match: a rotating code is checked whole')]);
  });

  it('need their list of codes', () => {
    expect(parseConfig(withLines({ translators: '  - { type: rotating, issuer: a, keys: { file: /k } }' }), { path: 't', env: {}, readFile: () => new Uint8Array() }).ok).toBe(false);
  });
});

describe('payloads', () => {
  it.each([
    ['payload: { type: url, hosts: [pass.example, "*.wallet.example"], query: c }'],
    ['payload: { type: url, hosts: [pass.example], path: -1 }'],
    ['payload: { type: digitalLink, ai: "8018" }'],
    ['payload: { type: json, member: card.number }'],
    ['payload: { type: tel }'],
  ])('%s', (fields) => expect(code(fields)).toEqual([]));

  it.each([
    ['payload: { type: url, hosts: [pass.example] }', 'either `query` or `path`'],
    ['payload: { type: url, hosts: [pass.example], query: c, path: 1 }', 'either `query` or `path`'],
    ['payload: { type: url, hosts: [pass.example], path: 0 }', 'segments count from 1'],
    ['payload: { type: url, hosts: ["https://pass.example"], query: c }', 'a host name expected'],
    ['payload: { type: url, query: c }', 'hosts'],
    ['payload: { type: digitalLink, ai: "x" }', 'application identifier'],
    ['payload: { type: json, member: "a b" }', 'dotted path'],
  ])('not %s', (fields, problem) => expect(code(fields).join()).toContain(problem));
});

describe('telephones', () => {
  const warnings = (fields: string): readonly string[] => load(withLines({ codes: `  - { name: p, kind: phone, ${fields} }` })).warnings.map(({ message }) => message);

  it('of digits alone are warned of: cards look the same', () => {
    expect(warnings("match: '^7\\d{10}$'")).toEqual([expect.stringContaining('digits alone')]);
    expect(warnings("match: '^(8|\\+7)\\d{10}$'")).toHaveLength(1);
  });

  it.each([["match: '^\\+7\\d{10}$'"], ["match: '^\\+\\d{10,15}$', payload: { type: tel }"], ["match: '^\\d{10,12}$', readers: [counter]"]])('not of %s', (fields) => expect(warnings(fields)).toEqual([]));
});
