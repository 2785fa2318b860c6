import type { z } from 'zod';
import { hintFor } from './hint.js';
import { isLater } from './later.js';
import { formatKeyPath, type Finding, type KeyPath } from './problem.js';
import { isTextKey, joined, say, type Text } from './texts.js';
import { PLUGIN } from './schema/plugin.js';

type Issue = z.core.$ZodIssue;

/** The names of an object's keys travel in the message of the issue, which nobody else reads. */
export const withKnownKeys: z.core.$ZodErrorMap = (issue) => {
  if (issue.code !== 'unrecognized_keys') return undefined;
  const shape = issue.inst !== undefined && 'shape' in issue.inst ? issue.inst.shape : undefined;
  // what is put in by us is no key that anybody writes
  return Object.keys(shape ?? {}).filter((key) => key !== 'found').join(' ');
};

/** What may be shown of the values: nothing that came out of a reference. */
export interface IssueContext {
  readonly document: unknown;
  readonly referenced: ReadonlyMap<string, unknown>;
}

/** One issue of zod as findings in words: an issue can name several unknown keys. */
export function findingsOf(issue: Issue, context: IssueContext): readonly Finding[] {
  const path = issue.path.map((part) => (typeof part === 'symbol' ? part.toString() : part));
  const value = valueAt(context.document, path);
  if (isLater(path, value)) return [{ path, text: say('later', { name: typeof value === 'string' ? value : formatKeyPath(path) }) }];
  if (issue.code === 'unrecognized_keys') return unknownKeys(issue.keys, issue.message, path);
  if (issue.code === 'invalid_union' && issue.errors.length > 0) return unionFindings(issue.errors, path, value, context);
  const tail = context.referenced.has(formatKeyPath(path)) ? say('referenceIsText') : undefined;
  const shown = tail === undefined ? value : HIDDEN;
  return [{ path, text: joined(textOf(issue, shown), issue.code === 'invalid_type' ? tail : undefined) }];
}

/** Stands for a value that must not be shown. */
const HIDDEN = Symbol('hidden');

function unknownKeys(keys: readonly string[], message: string, path: KeyPath): readonly Finding[] {
  const known = message.split(' ').filter((key) => key !== '');
  return keys.map((key) => ({ path: [...path, key], at: 'key', text: joined(say('unknownKey'), hintFor(key, known)) }));
}

/** Of the forms that a value may have, the one that the user meant: the first whose outer shape fits. */
function unionFindings(branches: readonly (readonly Issue[])[], path: KeyPath, value: unknown, context: IssueContext): readonly Finding[] {
  const meant = branches.find((issues) => issues.every((issue) => issue.path.length > 0 || !['invalid_type', 'invalid_value'].includes(issue.code)));
  if (meant !== undefined) return meant.flatMap((issue) => findingsOf({ ...issue, path: [...path, ...issue.path] }, context));
  const roots = branches.flat().filter((issue) => issue.path.length === 0);
  const values = roots.flatMap((issue) => (issue.code === 'invalid_value' ? issue.values.map(String) : []));
  const types = roots.flatMap((issue) => (issue.code === 'invalid_type' ? [typeName(issue.expected)] : []));
  const hidden = context.referenced.has(formatKeyPath(path));
  const hint = !hidden && typeof value === 'string' ? hintFor(value, values) : undefined;
  return [{ path, text: joined(value === null ? say('noValue') : wrongType(alternatives(types, values), value), hint ?? (hidden ? say('referenceIsText') : undefined)) }];
}

function textOf(issue: Issue, value: unknown): Text {
  if (value === undefined && MISSING.has(issue.code)) return joined(say('missing'), hintFor(undefined, optionsOf(issue)));
  if (value === null && MISSING.has(issue.code)) return say('noValue');
  if (isTextKey(issue.message)) return say(issue.message, { name: typeof value === 'string' ? value : '' });
  switch (issue.code) {
    case 'invalid_type':
      return wrongType(typeName(issue.expected), value);
    case 'invalid_value':
    case 'invalid_union':
      return wrongValue(optionsOf(issue), value);
    case 'too_small':
      return issue.origin === 'number' || issue.origin === 'int' ? say('tooSmall', { limit: String(issue.minimum) }) : say('tooShort');
    case 'too_big':
      return say(issue.origin === 'number' || issue.origin === 'int' ? 'tooBig' : 'tooLong', { limit: String(issue.maximum) });
    default:
      return say('invalid');
  }
}

const MISSING: ReadonlySet<string> = new Set(['invalid_type', 'invalid_value', 'invalid_union', 'custom']);

function optionsOf(issue: Issue): readonly string[] {
  if (issue.code === 'invalid_value') return issue.values.map(String);
  // a package stands there under its own name, and that word is ours alone
  if (issue.code === 'invalid_union' && 'options' in issue) return (issue.options ?? []).map(String).filter((option) => option !== PLUGIN);
  return [];
}

function wrongValue(options: readonly string[], value: unknown): Text {
  if (typeof value === 'object' && value !== null) return wrongType(alternatives([], options), value);
  const shown = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? ` \`${String(value)}\`` : '';
  return joined(say('wrongValue', { value: shown }), hintFor(typeof value === 'string' ? value : undefined, options));
}

function wrongType(expected: Text, value: unknown): Text {
  const quotes = expected.en === TYPES['string']?.en && (typeof value === 'number' || typeof value === 'boolean') ? say('inQuotes') : undefined;
  return joined(say('wrongType', { expected, actual: actualName(value) }), quotes);
}

/** What a value can be, in the words of somebody who writes YAML. */
const TYPES: Readonly<Record<string, Text>> = {
  string: { en: 'a text', ru: 'текст' },
  number: { en: 'a number', ru: 'число' },
  int: { en: 'a whole number', ru: 'целое число' },
  boolean: { en: 'true or false', ru: 'true или false' },
  array: { en: 'a list', ru: 'список' },
  object: { en: 'a group of keys', ru: 'группа ключей' },
  record: { en: 'a group of keys', ru: 'группа ключей' },
  null: { en: 'null', ru: 'null' },
};

const OTHER: Text = { en: 'another value', ru: 'другое значение' };

function typeName(expected: string): Text {
  return TYPES[expected] ?? OTHER;
}

function actualName(value: unknown): Text {
  if (Array.isArray(value)) return TYPES['array'] ?? OTHER;
  if (typeof value === 'number') return TYPES[Number.isInteger(value) ? 'int' : 'number'] ?? OTHER;
  return typeName(typeof value === 'symbol' ? 'string' : value === null ? 'null' : typeof value);
}

/** `a whole number, off or none` */
function alternatives(types: readonly Text[], values: readonly string[]): Text {
  const all = [...types, ...values.map((value) => ({ en: `\`${value}\``, ru: `\`${value}\`` }))];
  const list = (language: 'en' | 'ru', or: string): string => {
    const names = [...new Set(all.map((text) => text[language]))];
    return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} ${or} ${names.at(-1) ?? ''}`;
  };
  return { en: list('en', 'or'), ru: list('ru', 'или') };
}

/** The value at a path of a document; `undefined` where there is none. */
export function valueAt(document: unknown, path: KeyPath): unknown {
  let value = document;
  for (const part of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined;
    value = (value as Record<string | number, unknown>)[part];
  }
  return value;
}
