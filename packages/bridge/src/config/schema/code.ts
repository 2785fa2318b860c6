import { NUMBER_KINDS, SYMBOLOGIES } from '@tillbridge/core';
import { z } from 'zod';
import { id, idList } from './common.js';

export const code = z.strictObject({
  name: id.describe('Name of this code; rule translators refer to it.'),
  kind: z.enum(NUMBER_KINDS).describe('What such a code means: card, coupon or phone.'),
  match: z
    .string()
    .min(1)
    .max(1000)
    .describe('Regular expression on the text after the AIM id. The named group `value` is the code\'s value, else the whole text. Anchor it: ^...$.'),
  symbologies: z.array(z.enum(SYMBOLOGIES)).min(1).max(SYMBOLOGIES.length).exactOptional().describe('Only these symbologies. A scanner that does not send the symbology matches all the same.'),
  requireSymbology: z.boolean().default(false).describe('true: a read whose symbology is not known does not match.'),
  readers: idList(64).exactOptional().describe('Only reads of these readers; default all.'),
  oneTime: z.boolean().default(false).describe('true: such a code is valid once; it is never cached and never written to disk.'),
});
