import { z } from 'zod';
import { ms, msOrOff, secret } from './common.js';
import { delivery, httpAddress, tillId } from './till-common.js';
import { sendinputTill, uinputTill, xtestTill } from './till-keyboard.js';
import { onecAddinTill, onecDeviceTill } from './till-1c.js';
import { pluginTill } from './plugin.js';
import { portTill, ptyTill } from './till-device.js';
import { iikoDeviceTill, iikoExternalDataTill, iikoFrontTill } from './till-iiko.js';
import { iikoCloudTill, iikoPosServerTill } from './till-iiko-servers.js';
import { rkeeperDeviceTill, rkeeperFarcardsTill, rkeeperScriptTill, rkeeperXmlTill } from './till-rkeeper.js';

export const webhookTill = z.strictObject({
  id: tillId,
  adapter: z.literal('webhook').describe('The number is posted to a URL, signed.'),
  url: httpAddress.describe('Where to post, https:// or http://.'),
  secrets: z.strictObject({ key: secret.describe('Key of the signature, as ${env:NAME} or ${file:PATH}.') }).describe('Secrets, by reference only.'),
  timeoutMs: ms(100, 60_000).default(5000).describe('Time for one whole answer, in ms (100 to 60000).'),
  ...delivery(5000),
});

export const clientTill = z.strictObject({
  id: tillId,
  adapter: z.literal('client').describe('Cashier software that connects to the API, or that embeds the SDK: it claims each number and says what became of it.'),
  backlogMs: msOrOff(60_000).default(2000).describe('How long goods wait for a connected client before they are dropped and counted, in ms (0 to 60000).'),
  ...delivery(15_000),
});

export const till = z.discriminatedUnion('adapter', [
  z.discriminatedUnion('transport', [ptyTill, portTill]),
  z.discriminatedUnion('transport', [sendinputTill, xtestTill, uinputTill]),
  clientTill,
  webhookTill,
  z.discriminatedUnion('transport', [iikoFrontTill, iikoDeviceTill, iikoExternalDataTill, iikoPosServerTill, iikoCloudTill]),
  z.discriminatedUnion('transport', [rkeeperXmlTill, rkeeperDeviceTill, rkeeperScriptTill, rkeeperFarcardsTill]),
  z.discriminatedUnion('transport', [onecAddinTill, onecDeviceTill]),
  pluginTill,
]);

/** Adapters of the product that this version does not have. */
export const LATER_ADAPTERS: readonly string[] = [];
