import { FALLBACK_CHARSETS, NUMBER_KINDS, OUTCOMES, SYMBOLOGIES, TillbridgeError } from '@tillbridge/core';
import { z } from 'zod';
import type { Config } from '../config/index.js';
import { code as codeSchema } from '../config/schema/code.js';

/** A recording may have this many bytes and lines, in the daemon and in a file. */
export const MAX_RECORDING_BYTES = 16 * 1024 * 1024;
export const MAX_RECORDING_LINES = 100_000;

const id = z.string().min(1).max(64);
const hex = z.string().regex(/^(?:[0-9a-f]{2})*$/).max(32_768);
const reason = z.string().max(200).exactOptional();
/** Milliseconds since the recording began, to a tenth. */
const at = z.number().min(0).max(30 * 86_400_000);
const reaction = z.enum(['reject', 'passThrough']);

const head = z.strictObject({
  type: z.literal('tillbridge-recording'),
  wire: z.literal(1),
  version: z.string().max(40),
  /** When it began, Unix time in ms. */
  wall: z.number(),
  readers: z.array(z.strictObject({ id, kind: z.string().max(20), unmatched: z.enum(['reject', 'passThrough']), withSuffix: z.boolean(), fallbackCharset: z.enum(FALLBACK_CHARSETS) })),
  tills: z.array(z.strictObject({ id, goods: z.boolean(), keys: z.boolean(), best: z.enum(OUTCOMES), verify: z.boolean(), expireMs: z.number(), duplicateMs: z.number() })),
  codes: z.array(codeSchema),
  on: z.strictObject({ notFound: reaction, unavailable: reaction, blocked: reaction, ambiguous: reaction }),
  routes: z.array(z.strictObject({ readers: z.array(id), till: id, goods: z.union([id, z.null()]) })),
  translators: z.array(z.strictObject({ id, type: z.string().max(20) })),
});

const ended = { outcome: z.enum(OUTCOMES), reason, evidence: reason };

/** What came in, and what was answered from outside: a replay gives it again. */
const given = [
  z.strictObject({
    e: z.literal('read'), t: at, reader: id, bytes: hex, terminator: hex, silence: z.enum(['settled', 'awaitQuiet']), quietMs: z.number().exactOptional(), silentBefore: z.boolean(),
    overflow: z.literal(true).exactOptional(), partial: z.literal(true).exactOptional(), symbology: z.enum(SYMBOLOGIES).exactOptional(), aim: z.string().max(3).exactOptional(),
    kind: z.enum([...NUMBER_KINDS, 'goods']).exactOptional(), till: id.exactOptional(),
  }),
  z.strictObject({ e: z.literal('tail'), t: at, reader: id, bytes: hex }),
  z.strictObject({ e: z.enum(['quiet', 'resumed']), t: at, reader: id }),
  z.strictObject({ e: z.literal('dropped'), t: at, reader: id, reason: z.enum(['unplugged', 'noise', 'overflow', 'copy']), bytes: z.int() }),
  z.strictObject({ e: z.literal('scan'), t: at, reader: id, bytes: hex, kind: z.enum([...NUMBER_KINDS, 'goods']).exactOptional(), symbology: z.enum(SYMBOLOGIES).exactOptional(), orderId: z.string().max(200).exactOptional() }),
  z.strictObject({ e: z.literal('order'), t: at, till: id, state: z.enum(['opened', 'closed']), orderId: z.string().max(200).exactOptional() }),
  z.strictObject({ e: z.literal('answer'), t: at, tookMs: z.number(), translator: id, code: z.string().max(4096), result: z.string().max(20), kind: z.enum(NUMBER_KINDS).exactOptional(), number: z.string().max(256).exactOptional(), reason }),
  z.strictObject({ e: z.literal('till'), t: at, tookMs: z.number(), till: id, ...ended }),
] as const;

/** What the bridge made of it: a replay must make the same. */
const made = [
  z.strictObject({ e: z.literal('goods'), t: at, till: id, bytes: hex, terminator: hex }),
  z.strictObject({ e: z.literal('outcome'), t: at, till: id, reader: id, kind: z.enum(NUMBER_KINDS), code: z.string().max(4096), ...ended }),
  /** Something could not be recorded without showing what it was. */
  z.strictObject({ e: z.literal('omitted'), t: at, what: z.string().max(40) }),
] as const;

const line = z.discriminatedUnion('e', [...given, ...made]);

export type RecordingHead = Omit<z.output<typeof head>, 'codes'> & Pick<Config, 'codes'>;
export type RecordingLine = z.output<typeof line>;
export type LineOf<E extends RecordingLine['e']> = Extract<RecordingLine, { e: E }>;

export interface Recording {
  readonly head: RecordingHead;
  readonly lines: readonly RecordingLine[];
}

/** Reads a recording: a line of JSON for the head, and one for each thing that happened. @throws {TillbridgeError} `TB_SCAN_RECORDING` */
export function parseRecording(text: string): Recording {
  if (text.length > MAX_RECORDING_BYTES) throw wrong(1, 'the file is too large');
  const rows = text.split('\n').filter((row) => row.trim() !== '');
  if (rows.length > MAX_RECORDING_LINES) throw wrong(MAX_RECORDING_LINES, 'the file has too many lines');
  const parsed = rows.map((row, index) => parseLine(row, index));
  const [first, ...rest] = parsed;
  const readHead = head.safeParse(first);
  if (!readHead.success) throw wrong(1, 'this is not a recording of this program');
  return { head: readHead.data, lines: rest.map((row, index) => checked(row, index + 2)) };
}

function parseLine(row: string, index: number): unknown {
  try {
    return JSON.parse(row);
  } catch {
    throw wrong(index + 1, 'the line is not JSON');
  }
}

function checked(row: unknown, number: number): RecordingLine {
  const result = line.safeParse(row);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw wrong(number, `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'it cannot be read'}`);
}

const wrong = (number: number, problem: string): TillbridgeError => new TillbridgeError('TB_SCAN_RECORDING', { line: number, problem });
