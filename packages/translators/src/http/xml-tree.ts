import { SaxesParser } from 'saxes';
import type { Tree } from './answer-tree.js';

/** Why a document is no answer; a word of ours. */
export class XmlProblem extends Error {
  constructor(problem: 'malformed' | 'doctype' | 'tooDeep') {
    // no word of the document itself: it may hold a card number
    super(`not acceptable XML: ${problem}`);
    this.name = 'XmlProblem';
  }
}

const MAX_DEPTH = 64;

interface Open {
  readonly name: string;
  /** Children by name; a name that comes again makes a list. */
  readonly members: Map<string, Tree>;
  text: string;
}

/**
 * Names without prefixes, because servers of one product choose them freely; an element without children is its text, an attribute is a
 * member with `@` in front. A document type, and with it every entity of its own, is refused.
 *
 * @throws {XmlProblem}
 */
export function parseXml(document: string): Tree {
  const parser = new SaxesParser();
  const open: Open[] = [];
  const root = new Map<string, Tree>();
  let problem: XmlProblem | undefined;
  const refuse = (why: 'malformed' | 'doctype' | 'tooDeep'): void => {
    problem ??= new XmlProblem(why);
  };
  const text = (data: string): void => {
    const top = open.at(-1);
    if (top !== undefined) top.text += data;
  };
  parser.on('error', () => refuse('malformed'));
  parser.on('doctype', () => refuse('doctype'));
  parser.on('text', text);
  parser.on('cdata', text);
  parser.on('opentag', ({ name, attributes }) => {
    if (open.length >= MAX_DEPTH) refuse('tooDeep');
    const element: Open = { name: localName(name), members: new Map(), text: '' };
    for (const [key, value] of Object.entries(attributes)) if (!/^xmlns(:|$)/.test(key)) element.members.set(`@${localName(key)}`, value);
    open.push(element);
  });
  parser.on('closetag', () => {
    const closed = open.pop();
    if (closed !== undefined) add(open.at(-1)?.members ?? root, closed.name, treeOf(closed));
  });
  // in pieces: the parser goes on to the end of what it was given, whatever it has found wrong
  for (let from = 0; from < document.length && problem === undefined; from += 8192) parser.write(document.slice(from, from + 8192));
  if (problem === undefined) parser.close();
  if (problem !== undefined) throw problem;
  return Object.fromEntries(root);
}

function treeOf({ members, text }: Open): Tree {
  if (members.size === 0) return text.trim();
  const own = text.trim();
  return { ...Object.fromEntries(members), ...(own === '' ? {} : { '#text': own }) };
}

function add(members: Map<string, Tree>, name: string, value: Tree): void {
  const before = members.get(name);
  if (before === undefined) members.set(name, value);
  else if (Array.isArray(before)) before.push(value);
  else members.set(name, [before, value]);
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);
