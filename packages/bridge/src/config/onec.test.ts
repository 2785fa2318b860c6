import { describe, expect, it } from 'vitest';
import { parseConfig } from './index.js';
import { hostsOf } from './show.js';

const token = (name: string) => ['${env:', name, '}'].join('');
const parse = (tills: readonly object[], more: object = {}) =>
  parseConfig(JSON.stringify({ version: 1, readers: [{ id: 'r', type: 'tcp', listen: '127.0.0.1:0' }], tills, routes: [{ readers: ['r'], till: 'front' }], ...more }), {
    path: 'tillbridge.yaml',
    env: { A: 'a'.repeat(20), B: 'b'.repeat(20), SHORT: 'short' },
    readFile: () => new Uint8Array(),
  });
const problems = (tills: readonly object[], more: object = {}): readonly string[] => {
  const loaded = parse(tills, more);
  return loaded.ok ? [] : loaded.problems.map(({ keyPath, message }) => `${keyPath}: ${message}`);
};
const addin = (over: object = {}) => ({ id: 'front', adapter: '1c', transport: 'addin', secrets: { token: token('A') }, ...over });
const device = (over: object = {}) => ({ id: 'front', adapter: '1c', transport: 'device', device: { adapter: 'virtual-com', transport: 'pty', link: '/run/front' }, ...over });

describe('1C tills', () => {
  it('have the defaults of the guide', () => {
    const loaded = parse([addin()]);
    expect(loaded.ok && loaded.config.tills[0]).toMatchObject({ listen: '127.0.0.1:7844', gapMs: 100, backlogMs: 2000, confirmMs: 0, charset: 'ascii', aimId: 'strip', expireMs: 5000 });
    const port = parse([device()]);
    expect(port.ok && port.config.tills[0]).toMatchObject({ suffix: 'CR', gapMs: 100, charset: 'digits', expireMs: 5000 });
  });

  it('may contact the server of their infobase, and nobody else', () => {
    const odata = { url: 'http://server:8080/retail/odata/standard.odata', user: 'u', secrets: { password: token('B') } };
    const loaded = parse([addin({ odata })]);
    expect(loaded.ok && [hostsOf(loaded.config), loaded.config.tills[0]]).toEqual([['server:8080'], expect.objectContaining({ odata: expect.objectContaining({ entity: 'Catalog_ДисконтныеКарты', field: 'КодКартыШтрихкод', timeoutMs: 1500 }) as unknown })]);
  });

  it.each([
    ['an address that the driver cannot reach', [addin({ listen: '0.0.0.0:7844' })], 'tills[0].listen: the driver of 1C connects on this machine only'],
    ['IPv6', [addin({ listen: '[::1]:7844' })], 'tills[0].listen: the driver of 1C connects on this machine only'],
    ['a weak token', [addin({ secrets: { token: token('SHORT') } })], 'tills[0].secrets.token: the secret must have 16 to 256 characters'],
    ['a token in the file', [addin({ secrets: { token: 'x'.repeat(20) } })], 'tills[0].secrets.token: a secret does not stand in this file'],
    ['one token for two tills', [addin(), addin({ id: 'back' })], 'tills[1].secrets: the same token as tills[0] at the same address'],
    ['a template without the number', [addin({ template: 'x' })], 'tills[0].template: '],
    ['a suffix that the stock driver does not wait for', [device({ suffix: 'TAB' })], 'tills[0].suffix: unknown value'],
    ['a name that could leave its place in the address', [addin({ odata: { url: 'http://h', user: 'u', secrets: { password: token('B') }, entity: "X')/Y" } })], 'tills[0].odata.entity: a name as OData shows it expected'],
  ])('%s', (_name, tills, expected) => {
    expect(problems(tills)).toEqual(expect.arrayContaining([expect.stringContaining(expected)]));
  });

  it('may share a port with each other, and with nobody else', () => {
    expect(problems([addin(), addin({ id: 'back', secrets: { token: token('B') } })])).toEqual([]);
    expect(problems([addin({ listen: '127.0.0.1:7843' })], { api: { host: '127.0.0.1', port: 7843 } })).toEqual([expect.stringContaining('tills[0].listen')]);
  });
});
