import { z } from 'zod';
import { filePath, ms, secret } from './common.js';
import { delivery, httpAddress, tillId } from './till-common.js';
import { nestedDevice, writing } from './till-device.js';
import { localToken } from './token.js';

const iiko = z.literal('iiko').describe('iiko, and Syrve, which is the same.');

/** What waiters' terminals of the vendor's partner write their scans to (its documentation of external loyalty). */
export const WAITER_KEY = 'arbus.iikowaiter.checkinscannedvalue';

const card = <const T extends readonly [string, ...string[]]>(...meanings: T) => z.enum(meanings).exactOptional();

/** What numbers are to iiko where the transport can do everything. */
const frontIdentifiers = z
  .strictObject({
    card: card('rmsDiscountCard', 'iikoCardNumber', 'iikoCardTrack', 'guestCardNumber', 'externalData').describe('A card: a discount card of the restaurant, an iikoCard by number or by track, a guest of the till by card number, or a text for another plugin.'),
    coupon: card('iikoCardCoupon', 'externalData').describe('A coupon: of iikoCard, or a text for another plugin.'),
    phone: card('iikoCardPhone', 'guestPhone', 'externalData').describe('A phone: of an iikoCard guest, of a guest of the till, or a text for another plugin.'),
  })
  .describe('What the numbers are to iiko; it decides what is done with them and cannot be guessed. A kind without one is rejected.');

const deviceIdentifiers = z
  .strictObject({
    card: card('rmsDiscountCard', 'iikoCardNumber', 'iikoCardTrack').describe('A card: a discount card of the restaurant, or an iikoCard by number or track, as iikoFront is set up to read it.'),
    coupon: card('iikoCardCoupon').describe('A coupon of iikoCard.'),
    phone: card('iikoCardPhone').describe('A phone of an iikoCard guest.'),
  })
  .describe('What the numbers are to iiko; a kind without one is rejected.');

const externalKey = z.string().min(1).max(256);

/** The iikoCard POS server, on the till or on the main till. */
export const posServer = z
  .strictObject({
    url: httpAddress.default('http://localhost:7001').describe('Its address; it may run on the main till only.'),
    user: z.string().min(1).max(128).describe('User of the iikoCard POS API; not the login of the cloud.'),
    secrets: z.strictObject({ password: secret.describe('Its password, as ${env:NAME} or ${file:PATH}.') }).describe('Secrets, by reference only.'),
    timeoutMs: ms(200, 10_000).default(2500).describe('Time for one answer, in ms (200 to 10000); the cashier\'s screen stands still meanwhile.'),
  })
  .describe('The iikoCard POS server: finds guests and puts them on the order.');

/** What every till with a plugin has. */
const plugin = {
  secrets: z
    .strictObject({ token: localToken.describe('The secret of the plugin on this machine, as ${env:NAME} or ${file:PATH}: 16 to 200 letters, digits, `_`, `-`. On another machine: `stations`.') })
    .exactOptional()
    .describe('Secrets, by reference only.'),
  cashierMessage: z.enum(['off', 'en', 'ru']).default('ru').describe('Tells the cashier on the till\'s screen what became of a card, in this language.'),
  watchKey: z
    .union([z.literal('off').transform(() => null), externalKey])
    .default(WAITER_KEY)
    .describe('External-data key of orders that waiters\' terminals write scans to, or off. Needs a reader with `type: till`.'),
  gtin: z.enum(['pass', 'claim']).default('pass').describe('Reads of iikoFront\'s own scanners that are a product\'s barcode (8, 12, 13 or 14 digits with the right check digit): pass leaves them to iikoFront whatever `codes` say.'),
  dataFolder: filePath.exactOptional().describe('Data folder of iikoFront on this machine (CashServer), for `doctor`: what iikoFront takes its readers for.'),
};

export const iikoFrontTill = z.strictObject({
  id: tillId,
  adapter: iiko,
  transport: z.literal('front').describe('Our plugin in iikoFront fetches the number, puts it on the order on the screen and reads it back.'),
  nativeIdentifier: frontIdentifiers,
  posServer: posServer.exactOptional(),
  conflict: z.enum(['reject', 'replace']).default('reject').describe('When another guest is on the order: reject ours, or replace him.'),
  createGuest: z.string().min(1).max(60).exactOptional().describe('Makes a guest in the till\'s directory, under this name, where `guestPhone` or `guestCardNumber` finds none.'),
  phone: z.enum(['e164', 'asIs']).default('e164').describe('How phones are written: e164 as +79990001122, or as they come.'),
  externalData: z
    .strictObject({
      key: externalKey.describe('Key under which the order keeps the number (1 to 256 characters).'),
      isPublic: z.boolean().default(false).describe('true: other plugins and reports see it.'),
    })
    .exactOptional()
    .describe('Where a number goes that is a text for another plugin (`externalData` in `nativeIdentifier`).'),
  ...plugin,
  ...delivery(10_000),
});

export const iikoExternalDataTill = z.strictObject({
  id: tillId,
  adapter: iiko,
  transport: z.literal('externalData').describe('Our plugin only writes the number to the order\'s external data, for another vendor\'s plugin; nothing is looked up.'),
  key: externalKey.describe('Key under which the order keeps the number (1 to 256 characters).'),
  isPublic: z.boolean().default(false).describe('true: other plugins and reports see it.'),
  ...plugin,
  ...delivery(10_000),
});

export const iikoDeviceTill = z.strictObject({
  id: tillId,
  adapter: iiko,
  transport: z.literal('device').describe('iikoFront reads us as one of its readers; digits only.'),
  device: nestedDevice,
  nativeIdentifier: deviceIdentifiers,
  ...writing,
  gapMs: writing.gapMs.unwrap().default(100).describe('Silence between a loyalty number and its neighbours, in ms (0 to 5000).'),
  ...delivery(5000),
});

export { iiko as iikoAdapter };
