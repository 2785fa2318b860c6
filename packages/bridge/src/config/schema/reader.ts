import { z } from 'zod';
import { filePath, hostPort, id } from './common.js';
import { common, readerId, stream, usbMatch } from './reader-common.js';
import { mobileReader } from './reader-mobile.js';
import { nfcReader } from './reader-nfc.js';
import { pluginReader } from './plugin.js';
import { hidReader, keyboardReader } from './reader-usb.js';
import { portSettings } from './serial-port.js';

export const serialReader = z.strictObject({
  id: readerId,
  type: z.literal('serial').describe('A scanner on a serial port: RS-232, or USB in its serial (CDC) mode.'),
  path: filePath.exactOptional().describe('The port: /dev/ttyACM0, /dev/serial/by-id/..., COM3. Exactly one of path, match, auto.'),
  match: usbMatch.exactOptional().describe('Finds the scanner by its USB identity, whatever port it appears under.'),
  auto: z.boolean().exactOptional().describe('`true`: the one known scanner that is plugged in.'),
  ...portSettings,
  dtr: z.boolean().exactOptional().describe('Whether the DTR line is raised after opening; `false` lowers it. Raised when absent.'),
  ...stream,
});

export const tcpReader = z.strictObject({
  id: readerId,
  type: z.literal('tcp').describe('A network scanner or a simulator.'),
  listen: hostPort.exactOptional().describe('HOST:PORT to wait on; port 0 is any free one. Exactly one of listen, connect.'),
  connect: hostPort.exactOptional().describe('HOST:PORT to connect to; reconnects on its own.'),
  ...stream,
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

export const reader = z.discriminatedUnion('type', [serialReader, hidReader, keyboardReader, nfcReader, mobileReader, tcpReader, tillReader, pluginReader]);

/** Reader types of the product that this version does not have. */
export const LATER_READERS: readonly string[] = [];
