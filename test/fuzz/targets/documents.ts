import { compileTemplate, renderTemplate, parseIsoTime, parseHttpTime, isoTime } from '@tillbridge/core';
import { compilePath, parseForm, parseJson, select, textOf as valueOf, type Tree } from '../../../packages/translators/src/http/answer-tree.js';
import { readAnswer as readPlatformAnswer } from '../../../packages/translators/src/http/read-answer.js';
import { compileTemplateText, renderJsonText, renderTemplateText } from '../../../packages/translators/src/http/template.js';
import { parseXml, XmlProblem as PlatformXmlProblem } from '../../../packages/translators/src/http/xml-tree.js';
import { platformDefinition } from '../../../packages/translators/src/http/definition.js';
import { compilePlatform } from '../../../packages/translators/src/http/compile.js';
import { readKeySet } from '../../../packages/translators/src/rotating/key-set.js';
import { readPassPage } from '../../../packages/translators/src/sync/osmi-pages.js';
import { readAnswer as readOData } from '../../../packages/adapter-1c/src/odata/answer.js';
import { outcomeOfAnswer } from '../../../packages/adapter-webhook/src/answer.js';
import { jsonOf, JSON_WORDS, must, textOf, type FuzzTarget } from '../target.js';

const PATHS = ['data.cards[0].number', 'cards[*].id', '[label=Card].value', 'a.b.c', '@id', '#text'].flatMap((text) => compilePath(text) ?? []);

/** How deep a tree is; a list counts as one level. */
function depthOf(tree: Tree | undefined): number {
  if (typeof tree !== 'object' || tree === null) return 0;
  return 1 + Math.max(0, ...Object.values(tree).map((inner) => depthOf(inner as Tree)));
}

const platformAnswer: FuzzTarget = {
  name: 'platform-answer',
  maxBytes: 8192,
  dictionary: [...JSON_WORDS, '<?xml version="1.0" encoding="windows-1251"?>', '<a b="c">', '</a>', '<![CDATA[', ']]>', '&amp;', '&#x0;', '<!DOCTYPE', '<!ENTITY', '%3D', '&', '='],
  run: (input, random) => {
    const format = random.pick(['json', 'xml', 'form', 'text'] as const);
    const headers: Readonly<Record<string, string>> = { 'content-type': random.pick(['', 'application/json', 'text/xml; charset=windows-1251', 'text/plain; charset=utf-16le', 'text/html', 'application/json; charset=nonsense']), date: 'Sat, 21 Nov 2026 10:00:00 GMT', 'retry-after': random.pick(['1', '99999999999', 'x', '-1']) };
    const answer = readPlatformAnswer({ status: random.pick([200, 302, 404, 500]), header: (name) => headers[name], challenges: [], body: Buffer.from(input) }, format, []);
    must(answer.problem === undefined || /^[a-zA-Z]{3,20}$/.test(answer.problem), 'a problem that is not a word of ours');
    must(depthOf(answer.tree) <= 160, 'a tree deeper than its limit');
    for (const path of PATHS) for (const value of answer.tree === undefined ? [] : select(answer.tree, path)) must(valueOf(value) !== '', 'an empty value');
    return `${format} ${answer.problem ?? (answer.empty ? 'empty' : 'tree')} ${String(Math.min(4, depthOf(answer.tree)))}`;
  },
};

const jsonAnswer: FuzzTarget = {
  name: 'json-answer',
  maxBytes: 4096,
  throws: [SyntaxError],
  dictionary: [...JSON_WORDS, '[[[[[[[[', '{"a":', '1E400', '0.10', '-0.0'],
  run: (input) => {
    const text = textOf(input);
    const tree = parseJson(text);
    must(depthOf(tree) <= 64 * 2, 'a tree deeper than its limit');
    must(({} as { readonly polluted?: unknown }).polluted === undefined, 'the text changed every object');
    return `tree ${String(Math.min(5, depthOf(tree)))} ${typeof tree}`;
  },
};

const platformXml: FuzzTarget = {
  name: 'platform-xml',
  maxBytes: 8192,
  throws: [PlatformXmlProblem],
  dictionary: ['<a>', '</a>', '<a b="c"/>', '<s:b xmlns:s="x">', '</s:b>', '<![CDATA[', ']]>', '&amp;', '&#65;', '&x;', '<!DOCTYPE a [', '<!ENTITY x "y">', '<?xml version="1.0"?>', '<!--', '-->', '<__proto__>', '</__proto__>'],
  run: (input) => {
    const text = textOf(input);
    const tree = parseXml(text);
    must(!text.includes('<!DOCTYPE') || /<!--[\s\S]*<!DOCTYPE|CDATA\[[\s\S]*<!DOCTYPE|<\?[\s\S]*<!DOCTYPE/.test(text), 'a document type was let pass');
    must(depthOf(tree) <= 64 * 2 + 2, 'a tree deeper than its limit');
    return `tree ${String(Math.min(6, depthOf(tree)))}`;
  },
};

const form: FuzzTarget = {
  name: 'form',
  maxBytes: 4096,
  dictionary: ['a=1', '&', '=', '%', '%00', '+', 'a=1&a=2', '__proto__=1'],
  run: (input) => {
    const tree = parseForm(textOf(input));
    const names = Object.keys(tree as object).length;
    must(names <= 100, 'more members than are read');
    return `names ${String(Math.min(4, names))}`;
  },
};

const HOSTILE = ['4601234567893', '"><x a="', '&x;\r\nSet-Cookie: a', '{{number}}', '\u0000', '\ud800', '\ue000 %0d%0a'];

/** The first half of the input is the template, the second what is put into it. */
const requestTemplate: FuzzTarget = {
  name: 'request-template',
  maxBytes: 2048,
  dictionary: ['{{code}}', '{{code|number}}', '{{code|boolean}}', '{{x?}}', '{{', '}}', '|', '{{code|digits}}', '{{code|upper}}'],
  run: (input, random) => {
    const source = textOf(input);
    const template = compileTemplateText(source);
    const value = random.chance(0.5) ? random.pick(HOSTILE) : source.slice(0, 40);
    const values = (name: string): string | undefined => (name === 'code' ? value : undefined);
    const only = template.parts.every((part) => typeof part !== 'string');
    const xml = renderTemplateText(template, values, 'xml');
    must(xml === undefined || !only || !/[<>"']/.test(xml) && !xml.includes('\u0000'), 'a value breaks out of XML');
    const percent = renderTemplateText(template, values, 'percent');
    must(percent === undefined || !only || /^[\w.~%-]*$/.test(percent), 'a value breaks out of an address');
    const header = renderTemplateText(template, values, 'header');
    must(header === undefined || !only || !/[\r\n]/.test(header) && !header.includes('\u0000'), 'a value begins another header');
    const json = renderJsonText(template, values);
    if (json !== undefined) JSON.parse(json);
    return `${String(Math.min(4, template.parts.length))} ${String(xml !== undefined)} ${String(json !== undefined)}`;
  },
};

const tillTemplate: FuzzTarget = {
  name: 'till-template',
  maxBytes: 1024,
  dictionary: ['{number}', '{value}', '{value:4..14}', '{value:pad12}', '{value:1..2:pad3x}', '{ean13}', '{luhn}', '{', '}', '..', '8192'],
  run: (input, random) => {
    const source = textOf(input);
    const template = compileTemplate(source);
    must(template.parts.length <= source.length, 'more parts than characters');
    const value = random.pick(['12345678901234', '', '{number}', '\r\n']);
    const text = renderTemplate(template, { number: value, value });
    must(text.length <= source.length * 8192, 'a text longer than its widths');
    return `parts ${String(Math.min(5, template.parts.length))} ${String(text.length > source.length)}`;
  },
};

const platformRules: FuzzTarget = {
  name: 'platform-definition',
  maxBytes: 8192,
  dictionary: [...JSON_WORDS, '"request":', '"response":', '"rules":', '"when":', '"verdict":', '"{{code}}"', '"found"', '"number":', '"method":"POST"'],
  run: (input) => {
    const value = jsonOf(input);
    if (value === undefined) return 'no JSON';
    const parsed = platformDefinition.safeParse(value);
    if (!parsed.success) return `refused ${parsed.error.issues[0]?.code ?? ''} ${String(parsed.error.issues[0]?.path[0])}`;
    const again = platformDefinition.safeParse(JSON.parse(JSON.stringify(value)));
    must(again.success, 'read twice it is something else');
    const { calls } = compilePlatform(parsed.data, { baseUrl: 'https://platform.example', vars: {}, secrets: {} });
    return `definition ${String(Math.min(3, calls.size))}`;
  },
};

const keySet: FuzzTarget = {
  name: 'rotating-keys',
  maxBytes: 4096,
  dictionary: [...JSON_WORDS, '"keys":', '"kid":"A1B2"', '"x":', '"revoked":true', '"version":2', '"tillbridge-rotating-keys-1"'],
  run: (input) => {
    const read = readKeySet(textOf(input));
    if (typeof read === 'string') return read;
    must(read.keys.size >= 1 && read.keys.size <= 64, 'a key set without keys');
    return `keys ${String(Math.min(3, read.keys.size))}`;
  },
};

const passPage: FuzzTarget = {
  name: 'pass-page',
  maxBytes: 8192,
  throws: [SyntaxError],
  dictionary: [...JSON_WORDS, '"cards":', '"barcode":', '"effective":', '"message":', '"-empty-"', '"number":'],
  run: (input) => {
    const page = readPassPage(parseJson(textOf(input)), PATHS[3]!);
    if (page === undefined) return 'none';
    must(page.rows.length + page.skipped === page.passes, 'passes that are neither read nor counted');
    return `rows ${String(Math.min(3, page.rows.length))} skipped ${String(page.skipped > 0)}`;
  },
};

const smallAnswers: FuzzTarget = {
  name: 'small-answers',
  maxBytes: 2048,
  dictionary: [...JSON_WORDS, '{"outcome":"applied"}', '"reason":"x"', '{"value":[]}', '{"odata.error":{"code":"-1"', '<m:code>9</m:code>'],
  run: (input, random) => {
    const text = textOf(input);
    const status = random.pick([200, 204, 301, 400, 401, 404, 500]);
    const { outcome, reason } = outcomeOfAnswer(status, random.chance(0.05) ? undefined : text);
    must(reason === undefined || /^(?:[A-Za-z]{1,40}|http\d{3})$/.test(reason), 'a reason that is not one word');
    const odata = readOData(status, text);
    must(!('problem' in odata) || /^[a-zA-Z0-9]{1,30}$/.test(odata.problem), 'a problem that is not one word');
    return `${outcome} ${'found' in odata ? odata.found : odata.failed}`;
  },
};

const times: FuzzTarget = {
  name: 'times',
  maxBytes: 64,
  dictionary: ['2026-11-22', 'T10:00:00Z', '+03:00', '.123456789', '0000', 'Sat, 21 Nov 2026 10:00:00 GMT', ' '],
  run: (input) => {
    const text = textOf(input);
    const [iso, http] = [parseIsoTime(text), parseHttpTime(text)];
    if (iso !== undefined) must(Number.isFinite(iso) && parseIsoTime(isoTime(iso)) === iso, 'written again it is another time');
    if (http !== undefined) must(Number.isFinite(http), 'a time that is none');
    return `${String(iso !== undefined)} ${String(http !== undefined)}`;
  },
};

export const documents: readonly FuzzTarget[] = [platformAnswer, jsonAnswer, platformXml, form, requestTemplate, tillTemplate, platformRules, keySet, passPage, smallAnswers, times];
