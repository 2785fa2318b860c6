import { z } from 'zod';
import { FORMATS, pathText, ruleOf } from '../http/response-schema.js';
import { templateText } from '../http/request-schema.js';
import { bodyTemplate } from './body-schema.js';

/**
 * What a rule says about the answer to a report. `done`: this step succeeded. `already`: the platform had the whole receipt before.
 * `alreadyOrRefused`: it refuses a second one in the words of any other refusal: `already` where an earlier attempt may have arrived, else
 * `refused`. `codeSpent`: the guest's code is no good any more, the next way of naming him is tried. `retry`: the same again later, with
 * the same key. `refused`: it will never be taken; somebody has to look at it.
 */
export const REPORT_VERDICTS = ['done', 'already', 'alreadyOrRefused', 'codeSpent', 'retry', 'refused'] as const;
export type ReportVerdict = (typeof REPORT_VERDICTS)[number];

export const reportRule = ruleOf({ then: z.enum(REPORT_VERDICTS).describe('What the answer means then.') });
export type ReportRule = z.output<typeof reportRule>;
/** A rule and a step as they are written. */
export type ReportRuleInput = z.input<typeof reportRule>;

const word = z.string().regex(/^[A-Za-z][A-Za-z0-9]{0,40}$/);
const pairs = z.record(z.string().min(1).max(200), templateText);

/** One request of a report. At most one of `json`, `xml` and `form`. */
export const reportRequest = z
  .strictObject({
    method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']).default('POST').describe('HTTP method.'),
    path: z.string().min(1).max(2000).regex(/^\//).describe('Template of the path below `baseUrl`, beginning with a slash.'),
    query: pairs.exactOptional().describe('Parameters of the address.'),
    headers: pairs.exactOptional().describe('Headers of this request.'),
    json: bodyTemplate.exactOptional().describe('JSON body; texts in it are templates.'),
    xml: z.record(z.string().max(200), bodyTemplate).exactOptional().describe('One member: the root element.'),
    form: pairs.exactOptional().describe('Form body (application/x-www-form-urlencoded).'),
    contentType: z.string().min(3).max(200).exactOptional().describe('Content-Type where it is not the usual one of the body.'),
  })
  .refine(({ json, xml, form }) => [json, xml, form].filter((body) => body !== undefined).length <= 1, { error: 'only one of json, xml and form' });
export type ReportRequest = z.infer<typeof reportRequest>;

export const reportStep = z.strictObject({
  id: word.describe('Name of the step, for logs and for the resume after a crash.'),
  when: z.string().max(100).exactOptional().describe('Only where this value is there, such as guest.number; else the step is passed over.'),
  request: reportRequest.describe('What is sent.'),
  format: z.enum(FORMATS).default('json').describe('How the answer is written.'),
  rules: z.array(reportRule).min(1).max(40).describe('The first that holds decides. What none knows: 2xx and 5xx, 408, 429 are tried again, 401 and 403 too (a key may be mended); other 4xx are refused where their body is of the declared format.'),
  keep: z.record(word, z.array(pathText).min(1).max(10)).default({}).describe('Values of the answer that later steps, a return or a cancel need: {{kept.NAME}}, {{original.NAME}}. Durable, encrypted, before the next step begins.'),
});
export type ReportStep = z.output<typeof reportStep>;
export type ReportStepInput = z.input<typeof reportStep>;

const steps = z.array(reportStep).min(1).max(4);

/** How a guest can be named in a report, in the order in which it is tried. */
export const GUEST_WAYS = ['code', 'session', 'customer', 'phone', 'number'] as const;
export type GuestWay = (typeof GUEST_WAYS)[number];

/** How a closed receipt is reported to the platform. */
export const reportSchema = z.strictObject({
  key: z
    .strictObject({ field: z.string().min(1).max(100).describe('Name of the field, for the documentation.'), form: z.enum(['receiptId', 'uuid5']).default('receiptId').describe('The receiptId as it is, or a UUID made of it.') })
    .describe('Which field carries the idempotency key, and in what form. A repeat carries the same key: {{key}}.'),
  money: z
    .strictObject({ unit: z.enum(['major', 'minor']).default('major').describe('Major units (roubles) or minor ones (kopecks).'), decimals: z.int().min(0).max(4).default(2).describe('Digits after the point of major units.') })
    .prefault({})
    .describe('How money is written: major units with so many decimals, rounded half up, or minor units as the receipt has them.'),
  guest: z.array(z.enum(GUEST_WAYS)).max(5).default(['number']).describe('How the guest is named; the first that is there. `code` is the code as scanned, in memory only; `customer` is `fields.customer` of the look-up.'),
  anonymous: z.enum(['skip', 'report']).default('skip').describe('A receipt without a guest.'),
  spending: z.array(z.string().min(1).max(40)).max(10).default(['bonus', 'points']).describe('Kinds of payments that spend points of the platform.'),
  sale: steps.describe('The requests of a sale, in their order.'),
  discard: steps.exactOptional().describe('Takes a sale back between its steps: begun and not confirmed. Releases its coupons.'),
  lateAfterMs: z.int().min(0).max(604_800_000).default(900_000).describe('Receipts older than this are late: {{late}}; so are sales made without the platform. In ms.'),
  lateSale: steps.exactOptional().describe('Other steps for a late sale.'),
  return: steps.exactOptional().describe('Goods came back. Without it such receipts become dead letters.'),
  cancel: steps.exactOptional().describe('Takes back a sale that the platform has. Default: as `return`.'),
});
export type ReportDefinition = z.output<typeof reportSchema>;
/** A report as it is written. */
export type ReportInput = z.input<typeof reportSchema>;

/** The way to write one: checked by the compiler here and by the schema in the tests. */
export function defineReport(report: ReportInput): ReportInput {
  return report;
}
