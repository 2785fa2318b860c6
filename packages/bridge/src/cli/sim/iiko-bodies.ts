import { ACCESS_GROUPS, SCREEN_KINDS } from '@tillbridge/testkit/iiko';
import { z } from 'zod';

const text = (max: number): z.ZodString => z.string().min(1).max(max);
const id = text(64);
const number = text(128);
const terminal = text(32).default('CASH-1');
const count = z.int().min(0).max(1000).exactOptional();
const flag = z.boolean().exactOptional();
const accepts = z.enum(['barcode', 'card', 'both', 'nothing']);

/** Of POS server and cloud alike. */
const httpFaults = {
  silent: flag,
  latencyMs: z.int().min(0).max(600_000).exactOptional(),
  worksLate: flag,
  dropBeforeWork: count,
  dropAfterWork: count,
  status: z.union([z.literal(0), z.int().min(400).max(599)]).exactOptional(),
  answer: z.enum(['normal', 'garbage', 'html', 'huge', 'truncated', 'empty', 'otherShape']).exactOptional(),
};

/** The bodies of the control calls: terminals by their names, orders by their ids. */
export const bodies = {
  newOrder: z.strictObject({ table: z.int().min(1).max(1000).default(1), terminal: text(32).exactOptional() }),
  status: z.strictObject({ order: id, status: z.enum(['New', 'Bill', 'Closed', 'Deleted']) }),
  data: z.strictObject({ order: id, key: text(256), value: text(4096) }),
  screen: z.strictObject({ terminal, screen: z.enum(SCREEN_KINDS), order: id.exactOptional(), accepts: accepts.default('both') }),
  busy: z.strictObject({ terminal, busy: z.boolean() }),
  card: z.strictObject({ card: number, gives: z.enum(['discount', 'priceCategory', 'staffDiscount']).default('discount') }),
  cardName: z.strictObject({ card: number }),
  guest: z.strictObject({ phone: text(32), name: text(60).default('Guest'), cardNumber: number, cardTrack: number.exactOptional() }),
  coupon: z.strictObject({ coupon: number, used: z.boolean().default(false) }),
  read: z.strictObject({ terminal, reader: text(32).default('scanner'), data: text(4096) }),
  reader: z.strictObject({ terminal, reader: text(32), type: z.enum(['scanner', 'card']).nullable() }),
  wrapping: z.strictObject({ terminal, wrap: z.enum(['none', 'barcodeClass', 'quoted', 'control']).default('none'), emptyFullTrack: z.boolean().default(false) }),
  plugin: z.strictObject({ terminal, url: text(512), secret: text(256) }),
  terminal: z.strictObject({ terminal }),
  /** What is left out is off. */
  faults: z.strictObject({
    front: z
      .strictObject({
        ...{ closedMeanwhile: count, entityInUse: count, wrongRevision: count, hostError: count, lostAnswers: count },
        ...{ permissionDenied: flag, licence: flag, ignoreEdits: flag, directoryStale: flag, authorizeIgnored: flag, daemonUnreachable: flag },
      })
      .exactOptional(),
    pos: z.strictObject({ ...httpFaults, faultNext: count, faultReason: z.int().min(0).max(10_000).exactOptional(), voidTokens: count, refuseTokens: flag, ignoreAuthorize: flag, offline: flag }).exactOptional(),
    cloud: z
      .strictObject({
        ...httpFaults,
        ...{ pollsInProgress: count, neverEnds: flag, ignoreCommands: flag, staleReads: count, hidePhones: flag, limited: count, voidTokens: count, forgetCommands: flag, limits: flag },
        refuse: z.strictObject({ reason: text(64), times: z.int().min(0).max(1000) }).exactOptional(),
        lacks: z.array(z.enum(ACCESS_GROUPS)).max(ACCESS_GROUPS.length).exactOptional(),
        retryAfterS: z.int().min(0).max(3600).exactOptional(),
      })
      .exactOptional(),
  }),
};
