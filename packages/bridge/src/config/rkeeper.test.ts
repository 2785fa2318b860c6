import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { lines, load, withLines } from './test-support.js';
import { hostsOf } from './index.js';

const env = { A: 'a-secret-of-station-a' };
const peers = 'stations: { listen: "127.0.0.1:7845", peers: [{ id: hall, till: front, allow: [127.0.0.1], secrets: { token: "${env:A}" } }] }';
const till = (fields: string): string => `  - { id: front, adapter: rkeeper, ${fields} }`;
const device = 'transport: device, device: { adapter: virtual-com, transport: pty, link: /run/tillbridge/front }';
const problems = (fields: string, rest = ''): readonly string[] => lines(withLines({ tills: till(fields), rest }), { env }).map((line) => line.replace(/^[^ ]+ /, ''));
const farcards = (fields: string): string => `version: 1\nreaders: []\ncodes:\n  - { name: u, kind: card, match: '^98\\d{13}$' }\ntranslators:\n  - { type: table }\ntills:\n${till(`transport: farcards${fields}`)}\n${peers}\n`;

describe('r_keeper: patterns of reserved numbers', () => {
  it.each([
    ['[', 'tills[0].numbers.reserved[0]: not a regular expression'],
    ['(\\d+)*x', 'tills[0].numbers.reserved[0]: a repeated or optional part inside a repetition'],
    ['.*', 'tills[0].numbers.reserved[0]: matches anything'],
  ])('%s is refused', (pattern, problem) => {
    expect(problems(`${device}, template: ";778=1={number}", numbers: { reserved: ['${pattern}'] }`)).toEqual([expect.stringContaining(problem)]);
  });
});

describe('r_keeper: what the preset MCR algorithms would take for something else', () => {
  it.each([
    ['staff', 'template: "{number}", numbers: { reserved: [], length: { card: [4] } }', 'which the preset MCR algorithm for staff cards would take'],
    ['staff on track 2', 'template: ";{number}?", numbers: { reserved: [], length: { card: [4] } }', 'staff cards'],
    ['a dish', 'template: "{number}\\r", numbers: { length: { card: [13] } }', 'barcodes of dishes'],
    ['a dish, by its kind', 'template: { card: ";778=1={number}", coupon: "{number}" }, numbers: { length: { coupon: [13] } }', 'tills[0].template.coupon'],
  ])('%s', (_name, fields, problem) => expect(problems(`${device}, ${fields}`)).toEqual([expect.stringContaining(problem)]));

  it.each([
    ['something in front', 'template: ";778=000012885={number}", numbers: { length: { card: [4, 13] } }'],
    ['numbers that are refused anyway', 'template: "{number}", numbers: { length: { card: [4] } }'],
    ['another length', 'template: "{number}", numbers: { length: { card: [9] } }'],
    ['no length at all', 'template: "{number}"'],
  ])('not: %s', (_name, fields) => expect(problems(`${device}, ${fields}`)).toEqual([]));

  it('a template that is none is said once', () => expect(problems(`${device}, template: "{nubmer}"`)).toHaveLength(1));
});

describe('r_keeper: station-script', () => {
  it('needs nothing but its station', () => {
    const { config, warnings } = load(withLines({ tills: till('transport: station-script'), rest: peers }), { env });
    expect(config.tills[0]).toMatchObject({ template: '{number}', expireMs: 15_000 });
    expect(warnings.filter(({ keyPath }) => keyPath.startsWith('tills[0].transport'))).toEqual([]);
  });

  it('without a station nobody can reach it', () => {
    const { warnings } = load(withLines({ tills: till('transport: station-script') }));
    expect(warnings.map(({ keyPath }) => keyPath)).toContain('tills[0].transport');
  });

  it('no other transport is reached by stations', () => expect(problems(`${device}, template: ";778=1={number}"`, peers)).toEqual([expect.stringContaining('is not one that stations fetch from')]));
});

describe('r_keeper: farcards', () => {
  it('needs no reader, and the processing server is a host that is contacted', () => {
    const { config, warnings } = load(farcards(', upstream: { url: "http://10.0.0.9:8080/pds" }'), { env });
    expect(config.tills[0]).toMatchObject({ upstream: { getCardInfoEx: 'getcardinfoex.php', timeoutMs: 8000 }, language: 'ru', keepReceipts: false });
    expect(hostsOf(config)).toContain('10.0.0.9:8080');
    expect(warnings).toEqual([]);
  });

  it('takes grants and coupons', () => {
    const coupons = 'coupons: [{ prefix: "99", name: Dessert, items: [{ code: 77, kind: percent, value: 50, discount: 31 }] }]';
    const { config } = load(farcards(`, grants: { card: { discount: 25, bonus: 4 } }, ${coupons}`), { env });
    expect(config.tills[0]).toMatchObject({ grants: { card: { discount: 25 } }, coupons: [{ items: [{ max: 1 }] }] });
  });

  it.each([
    ['a page that is an address', ', upstream: { url: "http://10.0.0.9/", getCardInfoEx: "http://elsewhere/x" }', 'tills[0].upstream.getCardInfoEx: a page of a server expected'],
    ['a password in the address', ', upstream: { url: "http://u:p@10.0.0.9/" }', 'tills[0].upstream.url'],
    ['a prefix that is none', ', coupons: [{ prefix: "9x", name: A, items: [{ code: 1, kind: price, value: 1, discount: 1 }] }]', 'tills[0].coupons[0].prefix: 1 to 19 digits expected'],
    ['a kind that there is not', ', coupons: [{ prefix: "9", name: A, items: [{ code: 1, kind: free, value: 1, discount: 1 }] }]', 'tills[0].coupons[0].items[0].kind'],
  ])('refuses %s', (_name, fields, problem) => expect(lines(farcards(fields), { env })).toEqual([expect.stringContaining(problem)]));

  it.each([
    ['by default', '', 'tills[0].transport'],
    ['by a route', 'routes: [{ readers: [counter], till: front }]\n', 'routes[0].till'],
  ])('no reader may lead to it %s', (_name, routes, place) => {
    expect(problems('transport: farcards', `${routes}${peers}`)).toEqual([expect.stringContaining(`${place}: the till \`front\` reads codes itself`)]);
  });
});

describe.each(['rkeeper.md', 'rkeeper.ru.md'])('%s', (name) => {
  const page = readFileSync(new URL(`../../../../docs/${name}`, import.meta.url), 'utf8');
  const blocks = [...page.matchAll(/^```yaml[^\n]*\n(.*?)^```/gms)].map(([, yaml = '']) => yaml);
  const examples = blocks.filter((yaml) => yaml.includes('tills:'));
  const readFile = (): Uint8Array => Buffer.from('a-secret-of-a-station');

  it('has an example of each transport', () => {
    const transports = ['device', 'xml', 'station-script', 'farcards'];
    expect(transports.filter((transport) => !examples.some((yaml) => new RegExp(`transport: ${transport}$`, 'm').test(yaml)))).toEqual([]);
  });

  it.each(examples.map((yaml) => [/transport: ([a-z-]+)$/m.exec(yaml)?.[1], yaml] as const))('the example of %s can be started', (_name, yaml) => {
    const readers = yaml.includes('readers:') ? '' : 'readers: [{ id: counter, type: serial, path: /dev/ttyACM0 }]\n';
    const codes = yaml.includes('farcards') ? "codes: [{ name: u, kind: card, match: '^98\\d{13}$', readers: [cards] }]\n" : '';
    load(`version: 1\n${readers}${codes}translators: [{ type: table }]\n${yaml}`, { readFile });
  });

  it('the rules of numbers are valid', () => {
    const rules = blocks.find((yaml) => yaml.trimStart().startsWith('numbers:')) ?? '';
    const entry = '  - id: front\n    adapter: rkeeper\n    transport: station-script\n    template: ";778=1={number}"\n';
    load(withLines({ tills: entry + rules }));
  });
});
