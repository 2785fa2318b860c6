import { TillbridgeError } from '../errors/index.js';
import { ean13CheckDigit, luhnCheckDigit } from './check-digits.js';

/** The texts that a template may insert. */
export type TemplateVariable = 'number' | 'value';

interface Insert {
  readonly type: 'insert';
  readonly variable: TemplateVariable;
  /** 1-based and inclusive. */
  readonly range?: { readonly from: number; readonly to: number };
  readonly pad?: { readonly width: number; readonly fill: string };
  readonly source: string;
}

type Part = { readonly type: 'text'; readonly text: string } | Insert | { readonly type: 'ean13' | 'luhn' };

/** A compiled template. Nothing in it is evaluated: it is text, insertions, and check digits. */
export interface Template {
  readonly source: string;
  readonly parts: readonly Part[];
}

/** A code has at most 8 KiB; no position or width can be larger. */
const MAX_POSITION = 8192;

/**
 * Compiles a template: `{number}` and `{value}` insert, `{value:4..14}` inserts characters 4 to 14 (1-based, inclusive),
 * `{value:pad12}` fills with zeros on the left to 12 characters (`pad12x` with `x`), both may be combined (`{value:4..14:pad12}`);
 * `{ean13}` and `{luhn}` insert the check digit of what stands left of it.
 *
 * @throws {TillbridgeError} `TB_TRANSLATE_TEMPLATE` with the 1-based position of the mistake.
 */
export function compileTemplate(source: string): Template {
  const parts: Part[] = [];
  let position = 0;
  while (position < source.length) {
    const brace = source.slice(position).search(/[{}]/);
    if (brace !== 0) {
      const text = brace < 0 ? source.slice(position) : source.slice(position, position + brace);
      parts.push({ type: 'text', text });
      position += text.length;
      continue;
    }
    const end = source.indexOf('}', position);
    if (source[position] === '}') throw mistake(position, 'a closing brace without an opening one');
    if (end < 0) throw mistake(position, 'an opening brace without a closing one');
    parts.push(placeholder(source.slice(position + 1, end), position));
    position = end + 1;
  }
  return { source, parts };
}

function mistake(position: number, problem: string): TillbridgeError {
  return new TillbridgeError('TB_TRANSLATE_TEMPLATE', { position: position + 1, problem });
}

function placeholder(text: string, position: number): Part {
  if (text === 'ean13' || text === 'luhn') return { type: text };
  const [name, ...options] = text.split(':');
  if (name !== 'number' && name !== 'value') throw mistake(position, `unknown placeholder {${text}}`);
  let insert: Insert = { type: 'insert', variable: name, source: `{${text}}` };
  for (const option of options) insert = withOption(insert, option, position);
  return insert;
}

function withOption(insert: Insert, option: string, position: number): Insert {
  const range = /^(\d{1,4})\.\.(\d{1,4})$/.exec(option);
  if (range !== null && insert.range === undefined && insert.pad === undefined) {
    const from = Number(range[1]);
    const to = Number(range[2]);
    if (from < 1 || to < from || to > MAX_POSITION) throw mistake(position, `the range ${option} is empty or out of bounds (positions start at 1)`);
    return { ...insert, range: { from, to } };
  }
  const pad = /^pad(\d{1,4})([^\d:{}])?$/.exec(option);
  if (pad !== null && insert.pad === undefined) {
    const width = Number(pad[1]);
    if (width < 1 || width > MAX_POSITION) throw mistake(position, `the width ${option} is out of bounds`);
    return { ...insert, pad: { width, fill: pad[2] ?? '0' } };
  }
  throw mistake(position, `"${option}" is neither a range such as 4..14 nor a width such as pad12`);
}

/**
 * Fills a template in.
 *
 * @throws {TillbridgeError} `TB_TRANSLATE_LENGTH` when a range goes beyond the text, a text is longer than its width, `{ean13}` does not
 * stand behind exactly 12 digits, or `{luhn}` not behind digits.
 */
export function renderTemplate(template: Template, values: Readonly<Partial<Record<TemplateVariable, string>>>): string {
  let text = '';
  for (const part of template.parts) {
    if (part.type === 'text') text += part.text;
    else if (part.type === 'insert') text += renderInsert(part, values[part.variable]);
    else if (part.type === 'ean13') text += checked(/^\d{12}$/, text, '{ean13} needs exactly 12 digits left of it', ean13CheckDigit);
    else text += checked(/^\d+$/, text, '{luhn} needs digits left of it', luhnCheckDigit);
  }
  return text;
}

function renderInsert(part: Insert, value: string | undefined): string {
  if (value === undefined) throw new TillbridgeError('TB_TRANSLATE_LENGTH', { problem: `${part.source} has no value here` });
  let text = value;
  if (part.range !== undefined) {
    const { from, to } = part.range;
    if (to > text.length) throw new TillbridgeError('TB_TRANSLATE_LENGTH', { problem: `${part.source} of ${text.length} characters` });
    text = text.slice(from - 1, to);
  }
  if (part.pad !== undefined) {
    if (text.length > part.pad.width) throw new TillbridgeError('TB_TRANSLATE_LENGTH', { problem: `${part.source} of ${text.length} characters` });
    text = text.padStart(part.pad.width, part.pad.fill);
  }
  return text;
}

function checked(shape: RegExp, left: string, problem: string, digit: (left: string) => string): string {
  if (!shape.test(left)) throw new TillbridgeError('TB_TRANSLATE_LENGTH', { problem });
  return digit(left);
}

/** Whether the template inserts the variable at all. */
export function usesVariable(template: Template, variable: TemplateVariable): boolean {
  return template.parts.some((part) => part.type === 'insert' && part.variable === variable);
}
