import { describe, expect, test } from 'vitest';
import { addressesOf, ask, verdictOf } from '../../scripts/docs/external-links.mjs';
import { parsePage } from '../../scripts/docs/markdown.mjs';

const pageOf = (source, path) => ({ path, ...parsePage(source) });
const codeOf = (code) => Object.assign(new TypeError('fetch failed'), { cause: { code } });

test('addresses outside are asked once each, examples and files never', () => {
  const pages = [
    pageOf('[a](https://vendor.ru/x#one) [b](https://vendor.ru/x#two)\n[c](y.md) [d](mailto:a@b.ru) `[e](https://code.ru)`', 'docs/x.md'),
    pageOf('[a](https://vendor.ru/x) [f](https://a.example/x) [g](http://127.0.0.1:7843/) [h](https://example.com/) [i](http://localhost:80/)', 'docs/y.md'),
  ];
  expect([...addressesOf(pages)]).toEqual([['https://vendor.ru/x', ['docs/x.md:1', 'docs/x.md:1', 'docs/y.md:1']]]);
});

describe('an answer', () => {
  test.each([
    [{ status: 200 }, 'there'],
    [{ status: 304 }, 'there'],
    [{ status: 404 }, 'gone'],
    [{ status: 410 }, 'gone'],
    [{ error: 'ENOTFOUND' }, 'gone'],
    [{ status: 403 }, 'unknown'],
    [{ status: 429 }, 'unknown'],
    [{ status: 503 }, 'unknown'],
    [{ error: 'TimeoutError' }, 'unknown'],
  ])('%j: %s', (answer, verdict) => {
    expect(verdictOf(answer)).toBe(verdict);
  });

  test('is waited for again where the first says nothing good', async () => {
    const said = [() => Promise.reject(codeOf('ECONNRESET')), () => Promise.resolve({ status: 200 })];
    const asked = [];
    const fetchPage = (address) => {
      asked.push(address);
      return said.shift()();
    };
    expect(await ask('https://vendor.ru/', fetchPage)).toEqual({ status: 200, verdict: 'there' });
    expect(asked).toHaveLength(2);
  });

  test('that stays away tells why', async () => {
    expect(await ask('https://vendor.ru/', () => Promise.reject(codeOf('ENOTFOUND')))).toEqual({ error: 'ENOTFOUND', verdict: 'gone' });
    expect(await ask('https://vendor.ru/', () => Promise.resolve({ status: 404 }))).toEqual({ status: 404, verdict: 'gone' });
  });
});
