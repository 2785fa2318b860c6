import { NUMBER_KINDS } from '@tillbridge/core';
import { z } from 'zod';
import { idList } from './common.js';
import { httpTranslator } from './translator-http.js';
import { pluginTranslator } from './plugin.js';
import { rotatingTranslator } from './translator-rotating.js';

const codes = idList(200).exactOptional().describe('Only for these codes; default all.');

const rule = z.strictObject({
  type: z.literal('rule').describe('Computes the number from the code.'),
  codes,
  number: z
    .string()
    .min(1)
    .max(1000)
    .describe('Template of the number: {value}, {value:4..14} (positions from 1, inclusive), {value:pad12}, {ean13} and {luhn} (check digit of what stands left of it).'),
  kind: z.enum(NUMBER_KINDS).exactOptional().describe('What the number is in the store\'s system; default the kind of the code.'),
});

const table = z.strictObject({
  type: z.literal('table').describe('Looks the code up in the local card table, filled by `tillbridge cards import`.'),
  codes,
});

export const translator = z.discriminatedUnion('type', [rule, table, httpTranslator, rotatingTranslator, pluginTranslator]);

/** Translator types of the product that this version does not have. */
export const LATER_TRANSLATORS: readonly string[] = [];

const reaction = z.enum(['reject', 'passThrough']).default('reject');

export const reactions = z
  .strictObject({
    notFound: reaction.describe('No translator knows the code.'),
    unavailable: reaction.describe('The translator could not answer.'),
    blocked: reaction.describe('The card is blocked or not active.'),
    ambiguous: reaction.describe('The code stands for several cards.'),
  })
  .prefault({})
  .describe('What goes to the till when there is no number: reject (nothing) or passThrough (the code as read, while it is fresh).');
