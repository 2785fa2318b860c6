import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { FILTER_NAMES, filterChain } from './filters.js';
import { compileRequest, writeRequest } from './request.js';
import { compileTemplateText, isLeftOut, renderJsonText, renderTemplateText, type Encoding } from './template.js';
import { parseJson } from './answer-tree.js';
import { parseXml } from './xml-tree.js';

const render = (template: string, values: Readonly<Record<string, string>>, encoding: Encoding = 'none'): string | undefined =>
  renderTemplateText(compileTemplateText(template), (name) => (Object.hasOwn(values, name) ? values[name] : undefined), encoding);
const LONE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

describe('templates', () => {
  it.each<readonly [string, string, Encoding, string | undefined]>([
    ['/card/{{id}}', 'a/b?c=%2F+', 'percent', '/card/a%2Fb%3Fc%3D%252F%2B'],
    ['{{id|e164plus}}', '8 (900) 123-45-67', 'none', '+79001234567'],
    ['{{id|e164plus}}', '+8 612 345 67 89 0', 'none', '+86123456789' + '0'],
    ['{{id|e164}}', '375 29 123 45 67', 'none', '375291234567'],
    ['{{id|e164}}', '12', 'none', undefined],
    ['{{id|digits|pad:10|last:4}}', 'x-77', 'none', '0077'],
    ['{{id|integer}}', '00042', 'none', '42'],
    ['{{id|integer}}', '4x', 'none', undefined],
    ['ApiKey {{id|base64}}', 'key', 'header', 'ApiKey a2V5'],
    ['{{id}}', 'a\r\nX-Evil: 1', 'header', undefined],
    ['<n>{{id}}</n>', '<!ENTITY "&\'>', 'xml', '<n>&#60;!ENTITY &#34;&#38;&#39;&#62;</n>'],
    ['<n>{{id}}</n>', 'a\u0000', 'xml', undefined],
    ['{{ id }}{{id}}', '{{secrets.key}}', 'none', '{{secrets.key}}{{secrets.key}}'],
    ['{{nobody}}', 'x', 'none', undefined],
    ['[{{nobody?}}]', 'x', 'none', '[]'],
    ['{{id?|e164}}', '12', 'none', undefined],
  ])('%s of %j as %s', (template, id, encoding, expected) => {
    expect(render(template, { id }, encoding)).toBe(expected);
  });

  it.each(['{{id', '{{}}', '{{id|nothing}}', '{{id|last}}', '{{id|last:0}}', '{{constructor constructor}}', 'x'.repeat(20_001), '{{id|toString}}', '{{id|number|digits}}'])('refuses %.40s', (template) => {
    expect(() => compileTemplateText(template)).toThrow(expect.objectContaining({ code: 'TB_TRANSLATE_HTTP_TEMPLATE' }) as Error);
  });

  test('a value stays one value, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (id) => {
        const path = render('/x/{{id}}/y', { id }, 'percent');
        if (path === undefined) expect(id).toMatch(LONE);
        else {
          const url = new URL(path, 'http://host');
          // a segment of dots alone is resolved away whatever its encoding: it is refused where the request is written
          if (!/^\.{1,2}$/.test(id)) expect(decodeURIComponent(url.pathname.slice(3, -2))).toBe(id);
          expect([url.search, url.hash, url.host]).toEqual(['', '', 'host']);
        }
        expect(render('{{id}}', { id }, 'header') ?? '').not.toMatch(/[\r\n]/);
        expect(render('{{id}}', { id }, 'xml') ?? '').not.toMatch(/[<>"']/);
      }),
    );
  });

  test('JSON and XML give back what was put in, as one text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (id) => {
        const json = renderJsonText(compileTemplateText('{{id}}'), () => id);
        expect(parseJson(`{"a":${json ?? 'null'}}`)).toEqual({ a: id });
        const xml = render('<r><a>-{{id}}-</a></r>', { id }, 'xml');
        // XML 1.0 has one line end, and no way to write what it cannot carry
        if (xml !== undefined) expect(parseXml(xml)).toEqual({ r: { a: `-${id.replace(/\r\n?/g, '\n')}-` } });
      }),
    );
  });

  test('whatever a template is: refused by its own error, or rendered without one', () => {
    const pieces = fc.constantFrom('{{', '}}', '{{id}}', '{{id|digits|last:2}}', '{{secrets.key?}}', '|', ':', '{', '}', '?', 'id', '{{__proto__}}', '{{constructor}}', '\u0000', '\r\n');
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string({ unit: 'binary', maxLength: 6 })), { maxLength: 12 }), fc.constantFrom<Encoding>('none', 'percent', 'xml', 'header'), (parts, encoding) => {
        try {
          const text = render(parts.join(''), { id: '77' }, encoding);
          expect(text === undefined || typeof text === 'string').toBe(true);
        } catch (error) {
          expect(error).toMatchObject({ code: 'TB_TRANSLATE_HTTP_TEMPLATE' });
        }
      }),
      { numRuns: 500 },
    );
  });

  test('a filter never makes something of nothing, and every filter has a name', () => {
    expect(filterChain('digits | e164plus')?.('8 900 123-45-67')).toBe('+79001234567');
    expect(filterChain('digits|nothing')).toBeUndefined();
    expect(FILTER_NAMES).toContain('e164plus');
  });
});

describe('requests', () => {
  const write = (request: Parameters<typeof compileRequest>[0], values: Readonly<Record<string, string>> = {}) => writeRequest(compileRequest(request), (name) => values[name]);

  test('bodies of each kind, and the method and type that follow from them', () => {
    expect(write({ path: '/a', query: { code: '{{id}}', point: '{{vars.point?}}' } }, { id: '+7 9' })).toEqual({ method: 'GET', path: '/a?code=%2B7%209', headers: {}, body: undefined });
    expect(write({ path: '/a?x=1', query: { y: '2' } })).toMatchObject({ path: '/a?x=1&y=2' });
    expect(write({ path: '/a', json: { card: '{{id}}', n: '{{id|number}}', flag: true, list: ['{{id}}', '{{vars.no?}}'], none: '{{vars.no?}}' } }, { id: '90071992547409931' })).toMatchObject({
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: '{"card":"90071992547409931","n":90071992547409931,"flag":true,"list":["90071992547409931"]}',
    });
    expect(write({ path: '/a', xml: '<c>{{id}}</c>', contentType: 'text/xml' }, { id: '<&>' })).toMatchObject({ method: 'POST', headers: { 'content-type': 'text/xml' }, body: '<c>&#60;&#38;&#62;</c>' });
    expect(write({ path: '/a', form: { 'c d': '{{id}}' } }, { id: 'a&b=c' })).toMatchObject({ body: 'c%20d=a%26b%3Dc' });
  });

  it.each<readonly [string, Parameters<typeof compileRequest>[0], string]>([
    ['a path that climbs', { path: '/card/{{id}}/x' }, '..'],
    ['a path that climbs behind a mask', { path: '/card/{{id}}{{id}}/x' }, '.'],
    ['a header with a line break', { path: '/a', headers: { 'x-id': '{{id}}' } }, 'a\r\nx-key: 1'],
    ['a number that is none', { path: '/a', json: { n: '{{id|number}}' } }, '1e9'],
    ['an XML value that XML cannot carry', { path: '/a', xml: '<a>{{id}}</a>' }, '\u0001'],
    ['a lone surrogate in a query', { path: '/a', query: { id: '{{id}}' } }, '\ud800'],
  ])('%s is not sent', (_, request, id) => {
    expect(write(request, { id })).toBeUndefined();
  });

  test('what is missing and not optional keeps all of it at home', () => {
    expect(write({ path: '/a', json: { a: '{{vars.no}}' } })).toBeUndefined();
    expect(write({ path: '/a', form: { a: '{{vars.no}}' } })).toBeUndefined();
    expect(isLeftOut(compileTemplateText('{{vars.no?}}'), () => undefined)).toBe(true);
  });
});
