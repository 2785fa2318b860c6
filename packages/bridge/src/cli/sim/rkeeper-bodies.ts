import { TillbridgeError } from '@tillbridge/core';
import { MCR_DEVICES, REFUSALS } from '@tillbridge/testkit/rkeeper';
import { z } from 'zod';

const code = z.int().min(0).max(2_147_483_647);
const guid = z.string().min(1).max(64);
const number = z.string().min(1).max(64);

/** The bodies of the control calls: objects by their codes, orders by their GUIDs. */
export const bodies = {
  newOrder: z.strictObject({ table: code.default(1), waiter: code.default(18), guests: z.int().min(1).max(20).default(1), station: code.exactOptional() }),
  show: z.strictObject({ order: guid, station: code }),
  station: z.strictObject({ station: code }),
  order: z.strictObject({ order: guid }),
  dish: z.strictObject({ order: guid, dish: code.default(101), quantity: z.int().min(1).max(100_000).default(1000) }),
  discount: z.strictObject({ order: guid }),
  lock: z.strictObject({ order: guid, seconds: z.int().min(0).max(3600) }),
  card: z.strictObject({
    card: number,
    holder: z.string().max(40).default('Guest'),
    discount: code.default(25),
    bonus: code.default(0),
    amount: z.int().default(0),
    blocked: z.boolean().default(false),
  }),
  cardName: z.strictObject({ card: number }),
  read: z.strictObject({ station: code, data: z.string().min(1).max(1024), device: z.enum(MCR_DEVICES).default('BarCode'), deviceId: code.exactOptional() }),
  /** What is left out is off. */
  faults: z.strictObject({
    cardSystemDown: z.boolean().exactOptional(),
    cardLatencyMs: z.int().min(0).max(600_000).exactOptional(),
    dropAfterWork: z.int().min(0).max(1000).exactOptional(),
    dropBeforeWork: z.int().min(0).max(1000).exactOptional(),
    silent: z.boolean().exactOptional(),
    shiftClosing: z.boolean().exactOptional(),
    ignoreCards: z.boolean().exactOptional(),
    licence: z.boolean().exactOptional(),
    noRights: z.boolean().exactOptional(),
    visitClosed: z.boolean().exactOptional(),
    answer: z.enum(['normal', 'garbage', 'huge', 'doctype', 'html', 'hostileError', 'unknownElements', 'truncated']).exactOptional(),
    charset: z.enum(['utf-8', 'windows-1251']).exactOptional(),
    repeatedApply: z.enum(['ok', 'refuse', 'double']).exactOptional(),
    refusal: z.literal([0, ...REFUSALS]).exactOptional(),
  }),
};

/** Reads a body. @throws {TillbridgeError} `TB_CONFIG_USAGE` naming the first thing that is wrong with it; values are not repeated */
export function bodyAs<T>(schema: z.ZodType<T>, body: unknown): T {
  const read = schema.safeParse(body ?? {});
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw wrong(issue === undefined ? 'the body' : `${issue.path.join('.')}: ${issue.message}`);
}

export function wrong(problem: string): TillbridgeError {
  return new TillbridgeError('TB_CONFIG_USAGE', { problem });
}
