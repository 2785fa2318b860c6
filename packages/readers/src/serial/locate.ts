import { TillbridgeError } from '@tillbridge/core';
import { listSerialDevices, type DiscoveryContext, type SerialDevice } from '../discovery/list.js';
import { normalUsbId } from '../profiles/usb-id.js';
import type { SerialMatch, SerialWhere } from './options.js';

/** How the device is named in error texts. */
export function describeWhere(where: SerialWhere): string {
  if ('path' in where) return where.path;
  if ('auto' in where) return 'auto';
  const { vid, pid, serial } = where.match;
  const parts = [vid && `vid ${vid}`, pid && `pid ${pid}`, serial && `serial ${serial}`];
  return parts.filter((part) => part !== undefined && part !== '').join(', ');
}

/** The path to open now. @throws TillbridgeError when nothing or more than one device is meant. */
export async function locate(reader: string, where: SerialWhere, context: DiscoveryContext, signal: AbortSignal): Promise<string> {
  if ('path' in where) return where.path;
  const devices = await listSerialDevices(signal, context);
  const found = devices.filter((device) => ('auto' in where ? device.known !== undefined : matches(device, where.match)));
  const [first, second] = found;
  if (first !== undefined && second === undefined) return first.path;
  const params = { reader, match: describeWhere(where), found: found.map((device) => device.stablePath ?? device.path).join(', ') };
  if (first === undefined) throw new TillbridgeError('auto' in where ? 'TB_READER_AUTO_NONE' : 'TB_READER_NO_MATCH', params);
  throw new TillbridgeError('auto' in where ? 'TB_READER_AUTO_SEVERAL' : 'TB_READER_MATCH_SEVERAL', params);
}

/** An empty match would claim whatever is there: it matches nothing. */
function matches(device: SerialDevice, match: SerialMatch): boolean {
  const { vid, pid, serial } = match;
  if (vid === undefined && pid === undefined && serial === undefined) return false;
  return (
    (vid === undefined || device.vid === (normalUsbId(vid) ?? '-')) &&
    (pid === undefined || device.pid === (normalUsbId(pid) ?? '-')) &&
    (serial === undefined || device.serial === serial)
  );
}
