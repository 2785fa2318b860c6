import { describe, expect, it } from 'vitest';
import { changesOf, diffConfig, isEmptyDiff } from './diff.js';
import { load, VALID, withLines } from './test-support.js';

const none = { add: [], remove: [], change: [] };
const unchanged = {
  readers: none,
  tills: none,
  pipelineChanged: false,
  syncChanged: false,
  journalChanged: false,
  logChanged: false,
  receiptsChanged: false,
  apiChanged: false,
  stationsChanged: false,
  restartNeeded: [],
};
const from = load(VALID).config;
const hook = (rest: string): string =>
  withLines({ tills: `  - { id: hook, adapter: webhook, url: "https://x.example", secrets: { key: "\${env:K}" }${rest} }` });

describe('what a reload has to do', () => {
  it('nothing for the same configuration, however it is written', () => {
    const diff = diffConfig(from, load(withLines({ rest: 'api: { port: 7843 }\nroutes: [{ readers: [counter], till: front }]' })).config);
    expect(diff).toEqual(unchanged);
    expect(isEmptyDiff(diff)).toBe(true);
  });

  it('and its answer names what it did, readers first', () => {
    const diff = { ...unchanged, readers: { add: ['tap'], remove: ['bar'], change: ['counter'] }, tills: { ...none, change: ['front'] }, pipelineChanged: true, syncChanged: true, receiptsChanged: true };
    expect(changesOf(diff)).toEqual(['reader tap: add', 'reader bar: remove', 'reader counter: change', 'till front: change', 'rules', 'sync', 'receipts']);
    expect(changesOf(unchanged)).toEqual([]);
  });

  it.each([
    ['a reader more', { readers: '  - { id: counter, type: serial, path: /dev/ttyACM0 }\n  - { id: tap, type: serial, path: /dev/b }' }, { readers: { ...none, add: ['tap'] }, pipelineChanged: true }],
    ['another reader', { readers: '  - { id: tap, type: serial, path: /dev/ttyACM0 }' }, { readers: { ...none, add: ['tap'], remove: ['counter'] }, pipelineChanged: true }],
    ['a reader elsewhere', { readers: '  - { id: counter, type: serial, path: /dev/b }' }, { readers: { ...none, change: ['counter'] } }],
    ['a setting deep inside', { readers: '  - { id: counter, type: serial, path: /dev/ttyACM0, framing: { suffix: [CR] } }' }, { readers: { ...none, change: ['counter'] } }],
    ['a till changed', { tills: '  - { id: front, adapter: virtual-com, transport: pty, link: /run/tillbridge/front, gapMs: 100 }' }, { tills: { ...none, change: ['front'] } }],
    ['a code', { codes: '  []' }, { pipelineChanged: true }],
    ['a translator', { translators: '  []' }, { pipelineChanged: true }],
    ['a reaction', { rest: 'on: { blocked: passThrough }' }, { pipelineChanged: true }],
    ['a route', { rest: 'routes: [{ readers: [counter], till: front, goods: none }]' }, { pipelineChanged: true }],
    ['a feed', { rest: 'sync: [{ id: cards, type: feed, url: "https://cards.example/all.csv" }]' }, { syncChanged: true }],
    ['the journal', { rest: 'journal: { keepDays: 3 }' }, { journalChanged: true }],
    ['the log', { rest: 'log: { level: debug }' }, { logChanged: true }],
    ['the API', { rest: 'api: off' }, { apiChanged: true }],
    ['the names', { rest: 'store: a\nmachine: b' }, { restartNeeded: ['store', 'machine'] }],
  ])('%s', (_, sections, expected) => {
    const diff = diffConfig(from, load(withLines(sections)).config);
    expect(diff).toEqual({ ...unchanged, ...expected });
    expect(isEmptyDiff(diff)).toBe(false);
  });

  it('sees a new secret, though both look the same', () => {
    const old = load(hook(''), { env: { K: 'one' } }).config;
    expect(diffConfig(old, load(hook(''), { env: { K: 'two' } }).config).tills.change).toEqual(['hook']);
    expect(isEmptyDiff(diffConfig(old, load(hook(''), { env: { K: 'one' } }).config))).toBe(true);
  });
});
