import { z } from 'zod';
import { ms, says, secret } from './common.js';
import { delivery, httpAddress, tillId } from './till-common.js';
import { iikoAdapter, posServer } from './till-iiko.js';

const id = z.guid(says('badGuid'));
const idOrName = z.string().min(1).max(200);

/** How iikoCloud is reached, and what of it is ours. */
const cloud = {
  url: httpAddress.default('https://api-ru.iiko.services').describe('Address of iikoCloud; for Syrve https://api-eu.syrve.live.'),
  appId: id.exactOptional().describe('Id of the application in the developer portal; with `secrets.clientSecret` and `secrets.apiKey`.'),
  secrets: z
    .strictObject({
      clientSecret: secret.exactOptional().describe('Secret of the application, as ${env:NAME} or ${file:PATH}.'),
      apiKey: secret.exactOptional().describe('Key of the integration in iikoWeb, as ${env:NAME} or ${file:PATH}.'),
      apiLogin: secret.exactOptional().describe('Instead of both: an API login of iikoWeb, as ${env:NAME} or ${file:PATH}. The vendor calls this way deprecated.'),
    })
    .describe('Secrets, by reference only.'),
  organization: idOrName.exactOptional().describe('Id or exact name of the organization; may be left out where the login sees only one.'),
  terminalGroup: idOrName.exactOptional().describe('Id or exact name of the terminal group; may be left out where there is only one.'),
  timeoutMs: ms(1000, 60_000).default(8000).describe('Time for one answer, in ms (1000 to 60000).'),
};

const phone = z.enum(['e164', 'asIs']).default('e164').describe('How phones are written: e164 as +79990001122, or as they come.');

const means = <const T extends readonly [string, ...string[]]>(...meanings: T) => z.enum(meanings).exactOptional();

const cloudIdentifiers = z
  .strictObject({
    card: means('iikoCardNumber', 'iikoCardTrack', 'externalData').describe('A card: an iikoCard by number or by track, or a text for another plugin.'),
    coupon: means('iikoCardCoupon', 'externalData').describe('A coupon: of iikoCard, which is only checked, because nothing puts one on an open order from outside; or a text for another plugin.'),
    phone: means('iikoCardPhone', 'externalData').describe('A phone: of an iikoCard guest, or a text for another plugin.'),
  })
  .describe('What the numbers are to iiko; it decides what is done with them and cannot be guessed. A kind without one is rejected.');

export const iikoCloudTill = z.strictObject({
  id: tillId,
  adapter: iikoAdapter,
  transport: z.literal('cloud').describe('iikoCloud puts the guest on an order of the till; needs the internet, takes seconds.'),
  ...cloud,
  nativeIdentifier: cloudIdentifiers,
  order: z
    .union([z.literal('context'), z.strictObject({ tables: z.array(id).min(1).max(20).describe('Ids of tables in iikoCloud.') })])
    .default('context')
    .describe('Which order a number is for. context: the one that a program names through the API, by the id that iikoFront gives it. Or the only open one at these tables. None or several: the number is rejected.'),
  guestName: z.string().min(1).max(60).default('Гость').describe('Name of a guest that has none (1 to 60 characters): iikoCloud takes nobody without.'),
  externalData: z
    .strictObject({ key: z.string().min(1).max(256).describe('Key under which the order keeps the number (1 to 256 characters).') })
    .exactOptional()
    .describe('Where a number goes that is a text for another plugin (`externalData` in `nativeIdentifier`).'),
  phone,
  ...delivery(30_000),
});

const posServerIdentifiers = z
  .strictObject({
    card: means('iikoCardNumber', 'iikoCardTrack').describe('A card: an iikoCard by number or by track.'),
    phone: means('iikoCardPhone').describe('A phone of an iikoCard guest.'),
  })
  .describe('What the numbers are to iiko; it decides what is done with them and cannot be guessed. A kind without one is rejected.');

export const iikoPosServerTill = z.strictObject({
  id: tillId,
  adapter: iikoAdapter,
  transport: z.literal('pos-server').describe('The iikoCard POS server puts the guest on the order that a program names through the API.'),
  ...posServer.shape,
  nativeIdentifier: posServerIdentifiers,
  readBack: z.strictObject(cloud).exactOptional().describe('iikoCloud shows whether the order has the guest; without it the best outcome is `sent`, because the POS server does not show orders.'),
  phone,
  ...delivery(10_000),
});
