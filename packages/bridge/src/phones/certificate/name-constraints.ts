import { isIPv4 } from 'node:net';

/**
 * What an authority of ours may sign for: addresses of local networks and names under local domains. Whoever steals its key still cannot
 * pose as a site of the internet to the phones that trust it (RFC 5280, 4.2.1.10). Systems that honour it: Android, iOS since 2015 (CA/Browser
 * Forum, servercert issue 267), Windows, OpenSSL; the extension is critical, so any other refuses the authority instead of trusting it with everything.
 */
const NETWORKS: readonly (readonly [string, string])[] = [
  ['10.0.0.0', '255.0.0.0'],
  ['172.16.0.0', '255.240.0.0'],
  ['192.168.0.0', '255.255.0.0'],
  ['169.254.0.0', '255.255.0.0'],
  ['127.0.0.0', '255.0.0.0'],
  ['fc00::', 'fe00::'],
];
export const LOCAL_DOMAINS: readonly string[] = ['local', 'lan', 'internal', 'home.arpa', 'localhost'];

export const NAME_CONSTRAINTS_OID = '2.5.29.30';

/** Whether an authority of ours can sign for this host name. */
export function isLocalName(name: string): boolean {
  return LOCAL_DOMAINS.some((domain) => name === domain || name.endsWith(`.${domain}`));
}

/** The value of the extension, DER. */
export function nameConstraints(): Buffer {
  const SEQUENCE = 0x30;
  const subtrees = [
    // GeneralName [7] iPAddress: address and mask; [2] dNSName
    ...NETWORKS.map(([net, mask]) => tagged(0x87, Buffer.concat([addressBytes(net), addressBytes(mask)]))),
    ...LOCAL_DOMAINS.map((domain) => tagged(0x82, Buffer.from(domain, 'ascii'))),
  ].map((base) => tagged(SEQUENCE, base));
  return tagged(SEQUENCE, tagged(0xa0, Buffer.concat(subtrees)));
}

function tagged(tag: number, body: Buffer): Buffer {
  if (body.length >= 0x10000) throw new RangeError('too long for this writer');
  const length = body.length < 0x80 ? [body.length] : body.length < 0x100 ? [0x81, body.length] : [0x82, body.length >> 8, body.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}

function addressBytes(address: string): Buffer {
  if (isIPv4(address)) return Buffer.from(address.split('.').map(Number));
  const [head = '', tail = ''] = address.split('::');
  const groups = (text: string): string[] => (text === '' ? [] : text.split(':'));
  const missing = 8 - groups(head).length - groups(tail).length;
  const whole = [...groups(head), ...Array<string>(missing).fill('0'), ...groups(tail)];
  return Buffer.from(whole.map((group) => group.padStart(4, '0')).join(''), 'hex');
}
