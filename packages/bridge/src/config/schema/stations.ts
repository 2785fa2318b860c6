import { isIP } from 'node:net';
import { z } from 'zod';
import { filePath, hostPort, id, name, says } from './common.js';
import { off } from './service.js';
import { MAX_TOKEN, MIN_TOKEN, token } from './token.js';

/** `192.168.1.20` or `192.168.1.0/24`, IPv4 or IPv6. */
export function isCidr(text: string): boolean {
  const [, address = '', bits] = /^([0-9A-Fa-f:.]{2,45})(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const family = isIP(address);
  return family !== 0 && (bits === undefined || Number(bits) <= (family === 4 ? 32 : 128));
}

const peer = z.strictObject({
  id: id.describe('Name of this station: it stands in the path of its calls.'),
  till: name.describe('The till that it belongs to: one with the adapter `client`, an r_keeper till with `transport: station-script` or `farcards`, or an iiko till with `transport: front` or `externalData`.'),
  allow: z
    .array(z.string().refine(isCidr, says('badCidr')))
    .min(1)
    .max(64)
    .describe('Addresses it may connect from, such as 192.168.1.20 or 192.168.1.0/24.'),
  secrets: z
    .strictObject({ token: token.describe(`Its secret, as \${env:NAME} or \${file:PATH}: ${MIN_TOKEN} to ${MAX_TOKEN} letters, digits, \`.\`, \`_\`, \`~\`, \`-\`.`) })
    .describe('Secrets, by reference only.'),
});

const options = z.strictObject({
  listen: hostPort.describe('HOST:PORT to listen on, such as 192.168.1.10:7845; 0.0.0.0 is every address of this machine.'),
  tls: z
    .strictObject({
      cert: filePath.describe('File with the certificate and its chain, PEM.'),
      key: filePath.describe('File with its private key, PEM.'),
    })
    .exactOptional()
    .describe('HTTPS; without it the numbers cross the network in clear.'),
  peers: z.array(peer).min(1).max(256).describe('The stations, one entry each.'),
});

export const stations = z
  .union([options, off])
  .prefault('off')
  .describe('Listener for parts of a till program on other machines of the store; `off` switches it off.');
