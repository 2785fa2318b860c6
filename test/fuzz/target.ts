import { isTillbridgeError } from '@tillbridge/core';
import { Random } from '../support/random.js';

/** Something that takes apart what comes from outside, and what must hold of it whatever comes. */
export interface FuzzTarget {
  /** Also the folder of its corpus. */
  readonly name: string;
  /** Longest input, bytes. */
  readonly maxBytes: number;
  /** Pieces that its inputs are made of: they get further than random bytes. */
  readonly dictionary: readonly (string | Uint8Array)[];
  /** Errors that the parser is documented to throw, beside those of the catalogue. */
  readonly throws?: readonly (abstract new (...args: never[]) => Error)[];
  /**
   * Gives the input to the parser and checks what must hold; throws where it does not. The answer names what kind of input it was: an input
   * of a new kind is kept to be changed further. `random` is seeded by the input, so that a file alone repeats a failure.
   */
  readonly run: (input: Uint8Array, random: Random) => string | Promise<string>;
}

/** A promise of a parser that was broken. */
export class Broken extends Error {
  constructor(what: string) {
    super(what);
    this.name = 'Broken';
  }
}

/** @throws {Broken} with `what` where it does not hold */
export function must(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Broken(what);
}

/** One input through a target: what kind it was. @throws what the target does, unless it is documented */
export async function attempt(target: FuzzTarget, input: Uint8Array): Promise<string> {
  try {
    return await target.run(input, new Random(hashOf(input)));
  } catch (error) {
    if (error instanceof Broken) throw error;
    if (isTillbridgeError(error)) return error.code;
    const known = target.throws?.some((type) => error instanceof type) === true;
    if (!known) throw error;
    return error instanceof Error ? `${error.name} ${error.message.slice(0, 40)}` : 'thrown';
  }
}

/** FNV-1a, 32 bits (Fowler, Noll, Vo): the same seed for the same bytes. */
export function hashOf(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash;
}

/** More pieces than this tell nothing new. */
const MOST_PIECES = 60;

/** The input cut at random places: what a stream delivers. Never an empty piece. */
export function pieces(input: Uint8Array, random: Random): readonly Uint8Array[] {
  const all: Uint8Array[] = [];
  for (let at = 0; at < input.length; ) {
    const left = input.length - at;
    const size = all.length >= MOST_PIECES ? left : random.chance(0.5) ? random.whole(1, 4) : random.whole(1, left);
    all.push(Uint8Array.from(input.subarray(at, at + size)));
    at += size;
  }
  return all;
}

export const textOf = (input: Uint8Array): string => Buffer.from(input).toString('utf8');

/** JSON of an input; undefined where it is none. */
export function jsonOf(input: Uint8Array): unknown {
  try {
    return JSON.parse(textOf(input));
  } catch {
    return undefined;
  }
}

export function fieldsOf(input: Uint8Array): Readonly<Record<string, unknown>> | undefined {
  const value = jsonOf(input);
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
}

/** Pieces of JSON, for dictionaries. */
export const JSON_WORDS = ['{', '}', '[', ']', ':', ',', '"', '\\', '\\u0000', '\\ud800', 'null', 'true', '-0', '1e999', '9007199254740993', '"__proto__":', '"constructor":', '""', '{}', '[]'] as const;
