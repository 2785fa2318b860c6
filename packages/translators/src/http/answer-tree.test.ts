import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { compilePath, Numeral, parseForm, parseJson, select, textOf, type Tree, type TreePath } from './answer-tree.js';
import { parseXml } from './xml-tree.js';

const path = (text: string): TreePath => {
  const made = compilePath(text);
  if (made === undefined) throw new Error('it should have been a path');
  return made;
};
const texts = (tree: Tree, at: string): readonly (string | undefined)[] => select(tree, path(at)).map(textOf);

describe('answers', () => {
  it('keeps numbers as they were written', () => {
    const tree = parseJson('{"card":9007199254740993123,"a":[1.50,-0],"t":"x"}');
    expect(texts(tree, 'card')).toEqual(['9007199254740993123']);
    expect(texts(tree, 'a[*]')).toEqual(['1.50', '-0']);
  });

  it.each<readonly [string, string, readonly (string | undefined)[]]>([
    ['client.cards[0].number', '{"client":{"cards":[{"number":"7"},{"number":"8"}]}}', ['7']],
    ['client.cards[*].number', '{"client":{"cards":[{"number":"7"},{},{"number":"8"}]}}', ['7', '8']],
    ['client[*].id', '{"client":{"id":"one"}}', ['one']],
    ['client[1]', '{"client":["a"]}', []],
    ['constructor', '{}', []],
    ['__proto__.x', '{"__proto__":{"x":"own"}}', ['own']],
    ['a.b', '{"a":null}', []],
    ['a', '{"a":""}', [undefined]],
    ['a', '{"a":{}}', [undefined]],
  ])('%s of %s', (at, json, expected) => {
    expect(texts(parseJson(json), at)).toEqual(expected);
  });

  it.each(['', '.', 'a.', 'a[', 'a..b', 'a[12345]', 'x'.repeat(301)])('%s is no path', (text) => {
    expect(compilePath(text)).toBeUndefined();
  });

  test('nesting has a bound, and numbers and names survive whatever they are', () => {
    expect(() => parseJson('['.repeat(65) + ']'.repeat(65))).toThrow(SyntaxError);
    expect(() => parseXml('<a>'.repeat(65) + '</a>'.repeat(65))).toThrow('tooDeep');
    expect(parseJson(`"${'['.repeat(100)}\\"${'{'.repeat(100)}"`)).toHaveLength(201);
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), (json) => {
        expect(plain(parseJson(json))).toEqual(JSON.parse(json));
      }),
    );
  });

  test('a path never throws, whatever it meets, and gives no more than a hundred', () => {
    const many = parseJson(`[${'[1,2,3],'.repeat(200)}0]`);
    expect(select(many, path('[*][*]'))).toHaveLength(100);
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), fc.json(), (text, json) => {
        const made = compilePath(text);
        if (made !== undefined) expect(select(parseJson(json), made).length).toBeLessThanOrEqual(100);
      }),
    );
  });
});

describe('XML', () => {
  const answer = `<?xml version="1.0"?><s:Envelope xmlns:s="urn:soap"><s:Body><P xmlns="urn:x" RequestId="7"><Card><Number>0012</Number></Card><Card><Number><![CDATA[34]]></Number></Card><Empty/></P></s:Body></s:Envelope>`;

  it.each<readonly [string, readonly (string | undefined)[]]>([
    ['Envelope.Body.P.Card[*].Number', ['0012', '34']],
    ['Envelope.Body.P.Card[1].Number', ['34']],
    ['Envelope.Body.P.@RequestId', ['7']],
    ['Envelope.Body.P.Empty', [undefined]],
    ['Envelope.Body.P.Nothing', []],
  ])('%s, whatever the prefixes', (at, expected) => {
    expect(texts(parseXml(answer), at)).toEqual(expected);
    expect(texts(parseXml(answer.replaceAll('s:', 'soapenv:').replace('xmlns:s=', 'xmlns:soapenv=')), at)).toEqual(expected);
  });

  it.each([
    ['entities of its own', '<!DOCTYPE a [<!ENTITY x "1">]><a>&x;</a>', 'doctype'],
    ['a billion laughs', `<!DOCTYPE a [<!ENTITY a "ha">${Array.from({ length: 9 }, (_, i) => `<!ENTITY a${i} "${'&a;'.repeat(10)}">`).join('')}]><a>&a8;</a>`, 'doctype'],
    ['an outside file', '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', 'doctype'],
    ['half a document', '<a><b>', 'malformed'],
    ['two documents', '<a/><b/>', 'malformed'],
    ['an entity that nobody declared', '<a>&nothing;</a>', 'malformed'],
  ])('%s is no answer', (_, document, problem) => {
    expect(() => parseXml(document)).toThrow(problem);
  });

  test('never hangs and never gives more than it got', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('<a>', '</a>', '<a b="c">', '&lt;', '&', '<![CDATA[', ']]>', '<!--', '-->', 'x', '<?y', '?>', '\u0000'), { maxLength: 60 }), (parts) => {
        try {
          expect(JSON.stringify(parseXml(parts.join(''))).length).toBeLessThan(parts.join('').length * 8 + 20);
        } catch (error) {
          expect(error).toMatchObject({ name: 'XmlProblem' });
        }
      }),
    );
  });
});

test('a form', () => {
  expect(parseForm('a=1&b=%2B7&b=c+d&e=')).toEqual({ a: '1', b: ['+7', 'c d'], e: '' });
  expect(parseForm('__proto__=1')).toEqual(Object.fromEntries([['__proto__', '1']]));
});

function plain(tree: Tree): unknown {
  if (tree instanceof Numeral) return Number(tree.text);
  if (Array.isArray(tree)) return tree.map(plain);
  return tree !== null && typeof tree === 'object' ? Object.fromEntries(Object.entries(tree).map(([name, value]) => [name, plain(value)])) : tree;
}
