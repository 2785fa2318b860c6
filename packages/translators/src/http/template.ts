import { TillbridgeError } from '@tillbridge/core';
import { FILTER_NAMES, filterOf, type Filter } from './filters.js';

/** What a template may name: the code, variables, secrets, the time. Undefined: there is no such value. */
export type Values = (name: string) => string | undefined;

/** How a value is written where it stands, so that it stays one value there. */
export type Encoding = 'none' | 'percent' | 'xml' | 'header';

interface Placeholder {
  readonly name: string;
  readonly optional: boolean;
  readonly filters: readonly Filter[];
  /** The value stands in JSON as a number or a truth value, not as a text. */
  readonly bare: 'number' | 'boolean' | undefined;
}

/** A text with `{{name|filter}}` in it. Nothing in it is evaluated: names are looked up, filters are a fixed list. */
export interface Template {
  readonly parts: readonly (string | Placeholder)[];
  /** The names that it needs, for a check before the first request; optional ones (`name?`) are not among them. */
  readonly names: readonly string[];
}

const MAX_TEMPLATE = 20_000;

/** @throws {TillbridgeError} `TB_TRANSLATE_HTTP_TEMPLATE` */
export function compileTemplateText(text: string): Template {
  const refuse = (problem: string): never => {
    throw new TillbridgeError('TB_TRANSLATE_HTTP_TEMPLATE', { template: text.length > 60 ? `${text.slice(0, 60)}...` : text, problem });
  };
  if (text.length > MAX_TEMPLATE) return refuse(`longer than ${MAX_TEMPLATE} characters`);
  const parts: (string | Placeholder)[] = [];
  let from = 0;
  while (from < text.length) {
    const open = text.indexOf('{{', from);
    if (open < 0) break;
    const close = text.indexOf('}}', open);
    if (close < 0) return refuse('{{ without }}');
    if (open > from) parts.push(text.slice(from, open));
    parts.push(placeholder(text.slice(open + 2, close), refuse));
    from = close + 2;
  }
  if (from < text.length) parts.push(text.slice(from));
  return { parts, names: parts.flatMap((part) => (typeof part === 'string' || part.optional ? [] : [part.name])) };
}

/** The text; `missing` where it is one optional placeholder without a value; undefined where a value is missing or cannot stand there. */
export function renderTemplateText(template: Template, values: Values, encoding: Encoding): string | undefined {
  let text = '';
  for (const part of template.parts) {
    const written = typeof part === 'string' ? part : one(part, values, encoding);
    // nothing half filled in ever leaves
    if (written === undefined) return undefined;
    text += written;
  }
  return text;
}

function one(part: Placeholder, values: Values, encoding: Encoding): string | undefined {
  const value = valueOf(part, values);
  if (value === undefined) return part.optional && values(part.name) === undefined ? '' : undefined;
  return ENCODE[encoding](value);
}

function valueOf({ name, filters }: Placeholder, values: Values): string | undefined {
  let value = values(name);
  for (const filter of filters) value = value === undefined ? undefined : filter(value);
  return value;
}

/** Whether it is one optional placeholder whose value is missing: the member that it stands for is left out. */
export function isLeftOut({ parts }: Template, values: Values): boolean {
  const [only, ...more] = parts;
  return only !== undefined && more.length === 0 && typeof only !== 'string' && only.optional && values(only.name) === undefined;
}

/** The text as it stands in JSON: quoted, or bare where its one placeholder says `number` or `boolean`. */
export function renderJsonText(template: Template, values: Values): string | undefined {
  const [only, ...more] = template.parts;
  const bare = only !== undefined && more.length === 0 && typeof only !== 'string' ? only.bare : undefined;
  const text = renderTemplateText(template, values, 'none');
  if (text === undefined) return undefined;
  if (bare === undefined) return JSON.stringify(text);
  return BARE[bare].test(text) ? text : undefined;
}

/** A number as JSON has it (RFC 8259, 6): its text goes through as it is, whatever its size. */
const BARE = { number: /^-?(0|[1-9]\d{0,40})(\.\d{1,40})?$/, boolean: /^(true|false)$/ } as const;

const ENCODE: Readonly<Record<Encoding, Filter>> = {
  none: (text) => text,
  percent: percentEncoded,
  // the characters that XML 1.0 cannot carry at all are no part of any number
  xml: (text) => (XML_ILLEGAL.test(text) ? undefined : text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`)),
  // a line break would begin a header of somebody else's
  header: (text) => (/^[\t\u0020-\u007e\u0080-\u00ff]*$/.test(text) ? text : undefined),
};

/** Every reserved character, a plus too: in a query it would be a blank. A lone surrogate has no UTF-8. */
export function percentEncoded(text: string): string | undefined {
  if (LONE_SURROGATE.test(text)) return undefined;
  return encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
// eslint-disable-next-line no-control-regex -- they are what is looked for
const XML_ILLEGAL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

function placeholder(inner: string, refuse: (problem: string) => never): Placeholder {
  const [named = '', ...rest] = inner.split('|').map((each) => each.trim());
  const optional = named.endsWith('?');
  const name = optional ? named.slice(0, -1) : named;
  if (!/^[a-z][\w.]*$/i.test(name)) refuse(`{{${inner}}} names nothing`);
  const last = rest.at(-1);
  const bare = last === 'number' || last === 'boolean' ? last : undefined;
  const texts = bare === undefined ? rest : rest.slice(0, -1);
  const filters = texts.map((each) => filterOf(each) ?? refuse(`no filter ${each}; there are ${FILTER_NAMES.join(', ')}`));
  return { name, optional, filters, bare };
}
