import { describe, expect, it } from 'vitest';
import { resolveRoutes } from './index.js';
import { load, VALID, withLines } from './test-support.js';

const hook = '  - { id: hook, adapter: webhook, url: "https://x.example", secrets: { key: "${env:K}" } }';
const both = `  - { id: front, adapter: virtual-com, transport: pty, link: /run/f }\n${hook}`;
const routes = (text: string): unknown => resolveRoutes(load(text, { env: { K: 'k' } }).config);

describe('routes with their defaults', () => {
  it('every reader to the only till, goods to the same where it can carry them', () => {
    expect(routes(VALID)).toEqual([{ readers: ['counter'], till: 'front', goods: 'front' }]);
    expect(routes(withLines({ tills: hook }))).toEqual([{ readers: ['counter'], till: 'hook', goods: 'none' }]);
  });

  it('a program that hands us its reads has its own till, unless a route says otherwise', () => {
    const readers = '  - { id: counter, type: tcp, connect: "10.0.0.1:1" }\n  - { id: own, type: till, till: hook }';
    expect(routes(withLines({ readers, tills: both, rest: 'routes: [{ readers: [counter], till: front }]' }))).toEqual([
      { readers: ['counter'], till: 'front', goods: 'front' },
      { readers: ['own'], till: 'hook', goods: 'none' },
    ]);
    expect(routes(withLines({ readers, tills: both, rest: 'routes: [{ readers: [counter, own], till: front }]' }))).toEqual([
      { readers: ['counter', 'own'], till: 'front', goods: 'front' },
    ]);
    expect(routes(withLines({ readers: readers.replace('hook', 'front') }))).toEqual([
      { readers: ['counter'], till: 'front', goods: 'front' },
      { readers: ['own'], till: 'front', goods: 'front' },
    ]);
    expect(routes(withLines({ readers: '  - { id: own, type: till, till: front }', tills: both }))).toEqual([{ readers: ['own'], till: 'front', goods: 'front' }]);
  });

  it('as they are written', () => {
    const to = (till: string, goods = ''): string => withLines({ tills: both, rest: `routes: [{ readers: [counter], till: ${till}${goods} }]` });
    expect(routes(to('hook'))).toEqual([{ readers: ['counter'], till: 'hook', goods: 'none' }]);
    expect(routes(to('hook', ', goods: front'))).toEqual([{ readers: ['counter'], till: 'hook', goods: 'front' }]);
    expect(routes(to('front', ', goods: none'))).toEqual([{ readers: ['counter'], till: 'front', goods: 'none' }]);
  });
});
