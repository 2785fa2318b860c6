import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { attribute, charsetOf, child, descendants, readXml, xml, xmlDocument, XmlProblem, XmlReader } from './index.js';

function problemOf(text: string, limits = { maxLength: 10_000, maxDepth: 8 }): string {
  try {
    readXml(text, limits);
  } catch (error) {
    if (error instanceof XmlProblem) return error.problem;
    throw error;
  }
  return 'none';
}

describe('what is written can be read', () => {
  const text = fc.string({ unit: 'binary', maxLength: 60 });

  test('any attribute and any text come back, and no text becomes markup', () => {
    fc.assert(
      fc.property(text, text, (value, content) => {
        const read = readXml(xmlDocument(xml('R', { a: value }, content, xml('Inner'))));
        expect(read.attributes.get('a')).toBe(portable(value));
        expect(read.text).toBe(portable(content));
        expect(read.children.map(({ name }) => name)).toEqual(['Inner']);
      }),
    );
  });

  test('booleans are 1 and 0, undefined is left out', () => {
    expect(xml('O', { onlyOpened: true, seat: 0, locked: false, guid: undefined }).text).toBe('<O onlyOpened="1" seat="0" locked="0"/>');
  });

  test('however the text is cut, the tree is the same', () => {
    const whole = xmlDocument(xml('R', { a: 'Ж & "x"' }, xml('A', {}, 'text <&>'), xml('B', { n: 1 })));
    fc.assert(
      fc.property(fc.array(fc.nat({ max: whole.length }), { maxLength: 6 }), (cuts) => {
        const reader = new XmlReader();
        let from = 0;
        for (const to of [...cuts].sort((a, b) => a - b).concat(whole.length)) {
          reader.write(whole.slice(from, to));
          from = to;
        }
        expect(reader.end()).toEqual(readXml(whole));
      }),
    );
  });
});

describe('what is refused', () => {
  it.each([
    ['a document type', '<!DOCTYPE r [<!ENTITY x "y">]><r>&x;</r>', 'doctype'],
    ['an external document type', '<!DOCTYPE r SYSTEM "http://127.0.0.1/x"><r/>', 'doctype'],
    ['an entity of its own', '<r>&x;</r>', 'malformed'],
    ['a missing end', '<r><a></r>', 'malformed'],
    ['two roots', '<r/><r/>', 'malformed'],
    ['nothing', '', 'malformed'],
    ['a web page', '<html><br></html>', 'malformed'],
    ['an attribute twice', '<r a="1" a="2"/>', 'malformed'],
    ['a long one', `<r>${'x'.repeat(10_001)}</r>`, 'tooLong'],
    ['a deep one', '<a>'.repeat(9) + '</a>'.repeat(9), 'tooDeep'],
  ])('%s', (_name, document, problem) => expect(problemOf(document)).toBe(problem));

  test('noise never does worse than that', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ maxLength: 200 }), fc.array(fc.constantFrom('<', '>', '/', 'a', '"', '=', '&', ';', '!', '[CDATA[', ' ')).map((parts) => parts.join(''))), (noise) => {
        expect(['none', 'malformed', 'doctype']).toContain(problemOf(noise));
      }),
    );
  });

  test('names that mean something to JavaScript are just names', () => {
    const read = readXml('<r __proto__="1"><constructor toString="2"/></r>');
    expect([attribute(read, '__proto__'), attribute(read, 'toString'), child(read, 'constructor')?.attributes.get('toString')]).toEqual(['1', undefined, '2']);
  });
});

test('names are found whatever their case, in document order', () => {
  const read = readXml('<ROOT><a CardCode="1"><Order/></a><order n="2"/></ROOT>');
  expect(attribute(child(read, 'A') ?? read, 'cardcode')).toBe('1');
  expect(descendants(read, 'ORDER').map(({ name }) => name)).toEqual(['Order', 'order']);
});

it.each([
  ['<?xml version="1.0" encoding="windows-1251"?>', undefined, 'windows-1251'],
  ["<?xml version='1.0' encoding='CP1251'?>", 'text/xml; charset=utf-8', 'windows-1251'],
  ['<?xml version="1.0" encoding="UTF-8"?>', 'text/xml; charset=windows-1251', 'utf-8'],
  ['<r/>', 'text/xml; charset="windows-1251"', 'windows-1251'],
  ['<r/>', undefined, 'utf-8'],
] as const)('%s with %s is %s', (head, type, charset) => expect(charsetOf(Buffer.from(head), type)).toBe(charset));

/** What XML can carry of a text. */
function portable(value: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what it looks for
  return value.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd').replace(/\p{Cs}/gu, '\ufffd');
}
