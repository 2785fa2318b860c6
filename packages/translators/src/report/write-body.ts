import { WrittenNumber, type Body } from './body.js';

/** The body as JSON, numbers as they were written. */
export function writeJson(body: Body): string {
  if (body instanceof WrittenNumber) return body.text;
  if (body === null || typeof body !== 'object') return JSON.stringify(body);
  if (isList(body)) return `[${body.map(writeJson).join(',')}]`;
  return `{${Object.entries(body).map(([name, value]) => `${JSON.stringify(name)}:${writeJson(value)}`).join(',')}}`;
}

/** The body as XML 1.0, UTF-8; undefined where a text holds what XML cannot carry. `@name` is an attribute, `#text` the text beside it. */
export function writeXml(root: Body): string | undefined {
  const xml = `<?xml version="1.0" encoding="utf-8"?>${element(root)}`;
  return ILLEGAL.test(xml) ? undefined : xml;
}

// eslint-disable-next-line no-control-regex -- they are what is looked for
const ILLEGAL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

function element(body: Body): string {
  if (body === null || typeof body !== 'object' || body instanceof WrittenNumber || isList(body)) return text(body);
  return Object.entries(body).map(([name, value]) => (name.startsWith('@') ? '' : name === '#text' ? text(value) : elements(name, value))).join('');
}

function elements(name: string, value: Body): string {
  if (isList(value)) return value.map((each) => elements(name, each)).join('');
  const inner = element(value);
  const start = `<${name}${attributes(value)}`;
  return inner === '' ? `${start}/>` : `${start}>${inner}</${name}>`;
}

function attributes(body: Body): string {
  if (body === null || typeof body !== 'object' || body instanceof WrittenNumber || isList(body)) return '';
  return Object.entries(body).filter(([name]) => name.startsWith('@')).map(([name, value]) => ` ${name.slice(1)}="${text(value)}"`).join('');
}

function text(body: Body): string {
  if (body instanceof WrittenNumber) return body.text;
  if (body === null || typeof body === 'object') return '';
  return String(body).replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}

function isList(body: Body): body is readonly Body[] {
  return Array.isArray(body);
}
