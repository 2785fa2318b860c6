import { z } from 'zod';
import { reportSchema } from '../report/definition.js';
import { authSchema } from './auth-schema.js';
import { requestSchema, templateText } from './request-schema.js';
import { responseSchema } from './response-schema.js';

/** How well the contract is known: from the vendor, from somebody's working client, concluded from parts, or guessed. */
export const CONTRACTS = ['vendor', 'client', 'inferred', 'guess'] as const;

const identifier = z.string().regex(/^[A-Za-z][A-Za-z0-9]{0,40}$/);
const inTwoLanguages = z.strictObject({ en: z.string().min(1).max(1000), ru: z.string().min(1).max(1000) });

/** What only the integrator knows. A preset with an empty required one does not start: `config check` names it. */
export const settingSchema = z.strictObject({
  key: z.string().regex(/^(baseUrl|vars\.[A-Za-z][A-Za-z0-9]{0,40}|secrets\.[A-Za-z][A-Za-z0-9]{0,40})$/),
  required: z.boolean().default(true),
  about: inTwoLanguages,
  default: z.union([z.string(), z.array(z.string())]).exactOptional().describe('Value of a variable that is not given.'),
});
export type SettingDefinition = z.infer<typeof settingSchema>;

export const limitsSchema = z.strictObject({
  connectMs: z.int().min(50).max(60_000).default(1000).describe('Time to connect, TLS included, in ms.'),
  totalMs: z.int().min(100).max(60_000).default(2500).describe('Time for the whole look-up: waiting in line, login, repeats and body, in ms. `timeoutMs` of the translator overrides it.'),
  maxBodyBytes: z.int().min(1024).max(16_777_216).default(262_144).describe('Longest answer, in bytes, before and after decompression each.'),
  concurrent: z.int().min(1).max(64).default(4).describe('Requests at the same time.'),
  perSecond: z.number().min(0.01).max(100_000).exactOptional().describe('Requests per second in the long run; default no limit.'),
  burst: z.int().min(1).max(10_000).exactOptional().describe('Requests at once before `perSecond` counts; default as many as perSecond, at least 1.'),
  waiting: z.int().min(0).max(10_000).default(64).describe('Look-ups that may wait in line; more are answered rateLimited.'),
});

/** One kind of code that the platform takes. */
export const acceptSchema = z.strictObject({
  name: identifier.exactOptional().describe('For rules that are only for this entry; default its kind.'),
  kind: z.enum(['card', 'coupon', 'phone']).describe('The kind of the code.'),
  of: z.enum(['value', 'text']).default('value').describe('Whether the value of the code counts or its whole text.'),
  when: z.string().min(1).max(500).exactOptional().describe('Regular expression over it. A named group `value` is what goes on as {{id}}; other named groups are {{match.NAME}}.'),
  normalise: z.string().min(1).max(200).exactOptional().describe('Filters for {{id}}, such as `digits|e164plus`. A code that fits none is not for this platform.'),
  oneTime: z.boolean().default(false).describe('The code can be used once or changes: never cached, kept in memory only.'),
  call: z.union([z.string(), z.array(z.string()).min(1).max(4)]).exactOptional().describe('Name of the call, or several: the next is asked where the one before says notFound. Without one (`answer`) nothing is asked.'),
  answer: z.strictObject({ number: templateText.describe('Template of the number.') }).exactOptional().describe('Instead of a call: the number is computed here, and nothing leaves the machine.'),
});
export type AcceptDefinition = z.infer<typeof acceptSchema>;

const cacheMs = (max: number) => z.int().min(0).max(max);
/** Times in ms; 0 switches that part off. */
export const cacheSchema = z.strictObject({
  foundMs: cacheMs(86_400_000).default(600_000).describe('How long a found number holds.'),
  notFoundMs: cacheMs(600_000).default(30_000).describe('How long "not found" holds: a card may just have been issued.'),
  blockedMs: cacheMs(600_000).default(60_000).describe('How long "blocked" holds.'),
  phoneMs: cacheMs(600_000).default(60_000).describe('How long a number found by a phone holds, in memory only.'),
  staleMs: cacheMs(604_800_000).default(86_400_000).describe('How old a found number may be while the platform cannot be asked; it is marked stale and accrueOnly then. Counted from when it was asked.'),
});

export const retrySchema = z.strictObject({
  on: z.array(z.enum(['network', '5xx'])).max(2).default(['network', '5xx']).describe('After what a look-up is repeated.'),
  times: z.int().min(0).max(5).default(1).describe('How often. It all stays within the time of the look-up.'),
});

/** A confirmation by SMS: the cashier program asks the guest for the code and gives it through the API. */
export const confirmSchema = z.strictObject({
  call: z.string().describe('The call that is made with {{confirmation}} once the guest named the code.'),
  check: z.enum(['platform', 'local']).default('platform').describe('Who compares the code: the platform with that call, or we with the one that it sent back (`fields.confirmation`).'),
  channel: z.enum(['sms', 'call', 'app']).default('sms').describe('How the guest gets the code.'),
});

const calls = z.record(identifier, requestSchema);

/** What a platform wants and answers; the same shape for presets and for a platform described in the configuration. */
export const platformParts = {
  baseUrl: z.string().max(500).exactOptional().describe('Address of the platform where it is the same for all.'),
  auth: authSchema.default({ type: 'none' }),
  limits: limitsSchema.prefault({}),
  accept: z.array(acceptSchema).min(1).max(20),
  calls: calls.default({}),
  response: responseSchema,
  responses: z.record(identifier, responseSchema).default({}).describe('For calls whose answer is another one than `response`.'),
  cache: cacheSchema.prefault({}),
  retry: retrySchema.prefault({}),
  confirm: confirmSchema.exactOptional(),
  report: reportSchema.exactOptional(),
} as const;

export const platformDefinition = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{1,40}$/),
  title: inTwoLanguages,
  contract: z.enum(CONTRACTS),
  sources: z.array(z.string().min(3).max(300)).min(1).max(20).describe('Where the contract is from: documents, repositories.'),
  doubts: z.array(inTwoLanguages).max(20).default([]).describe('What is not certain, for the documentation and for `config check`.'),
  enabled: z.boolean().default(true).describe('False where it is a guess: the configuration has to say `enabled: true`.'),
  settings: z.array(settingSchema).max(40).default([]),
  ...platformParts,
});

type Frozen<T> = T extends readonly (infer Item)[] ? readonly Frozen<Item>[] : T extends object ? { readonly [Key in keyof T]: Frozen<T[Key]> } : T;

/** A definition as it is written. */
export type PlatformInput = Frozen<z.input<typeof platformDefinition>>;
/** A definition with its defaults filled in. */
export type PlatformDefinition = z.output<typeof platformDefinition>;

/** The way to write a preset: checked by the compiler here and by the schema in the tests. Pure data, nothing is loaded. */
export function definePreset(definition: PlatformInput): PlatformInput {
  return definition;
}
