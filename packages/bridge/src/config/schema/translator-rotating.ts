import { NUMBER_KINDS } from '@tillbridge/core';
import { z } from 'zod';
import { filePath, idList, ms, says } from './common.js';
import { documentSource } from './sync.js';

const HOUR = 3_600_000;

export const rotatingTranslator = z.strictObject({
  type: z.literal('rotating').describe('Checks rotating codes of the open format (firmware-docs/rotating-code.md) on this machine: time and signature, no network.'),
  codes: idList(200).describe('The codes that are rotating codes. They become one-time codes: delivered once, kept nowhere in clear.'),
  issuer: z.string().regex(/^[a-z0-9][a-z0-9.-]{0,63}$/, says('badIssuer')).describe('Who signs them, as his key set says.'),
  keys: z
    .union([
      z.strictObject({ ...documentSource, everyMs: ms(60_000, 7 * 24 * HOUR).default(HOUR).describe('Milliseconds between two looks at the key set.') }),
      z.strictObject({ file: filePath.describe('File with the key set, put there by somebody.'), everyMs: ms(1000, 7 * 24 * HOUR).default(60_000).describe('Milliseconds between two looks at the file.') }),
    ])
    .describe('Where the issuer\'s key set is: an address or a file. A copy is kept for the time without the internet.'),
  keysMaxAgeMs: ms(HOUR, 90 * 24 * HOUR).default(7 * 24 * HOUR).describe('How old the last confirmed key set may be, in ms; beyond it codes are unavailable, for a key may have been revoked.'),
  skewSteps: z.int().min(0).max(10).default(1).describe('Time steps before and after the present one that are taken.'),
  number: z.string().min(1).max(1000).exactOptional().describe('Template of the number: {value} is the guest\'s number of the code. Default {value}.'),
  table: z.boolean().default(false).describe('true: the guest\'s number is looked up in the local card table instead.'),
  kind: z.enum(NUMBER_KINDS).exactOptional().describe('What the number is in the store\'s system; default the kind of the code.'),
});
