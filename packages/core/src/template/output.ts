import { TillbridgeError } from '../errors/index.js';
import { NUMBER_KINDS, type NativeNumber, type NumberKind } from '../native-number.js';
import { compileTemplate, renderTemplate, usesVariable, type Template } from './template.js';

/** Terminators by name. */
export const SUFFIXES = { CR: '\r', LF: '\n', CRLF: '\r\n', TAB: '\t', ETX: '\u0003', none: '' } as const;

export type SuffixName = keyof typeof SUFFIXES;

/** How a number is written for a till: a template (one, or one a kind), or shorthands that stand for one. */
export interface OutputOptions {
  readonly template?: string | Readonly<Partial<Record<NumberKind, string>>>;
  /** Put in front of the number; not together with `template`. */
  readonly prefix?: string;
  /** Default CR without a `template`, nothing with one: a template is the whole text unless a suffix is asked for. */
  readonly suffix?: SuffixName;
  /** Fills the number with zeros on the left to this many characters; not together with `template`. */
  readonly pad?: number;
  /** Writes the number as magnetic track 2, `;number?`; a text goes behind the separator: `;number=text?`. Not together with `template`. */
  readonly track2?: boolean | string;
}

/** The compiled template of each kind; a kind without one cannot be written to this till. */
export type OutputTemplates = Readonly<Partial<Record<NumberKind, Template>>>;

/** @throws {TillbridgeError} `TB_TRANSLATE_TEMPLATE` */
export function compileOutput(options: OutputOptions): OutputTemplates {
  const { template } = options;
  if (template === undefined) return forAll(compileTemplate(shorthand(options)), NUMBER_KINDS);
  if (options.prefix !== undefined || options.pad !== undefined || (options.track2 ?? false) !== false) {
    throw new TillbridgeError('TB_TRANSLATE_TEMPLATE', { position: 1, problem: 'prefix, pad and track2 stand for a template: give one or the other' });
  }
  const suffix = SUFFIXES[options.suffix ?? 'none'];
  if (typeof template === 'string') return forAll(withNumber(template + suffix), NUMBER_KINDS);
  const compiled: Partial<Record<NumberKind, Template>> = {};
  for (const kind of NUMBER_KINDS) {
    const text = template[kind];
    if (text !== undefined) compiled[kind] = withNumber(text + suffix);
  }
  return compiled;
}

function forAll(template: Template, kinds: readonly NumberKind[]): OutputTemplates {
  return Object.fromEntries(kinds.map((kind) => [kind, template]));
}

function withNumber(text: string): Template {
  const template = compileTemplate(text);
  if (!usesVariable(template, 'number')) {
    throw new TillbridgeError('TB_TRANSLATE_TEMPLATE', { position: 1, problem: 'it does not contain {number}' });
  }
  return template;
}

function shorthand(options: OutputOptions): string {
  for (const text of [options.prefix, typeof options.track2 === 'string' ? options.track2 : undefined]) {
    if (text !== undefined && /[{}]/.test(text)) throw new TillbridgeError('TB_TRANSLATE_TEMPLATE', { position: 1, problem: 'braces belong into a template' });
  }
  const number = options.pad === undefined ? '{number}' : `{number:pad${options.pad}}`;
  const track2 = options.track2 ?? false;
  const body = track2 === false ? number : track2 === true ? `;${number}?` : `;${number}=${track2}?`;
  return `${options.prefix ?? ''}${body}${SUFFIXES[options.suffix ?? 'CR']}`;
}

const encoder = new TextEncoder();

/**
 * The bytes to write for a number; `undefined` where the till has no template for its kind.
 *
 * @throws {TillbridgeError} `TB_TRANSLATE_LENGTH` when the number does not fit the template.
 */
export function renderOutput(templates: OutputTemplates, number: NativeNumber): Uint8Array | undefined {
  const template = templates[number.kind];
  return template === undefined ? undefined : encoder.encode(renderTemplate(template, { number: number.reveal(), value: number.reveal() }));
}
