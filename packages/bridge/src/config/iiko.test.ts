import { describe, expect, it } from 'vitest';
import { hostsOf } from './index.js';
import { lines, load, withLines } from './test-support.js';

const env = { A: 'a-secret-of-the-plugin', B: 'another-secret-of-one', P: 'pos' };
const till = (fields: string, id = 'front'): string => `  - { id: ${id}, adapter: iiko, ${fields} }`;
const token = 'secrets: { token: "${env:A}" }';
const front = (fields: string): string => till(`transport: front, ${token}, ${fields}`);
const CARD = 'nativeIdentifier: { card: rmsDiscountCard }';
const problems = (tills: string, rest = ''): readonly string[] => lines(withLines({ tills, rest }), { env }).map((line) => line.replace(/^[^ ]+ /, ''));
const warnings = (tills: string, rest = '', paths = 'transport'): readonly string[] =>
  load(withLines({ tills, rest }), { env }).warnings.filter(({ keyPath }) => keyPath.endsWith(paths)).map(({ message }) => message);
const pos = 'posServer: { user: u, secrets: { password: "${env:P}" } }';
const device = 'transport: device, device: { adapter: virtual-com, transport: pty, link: /run/tillbridge/front }';

describe('iiko: what numbers are must be said', () => {
  it.each([
    ['nothing', front('expireMs: 5000'), 'tills[0].nativeIdentifier'],
    ['for no kind', front('nativeIdentifier: {}'), 'for at least one of `card`, `coupon`, `phone`'],
    ['not for the kind that the codes have', front('nativeIdentifier: { phone: guestPhone }'), 'what a card is to iiko must be said here'],
    ['a word that is none', front('nativeIdentifier: { card: discount }'), 'tills[0].nativeIdentifier.card'],
    ['a coupon that is a guest', front('nativeIdentifier: { card: rmsDiscountCard, coupon: iikoCardNumber }'), 'tills[0].nativeIdentifier.coupon'],
    ['a device cannot write external data', till(`${device}, nativeIdentifier: { card: externalData }`), 'tills[0].nativeIdentifier.card'],
    ['a track without its server', front('nativeIdentifier: { card: iikoCardTrack }'), '`posServer` is needed'],
    ['external data without a key', front('nativeIdentifier: { card: externalData }'), 'under which key'],
  ])('%s', (_name, tills, problem) => expect(problems(tills)).toEqual([expect.stringContaining(problem)]));

  it.each([
    ['a discount card', front(CARD)],
    ['a track with its server', front(`nativeIdentifier: { card: iikoCardTrack }, ${pos}`)],
    ['external data with a key', front('nativeIdentifier: { card: externalData }, externalData: { key: our.key }')],
    ['the transport that does nothing else', till(`transport: externalData, ${token}, key: our.key`)],
    ['a device', till(`${device}, nativeIdentifier: { card: iikoCardTrack, phone: iikoCardPhone }, track2: true`)],
  ])('not: %s', (_name, tills) => expect(problems(tills)).toEqual([]));
});

describe('iiko: what does not fit together', () => {
  it.each([
    ['the key that it writes is the one that it reads', till(`transport: externalData, ${token}, key: arbus.iikowaiter.checkinscannedvalue`), 'it would read its own output'],
    ['the same with a key of its own', till(`transport: externalData, ${token}, key: x, watchKey: x`), 'it would read its own output'],
    ['letters around the number of a device', till(`${device}, ${CARD}, prefix: "CARD"`), 'loses letters'],
    ['a template with letters', till(`${device}, ${CARD}, template: { card: ";id={number}?" }`), 'loses letters'],
    ['a weak secret', till(`transport: front, secrets: { token: "\${env:P}" }, ${CARD}`), '16 to 200 letters'],
  ])('%s', (_name, tills, problem) => expect(problems(tills)).toEqual([expect.stringContaining(problem)]));

  it('a key may be watched no more', () => expect(problems(till(`transport: externalData, ${token}, key: arbus.iikowaiter.checkinscannedvalue, watchKey: off`))).toEqual([]));

  it('one secret for two tills: nobody could tell whose the plugin is', () => {
    const two = `${front(CARD)}\n${till(`transport: front, ${token}, ${CARD}`, 'bar')}`;
    expect(problems(two, 'routes: [{ readers: [counter], till: front, goods: none }]')).toEqual([expect.stringContaining('the same secret')]);
  });

  it('goods cannot go there but by the device', () => {
    expect(problems(front(CARD), 'routes: [{ readers: [counter], till: front, goods: front }]')).toEqual([expect.stringContaining('cannot carry goods')]);
  });
});

describe('iiko: who reaches the till', () => {
  const stations = 'stations: { listen: "127.0.0.1:7845", peers: [{ id: pos-1, till: front, allow: [127.0.0.1], secrets: { token: "${env:B}" } }] }';

  it.each([
    ['nobody', till(`transport: front, ${CARD}`), '', 1],
    ['nobody without the API', front(CARD), 'api: off', 1],
    ['the plugin of this machine', front(CARD), '', 0],
    ['a station', till(`transport: front, ${CARD}`), `api: off\n${stations}`, 0],
  ])('%s', (_name, tills, rest, count) => expect(warnings(tills, rest).filter((text) => text.includes('no plugin'))).toHaveLength(count));

  it('config show names the POS server', () => {
    expect(hostsOf(load(withLines({ tills: front(`nativeIdentifier: { card: iikoCardNumber }, ${pos.replace('user', 'url: "http://10.0.0.9:7001", user')}`) }), { env }).config)).toContain('10.0.0.9:7001');
  });
});
