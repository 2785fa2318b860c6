import { CHARSETS, COUPON_STATES, WRONG_ANSWERS } from '@tillbridge/testkit/platform';
import { z } from 'zod';

const name = z.string().min(1).max(64);
const times = z.int().min(0).max(1_000_000);
const ms = z.int().min(0).max(600_000);

/** The bodies of the control calls. */
export const bodies = {
  guest: z.strictObject({
    id: name,
    uid: name.exactOptional(),
    card: name.exactOptional(),
    barcode: name.exactOptional(),
    externalId: name.exactOptional(),
    phone: z.string().regex(/^\d{10,15}$/).exactOptional(),
    name: z.string().max(100).exactOptional(),
    state: z.enum(['active', 'inactive', 'blocked']).default('active'),
    points: z.int().default(0),
    extra: z.record(z.string().max(64), z.union([z.string().max(500), z.number(), z.boolean(), z.null()])).exactOptional(),
  }),
  guestName: z.strictObject({ id: name }),
  coupon: z.strictObject({ code: name, state: z.enum(COUPON_STATES).default('usable') }),
  couponName: z.strictObject({ code: name }),
  code: z.strictObject({ guest: name }),
  clock: z.strictObject({ advanceMs: z.int().min(0).max(31_536_000_000) }),
  /** What is left out is off. */
  faults: z.strictObject({
    silent: z.boolean().exactOptional(),
    latencyMs: ms.exactOptional(),
    slowBodyMs: ms.exactOptional(),
    dropBeforeWork: times.exactOptional(),
    dropAfterWork: times.exactOptional(),
    failures: times.exactOptional(),
    status: z.int().min(200).max(599).exactOptional(),
    rateLimited: times.exactOptional(),
    retryAfter: z.string().max(64).regex(/^[\w ,:+-]*$/).exactOptional(),
    unauthorised: times.exactOptional(),
    staleNonces: times.exactOptional(),
    loginFails: times.exactOptional(),
    answer: z.enum(WRONG_ANSWERS).exactOptional(),
    logins: z.boolean().exactOptional(),
    redirectTo: z.url().max(500).exactOptional(),
    charset: z.enum(CHARSETS).exactOptional(),
  }),
};
