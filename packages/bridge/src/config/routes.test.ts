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

  it('as they are written', () => {
    const to = (till: string, goods = ''): string => withLines({ tills: both, rest: `routes: [{ readers: [counter], till: ${till}${goods} }]` });
    expect(routes(to('hook'))).toEqual([{ readers: ['counter'], till: 'hook', goods: 'none' }]);
    expect(routes(to('hook', ', goods: front'))).toEqual([{ readers: ['counter'], till: 'hook', goods: 'front' }]);
    expect(routes(to('front', ', goods: none'))).toEqual([{ readers: ['counter'], till: 'front', goods: 'none' }]);
  });
});
