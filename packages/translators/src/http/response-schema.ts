import { z } from 'zod';

/** `client.cards[0].number`, `lines[*].id`; names without their XML namespace. A part of it may be `{{vars.NAME}}`. */
export const pathText = z.string().min(1).max(300);

/** What a rule of a look-up can say. `found` goes on to the number; `inactive` is blocked with that reason; `accrueOnly` is found for earning only. */
export const VERDICTS = [
  'found', 'accrueOnly', 'foundNoNumber', 'coupon', 'notFound', 'blocked', 'inactive', 'codeExpired', 'codeUsed', 'ambiguous', 'confirmRequired',
  'rateLimited', 'authError', 'unavailable', 'badResponse',
] as const;

export type Verdict = (typeof VERDICTS)[number];

/** Of what a coupon is good for. */
export const COUPON_STATE_NAMES = ['usable', 'used', 'expired', 'notApplicable', 'needsCustomer', 'unknown'] as const;

const statusText = z.union([z.int().min(100).max(599), z.string().regex(/^[1-5]xx$/)]);
const scalar = z.union([z.string().max(500), z.number(), z.boolean(), z.null()]);

const place = {
  path: pathText.exactOptional().describe('Place in the body that `in`, `match`, `exists` and `count` look at.'),
  in: z.array(scalar).max(200).exactOptional().describe('The value there is one of these. `{{vars.NAME}}` of a list stands for all of its members.'),
  match: z.string().min(1).max(500).exactOptional().describe('The value there matches this regular expression.'),
  exists: z.boolean().exactOptional().describe('Something (not null) is there, or nothing is.'),
  count: z.int().min(0).max(100).exactOptional().describe('So many values are there.'),
  more: z.int().min(0).max(100).exactOptional().describe('More values than this are there.'),
};

export const conditionSchema = z.strictObject(place);
export type Condition = z.infer<typeof conditionSchema>;

const when = {
  http: z.union([statusText, z.array(statusText).min(1).max(50)]).exactOptional().describe('Status, class of statuses such as 5xx, or a list of them.'),
  empty: z.boolean().exactOptional().describe('The body is empty, or is not.'),
  format: z.boolean().exactOptional().describe('The body could be read as the format that was declared, or could not.'),
  ...place,
  all: z.array(conditionSchema).min(1).max(10).exactOptional().describe('All of these hold as well.'),
};

/** A rule over status and body whose meaning is left to who uses it: look-ups have verdicts, receipts have others. */
export const ruleOf = <T extends z.ZodRawShape>(then: T) =>
  z.strictObject({ ...when, ...then, reason: z.string().regex(/^[A-Za-z][\w.-]{0,63}$/).exactOptional().describe('One word of ours that is shown as the reason.') });

export const conditionsOnly = z.strictObject(when);
export type RuleConditions = z.infer<typeof conditionsOnly>;

export const answerRule = ruleOf({
  calls: z.array(z.string()).min(1).max(20).exactOptional().describe('Only for answers to these calls.'),
  kinds: z.array(z.string()).min(1).max(20).exactOptional().describe('Only for codes that these entries of `accept` took (their `name`).'),
  then: z.enum(VERDICTS).describe('What the answer means then.'),
  coupon: z.enum(COUPON_STATE_NAMES).exactOptional().describe('State of the coupon, where `then` is coupon; default usable.'),
});
export type AnswerRule = z.infer<typeof answerRule>;

export const FORMATS = ['json', 'xml', 'form', 'text'] as const;
export type AnswerFormat = (typeof FORMATS)[number];

const paths = z.array(pathText).min(1).max(20);

export const responseSchema = z.strictObject({
  format: z.enum(FORMATS).default('json').describe('How the body is written. xml: without DTD, names without namespaces.'),
  contentTypes: z.array(z.string().min(3).max(100)).max(10).exactOptional().describe('Further media types that carry this format.'),
  rules: z.array(answerRule).min(1).max(100).describe('The first that holds decides; body and status rules in any order. An answer that none knows is a bad one.'),
  fields: z
    .strictObject({
      number: paths.exactOptional().describe('Where the number may stand; the first that is there and passes `check`. None: the code itself is the number.'),
      kind: z.enum(['card', 'coupon', 'phone']).exactOptional().describe('What the number is; default what the code is.'),
      customer: paths.exactOptional().describe('A lasting reference to the customer, for reporting the receipt when the code is spent.'),
      session: paths.exactOptional().describe('A value that the report of the receipt needs again; kept in memory only.'),
      confirmation: paths.exactOptional().describe('A confirmation code that comes back to the till; compared here, never shown.'),
      gives: z
        .strictObject({
          path: pathText.describe('Place of the value.'),
          product: z.array(scalar).max(50).default([]).describe('Values that mean a product for nothing.'),
          sum: z.array(scalar).max(50).default([]).describe('Values that mean a sum off.'),
          discount: z.array(scalar).max(50).default([]).describe('Values that mean a discount.'),
        })
        .exactOptional()
        .describe('What a coupon gives: the values there that mean a product for nothing, a sum off, a discount.'),
      newCustomer: paths.exactOptional().describe('Where it says that the guest is new to the store: true, 1 or a text that is not false, 0 or no.'),
    })
    .prefault({})
    .describe('Where the answer has what we need.'),
  empty: z.array(z.string().max(50)).max(10).default([]).describe('Texts that mean that a field is empty, such as -empty-.'),
  check: z
    .strictObject({ pattern: z.string().min(1).max(500).describe('The expression.') })
    .exactOptional()
    .describe('Regular expression that a number has to match; other values are passed over.'),
});
export type ResponseDefinition = z.infer<typeof responseSchema>;
