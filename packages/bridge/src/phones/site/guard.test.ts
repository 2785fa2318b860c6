import { describe, expect, test } from 'vitest';
import { guard, type Arrival, type Own } from './guard.js';

const own: Own = { scheme: 'https', hosts: ['192.168.1.10', 'till.lan'], port: 48_443 };
const ask = (change: Partial<Arrival> = {}) => guard({ peer: '192.168.1.50', hosts: ['192.168.1.10:48443'], origin: undefined, fetchSite: undefined, method: 'GET', ...change }, own);

describe('what comes to the listener for phones', () => {
  test('is let in from the local network, by an address or a name of ours', () => {
    expect(ask()).toBeUndefined();
    expect(ask({ hosts: ['TILL.lan:48443'] })).toBeUndefined();
    expect(ask({ method: 'POST', origin: 'https://192.168.1.10:48443', fetchSite: 'same-origin' })).toBeUndefined();
  });

  test('is refused from the internet', () => {
    expect(ask({ peer: '203.0.113.9' })).toBe('peer');
    expect(ask({ peer: '' })).toBe('peer');
  });

  test.each([['a foreign name', ['evil.example:48443']], ['another port', ['192.168.1.10:80']], ['no port', ['192.168.1.10']], ['none', []], ['two', ['192.168.1.10:48443', 'evil.example']], ['a name that ends like ours', ['evil.till.lan:48443']], ['a name that begins like ours', ['192.168.1.10.evil.example:48443']]])(
    'is refused with %s as its host',
    (_what, hosts) => {
      expect(ask({ hosts })).toBe('host');
    },
  );

  test.each([['another site', 'https://evil.example'], ['the page without TLS', 'http://192.168.1.10:48443'], ['an opaque origin', 'null'], ['another port of ours', 'https://192.168.1.10:7843']])('is refused from %s', (_what, origin) => {
    expect(ask({ method: 'POST', origin })).toBe('crossSite');
    expect(ask({ origin })).toBe('crossSite');
  });

  test('may open the page from a link elsewhere, and send nothing from there', () => {
    expect(ask({ fetchSite: 'cross-site' })).toBeUndefined();
    expect(ask({ fetchSite: 'cross-site', method: 'POST' })).toBe('crossSite');
  });

  test('may leave the usual port out', () => {
    expect(guard({ peer: '10.0.0.2', hosts: ['[fd00::5]'], origin: 'http://[fd00::5]', fetchSite: undefined, method: 'POST' }, { scheme: 'http', hosts: ['fd00::5'], port: 80 })).toBeUndefined();
  });
});
