import { isIP } from 'node:net';
import { z } from 'zod';
import { isLocal } from '../../phones/network/address-kind.js';
import { filePath, name, says } from './common.js';
import { common, readerId } from './reader-common.js';
import { off } from './service.js';

/** Names that a certificate may carry and a browser may ask by. */
const hostName = z.string().regex(/^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/, says('badHostName'));

/** `https://192.168.1.10:48443`, of the local network or a name in it. */
const phoneOrigin = z.string().refine(isPhoneOrigin, says('badPhoneOrigin'));

function isPhoneOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, origin } = new URL(text);
  const address = hostname.replace(/^\[(.*)\]$/, '$1');
  return (protocol === 'https:' || protocol === 'http:') && (text === origin || text === `${origin}/`) && (isIP(address) === 0 || isLocal(address));
}

/** Ports below 1024 need rights that a daemon should not have; 0 is any free one. */
const port = z.int().min(0).max(65_535);

export const mobileReader = z.strictObject({
  id: readerId,
  type: z.literal('mobile').describe('The cameras of paired phones, over the local network. At most one reader of this type.'),
  host: z
    .string()
    .refine((text) => text === 'auto' || isLocal(text), says('notPrivate'))
    .default('auto')
    .describe('Address to serve phones on. `auto`: every private address of this machine, followed as they change; never an address of the internet.'),
  port: port.default(48_443).describe('Port of the scanner page (HTTPS); 0 is any free one.'),
  httpPort: z
    .union([port, off])
    .default(48_080)
    .describe('Port of the page without TLS: how to trust the till, and codes from photos; `off` switches it off.'),
  names: z.array(hostName).max(8).default([]).describe('Host names that phones use for this machine besides its addresses, such as till.lan.'),
  tls: z
    .strictObject({
      cert: filePath.describe('File with the certificate and its chain, PEM. Read again as it changes.'),
      key: filePath.describe('File with its private key, PEM.'),
    })
    .exactOptional()
    .describe("The store's own certificate; without it the daemon makes one, signed by itself or by `tillbridge ca`."),
  tills: z.array(name).min(1).max(32).exactOptional().describe('Tills that a phone may choose between, the first one by default; without it the till of the reader\'s route.'),
  hub: phoneOrigin
    .exactOptional()
    .describe('Address of the scanner page of another daemon of the store: the QR code leads there, and that daemon carries the sealed messages to this one (its `relay`).'),
  relay: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[\w-]{16}$/, says('badTillId')).describe('What the other daemon calls itself: `tillbridge mobile list` shows it there.'),
        url: phoneOrigin.describe('Where it serves phones: https://192.168.1.11:48443.'),
        fingerprint: z
          .string()
          .regex(/^(?:[0-9a-fA-F]{2}:?){31}[0-9a-fA-F]{2}$/, says('badFingerprint'))
          .exactOptional()
          .describe('SHA-256 of its certificate; the line is used for no other one. The messages are sealed either way.'),
      }),
    )
    .max(16)
    .default([])
    .describe("Other daemons of the store whose phones use this one's page: sealed messages are carried to them, and nothing else is contacted."),
  ...common,
  unmatched: z
    .enum(['passThrough', 'reject'])
    .default('reject')
    .describe('What becomes of a read that no code matches: reject (the phone says so) or passThrough (goods).'),
});
