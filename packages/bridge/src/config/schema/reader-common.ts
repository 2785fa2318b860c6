import { FALLBACK_CHARSETS, OUTCOMES, type FeedbackKind, type OutcomeName } from '@tillbridge/core';
import { z } from 'zod';
import { id, msOrOff, says } from './common.js';

const terminator = z.enum(['CR', 'LF', 'CRLF', 'TAB', 'ETX']);

const framingOptions = z.strictObject({
  suffix: z
    .union([z.array(terminator).max(5), z.enum(['none']).transform((): z.output<typeof terminator>[] => [])])
    .default(['CR', 'LF', 'CRLF', 'TAB', 'ETX'])
    .describe('What may end a read. `none`: only silence does.'),
  idleMs: msOrOff(10_000).default(120).describe('Silence that ends a read without a suffix, in ms (0 to 10000; 0 or off: never).'),
  quietMs: msOrOff(1000)
    .default(20)
    .describe('Silence that must surround a read before it can be loyalty, in ms (0 to 1000; 0 or off: no such check). Goods never wait for it.'),
  maxBytes: z.int().min(64).max(65_536).default(8192).describe('Longest read, in bytes (64 to 65536). A longer one passes as goods, in pieces.'),
});

const framing = z
  .union([framingOptions, z.enum(['readline'])])
  .prefault({})
  .describe('How bytes become reads. `readline`: lines of a line-oriented device such as a module console.');

const DEFAULT_FEEDBACK: Readonly<Record<OutcomeName, FeedbackKind>> = {
  applied: 'good',
  alreadyApplied: 'good',
  sent: 'good',
  rejected: 'bad',
  notFound: 'bad',
  blocked: 'bad',
  unavailable: 'bad',
  expired: 'bad',
  superseded: 'none',
  failed: 'bad',
  unknown: 'bad',
};

const feedbackKind = z.enum(['good', 'bad', 'none']);
const feedbackMap = z.strictObject(
  Object.fromEntries(OUTCOMES.map((name) => [name, feedbackKind.default(DEFAULT_FEEDBACK[name]).describe(`Signal after the outcome ${name}.`)])) as Record<
    OutcomeName,
    z.ZodDefault<typeof feedbackKind>
  >,
);

const feedback = z
  .union([
    feedbackMap,
    z.enum(['off', 'none']).transform(() => Object.fromEntries(OUTCOMES.map((name) => [name, 'none'])) as Record<OutcomeName, FeedbackKind>),
  ])
  .prefault({})
  .describe('What the scanner signals after each outcome, where it can: good, bad or none. `off`: nothing.');

export const readerId = id.describe('Name of this reader: letters, digits, `.`, `_`, `-`.');

/** What every scanner has behind its place. */
export const common = {
  charset: z.enum(['utf8']).default('utf8').describe('How bytes are read as text.'),
  fallbackCharset: z
    .enum(FALLBACK_CHARSETS)
    .default('windows-1251')
    .describe('How bytes are read that are not valid in `charset`: windows-1251 or latin1.'),
  feedback,
  unmatched: z
    .enum(['passThrough', 'reject'])
    .default('passThrough')
    .describe('What becomes of a read that no code matches: passThrough (goods) or reject (dropped and counted).'),
};

/** What those have that deliver a stream of bytes. */
export const stream = { ...common, framing };

const usbId = z.string().regex(/^[0-9A-Fa-f]{4}$/, says('badUsbId')).transform((text) => text.toLowerCase());

/** Which USB device is meant, whatever name the system gives it. */
export const usbMatch = z.strictObject({
  vid: usbId.exactOptional().describe('USB vendor id, four hexadecimal digits in quotes.'),
  pid: usbId.exactOptional().describe('USB product id, four hexadecimal digits in quotes.'),
  serial: z.string().min(1).max(256).exactOptional().describe('USB serial number, as `tillbridge devices` shows it.'),
  port: z
    .string()
    .regex(/^[0-9]{1,3}-[0-9]{1,3}(?:\.[0-9]{1,3}){0,6}$/, says('badUsbPort'))
    .exactOptional()
    .describe('USB socket, such as `1-3.2`, as `tillbridge devices` shows it: tells two scanners apart that have no serial number.'),
});
