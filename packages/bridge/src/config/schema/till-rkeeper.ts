import { NUMBER_KINDS, type NumberKind } from '@tillbridge/core';
import { z } from 'zod';
import { filePath, ms, says, secret } from './common.js';
import { delivery, httpAddress, tillId } from './till-common.js';
import { nestedDevice, writing } from './till-device.js';
import { templateOption } from './till-output.js';

const rkeeper = z.literal('rkeeper').describe('r_keeper 7.');

const ident = z.int().min(0).max(2_147_483_647);
const guid = z.string().regex(/^\{?[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\}?$/, says('badGuid'));

/** An object of a reference book: r_keeper takes its ident, its code or its GUID, never its name. */
const reference = (what: string) =>
  z
    .union([
      z.strictObject({ id: ident.describe('Its ident.') }),
      z.strictObject({ code: ident.describe('Its code.') }),
      z.strictObject({ guid: guid.describe('Its GUID, with or without braces.') }),
    ])
    .describe(what);

const perKind = <T extends z.ZodType>(value: (kind: NumberKind) => T) =>
  z.strictObject(Object.fromEntries(NUMBER_KINDS.map((kind) => [kind, value(kind).exactOptional()])) as Record<NumberKind, z.ZodExactOptional<T>>);

const lengths = z.array(z.int().min(1).max(64)).min(1).max(16);
const pattern = z.string().min(1).max(200);

/** What a number must be like; the same for every transport. */
const numbers = z
  .strictObject({
    length: perKind((kind) => lengths.describe(`Lengths of a ${kind} that an MCR algorithm takes.`)).exactOptional().describe('Lengths that the masks of the MCR algorithms take; any where absent.'),
    numericInt64: z.boolean().default(false).describe('true: the card system is behind FarCards, where a card is an Int64: digits only, no leading zero, at most 9223372036854775807.'),
    reserved: z.array(pattern).max(32).default(['^\\d{4}$']).describe('Numbers that an MCR algorithm would take for something else, as regular expressions. Default: four digits, a staff card.'),
    phonePrefix: z.enum(['asIs', '7', '8']).default('asIs').describe('How a phone of eleven digits begins: as it comes, with 7 or with 8.'),
  })
  .prefault({})
  .describe('What numbers must be like; one that does not fit is rejected before anything is sent.');

const tls = z
  .strictObject({
    mode: z.enum(['pin', 'ca']).default('pin').describe('pin: the certificate of the first contact, or the one named, and no other. ca: ordinary verification.'),
    fingerprint: z
      .string()
      .regex(/^([0-9A-Fa-f]{2}:?){32}$/, says('badFingerprint'))
      .exactOptional()
      .describe('SHA-256 fingerprint of the server\'s certificate, for `mode: pin`.'),
    ca: filePath.exactOptional().describe('File with the certificates that are trusted, PEM, for `mode: ca`. Default: those of the system.'),
    legacy: z.boolean().default(false).describe('true: also TLS 1.0 and weak keys, as older cash servers have.'),
  })
  .prefault({})
  .describe('How the cash server is known.');

export const rkeeperXmlTill = z.strictObject({
  id: tillId,
  adapter: rkeeper,
  transport: z.literal('xml').describe('The XML interface of the cash server: the card is put on a saved order, and shown to be there.'),
  url: httpAddress.describe('HTTP port of the cash server, such as https://10.0.0.5:9000; the path may be left out.'),
  user: z.string().min(1).max(128).describe('Login of a user with the HTTP right; r_keeper takes Latin letters only.'),
  secrets: z.strictObject({ password: secret.describe('Password of the user, as ${env:NAME} or ${file:PATH}.') }).describe('Secrets, by reference only.'),
  tls,
  station: reference('Our station (reference book CASHES).'),
  interface: z
    .union([reference('The logical PDS interface (DEVICES) for every kind.'), perKind((kind) => reference(`The logical PDS interface (DEVICES) for a ${kind}.`))])
    .describe('The logical PDS interface that cards go through (reference book DEVICES), one for all or one for each of card, coupon, phone.'),
  cashier: reference('The employee in whose name cards are applied (EMPLOYEES).').exactOptional(),
  order: z
    .union([
      z.enum(['context', 'station', 'onlyOpen']),
      z.strictObject({ table: reference('The table (TABLES).') }),
      z.strictObject({ waiter: reference('The waiter (EMPLOYEES).') }),
    ])
    .describe('Which order a card is for. context: the one that a program names through the API. station: the one on the screen of our station, once it is left. All but context look at the open orders once a second, to know which one was open at the scan. onlyOpen: the only open one. Or that of a table or a waiter. None or several: the card is rejected.'),
  conflict: z.enum(['reject', 'replace']).default('reject').describe('When another guest\'s card is on the order: reject ours, or replace it.'),
  numbers,
  sample: z
    .strictObject({
      number: z.string().min(1).max(64).describe('A made-up number of the right form; never a real card.'),
      device: z.enum(['BarCode', 'Keyboard', 'MagneticCard', 'NoTouche', 'Dallas']).default('BarCode').describe('How r_keeper would have read it.'),
    })
    .exactOptional()
    .describe('For `doctor`: the MCR algorithms must take this number for a card of our interface.'),
  waiterMessage: z.enum(['off', 'en', 'ru']).default('off').describe('Tells the waiter at the station what became of the card, in this language.'),
  keepReceipts: z.boolean().default(false).describe('true: orders that got a card are read once more when they are closed, and kept for the loyalty platform.'),
  timeoutMs: ms(1000, 130_000).default(30_000).describe('Time for the card system, in ms (1000 to 130000). r_keeper itself waits up to 120000.'),
  readTimeoutMs: ms(1000, 60_000).default(10_000).describe('Time for a query that changes nothing, in ms (1000 to 60000).'),
  ...delivery(60_000),
});

export const rkeeperDeviceTill = z.strictObject({
  id: tillId,
  adapter: rkeeper,
  transport: z.literal('device').describe('The station reads us as one of its readers: the way into the order on the screen.'),
  device: nestedDevice,
  numbers,
  ...writing,
  ...delivery(5000),
});

export const rkeeperScriptTill = z.strictObject({
  id: tillId,
  adapter: rkeeper,
  transport: z.literal('station-script').describe('A script of the station fetches the number through `stations` and hands it to the MCR algorithms.'),
  template: templateOption.prefault('{number}'),
  numbers,
  ...delivery(15_000),
});

const code = z.int().min(0).max(65_535);

const grants = perKind((kind) =>
  z
    .strictObject({
      discount: code.exactOptional().describe('Code of the r_keeper discount; r_keeper computes the money.'),
      bonus: code.exactOptional().describe('Code of the r_keeper bonus.'),
    })
    .describe(`What a ${kind} gets.`),
)
  .prefault({})
  .describe('Without `upstream`: which discounts and bonuses of r_keeper (their codes, not percentages) an answer grants.');

const couponItem = z.strictObject({
  code: z.int().min(0).max(2_147_483_647).describe('Code of the dish.'),
  kind: z.enum(['summ', 'percent', 'price']).describe('summ: off its price. percent: of its price. price: instead of it.'),
  value: z.int().min(0).max(1_000_000_000).describe('As r_keeper expects it for this kind.'),
  discount: code.describe('Code of the r_keeper discount that carries it.'),
  max: z.int().min(1).max(1000).default(1).describe('At most so many (1 to 1000).'),
});

const coupon = z.strictObject({
  prefix: z.string().regex(/^\d{1,19}$/, says('badDigits')).describe('Coupons whose number begins with these digits; the longest prefix wins.'),
  name: z.string().min(1).max(100).describe('What the cashier reads.'),
  items: z.array(couponItem).min(1).max(100).describe('What the cashier can choose from.'),
});

const page = z.string().regex(/^[A-Za-z0-9][\w./-]{0,127}$/, says('badPage'));

const upstream = z
  .strictObject({
    url: httpAddress.describe('Address of the real processing server: `Address` of its ExtDllHTTP.ini.'),
    getCardInfoEx: page.default('getcardinfoex.php').describe('Its page for GetCardInfoEx.'),
    transactionsEx: page.default('transactionsex.php').describe('Its page for TransactionsEx.'),
    findEmail: page.default('findemail.php').describe('Its page for FindEmail.'),
    timeoutMs: ms(500, 60_000).default(8000).describe('Time for one answer of it, in ms (500 to 60000); well below the call timeout of the PDS interface.'),
  })
  .exactOptional()
  .describe('The processing server of the store. With it numbers are translated and everything is passed on; without it the daemon answers itself.');

export const rkeeperFarcardsTill = z.strictObject({
  id: tillId,
  adapter: rkeeper,
  transport: z.literal('farcards').describe('r_keeper reads the code itself; FarCards asks us what it stands for, through `stations`. Nothing can be delivered to such a till.'),
  upstream,
  grants,
  coupons: z.array(coupon).max(200).default([]).describe('Without `upstream`: what coupons give (OutKind 3).'),
  language: z.enum(['en', 'ru']).default('ru').describe('Language of what the cashier reads.'),
  numbers,
  lookUpMs: ms(200, 30_000).default(4000).describe('Time for one translation, in ms (200 to 30000).'),
  keepReceipts: z.boolean().default(false).describe('true: the sums of closed checks are kept for the loyalty platform.'),
  ...delivery(5000),
});

export { numbers as rkeeperNumbers, rkeeper as rkeeperAdapter };
