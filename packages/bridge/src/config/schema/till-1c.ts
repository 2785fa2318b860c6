import { z } from 'zod';
import { DEFAULT_LISTEN } from '../check/onec.js';
import { isLoopback, parseHostPort } from '../host-port.js';
import { hostPort, ms, msOrOff, says, secret } from './common.js';
import { delivery, httpAddress, tillId } from './till-common.js';
import { nestedDevice, writing } from './till-device.js';

const onec = z.literal('1c').describe('1C:Enterprise.');

/** What the driver connects to: it refuses every other address than IPv4 loopback. */
const loopback = hostPort.refine((text) => {
  const host = parseHostPort(text)?.host;
  return host !== undefined && host !== '::1' && isLoopback(host);
}, says('notLoopback4'));

const token = secret.refine((value) => /^[A-Za-z0-9._~-]{16,256}$/.test(value.reveal()), says('weakToken'));

/** How a card is written; what ends it is the transport's. */
const { template, prefix, pad, track2, backlogMs } = writing;
const card = {
  ...{ template, prefix, pad, track2 },
  charset: z.enum(['digits', 'ascii']).describe('What a number may consist of; another one is rejected. digits, or any printable ASCII.'),
};

const gapMs = msOrOff(5000).default(100).describe('Silence between a loyalty number and its neighbours, in ms (0 to 5000).');

const odata = z
  .strictObject({
    url: httpAddress.describe('Address of the published interface, ending in /odata/standard.odata.'),
    user: z.string().min(1).max(128).describe('A user of the infobase who may read the catalogue.'),
    secrets: z.strictObject({ password: secret.describe('Password of the user, as ${env:NAME} or ${file:PATH}.') }).describe('Secrets, by reference only.'),
    entity: z.string().regex(/^[\p{L}_][\p{L}\p{N}_]{0,199}$/u, says('badEntity')).default('Catalog_ДисконтныеКарты').describe('The catalogue of cards.'),
    field: z.string().regex(/^[\p{L}_][\p{L}\p{N}_]{0,199}$/u, says('badEntity')).default('КодКартыШтрихкод').describe('Its attribute with the barcode.'),
    timeoutMs: ms(100, 10_000).default(1500).describe('Time for one answer, in ms (100 to 10000); then the card goes to 1C unchecked.'),
  })
  .exactOptional()
  .describe('Looks for a card in the catalogue before 1C gets it: one that is not there would open the window for unknown products. Never in the way of goods.');

export const onecAddinTill = z.strictObject({
  id: tillId,
  adapter: onec,
  transport: z.literal('addin').describe('Our driver of the equipment library, loaded in the client of 1C, connects to us.'),
  listen: loopback.default(DEFAULT_LISTEN).describe('Where the driver connects to, on this machine. Several tills may share it, each with a token of its own.'),
  secrets: z.strictObject({ token: token.describe('What the driver shows to be this till, 16 to 256 characters, as ${env:NAME} or ${file:PATH}.') }).describe('Secrets, by reference only.'),
  ...card,
  charset: card.charset.default('ascii'),
  gapMs,
  backlogMs,
  confirmMs: msOrOff(60_000).default(0).describe('With our configuration extension: how long its confirmation is waited for, in ms (0 to 60000); numbers then go to the extension alone. 0 or off: there is none.'),
  aimId: z.enum(['strip', 'keep']).default('strip').describe('keep: goods have the AIM id in front of them, where the scanner sends it.'),
  odata,
  ...delivery(5000),
});

export const onecDeviceTill = z.strictObject({
  id: tillId,
  adapter: onec,
  transport: z.literal('device').describe('The stock driver "1C:Barcode scanners" reads us as a scanner on a serial port.'),
  device: nestedDevice,
  ...card,
  charset: card.charset.default('digits'),
  suffix: z.enum(['CR', 'CRLF']).default('CR').describe('What the stock driver waits for: CR (its Suffix 13) or CRLF (3338).'),
  gapMs,
  backlogMs,
  odata,
  ...delivery(5000),
});
