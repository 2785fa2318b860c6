import { acceptSchema, authSchema, cacheSchema, confirmSchema, limitsSchema, PRESET_IDS, reportSchema, requestSchema, responseSchema, retrySchema } from '@tillbridge/translators/presets';
import { z } from 'zod';
import { filePath, idList, ms, secret } from './common.js';

const key = z.string().regex(/^[A-Za-z][A-Za-z0-9]{0,40}$/);
const scalar = z.union([z.string().max(2000), z.number(), z.boolean()]).transform(String);

type Some<Shape extends z.ZodRawShape> = { [Name in keyof Shape]?: Exclude<z.output<Shape[Name]>, undefined> };

/** Members that are not given are the preset's, or the usual ones. */
function members<Shape extends z.ZodRawShape>(schema: z.ZodObject<Shape>): z.ZodType<Some<Shape>, Some<Shape>> {
  // of each member without its default: what the preset says counts then
  const shape = Object.fromEntries(Object.entries(schema.shape).map(([name, part]) => [name, bare(part as z.ZodType).exactOptional()]));
  return z.strictObject(shape) as unknown as z.ZodType<Some<Shape>, Some<Shape>>;
}

function bare(part: z.ZodType): z.ZodType {
  const wrapped = part instanceof z.ZodDefault || part instanceof z.ZodPrefault || part instanceof z.ZodExactOptional;
  const inner = wrapped ? (part.unwrap() as z.ZodType) : part;
  return part.description === undefined ? inner : inner.describe(part.description);
}

export const httpTranslator = z.strictObject({
  type: z.literal('http').describe('Asks a loyalty platform over HTTP.'),
  codes: idList(200).exactOptional().describe('Only for these codes; default all that the platform takes.'),
  preset: z.enum(PRESET_IDS as [string, ...string[]]).exactOptional().describe('Which platform; docs/platforms.md says what each one needs. Without it `accept`, `calls` and `response` describe one of your own.'),
  enabled: z.boolean().exactOptional().describe('true: use a preset whose contract is a guess; false: leave this translator out.'),
  baseUrl: z.string().min(1).max(500).exactOptional().describe('Address of the platform, https unless it is this machine or `allowInsecureLan` is true.'),
  allowInsecureLan: z.boolean().default(false).describe('true: http without TLS to an address of the local network. Keys and numbers can be read there.'),
  caFile: filePath.exactOptional().describe('PEM certificates of who may sign the platform\'s certificate, beside the well-known ones.'),
  secrets: z.record(key, secret).default({}).describe('Keys and passwords that the platform wants, each as ${env:NAME} or ${file:PATH}.'),
  vars: z.record(key, z.union([scalar, z.array(scalar).max(200)])).default({}).describe('Settings of the preset that are no secrets.'),
  timeoutMs: ms(100, 60_000).exactOptional().describe('Time of one look-up, repeats included, in ms (100 to 60000); default the preset\'s, mostly 2500.'),
  offline: z.enum(['deliver', 'reject']).default('deliver').describe('A card whose number is remembered while the platform cannot be asked. deliver: marked `accrueOnly` and stale, and rejected by tills that cannot carry that mark; reject: unavailable.'),
  remember: z.boolean().default(true).describe('Keep found numbers, sealed, for the time after a restart without the platform.'),
  sample: z
    .strictObject({ code: z.string().min(1).max(500).describe('The code, as it would be read.'), kind: z.enum(['card', 'coupon', 'phone']).default('card').describe('What it is.') })
    .exactOptional()
    .describe('A code that `doctor` may ask the platform about.'),
  auth: authSchema.exactOptional().describe('Instead of the preset\'s way to log in.'),
  limits: members(limitsSchema).exactOptional().describe('Limits that differ from the preset\'s.'),
  cache: members(cacheSchema).exactOptional().describe('Times that differ from the preset\'s, in ms.'),
  retry: members(retrySchema).exactOptional().describe('Repeats that differ from the preset\'s.'),
  accept: z.array(acceptSchema).min(1).max(20).exactOptional().describe('Instead of the preset\'s list: which codes the platform takes, and by what call.'),
  calls: z.record(key, requestSchema).exactOptional().describe('Calls of your own, or other ones in the place of the preset\'s.'),
  response: members(responseSchema).exactOptional().describe('What the answers mean: rules, fields and the rest, each in the place of the preset\'s.'),
  responses: z.record(key, responseSchema).exactOptional().describe('The same for single calls.'),
  confirm: confirmSchema.exactOptional().describe('How a code that the guest was sent is checked.'),
  report: reportSchema.exactOptional().describe('How closed receipts are reported.'),
});
