import { BlockList, isIP } from 'node:net';

const LOOPBACK = ['127.0.0.0/8', '::1'] as const;

/** Says whether an address may connect. @throws RangeError naming an entry that is neither an address nor a CIDR block. */
export function allowList(entries: readonly string[] = LOOPBACK): (address: string | undefined) => boolean {
  const list = new BlockList();
  for (const entry of entries) add(list, entry);
  return (address) => {
    if (address === undefined) return false;
    // a listener on :: sees IPv4 peers in this form
    const plain = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
    const family = isIP(plain);
    return family !== 0 && list.check(plain, family === 6 ? 'ipv6' : 'ipv4');
  };
}

function add(list: BlockList, entry: string): void {
  const [address = '', bits, ...rest] = entry.split('/');
  const family = isIP(address);
  const name = family === 6 ? 'ipv6' : 'ipv4';
  const most = family === 6 ? 128 : 32;
  const prefix = bits === undefined ? most : /^\d{1,3}$/.test(bits) ? Number(bits) : -1;
  if (family === 0 || rest.length > 0 || prefix < 0 || prefix > most) throw new RangeError(`not an address or CIDR block: ${entry}`);
  list.addSubnet(address, prefix, name);
}
