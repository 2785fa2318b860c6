import { TillbridgeError } from '@tillbridge/core';
import { listSerialDevices, type DiscoveryContext } from '../discovery/list.js';
import { describeMatch, matchesUsb } from '../usb/index.js';
import type { SerialWhere } from './options.js';

/** How the device is named in error texts. */
export function describeWhere(where: SerialWhere): string {
  if ('path' in where) return where.path;
  return 'auto' in where ? 'auto' : describeMatch(where.match);
}

/** The path to open now. @throws TillbridgeError when nothing or more than one device is meant. */
export async function locate(reader: string, where: SerialWhere, context: DiscoveryContext, signal: AbortSignal): Promise<string> {
  if ('path' in where) return where.path;
  const devices = await listSerialDevices(signal, context);
  const found = devices.filter((device) => ('auto' in where ? device.known !== undefined : matchesUsb(where.match, device)));
  const [first, second] = found;
  if (first !== undefined && second === undefined) return first.path;
  const params = { reader, match: describeWhere(where), found: found.map((device) => device.stablePath ?? device.path).join(', ') };
  if (first === undefined) throw new TillbridgeError('auto' in where ? 'TB_READER_AUTO_NONE' : 'TB_READER_NO_MATCH', params);
  throw new TillbridgeError('auto' in where ? 'TB_READER_AUTO_SEVERAL' : 'TB_READER_MATCH_SEVERAL', params);
}
