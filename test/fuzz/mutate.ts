import type { Random } from '../support/random.js';

/** Bytes at which parsers tend to change their minds. */
const BYTES = [0x00, 0x01, 0x02, 0x03, 0x09, 0x0a, 0x0d, 0x1b, 0x1d, 0x20, 0x22, 0x27, 0x2c, 0x3b, 0x3c, 0x5c, 0x5d, 0x7b, 0x7d, 0x7f, 0x80, 0x81, 0x82, 0xbf, 0xc0, 0xe0, 0xed, 0xef, 0xf0, 0xfe, 0xff];
/** Numbers that lengths and counters go wrong at. */
const NUMBERS = [0, 1, 0x7f, 0x80, 0xff, 0x100, 0x7fff, 0x8000, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xffffffff];
/** More changes than this make noise of any input. */
const MOST_CHANGES = 6;
/** Longest run of one piece, in repetitions. */
const MOST_REPEATS = 400;

type Change = (bytes: Uint8Array, random: Random, pool: Pool) => Uint8Array;

/** What inputs are made of. */
export interface Pool {
  readonly corpus: readonly Uint8Array[];
  readonly dictionary: readonly Uint8Array[];
}

const join = (...parts: readonly Uint8Array[]): Uint8Array => Uint8Array.from(Buffer.concat(parts));
const place = (bytes: Uint8Array, random: Random): number => random.whole(0, bytes.length);
const span = (bytes: Uint8Array, random: Random): readonly [number, number] => {
  const from = place(bytes, random);
  return [from, Math.min(bytes.length, from + random.whole(1, random.chance(0.7) ? 8 : Math.max(8, bytes.length)))];
};
const put = (bytes: Uint8Array, at: number, piece: Uint8Array): Uint8Array => join(bytes.subarray(0, at), piece, bytes.subarray(at));
const noise = (random: Random, size: number): Uint8Array => Uint8Array.from({ length: size }, () => random.whole(0, 255));

const CHANGES: readonly Change[] = [
  // a bit, a byte
  (bytes, random) => changed(bytes, random, (byte) => byte ^ (1 << random.whole(0, 7))),
  (bytes, random) => changed(bytes, random, () => random.pick(BYTES)),
  (bytes, random) => changed(bytes, random, (byte) => byte + random.whole(-2, 2)),
  // something gone, doubled, repeated, moved
  (bytes, random) => {
    const [from, to] = span(bytes, random);
    return join(bytes.subarray(0, from), bytes.subarray(to));
  },
  (bytes, random) => {
    const [from, to] = span(bytes, random);
    return put(bytes, place(bytes, random), bytes.subarray(from, to));
  },
  (bytes, random) => {
    const [from, to] = span(bytes, random);
    const times = random.whole(2, random.chance(0.1) ? MOST_REPEATS : 10);
    return put(bytes, from, join(...new Array<Uint8Array>(times).fill(bytes.subarray(from, to))));
  },
  (bytes, random) => bytes.slice(0, place(bytes, random)),
  // something of its language, of another input, of nothing
  (bytes, random, { dictionary }) => (dictionary.length === 0 ? bytes : put(bytes, place(bytes, random), random.pick(dictionary))),
  (bytes, random, { dictionary }) => {
    if (dictionary.length === 0) return bytes;
    const [from, to] = span(bytes, random);
    return join(bytes.subarray(0, from), random.pick(dictionary), bytes.subarray(to));
  },
  (bytes, random, { corpus }) => {
    const other = random.pick(corpus);
    const [from, to] = span(other, random);
    return put(bytes, place(bytes, random), other.subarray(from, to));
  },
  (bytes, random, { corpus }) => {
    const other = random.pick(corpus);
    return join(bytes.subarray(0, place(bytes, random)), other.subarray(place(other, random)));
  },
  (bytes, random) => put(bytes, place(bytes, random), noise(random, random.whole(1, 8))),
  // a number
  (bytes, random) => {
    const size = random.pick([1, 2, 4] as const);
    if (bytes.length < size) return bytes;
    const copy = Buffer.from(bytes);
    const at = random.whole(0, bytes.length - size);
    const value = random.pick(NUMBERS) % 2 ** (8 * size);
    if (random.chance(0.5)) copy.writeUIntBE(value, at, size);
    else copy.writeUIntLE(value, at, size);
    return Uint8Array.from(copy);
  },
  (bytes, random) => put(bytes, place(bytes, random), Buffer.from(String(random.chance(0.5) ? random.pick(NUMBERS) : random.whole(-9, 99_999)))),
];

function changed(bytes: Uint8Array, random: Random, to: (byte: number) => number): Uint8Array {
  if (bytes.length === 0) return bytes;
  const copy = bytes.slice();
  const at = random.whole(0, copy.length - 1);
  copy[at] = to(copy[at] ?? 0) & 0xff;
  return copy;
}

/** An input made of one of the pool's by a few changes; at most `maxBytes` long. */
export function mutated(pool: Pool, random: Random, maxBytes: number): Uint8Array {
  let bytes = random.chance(0.02) ? noise(random, random.whole(0, 64)) : random.pick(pool.corpus);
  const changes = random.whole(1, random.chance(0.5) ? 2 : MOST_CHANGES);
  for (let i = 0; i < changes; i += 1) bytes = random.pick(CHANGES)(bytes, random, pool).slice(0, maxBytes);
  return bytes;
}
