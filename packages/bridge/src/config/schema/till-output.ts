import { NUMBER_KINDS, SUFFIXES, type NumberKind, type SuffixName } from '@tillbridge/core';
import { z } from 'zod';

const templateText = z.string().min(1).max(1000);

/** One template for all kinds of numbers, or one each. */
export const templateOption = z
  .union([
    templateText,
    z.strictObject(
      Object.fromEntries(NUMBER_KINDS.map((kind) => [kind, templateText.exactOptional().describe(`For a ${kind}.`)])) as Record<
        NumberKind,
        z.ZodExactOptional<typeof templateText>
      >,
    ),
  ])
  .describe('The text that the till gets, one for all or one for each of card, coupon, phone; a kind without one is rejected.');

/** How a number is written. */
export const output = {
  template: templateOption
    .exactOptional()
    .describe('The whole text that the till gets, one for all or one for each of card, coupon, phone: {number}, {number:pad13}, {ean13}, {luhn}. A kind without one is rejected.'),
  suffix: z
    .enum(Object.keys(SUFFIXES) as SuffixName[])
    .exactOptional()
    .describe('What ends a number: CR, LF, CRLF, TAB, ETX or none. Default CR; with a template, nothing.'),
  prefix: z.string().max(64).exactOptional().describe('Text in front of the number; not together with a template.'),
  pad: z.int().min(1).max(256).exactOptional().describe('Fills the number with zeros on the left to this many characters; not together with a template.'),
  track2: z
    .union([z.boolean(), z.string().max(64)])
    .exactOptional()
    .describe('true: as magnetic track 2, `;number?`. A text: `;number=text?`. Not together with a template.'),
};
