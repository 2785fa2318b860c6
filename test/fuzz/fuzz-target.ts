import { Random } from '../support/random.js';
import { readCorpus } from './corpus.js';
import { mutated, type Pool } from './mutate.js';
import { attempt, type FuzzTarget } from './target.js';

/** An input that broke a promise. */
export interface Finding {
  readonly input: Uint8Array;
  readonly error: unknown;
}

export interface FuzzRun {
  readonly cases: number;
  /** Different kinds of inputs that came up. */
  readonly kinds: number;
  readonly finding?: Finding;
}

export interface FuzzLimits {
  readonly seed: number;
  /** No more inputs than this. */
  readonly cases: number;
  /** Asked before each input. */
  readonly goOn?: () => boolean;
  /** Told each input before it is tried: one that never ends is known by it. */
  readonly trying?: (input: Uint8Array) => void;
  /** Told each input of a kind that did not come up before. */
  readonly newKind?: (input: Uint8Array) => void;
}

/** Inputs of new kinds that are kept to be changed further. */
const MOST_KEPT = 400;

/** The saved inputs of a target, then changed ones, until one breaks a promise. The same seed gives the same inputs. */
export async function fuzz(target: FuzzTarget, limits: FuzzLimits): Promise<FuzzRun> {
  const random = new Random(limits.seed);
  const saved = readCorpus(target.name).map(({ bytes }) => bytes);
  const corpus = [...saved];
  const pool: Pool = { corpus, dictionary: target.dictionary.map((each) => (typeof each === 'string' ? Buffer.from(each) : each)) };
  const kinds = new Set<string>();
  let cases = 0;
  const one = async (input: Uint8Array, isNew: boolean): Promise<Finding | undefined> => {
    cases += 1;
    limits.trying?.(input);
    try {
      const kind = await attempt(target, input);
      if (!kinds.has(kind) && kinds.size < MOST_KEPT) {
        kinds.add(kind);
        if (isNew) {
          corpus.push(input);
          limits.newKind?.(input);
        }
      }
      return undefined;
    } catch (error) {
      return { input, error };
    }
  };
  const goOn = limits.goOn ?? (() => true);
  for (const input of saved) {
    const finding = await one(input, false);
    if (finding !== undefined) return { cases, kinds: kinds.size, finding };
  }
  while (cases < limits.cases && goOn()) {
    const finding = await one(mutated(pool, random, target.maxBytes), true);
    if (finding !== undefined) return { cases, kinds: kinds.size, finding };
  }
  return { cases, kinds: kinds.size };
}

/** The input without what is not needed to break the promise in the same way. */
export async function shortened(target: FuzzTarget, { input, error }: Finding): Promise<Uint8Array> {
  const wanted = nameOf(error);
  let bytes = input;
  let tries = 2000;
  for (let size = Math.ceil(bytes.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < bytes.length && tries > 0; tries -= 1) {
      const less = Uint8Array.from(Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + size)]));
      const same = await attempt(target, less).then(() => false, (other: unknown) => nameOf(other) === wanted);
      if (same) bytes = less;
      else at += size;
    }
  }
  return bytes;
}

/** The kind of a failure: its first line without figures. */
export function nameOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message.split('\n')[0]?.replace(/\d+/g, '#').slice(0, 80) ?? ''}` : String(error);
}
