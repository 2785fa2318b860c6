import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { until } from './group.ts';

/** What the kernel shows of devices, read without any library. */

/** Device nodes of a class whose device carries these USB (or uhid) ids: `/dev/hidraw0`, ... */
export function nodesOf(subsystem: 'hidraw' | 'tty', vid: number, pid: number): readonly string[] {
  const folder = `/sys/class/${subsystem}`;
  return readdirSync(folder)
    .filter((name) => idsOf(join(folder, name, 'device'))?.join() === [vid, pid].join())
    .map((name) => `/dev/${name}`)
    .filter((path) => existsSync(path))
    .sort();
}

/** The ids of the device that a link in sysfs leads to: of HID in its `uevent`, of USB in files on the way up. */
function idsOf(link: string): readonly [number, number] | undefined {
  const hid = /^HID_ID=[0-9A-F]+:0*([0-9A-F]+):0*([0-9A-F]+)$/m.exec(read(join(link, 'uevent')));
  if (hid !== null) return [parseInt(hid[1] ?? '', 16), parseInt(hid[2] ?? '', 16)];
  const start = resolved(link);
  for (let folder = start, level = 0; folder !== undefined && level < 5; folder = join(folder, '..'), level += 1) {
    const [vid, pid] = [read(join(folder, 'idVendor')), read(join(folder, 'idProduct'))];
    if (vid !== '' && pid !== '') return [parseInt(vid, 16), parseInt(pid, 16)];
  }
  return undefined;
}

/** Devices go while one looks at them. */
function resolved(link: string): string | undefined {
  try {
    return realpathSync(link);
  } catch {
    return undefined;
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return '';
  }
}

/** The evdev node of an input device by its whole name. */
export function inputNode(name: string): string | undefined {
  const block = readFileSync('/proc/bus/input/devices', 'utf8').split('\n\n').find((each) => each.includes(`Name="${name}"`));
  const event = /\bevent\d+/.exec(block ?? '')?.[0];
  const path = event === undefined ? undefined : `/dev/input/${event}`;
  return path !== undefined && existsSync(path) ? path : undefined;
}

export const untilNodes = (subsystem: 'hidraw' | 'tty', vid: number, pid: number, count = 1): Promise<readonly string[]> =>
  until(`${String(count)} ${subsystem} nodes of ${vid.toString(16)}:${pid.toString(16)}`, () => {
    const nodes = nodesOf(subsystem, vid, pid);
    return nodes.length === count && nodes;
  });

export const untilGone = (path: string): Promise<true> => until(`${path} to go`, () => !existsSync(path));

export const untilInput = (name: string): Promise<string> => until(`the input device ${name}`, () => inputNode(name));

/** The repository under test. */
export const TREE = process.env['TILLBRIDGE_TREE'] ?? process.cwd();
