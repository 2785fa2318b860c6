import { parseMarkup, tag, type Node } from './markup.js';
import type { CommandResult } from './result.js';

export const SERVER_VERSION = '7.26.8.2001';

/** What a body asks for, in one of the two dialects. */
export type Envelope =
  | { readonly dialect: 'flat' | 'wrapped'; readonly commands: readonly Node[] }
  | { readonly dialect: 'broken'; readonly text: string };

export function openEnvelope(body: string, form: boolean): Envelope {
  if (form || body.trim() === '') return { dialect: 'broken', text: 'Empty input XML' };
  const root = parseMarkup(body);
  if (root?.name !== 'RK7Query') return { dialect: 'broken', text: 'Error parsing XML' };
  const flat = root.children.filter(({ name }) => name === 'RK7CMD');
  const wrapped = root.children.filter(({ name }) => name === 'RK7Command' || name === 'RK7Command2');
  if (flat.length > 0) return { dialect: 'flat', commands: flat.slice(0, 1) };
  return wrapped.length > 0 ? { dialect: 'wrapped', commands: wrapped } : { dialect: 'broken', text: 'Error: child element "RK7CMD" not found' };
}

const STAMP = { DateTime: '2026-01-10T12:00:00', WorkTime: 12 };
const ROOT = { ServerVersion: SERVER_VERSION, XmlVersion: 248, NetName: 'MID1', Processed: 1, ArrivalDateTime: '2026-01-10T12:00:00' };

/** The answer document: `RK7CMD` is answered flat, `RK7Command` with a result element each. */
export function answerDocument(dialect: 'flat' | 'wrapped', results: readonly { readonly name: string; readonly result: CommandResult }[], charset: string): string {
  const head = `<?xml version="1.0" encoding="${charset}"?>\r\n`;
  const [only] = results;
  if (dialect === 'flat' && only !== undefined) {
    return head + tag('RK7QueryResult', { ...ROOT, ...STAMP, CMD: only.name, ...statusOf(only.result) }, ...dataOf(only.result));
  }
  const worst = results.find(({ result }) => result.status !== 'Ok' && result.status !== 'No changes');
  return head + tag('RK7QueryResult', { ...ROOT, Status: worst?.result.status ?? 'Ok' }, ...results.map(({ name, result }) => tag('CommandResult', { CMD: name, ...STAMP, ...statusOf(result) }, ...dataOf(result))));
}

/** What is answered when the query itself is no good. */
export function brokenDocument(text: string): string {
  return `<?xml version="1.0" encoding="utf-8"?>\r\n${tag('RK7QueryResult', { ...ROOT, ...STAMP, Status: 'Query Parse Error', ErrorText: text })}`;
}

function statusOf(result: CommandResult): Readonly<Record<string, string | number | boolean>> {
  if ('text' in result) return { Status: result.status, ErrorText: result.text, ...(result.number === undefined ? {} : { RK7ErrorN: result.number }) };
  return { Status: result.status, ErrorText: '', ...result.attributes };
}

function dataOf(result: CommandResult): readonly string[] {
  return 'text' in result ? [] : result.data;
}
