import { compileTemplateText, isLeftOut, percentEncoded, renderJsonText, renderTemplateText, type Encoding, type Template, type Values } from './template.js';
import type { JsonTemplate, RequestDefinition } from './request-schema.js';

/** A request as it leaves, below the platform's address. Whatever logs in adds its part. */
export interface WrittenRequest {
  readonly method: string;
  /** Path and query, percent-encoded, beginning with a slash. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

type CompiledJson =
  | { readonly type: 'text'; readonly template: Template }
  | { readonly type: 'bare'; readonly text: string }
  | { readonly type: 'list'; readonly items: readonly CompiledJson[] }
  | { readonly type: 'members'; readonly members: readonly (readonly [string, CompiledJson])[] };

type CompiledBody =
  | { readonly type: 'json'; readonly value: CompiledJson }
  | { readonly type: 'xml'; readonly template: Template }
  | { readonly type: 'form'; readonly fields: Pairs };

type Pairs = readonly (readonly [string, Template])[];

export interface CompiledRequest {
  readonly method: string;
  readonly path: Template;
  readonly query: Pairs;
  readonly headers: Pairs;
  readonly body: CompiledBody | undefined;
  readonly contentType: string | undefined;
  readonly idempotent: boolean;
}

const CONTENT_TYPES: Readonly<Record<CompiledBody['type'], string>> = {
  json: 'application/json; charset=utf-8',
  xml: 'text/xml; charset=utf-8',
  form: 'application/x-www-form-urlencoded',
};

/** @throws {TillbridgeError} `TB_TRANSLATE_HTTP_TEMPLATE` */
export function compileRequest(request: RequestDefinition): CompiledRequest {
  const { json, xml, form } = request;
  const body: CompiledBody | undefined =
    json !== undefined
      ? { type: 'json', value: compileJson(json) }
      : xml !== undefined
        ? { type: 'xml', template: compileTemplateText(xml) }
        : form !== undefined
          ? { type: 'form', fields: pairs(form) }
          : undefined;
  return {
    method: request.method ?? (body === undefined ? 'GET' : 'POST'),
    path: compileTemplateText(request.path),
    query: pairs(request.query),
    headers: pairs(request.headers),
    body,
    contentType: request.contentType ?? (body === undefined ? undefined : CONTENT_TYPES[body.type]),
    idempotent: request.idempotent ?? true,
  };
}

/** Every name that it needs. */
export function namesOf({ path, query, headers, body }: CompiledRequest): readonly string[] {
  const inBody = body === undefined ? [] : body.type === 'json' ? jsonTemplates(body.value) : body.type === 'xml' ? [body.template] : body.fields.map(([, template]) => template);
  return [path, ...[...query, ...headers].map(([, template]) => template), ...inBody].flatMap(({ names }) => names);
}

/** @returns undefined where a value is missing or cannot stand where it should: nothing is sent then */
export function writeRequest(request: CompiledRequest, values: Values): WrittenRequest | undefined {
  const path = pathOf(renderTemplateText(request.path, values, 'percent'));
  const query = writePairs(request.query, values);
  const body = request.body === undefined ? '' : writeBody(request.body, values);
  const headers = headersOf(request, values);
  if (path === undefined || query === undefined || body === undefined || headers === undefined) return undefined;
  const separator = path.includes('?') ? '&' : '?';
  return { method: request.method, path: query === '' ? path : `${path}${separator}${query}`, headers, body: request.body === undefined ? undefined : body };
}

/** A segment of dots alone would climb up the server's tree, whatever its encoding (WHATWG URL, 4.4). */
function pathOf(path: string | undefined): string | undefined {
  if (path === undefined) return undefined;
  return path.split('?')[0]?.split('/').some((segment) => /^(\.|%2e){1,2}$/i.test(segment)) === true ? undefined : path;
}

function headersOf({ headers, contentType }: CompiledRequest, values: Values): Readonly<Record<string, string>> | undefined {
  const written: Record<string, string> = contentType === undefined ? {} : { 'content-type': contentType };
  for (const [name, template] of headers) {
    if (isLeftOut(template, values)) continue;
    const text = renderTemplateText(template, values, 'header');
    if (text === undefined) return undefined;
    written[name.toLowerCase()] = text;
  }
  return written;
}

function writeBody(body: CompiledBody, values: Values): string | undefined {
  if (body.type === 'json') return writeJson(body.value, values);
  return body.type === 'xml' ? renderTemplateText(body.template, values, 'xml') : writePairs(body.fields, values);
}

function writePairs(fields: Pairs, values: Values): string | undefined {
  const written: string[] = [];
  for (const [name, template] of fields) {
    if (isLeftOut(template, values)) continue;
    const text = encoded(template, values);
    if (text === undefined) return undefined;
    written.push(`${percentEncoded(name) ?? ''}=${text}`);
  }
  return written.join('&');
}

/** Of a parameter the whole text is encoded, what the declaration wrote as well as what stands in for it. */
function encoded(template: Template, values: Values): string | undefined {
  const text = renderTemplateText(template, values, 'none');
  return text === undefined ? undefined : percentEncoded(text);
}

function writeJson(value: CompiledJson, values: Values): string | undefined {
  switch (value.type) {
    case 'bare':
      return value.text;
    case 'text':
      return renderJsonText(value.template, values);
    case 'list': {
      const items = value.items.filter((item) => !leftOut(item, values)).map((item) => writeJson(item, values));
      return items.includes(undefined) ? undefined : `[${items.join(',')}]`;
    }
    case 'members': {
      const members: string[] = [];
      for (const [name, member] of value.members) {
        if (leftOut(member, values)) continue;
        const text = writeJson(member, values);
        if (text === undefined) return undefined;
        members.push(`${JSON.stringify(name)}:${text}`);
      }
      return `{${members.join(',')}}`;
    }
  }
}

const leftOut = (value: CompiledJson, values: Values): boolean => value.type === 'text' && isLeftOut(value.template, values);

function compileJson(json: JsonTemplate): CompiledJson {
  if (typeof json === 'string') return { type: 'text', template: compileTemplateText(json) };
  if (json === null || typeof json !== 'object') return { type: 'bare', text: JSON.stringify(json) };
  if (isList(json)) return { type: 'list', items: json.map(compileJson) };
  return { type: 'members', members: Object.entries(json).map(([name, value]) => [name, compileJson(value)] as const) };
}

const isList = (json: object): json is readonly JsonTemplate[] => Array.isArray(json);

function jsonTemplates(value: CompiledJson): readonly Template[] {
  if (value.type === 'text') return [value.template];
  if (value.type === 'bare') return [];
  return (value.type === 'list' ? value.items : value.members.map(([, member]) => member)).flatMap(jsonTemplates);
}

const pairs = (fields: Readonly<Record<string, string>> | undefined): Pairs => Object.entries(fields ?? {}).map(([name, text]) => [name, compileTemplateText(text)] as const);

/** Renders one text of a declaration, for whoever builds a request in another way than `calls` do. */
export function renderOnce(template: string, values: Values, encoding: Encoding): string | undefined {
  return renderTemplateText(compileTemplateText(template), values, encoding);
}
