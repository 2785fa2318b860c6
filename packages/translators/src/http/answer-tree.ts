/** A number as the server wrote it: 2^53 and leading zeros after the point are kept. */
export class Numeral {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What an answer holds, whatever it was written in; XML has no numbers, truth values and nulls. */
export type Tree = null | boolean | string | Numeral | readonly Tree[] | { readonly [name: string]: Tree };

/** Deeper ones are no answers of a loyalty platform, and the reviver would run out of stack. */
const MAX_DEPTH = 64;

/** @throws {SyntaxError} when it is not JSON, or nested deeper than 64 */
export function parseJson(text: string): Tree {
  if (tooDeep(text)) throw new SyntaxError('nested too deep');
  return JSON.parse(text, (_key, value: unknown, context?: { readonly source?: string }) => {
    // what the server wrote, by the source text (ECMAScript's JSON.parse source text access, in V8 since 11.4)
    if (typeof value === 'number') return new Numeral(context?.source ?? String(value));
    return value;
  }) as Tree;
}

function tooDeep(text: string): boolean {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < text.length; i += 1) {
    const char = text[i];
    if (inString) {
      if (char === '\\') i += 1;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === '{' || char === '[') {
      depth += 1;
      if (depth > MAX_DEPTH) return true;
    } else if (char === '}' || char === ']') depth -= 1;
  }
  return false;
}

/** A place in an answer: names, positions from 0, `[*]` for each of a list, `[label=Card]` for those whose member `label` is that text. */
export interface TreePath {
  readonly text: string;
  readonly steps: readonly Step[];
}

type Step = string | number | Where;

interface Where {
  readonly member: string;
  readonly is: string;
}

const STEP = /(?:^|\.)([^.[\]]+)|\[(\d{1,4}|\*)\]|\[([\w-]{1,40})=([^\]]{1,100})\]/gy;

/** `data.cards[0].number`; undefined where it is no path. */
export function compilePath(text: string): TreePath | undefined {
  const steps: Step[] = [];
  let end = 0;
  for (const match of text.matchAll(STEP)) {
    const [whole, name, position, member, is] = match;
    end += whole.length;
    if (name !== undefined) steps.push(name);
    else if (member !== undefined && is !== undefined) steps.push({ member, is });
    else steps.push(position === '*' ? '*' : Number(position));
  }
  return end === text.length && steps.length > 0 && text.length <= 300 ? { text, steps } : undefined;
}

/** So many values at most come of one path. */
const MOST = 100;

/** Everything that stands at a path; empty where nothing does. A single thing can be asked for as a list of one: XML cannot tell them apart. */
export function select(tree: Tree, { steps }: TreePath): readonly Tree[] {
  let found: readonly Tree[] = [tree];
  for (const step of steps) {
    found = found.flatMap((each) => one(each, step)).slice(0, MOST);
    if (found.length === 0) break;
  }
  return found;
}

function one(tree: Tree, step: Step): readonly Tree[] {
  if (typeof step === 'object') return one(tree, '*').filter((item) => one(item, step.member).some((value) => textOf(value) === step.is));
  if (step === '*') return Array.isArray(tree) ? (tree as readonly Tree[]) : tree === null ? [] : [tree];
  if (typeof step === 'number') {
    const list: readonly Tree[] = Array.isArray(tree) ? (tree as readonly Tree[]) : [tree];
    const item = list[step];
    return item === undefined ? [] : [item];
  }
  if (tree === null || typeof tree !== 'object' || tree instanceof Numeral || Array.isArray(tree) || !Object.hasOwn(tree, step)) return [];
  const value = (tree as Readonly<Record<string, Tree>>)[step];
  return value === undefined ? [] : [value];
}

/** A value as text, as the server wrote it; undefined for what is no single value, and for the empty text. */
export function textOf(value: Tree | undefined): string | undefined {
  if (value instanceof Numeral) return value.text;
  if (typeof value === 'boolean') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A form, as `application/x-www-form-urlencoded` writes it; a name that comes again makes a list. */
export function parseForm(text: string): Tree {
  const members = new Map<string, Tree>();
  for (const [name, value] of [...new URLSearchParams(text)].slice(0, MOST)) {
    const before = members.get(name);
    members.set(name, before === undefined ? value : Array.isArray(before) ? [...(before as readonly Tree[]), value] : [before, value]);
  }
  return Object.fromEntries(members);
}
