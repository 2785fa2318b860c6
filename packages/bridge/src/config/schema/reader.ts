import { FALLBACK_CHARSETS, OUTCOMES, type FeedbackKind, type OutcomeName } from '@tillbridge/core';
import { z } from 'zod';
import { filePath, hostPort, id, msOrOff, says } from './common.js';
import { portSettings } from './serial-port.js';

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

const readerId = id.describe('Name of this reader: letters, digits, `.`, `_`, `-`.');

/** What every reader has behind its place. */
const common = {
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
  framing,
};

const usbId = z.string().regex(/^[0-9A-Fa-f]{4}$/, says('badUsbId')).transform((text) => text.toLowerCase());

export const serialReader = z.strictObject({
  id: readerId,
  type: z.literal('serial').describe('A scanner on a serial port: RS-232, or USB in its serial (CDC) mode.'),
  path: filePath.exactOptional().describe('The port: /dev/ttyACM0, /dev/serial/by-id/..., COM3. Exactly one of path, match, auto.'),
  match: z
    .strictObject({
      vid: usbId.exactOptional().describe('USB vendor id, four hexadecimal digits in quotes.'),
      pid: usbId.exactOptional().describe('USB product id, four hexadecimal digits in quotes.'),
      serial: z.string().min(1).max(256).exactOptional().describe('USB serial number, as `tillbridge devices` shows it.'),
    })
    .exactOptional()
    .describe('Finds the scanner by its USB identity, whatever port it appears under.'),
  auto: z.boolean().exactOptional().describe('`true`: the one known scanner that is plugged in.'),
  ...portSettings,
  dtr: z.boolean().exactOptional().describe('Sets the DTR line after opening; left alone when absent.'),
  ...common,
});

export const tcpReader = z.strictObject({
  id: readerId,
  type: z.literal('tcp').describe('A network scanner or a simulator.'),
  listen: hostPort.exactOptional().describe('HOST:PORT to wait on; port 0 is any free one. Exactly one of listen, connect.'),
  connect: hostPort.exactOptional().describe('HOST:PORT to connect to; reconnects on its own.'),
  ...common,
});

export const tillReader = z.strictObject({
  id: readerId,
  type: z.literal('till').describe('A cashier program that owns its scanner and hands us its reads through the API (`POST /v1/scans`).'),
  till: id.describe('The till that the program belongs to: it gets the numbers of this reader, unless a route says otherwise.'),
  charset: common.charset,
  fallbackCharset: common.fallbackCharset,
  unmatched: z
    .enum(['passThrough', 'reject'])
    .default('reject')
    .describe('What becomes of a read that no code matches: reject (the program is told `handled: false` and keeps it) or passThrough (goods).'),
});

export const reader = z.discriminatedUnion('type', [serialReader, tcpReader, tillReader]);

/** Reader types of the product that this version does not have. */
export const LATER_READERS: readonly string[] = ['hid', 'keyboard', 'nfc', 'mobile'];
