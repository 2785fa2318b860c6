import { GS } from './codes.js';

/** What a scanner puts around a code. */
export interface Around {
  readonly prefix: Uint8Array;
  readonly suffix: Uint8Array;
  /** The scanner sends AIM ids with the data. */
  readonly aim: boolean;
  /** Whether separators arrive; `undefined` where no code had one. */
  readonly gs: 'kept' | 'lost' | undefined;
}

export type TextTrouble =
  /** Another code, or not the whole of it. */
  | 'otherCode'
  /** Right but for the case of its letters. */
  | 'wrongCase'
  /** Its digits are right and its letters are not: the scanner types for another keyboard layout. */
  | 'wrongLetters'
  /** What stands around the codes is not the same each time. */
  | 'unsteady';

export interface TextSample {
  readonly expected: Uint8Array;
  readonly got: Uint8Array;
}

interface Found {
  readonly before: Uint8Array;
  readonly after: Uint8Array;
  readonly gs: 'kept' | 'lost' | undefined;
}

/** What stands before and behind the codes in what was read. Pure. */
export function inferAround(samples: readonly TextSample[]): Around | TextTrouble {
  const found: Found[] = [];
  for (const sample of samples) {
    const one = find(sample);
    if (one === undefined) return troubleOf(sample);
    found.push(one);
  }
  const aims = found.map(({ before }) => aimIn(before));
  const aim = found.length > 0 && aims.every((at) => at !== undefined);
  const prefixes = found.map(({ before }, i) => (aim ? without(before, aims[i] ?? 0) : before));
  const suffixes = found.map(({ after }) => after);
  if (!alike(prefixes) || !alike(suffixes)) return 'unsteady';
  const separators = found.map(({ gs }) => gs).filter((gs) => gs !== undefined);
  const gs = separators.length === 0 ? undefined : separators.includes('lost') ? 'lost' : 'kept';
  return { prefix: prefixes[0] ?? new Uint8Array(), suffix: suffixes[0] ?? new Uint8Array(), aim, gs };
}

/** The code in what was read, its separators there or lost. */
function find({ expected, got }: TextSample): Found | undefined {
  const has = expected.includes(GS);
  const whole = indexOf(got, expected);
  if (whole >= 0) return { before: got.slice(0, whole), after: got.slice(whole + expected.length), gs: has ? 'kept' : undefined };
  const bare = expected.filter((byte) => byte !== GS);
  const at = has ? indexOf(got, bare) : -1;
  return at < 0 ? undefined : { before: got.slice(0, at), after: got.slice(at + bare.length), gs: 'lost' };
}

function troubleOf({ expected, got }: TextSample): TextTrouble {
  const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1').replaceAll('\u001d', '');
  const [want, have] = [text(expected), text(got)];
  if (have.toLowerCase().includes(want.toLowerCase())) return 'wrongCase';
  const digits = (all: string): string => all.replace(/\D/g, '');
  return digits(want).length >= 4 && digits(have) === digits(want) ? 'wrongLetters' : 'otherCode';
}

/** Where an AIM id stands in a prefix. */
function aimIn(prefix: Uint8Array): number | undefined {
  const at = Buffer.from(prefix).toString('latin1').search(/\][A-Za-z][0-9A-Za-z]/);
  return at < 0 ? undefined : at;
}

function without(prefix: Uint8Array, aimAt: number): Uint8Array {
  return Uint8Array.from([...prefix.subarray(0, aimAt), ...prefix.subarray(aimAt + 3)]);
}

function alike(all: readonly Uint8Array[]): boolean {
  return all.every((bytes) => Buffer.compare(bytes, all[0] ?? bytes) === 0);
}

export function indexOf(bytes: Uint8Array, part: Uint8Array): number {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).indexOf(part);
}
