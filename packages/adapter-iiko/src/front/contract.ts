import { z } from 'zod';

/**
 * What the iikoFront plugin and the daemon say to each other, version 1. The page firmware-docs/iiko-plugin-contract.md tells it in words; the
 * tests of both sides hold to these schemas.
 */
export const PLUGIN_WIRE = 1;

/** A plugin may ask `next` to be kept waiting for this long, in ms: below the time after which HTTP stacks give up. */
export const MAX_NEXT_WAIT_MS = 25_000;
/** A plugin may ask `scan` to be kept waiting for this long, in ms: the cashier's screen stands still meanwhile. */
export const MAX_SCAN_WAIT_MS = 3000;
/** A scan has at most so many characters, wrapper included: marking codes and JSON of wallets fit. */
export const MAX_RAW = 4096;

const id = z.string().min(1).max(128);
const name = z.string().max(128);
const session = id.describe('As `hello` gave it.');
/** One word of ours: never text that could hold a number. */
const word = z.string().regex(/^[A-Za-z][\w.-]{0,63}$/);

/**
 * What the cashier sees. `orderEdit`: the order screen of restaurant and fast food, the only one whose order a plugin may edit;
 * `payment`: the payment of the order; `dialog`: a window over the order screen; `other`: no order is open (hall plan, list of orders).
 */
export const SCREENS = ['orderEdit', 'payment', 'delivery', 'dialog', 'lock', 'other'] as const;
export type ScreenName = (typeof SCREENS)[number];

export const screenState = z.strictObject({
  /** Rises with every change in one plugin process: an older one that comes later is ignored. */
  seq: z.int().min(0),
  screen: z.enum(SCREENS),
  /** `IOrder.Id`; for `orderEdit`, `payment` and `dialog` where there is an order. */
  orderId: id.exactOptional(),
  orderNumber: z.int().min(0).exactOptional(),
});
export type ScreenState = z.output<typeof screenState>;

export const API_VERSIONS = ['V8', 'V9', 'V10'] as const;
export type ApiVersion = (typeof API_VERSIONS)[number];

export const ACTION_KINDS = ['applyDiscountCard', 'setCoupons', 'bindGuest', 'authorizeIikoCard', 'setExternalData', 'message'] as const;
export type ActionKind = (typeof ACTION_KINDS)[number];

export const helloBody = z.strictObject({
  wire: z.int().min(1),
  /** Made anew at each start of the plugin's process. */
  instance: id,
  /** Stays the same over restarts: which terminal this is. */
  terminalId: id,
  terminalName: name.exactOptional(),
  /** Of iikoFront, such as 9.5.6059.0. */
  appVersion: z.string().max(64),
  apiVersion: z.enum(API_VERSIONS),
  pluginVersion: z.string().max(32),
  /** What this build can do. */
  actions: z.array(z.enum(ACTION_KINDS)).max(32),
  /** Whether it can edit an order on the payment screen (API V9 and later). */
  paymentEdit: z.boolean().default(false),
  /** Somebody decided that this plugin is the one: another live one is put out. */
  takeOver: z.boolean().default(false),
  screen: screenState,
});
export type Hello = z.output<typeof helloBody>;

export const helloAnswer = z.strictObject({
  product: z.literal('tillbridge'),
  version: z.string(),
  wire: z.literal(PLUGIN_WIRE),
  till: z.string(),
  session: id,
  /** What to ask `next` and `scan` for, in ms. */
  nextWaitMs: z.int().min(0).max(MAX_NEXT_WAIT_MS),
  scanWaitMs: z.int().min(0).max(MAX_SCAN_WAIT_MS),
  /** Whether reads of iikoFront's own scanners are wanted at all. */
  scans: z.boolean(),
  /** External-data key of orders that waiters' terminals write scans to; absent: none is watched. */
  watchKey: z.string().max(256).exactOptional(),
  /** The language of what the cashier reads. */
  language: z.enum(['en', 'ru']),
});
export type HelloAnswer = z.output<typeof helloAnswer>;

/** Where an action is done: on the order that is on the screen, or on an order by its id, whatever is on the screen. */
export const PLACES = ['screen', 'order'] as const;

const toOrder = {
  id,
  /** From the receipt of this answer, on the clock that runs through a sleep of the machine; 0 is over. */
  expiresInMs: z.int().min(0).max(600_000),
  place: z.enum(PLACES),
  /** The order that the number is for; looked at again in the edit itself. */
  orderId: id,
  /**
   * With place `screen`, always: the `seq` of the first report of the unbroken row of reports in which the daemon saw this order open, to which
   * the scan belongs. The plugin, which alone knows what has not arrived yet, refuses when anything else was open since. Absent with place `order`.
   */
  screenSeq: z.int().min(0).exactOptional(),
};
const number = z.string().min(1).max(256);
/** By what a guest is found in the guest directory of the till. */
const guestKey = { phone: number.exactOptional(), cardNumber: number.exactOptional() };

/** `SearchScope` of iikoCard: Phone 1, CardNumber 2, CardTrack 4. */
export const CREDENTIAL_SCOPES = ['phone', 'cardNumber', 'cardTrack'] as const;
export type CredentialScope = (typeof CREDENTIAL_SCOPES)[number];

export const MESSAGE_LEVELS = ['info', 'warning', 'error'] as const;
export const message = z.strictObject({ text: z.string().min(1).max(250), level: z.enum(MESSAGE_LEVELS) });
export type Message = z.output<typeof message>;

export const action = z.discriminatedUnion('kind', [
  /** `SearchDiscountCardByNumber`, `AddDiscountByCardNumber`; evidence: the order's discounts show the card. */
  z.strictObject({ ...toOrder, kind: z.literal('applyDiscountCard'), number }),
  /** Adds coupons to those of the order (API V8: one in all); evidence: `IikoCard51Info` shows them. */
  z.strictObject({ ...toOrder, kind: z.literal('setCoupons'), numbers: z.array(number).min(1).max(16) }),
  /** A guest of the till's directory: found, else made where `createName` says so; evidence: `CustomerIds` shows it. */
  z.strictObject({ ...toOrder, kind: z.literal('bindGuest'), ...guestKey, createName: z.string().min(1).max(60).exactOptional(), replace: z.boolean() }),
  /** A guest of iikoCard: inside the edit the plugin asks the daemon (`authorize`), then looks whether the order shows a guest; else `fallback`. */
  z.strictObject({
    ...toOrder,
    kind: z.literal('authorizeIikoCard'),
    credential: number,
    scope: z.enum(CREDENTIAL_SCOPES),
    fallback: z.strictObject(guestKey).exactOptional(),
    replace: z.boolean(),
  }),
  /** `AddOrderExternalData`; evidence: the order gives the value back. */
  z.strictObject({ ...toOrder, kind: z.literal('setExternalData'), key: z.string().min(1).max(256), value: number, isPublic: z.boolean() }),
  /** For the cashier; needs no order and no answer but `applied`. */
  z.strictObject({ id, expiresInMs: toOrder.expiresInMs, kind: z.literal('message'), ...message.shape }),
]);
export type Action = z.output<typeof action>;
export type OrderAction = Exclude<Action, { readonly kind: 'message' }>;

export const nextBody = z.strictObject({ session, waitMs: z.int().min(0).max(MAX_NEXT_WAIT_MS) });
export const nextAnswer = z.strictObject({ action: action.nullable() });

export const PLUGIN_OUTCOMES = [
  /** done, and the order was read back and shows it: `evidence` says how */
  'applied',
  /** the order had it before */
  'alreadyApplied',
  /** the host took the edit; this API version cannot read it back */
  'submitted',
  /** iikoFront does not know the card or the guest */
  'notFound',
  /** a right, the licence or the kind of card forbids it: `detail` says which */
  'notAllowed',
  /** no order screen */
  'wrongScreen',
  /** another order is on the screen than the one of the action */
  'wrongOrder',
  /** the screen did not become free before the action was over */
  'busyTimeout',
  /** it was over before it was begun */
  'expired',
  /** the order is printed, closed or deleted */
  'orderClosed',
  /** somebody else edits the order, it changed meanwhile, or it has another guest: `detail` says which */
  'conflict',
  'unsupportedByApiVersion',
  /** everything said yes and the order shows nothing */
  'noEffect',
  /** the host failed before anything could have been changed */
  'hostError',
  /** the host failed so that nobody can say whether it is done */
  'unknown',
] as const;
export type PluginOutcome = (typeof PLUGIN_OUTCOMES)[number];

export const EVIDENCE = ['orderShowsCard', 'orderShowsCoupon', 'orderShowsGuest', 'orderShowsData', 'shown'] as const;

export const resultBody = z.strictObject({
  session,
  id,
  outcome: z.enum(PLUGIN_OUTCOMES),
  detail: word.exactOptional(),
  evidence: z.enum(EVIDENCE).exactOptional(),
  /** What was read back of the order. */
  orderId: id.exactOptional(),
  orderNumber: z.int().min(0).exactOptional(),
  revision: z.int().exactOptional(),
  /** The host's own words where it refuses its licence; runs of digits are masked here too. */
  hostText: z.string().max(300).exactOptional(),
});
export type PluginResult = z.output<typeof resultBody>;

/** `ended`: it is the outcome. `again`: known already. `late`: written down, it changes nothing. `unknown`: never heard of it. */
export const RECORDED = ['ended', 'again', 'late', 'unknown'] as const;
export type Recorded = (typeof RECORDED)[number];
/** `message`: for the cashier, to be shown once. */
export const resultAnswer = z.strictObject({ id, recorded: z.enum(RECORDED), message: message.exactOptional() });
export type ResultAnswer = z.output<typeof resultAnswer>;

/** `externalData`: a waiter's terminal wrote it to an order (`watchKey`); that order need not be on the screen. */
export const SCAN_KINDS = ['barcode', 'card', 'externalData'] as const;

const track = z.string().max(MAX_RAW).exactOptional();
export const scanBody = z.strictObject({
  session,
  /** Unique for this read: the same one again is the same read. */
  scan: id,
  kind: z.enum(SCAN_KINDS),
  raw: z.string().max(MAX_RAW),
  tracks: z.strictObject({ full: track, track1: track, track2: track, track3: track }).exactOptional(),
  /** The order of the handler; `externalData`: the order that has the value. */
  orderId: id.exactOptional(),
  /** The screen that the handler saw; absent for `externalData`. */
  screen: screenState.exactOptional(),
  waitMs: z.int().min(0).max(MAX_SCAN_WAIT_MS),
});
export type ScanBody = z.output<typeof scanBody>;

/** `handled: false`: not ours, iikoFront goes on with it. `action`: do it now, inside the handler; where absent it comes with `next` or not at all. */
export const scanAnswer = z.strictObject({ handled: z.boolean(), scanId: id.exactOptional(), action: action.exactOptional(), message: message.exactOptional() });
export type ScanAnswer = z.output<typeof scanAnswer>;

export const screenBody = z.strictObject({ session, ...screenState.shape });
export const screenAnswer = z.strictObject({ session });

/** Inside the edit of an `authorizeIikoCard`: the daemon asks the iikoCard POS server for this order. */
export const authorizeBody = z.strictObject({ session, id, orderId: id });
/** `done`: the POS server said yes; whether it did anything, the order shows. `reason` where not, one word. */
export const authorizeAnswer = z.strictObject({ done: z.boolean(), reason: word.exactOptional() });
export type AuthorizeAnswer = z.output<typeof authorizeAnswer>;

/** Every call: `POST BASE/NAME`, JSON both ways. */
export const PLUGIN_CALLS = {
  hello: { body: helloBody, answer: helloAnswer },
  next: { body: nextBody, answer: nextAnswer },
  result: { body: resultBody, answer: resultAnswer },
  scan: { body: scanBody, answer: scanAnswer },
  screen: { body: screenBody, answer: screenAnswer },
  authorize: { body: authorizeBody, answer: authorizeAnswer },
} as const;
export type PluginCallName = keyof typeof PLUGIN_CALLS;

/** Codes that a plugin acts on: `error.code` of an answer that is not 200. */
export const PLUGIN_ERRORS = {
  /** 428: this session is not known (the daemon was started anew): say `hello` */
  helloAgain: 'TB_TILL_IIKO_HELLO_AGAIN',
  /** 409: another plugin has this till: wait 60 s, then say `hello`, without `takeOver` */
  twoPlugins: 'TB_TILL_IIKO_TWO_PLUGINS',
  /** 400: this plugin is older or newer than the daemon can talk to */
  wire: 'TB_TILL_IIKO_WIRE',
} as const;
