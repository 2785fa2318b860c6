import { isApplicationIdentifier, isMemberPath, NUMBER_KINDS, SYMBOLOGIES } from '@tillbridge/core';
import { z } from 'zod';
import { id, idList, says } from './common.js';

const host = z.string().regex(/^(\*\.)?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*$/, says('badHost'));
const hosts = z.array(host).min(1).max(50);

const payload = z
  .discriminatedUnion('type', [
    z
      .strictObject({
        type: z.literal('url').describe('An http or https address.'),
        hosts: hosts.describe('Only addresses of these hosts; *.example.com is every name below it.'),
        query: z.string().min(1).max(100).exactOptional().describe('The parameter that holds the code.'),
        path: z.int().min(-20).max(20).refine((at) => at !== 0, says('badSegment')).exactOptional().describe('Or the segment of the path: 1 is the first, -1 the last.'),
      })
      .refine(({ query, path }) => (query === undefined) !== (path === undefined), says('queryOrPath')),
    z.strictObject({
      type: z.literal('digitalLink').describe('A GS1 Digital Link.'),
      ai: z.string().refine(isApplicationIdentifier, says('badAi')).describe('Application identifier whose value is the code, such as "8018" (number of a service\'s recipient).'),
      hosts: hosts.exactOptional().describe('Only addresses of these hosts; default any.'),
    }),
    z.strictObject({
      type: z.literal('json').describe('A JSON object.'),
      member: z.string().max(300).refine(isMemberPath, says('badMemberPath')).describe('Where the code stands in it, as a dotted path.'),
    }),
    z.strictObject({ type: z.literal('tel').describe('A telephone that says that it is one: tel: or a leading plus. Gives plus and digits.') }),
  ])
  .describe('What a wallet shows around the code: `match` then looks at what is cut out, and what is no such payload does not match.');

export const code = z.strictObject({
  name: id.describe('Name of this code; rule translators refer to it.'),
  kind: z.enum(NUMBER_KINDS).describe('What such a code means: card, coupon or phone.'),
  payload: payload.exactOptional(),
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
