import { describe, expect, it } from 'vitest';
import { resolveRoutes } from './index.js';
import { lines, load, withLines } from './test-support.js';

const mobile = (rest = ''): string => `  - { id: waiter, type: mobile${rest === '' ? '' : `, ${rest}`} }`;
const twoTills = '  - { id: front, adapter: virtual-com, transport: pty, link: /run/f }\n  - { id: bar, adapter: virtual-com, transport: pty, link: /run/b }';
const problems = (readers: string, sections: object = {}): readonly string[] => lines(withLines({ readers, ...sections }));

describe('phones as scanners', () => {
  it('need nothing but their type: private addresses, a certificate of our own, what no code claims is rejected', () => {
    const { config, warnings } = load(withLines({ readers: mobile() }));
    expect(config.readers[0]).toMatchObject({ type: 'mobile', host: 'auto', port: 48_443, httpPort: 48_080, names: [], unmatched: 'reject' });
    expect(resolveRoutes(config)).toEqual([{ readers: ['waiter'], till: 'front', goods: 'front' }]);
    expect(warnings).toEqual([]);
  });

  it('go to the first of the tills that they may choose, without a route', () => {
    const { config } = load(withLines({ readers: mobile('tills: [bar, front]'), tills: twoTills }));
    expect(resolveRoutes(config)).toEqual([{ readers: ['waiter'], till: 'bar', goods: 'bar' }]);
  });

  it('need a route where there are several tills and none is named', () => {
    expect(problems(mobile(), { tills: twoTills }).join()).toContain('routes');
  });

  it.each([
    ['an address of the internet', 'host: 8.8.8.8', 'readers[0].host: `auto`, or a private address'],
    ['every address', 'host: 0.0.0.0', 'readers[0].host: `auto`, or a private address'],
    ['a name as its address', 'host: till.lan', 'readers[0].host: `auto`, or a private address'],
    ['one port for both pages', 'port: 8443, httpPort: 8443', 'readers[0].httpPort: the page with TLS and the one without need two ports'],
    ['a till that is not there', 'tills: [fornt]', 'readers[0].tills[0]: there is no till `fornt`; did you mean `front`?'],
    ['a till twice', 'tills: [front, front]', 'readers[0].tills[1]: `front` stands here twice'],
    ['a name that is none', 'names: [Till_1]', 'readers[0].names[0]: a host name in small letters expected'],
    ['a hub on the internet', 'hub: "https://8.8.8.8:48443"', 'readers[0].hub: an address in the local network expected'],
    ['a hub with a path', 'hub: "https://192.168.1.10:48443/x"', 'readers[0].hub: an address in the local network expected'],
    ['a relayed till without its id', 'relay: [{ id: bar, url: "https://192.168.1.11:48443" }]', 'readers[0].relay[0].id: the 16 characters that'],
    ['a fingerprint that is none', 'relay: [{ id: AAAAAAAAAAAAAAAA, url: "https://192.168.1.11:48443", fingerprint: ab12 }]', 'readers[0].relay[0].fingerprint: a SHA-256 fingerprint expected'],
    ['a relayed till twice', 'relay: [{ id: AAAAAAAAAAAAAAAA, url: "https://192.168.1.11:48443" }, { id: AAAAAAAAAAAAAAAA, url: "https://192.168.1.12:48443" }]', 'readers[0].relay[1].id: `AAAAAAAAAAAAAAAA` stands here twice'],
    ['half a certificate', 'tls: { cert: /a.pem }', 'readers[0].tls.key: required, and missing'],
  ])('%s is refused at its place', (_name, rest, problem) => {
    expect(problems(mobile(rest)).join('\n')).toContain(problem);
  });

  it('have one listener for all: a second reader of theirs is refused, and so is its port for somebody else', () => {
    expect(problems(`${mobile()}\n  - { id: other, type: mobile, port: 1, httpPort: off }`).join('\n')).toContain('readers[1]: one reader of type mobile serves all phones: readers[0] is there already');
    expect(problems(`${mobile('host: 127.0.0.1')}\n  - { id: net, type: tcp, listen: "127.0.0.1:48443" }`)).toHaveLength(1);
  });

  it('are warned of a name that our authority cannot vouch for, unless the store brings a certificate', () => {
    const warned = (rest: string): readonly string[] => load(withLines({ readers: mobile(rest) })).warnings.map(({ keyPath }) => keyPath);
    expect(warned('names: [till.lan, till.example.com]')).toEqual(['readers[0].names[1]']);
    expect(warned('names: [till.example.com], tls: { cert: /a.pem, key: /a.key }')).toEqual([]);
  });
});
