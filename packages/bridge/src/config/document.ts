import { isAlias, isCollection, isMap, isScalar, isSeq, LineCounter, parseDocument, visit, type Alias, type Document, type Node, type YAMLError } from 'yaml';
import type { Finding, KeyPath, Position } from './problem.js';
import { say, type Text } from './texts.js';

/** A file larger than this is no configuration of a till, in bytes. */
export const MAX_CONFIG_BYTES = 1024 * 1024;

/** Levels of nesting; the schema needs 6. */
const MAX_DEPTH = 32;

/** So many mistakes of the syntax are told at once: those of a text that is no YAML follow from each other, and each costs a look at all of it. */
const MOST_MISTAKES = 200;

/** Values that aliases may repeat, in total. */
const MAX_ALIASES = 100;

/** The YAML text as plain values, and the way back from a value to its place. */
export interface ConfigDocument {
  readonly value: unknown;
  positionOf(path: KeyPath, at?: 'key'): Position;
}

/**
 * Reads YAML 1.2. Mistakes that leave the meaning of the rest clear (a repeated key) are reported beside the values; the others instead
 * of them.
 */
export function readDocument(text: string): { readonly document?: ConfigDocument; readonly findings: readonly Finding[] } {
  const lines = new LineCounter();
  const place = (offset: number): Position => {
    const { line, col } = lines.linePos(Math.min(offset, text.length));
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const deep = tooDeepAt(text);
  if (deep !== undefined) return { findings: [{ path: [], position: positionIn(text, deep), text: say('tooDeep') }] };
  const control = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/.exec(text); // eslint-disable-line no-control-regex -- finding them is the purpose
  if (control !== null) return { findings: [{ path: [], position: positionIn(text, control.index), text: say('controlCharacter') }] };

  const yaml = parsed(text, lines);
  if (yaml === undefined) return { findings: [{ path: [], position: { line: 1, column: 1 }, text: say('tooDeep') }] };
  const findings: Finding[] = [...yaml.errors, ...yaml.warnings].slice(0, MOST_MISTAKES).map((error) => fromYaml(error, yaml, text, place));
  findings.push(...aliasFindings(yaml, place));
  const harmless = yaml.errors.every((error) => error.code === 'DUPLICATE_KEY' || error.code === 'BAD_DQ_ESCAPE');
  if (!harmless || findings.length > Math.min(MOST_MISTAKES, yaml.errors.length + yaml.warnings.length)) return { findings };
  if (yaml.contents === null || (isScalar(yaml.contents) && yaml.contents.value === null)) {
    return { findings: [...findings, { path: [], position: { line: 1, column: 1 }, text: say('emptyFile') }] };
  }
  if (!isMap(yaml.contents)) return { findings: [...findings, { path: [], position: place(startOf(yaml.contents)), text: say('notAMap') }] };
  let value: unknown;
  try {
    value = yaml.toJS({ maxAliasCount: MAX_ALIASES });
  } catch {
    // the only thing left that toJS refuses: aliases that multiply
    return { findings: [...findings, { path: [], position: { line: 1, column: 1 }, text: say('aliasBomb') }] };
  }
  // an alias inside of what it stands for is a circle
  if (isTooDeep(value, 0)) return { findings: [...findings, { path: [], position: { line: 1, column: 1 }, text: say('tooDeep') }] };
  return { document: { value, positionOf: (path, at) => place(offsetOf(yaml, path, at)) }, findings };
}

function isTooDeep(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return depth > MAX_DEPTH || Object.values(value).some((inner) => isTooDeep(inner, depth + 1));
}

/** `undefined`: nested so deep that the parser ran out of stack. Keys in one line nest without any bracket: `a: b: c:`. */
function parsed(text: string, lineCounter: LineCounter): Document.Parsed | undefined {
  try {
    return parseDocument(text, { version: '1.2', lineCounter, prettyErrors: false, stringKeys: true, logLevel: 'error' });
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Line and column of an offset, where no parser has counted the lines. */
export function positionIn(text: string, offset: number): Position {
  const before = text.slice(0, offset);
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
}

/** Nested flow collections cost the parser its stack and quadratic time: they are counted before it sees them. */
function tooDeepAt(text: string): number | undefined {
  let depth = 0;
  for (let i = 0; i < text.length; i += 1) {
    const c = text[i];
    if (c === '[' || c === '{') depth += 1;
    else if (c === ']' || c === '}') depth = Math.max(0, depth - 1);
    // an unclosed bracket in a comment or a quoted text must not count for the whole file
    else if (c === '\n' && /^\S/.test(text.slice(i + 1, i + 2))) depth = 0;
    if (depth > MAX_DEPTH * 4) return i;
  }
  return undefined;
}

const SYNTAX: Readonly<Partial<Record<YAMLError['code'], Text>>> = {
  DUPLICATE_KEY: say('duplicateKey'),
  TAB_AS_INDENT: say('tabIndent'),
  BAD_INDENT: say('badIndent'),
  MISSING_CHAR: say('missingChar'),
  BAD_SCALAR_START: say('badStart'),
  BLOCK_AS_IMPLICIT_KEY: say('blockInLine'),
  MULTILINE_IMPLICIT_KEY: say('missingChar'),
  MULTIPLE_DOCS: say('manyDocuments'),
  RESOURCE_EXHAUSTION: say('tooDeep'),
  UNEXPECTED_TOKEN: say('syntax'),
};

function fromYaml(error: YAMLError, yaml: Document.Parsed, text: string, place: (offset: number) => Position): Finding {
  const [start, end] = error.pos;
  const source = text.slice(start, Math.min(end, start + 40));
  return { path: pathAt(yaml.contents, start), position: place(start), text: syntaxText(error, source, text.slice(start, start + 2)) };
}

function syntaxText(error: YAMLError, source: string, pair: string): Text {
  if (error.code === 'BAD_DQ_ESCAPE') return say('badEscape', { escape: pair });
  if (error.code === 'TAG_RESOLVE_FAILED') return say('unknownTag', { name: source });
  return SYNTAX[error.code] ?? say('syntax');
}

function aliasFindings(yaml: Document.Parsed, place: (offset: number) => Position): readonly Finding[] {
  const findings: Finding[] = [];
  visit(yaml, {
    Alias: (_, node: Alias) => {
      if (node.resolve(yaml) !== undefined) return;
      const offset = startOf(node);
      findings.push({ path: pathAt(yaml.contents, offset), position: place(offset), text: say('unknownAlias', { name: node.source }) });
    },
  });
  return findings;
}

function startOf(node: unknown): number {
  const range = (node as Node | null)?.range;
  return range?.[0] ?? 0;
}

/** The keys that stand around an offset: where a syntax mistake is. */
function pathAt(root: unknown, offset: number): KeyPath {
  const path: (string | number)[] = [];
  let node: unknown = root;
  // a path that is deeper than any configuration helps nobody, and costs with each mistake
  while (isCollection(node) && path.length < MAX_DEPTH) {
    const step = isMap(node) ? lastPairBefore(node.items, offset) : isSeq(node) ? lastItemBefore(node.items, offset) : undefined;
    if (step === undefined) break;
    path.push(step.key);
    node = step.node;
  }
  return path;
}

interface Step {
  readonly key: string | number;
  readonly node: unknown;
}

function lastPairBefore(items: readonly { key: unknown; value: unknown }[], offset: number): Step | undefined {
  const pair = items.findLast((item) => isScalar(item.key) && startOf(item.key) <= offset);
  return pair === undefined ? undefined : { key: keyText(pair.key), node: pair.value };
}

function lastItemBefore(items: readonly unknown[], offset: number): Step | undefined {
  const index = items.findLastIndex((item) => startOf(item) <= offset);
  return index < 0 ? undefined : { key: index, node: items[index] };
}

function keyText(key: unknown): string {
  return isScalar(key) ? String(key.value) : '';
}

/** Where a value (or its key) begins; of a missing one, where what should hold it begins. */
function offsetOf(yaml: Document.Parsed, path: KeyPath, at?: 'key'): number {
  let node: unknown = yaml.contents;
  let offset = 0;
  for (const [i, part] of path.entries()) {
    const holder: unknown = isAlias(node) ? node.resolve(yaml) : node;
    if (isSeq(holder) && typeof part === 'number') {
      node = holder.items[part];
      if (node !== undefined) offset = startOf(node);
      continue;
    }
    const pair = isMap(holder) ? holder.items.findLast((item) => keyText(item.key) === part) : undefined;
    if (pair === undefined) return offset;
    node = pair.value;
    const empty = node === null || (isScalar(node) && node.source === '' && node.value === null);
    offset = empty || (at === 'key' && i === path.length - 1) ? startOf(pair.key) : startOf(node);
  }
  return offset;
}
