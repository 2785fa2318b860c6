import { SaxesParser } from 'saxes';
import type { XmlElement } from './element.js';

/** Why a document was refused; short words that can stand in a reason. */
export type XmlProblemWord = 'malformed' | 'doctype' | 'tooLong' | 'tooDeep';

export class XmlProblem extends Error {
  readonly problem: XmlProblemWord;

  constructor(problem: XmlProblemWord) {
    // no word of the document itself: it may hold a card number
    super(`not acceptable XML: ${problem}`);
    this.name = 'XmlProblem';
    this.problem = problem;
  }
}

export interface XmlLimits {
  /** Longest document, in characters. */
  readonly maxLength: number;
  /** Deepest nesting of elements. */
  readonly maxDepth: number;
}

/** An order list of a large restaurant is a few hundred kilobytes; a reference book with a property mask less. */
export const XML_LIMITS: XmlLimits = { maxLength: 2_097_152, maxDepth: 64 };

interface Open {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: XmlElement[];
  text: string;
}

/**
 * Builds a tree from pieces of text as they arrive, so that a long answer never holds up the goods that are scanned meanwhile. Strict: what
 * is not well-formed, has a document type (and with it entities of its own), or is past a limit is refused.
 */
export class XmlReader {
  readonly #parser = new SaxesParser();
  readonly #limits: XmlLimits;
  readonly #open: Open[] = [];
  #length = 0;
  #root: XmlElement | undefined;
  #problem: XmlProblem | undefined;

  constructor(limits: XmlLimits = XML_LIMITS) {
    this.#limits = limits;
    const parser = this.#parser;
    parser.on('error', () => this.#refuse('malformed'));
    parser.on('doctype', () => this.#refuse('doctype'));
    parser.on('opentag', (tag) => this.#opened(tag.name, new Map(Object.entries(tag.attributes))));
    parser.on('closetag', () => this.#closed());
    const text = (data: string): void => {
      const top = this.#open.at(-1);
      if (top !== undefined) top.text += data;
    };
    parser.on('text', text);
    parser.on('cdata', text);
  }

  /** @throws {XmlProblem} */
  write(text: string): void {
    this.#length += text.length;
    if (this.#length > this.#limits.maxLength) this.#refuse('tooLong');
    if (this.#problem === undefined) this.#parser.write(text);
    if (this.#problem !== undefined) throw this.#problem;
  }

  /** The document element. @throws {XmlProblem} */
  end(): XmlElement {
    if (this.#problem === undefined) this.#parser.close();
    if (this.#problem !== undefined) throw this.#problem;
    if (this.#root === undefined) throw new XmlProblem('malformed');
    return this.#root;
  }

  #opened(name: string, attributes: ReadonlyMap<string, string>): void {
    if (this.#open.length >= this.#limits.maxDepth) this.#refuse('tooDeep');
    if (this.#problem === undefined) this.#open.push({ name, attributes, children: [], text: '' });
  }

  #closed(): void {
    if (this.#problem !== undefined) return;
    const done = this.#open.pop();
    if (done === undefined) return;
    const parent = this.#open.at(-1);
    if (parent === undefined) this.#root = done;
    else parent.children.push(done);
  }

  #refuse(problem: XmlProblemWord): void {
    this.#problem ??= new XmlProblem(problem);
  }
}

/** A whole text at once. @throws {XmlProblem} */
export function readXml(text: string, limits: XmlLimits = XML_LIMITS): XmlElement {
  const reader = new XmlReader(limits);
  reader.write(text);
  return reader.end();
}
