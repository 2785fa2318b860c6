import { attribute, child, descendants, type XmlElement } from '../xml/index.js';
import { faultOf, type Rk7Fault } from './fault.js';

/** Who answered. */
export interface Rk7Server {
  /** Such as 7.26.8.2001. */
  readonly version: string | undefined;
  /** Who really executed the command: the cash server, or a station. */
  readonly netName: string | undefined;
}

export type Rk7Answer =
  | { readonly ok: true; readonly server: Rk7Server; readonly unchanged: boolean; readonly data: XmlElement }
  | { readonly ok: false; readonly server: Rk7Server; readonly fault: Rk7Fault };

/**
 * Reads an answer in either dialect: to `RK7CMD` the server answers flat, to `RK7Command` with a `CommandResult` inside. Both the root and
 * the result must say `Ok`. `data` is the element whose children are the data.
 *
 * @throws {Rk7NotAnAnswer} when the document is something else: a web page, another program.
 */
export function readAnswer(root: XmlElement): Rk7Answer {
  if (root.name.toLowerCase() !== 'rk7queryresult') throw new Rk7NotAnAnswer();
  const server: Rk7Server = { version: attribute(root, 'ServerVersion'), netName: attribute(root, 'NetName') };
  const result = child(root, 'CommandResult') ?? root;
  const levels = result === root ? [root] : [root, result];
  const failed = levels.find((level) => !isOk(attribute(level, 'Status')));
  if (failed === undefined) return { ok: true, server, unchanged: levels.some((level) => status(level) === 'no changes'), data: result };
  // the root may only say that something failed, and the result why
  const fault = [result, root].map(describe).find(({ text, number }) => text !== '' || number !== undefined) ?? describe(failed);
  return { ok: false, server, fault: faultOf({ ...fault, status: attribute(failed, 'Status') ?? '' }) };
}

/** The document is no answer of an XML interface. */
export class Rk7NotAnAnswer extends Error {
  constructor() {
    super('not an answer of the XML interface');
    this.name = 'Rk7NotAnAnswer';
  }
}

function status(level: XmlElement): string {
  return (attribute(level, 'Status') ?? '').trim().toLowerCase();
}

function isOk(text: string | undefined): boolean {
  return ['ok', 'no changes'].includes((text ?? '').trim().toLowerCase());
}

function describe(level: XmlElement): { readonly text: string; readonly number: number | undefined } {
  const inner = descendants(level, 'Error')[0];
  const text = nonEmpty(attribute(level, 'ErrorText')) ?? (inner === undefined ? undefined : (nonEmpty(attribute(inner, 'ErrorText')) ?? nonEmpty(inner.text.trim()))) ?? '';
  const number = numberOf(attribute(level, 'RK7ErrorN')) ?? numberOf(inner === undefined ? undefined : attribute(inner, 'RK7ErrorN'));
  return { text, number };
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === undefined || text === '' ? undefined : text;
}

function numberOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}
