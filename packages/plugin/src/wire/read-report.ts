import { COUPON_GIFTS, COUPON_STATES, OUTCOMES, SYMBOLOGIES, type CouponGift, type CouponState, type OutcomeName, type Symbology } from '@tillbridge/core';
import { z } from 'zod';

// Everything that comes out of a plugin's process passes here: what does not fit ends the process.

const text = (max: number) => z.string().max(max);
const word = text(64);
const bytes = z.base64().max(128 * 1024);
const age = z.number().min(0).max(86_400_000);

const problem = z.strictObject({
  message: text(1000),
  code: word.optional(),
  params: z.record(word, z.union([text(500), z.number(), z.boolean()])).optional(),
});

const state = z.strictObject({ status: z.enum(['closed', 'opening', 'ready', 'retrying', 'failed']), reason: problem.optional(), detail: text(300).optional() });

const read = z.strictObject({
  bytes,
  terminator: z.base64().max(32),
  age,
  silence: z.enum(['settled', 'awaitQuiet']),
  quietMs: z.number().min(0).max(60_000).optional(),
  silentBefore: z.boolean(),
  overflow: z.boolean().optional(),
  partial: z.boolean().optional(),
  symbology: z.enum(SYMBOLOGIES as readonly [Symbology, ...Symbology[]]).optional(),
  aim: z.string().regex(/^\][A-Za-z][0-9A-Za-z]$/).optional(),
});

const n = z.int().min(0);

const report = z.discriminatedUnion('say', [
  z.strictObject({
    say: z.literal('hello'),
    kind: word,
    abilities: z.strictObject({ goods: z.boolean().optional(), best: word.optional(), verify: z.boolean().optional(), accrueOnly: z.boolean().optional(), reportsItself: z.boolean().optional(), feedback: z.boolean().optional() }),
  }),
  z.strictObject({ say: z.literal('refused'), problem: text(1000) }),
  z.strictObject({ say: z.literal('answer'), n, value: z.unknown().optional() }),
  z.strictObject({ say: z.literal('failed'), n, problem }),
  z.strictObject({ say: z.literal('state'), state }),
  z.strictObject({
    say: z.literal('log'),
    level: z.enum(['debug', 'info', 'warn', 'error']),
    event: text(300),
    fields: z.record(word, z.union([text(500), z.number(), z.boolean(), z.null()])),
  }),
  z.strictObject({ say: z.literal('order'), state: z.enum(['opened', 'closed']), orderId: text(128).optional() }),
  z.strictObject({ say: z.literal('goodsDropped'), reads: z.int().min(1).max(100_000), reason: word }),
  z.strictObject({ say: z.literal('goodsTaken'), n }),
  z.strictObject({ say: z.literal('read'), read }),
  z.strictObject({ say: z.literal('tail'), bytes: z.base64().max(32) }),
  z.strictObject({ say: z.literal('quiet') }),
  z.strictObject({ say: z.literal('resumed') }),
  z.strictObject({ say: z.literal('dropped'), reason: z.enum(['unplugged', 'noise', 'overflow', 'copy']), bytes: z.int().min(0) }),
  z.strictObject({ say: z.literal('hint'), hint: z.enum(['unlockPhone', 'choosePass', 'openApp', 'holdLonger', 'unknownCard']) }),
]);

const upward = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('beat') }),
  z.strictObject({ kind: z.literal('fatal'), problem: text(2000) }),
  z.strictObject({ kind: z.literal('report'), report }),
]);

export type ReadReport = z.output<typeof report>;
export type ReadState = z.output<typeof state>;
export type ReadProblem = z.output<typeof problem>;

/** One line of a plugin's process; undefined where it is none that there is. */
export function readUpward(line: string): z.output<typeof upward> | undefined {
  try {
    return upward.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}


// three digits at most: a reason goes into journals and counters, and no number of a guest goes there
export const reasonWord = z.string().regex(/^(?!(?:\D*\d){4})[A-Za-z][A-Za-z0-9]{0,39}$/);

export const outcomeAnswer = z.object({ outcome: z.enum(OUTCOMES as [OutcomeName, ...OutcomeName[]]), reason: reasonWord.optional().catch(undefined), evidence: reasonWord.optional().catch(undefined) });

export const probeAnswer = z
  .array(z.object({ level: z.enum(['ok', 'warn', 'fail']), id: text(200), text: text(1000), remedy: text(1000).optional() }))
  .max(50);

const number = z.object({ kind: z.enum(['card', 'coupon', 'phone']), value: text(256) });
const reason = { reason: reasonWord.optional().catch(undefined) };

export const translateAnswer = z.object({
  steps: z.array(text(300)).max(50),
  translation: z.discriminatedUnion('result', [
    z.object({ result: z.literal('found'), number, state: z.enum(['active', 'accrueOnly']).optional() }),
    z.object({ result: z.literal('coupon'), number, state: z.enum(COUPON_STATES as [CouponState, ...CouponState[]]).optional(), gives: z.enum(COUPON_GIFTS as [CouponGift, ...CouponGift[]]).optional() }),
    z.object({ result: z.literal('foundNoNumber') }),
    z.object({ result: z.literal('notFound') }),
    z.object({ result: z.literal('blocked') }),
    z.object({ result: z.literal('codeExpired') }),
    z.object({ result: z.literal('codeUsed') }),
    z.object({ result: z.literal('ambiguous') }),
    z.object({ result: z.literal('confirmRequired'), channel: z.enum(['sms', 'call', 'app']).optional() }),
    z.object({ result: z.literal('rateLimited'), retryAfterMs: z.number().min(0).max(3_600_000).optional() }),
    z.object({ result: z.literal('authError') }),
    z.object({ result: z.literal('unavailable'), ...reason }),
    z.object({ result: z.literal('badResponse'), ...reason }),
  ]),
});
