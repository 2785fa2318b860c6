import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, release, totalmem, type } from 'node:os';

/** What a figure means nothing without. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly system: string;
  readonly virtual: boolean;
  /** File system and device of the folder that is measured in. */
  readonly disk: string;
  readonly node: string;
  /** Load averages of 1, 5 and 15 minutes. */
  readonly loadAtStart: readonly number[];
}

const GIB = 2 ** 30;

export const loads = (): readonly number[] => loadavg().map((load) => Number(load.toFixed(1)));

export function machine(folder: string): Machine {
  return {
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / GIB),
    system: `${type()} ${release()}`,
    virtual: proc('/proc/cpuinfo').includes(' hypervisor '),
    disk: diskOf(proc('/proc/self/mountinfo'), folder),
    node: process.version,
    loadAtStart: loads(),
  };
}

/** Which file system holds `path`, as `ext4 on /dev/vda`. `mountinfo` as in proc(5). Pure. */
export function diskOf(mountinfo: string, path: string): string {
  let best = { point: '', disk: 'unknown' };
  for (const line of mountinfo.split('\n')) {
    const [left = '', right = ''] = line.split(' - ');
    const point = unescaped(left.split(' ')[4] ?? '');
    const [kind = '', source = ''] = right.split(' ');
    const holds = point !== '' && (path === point || path.startsWith(point.endsWith('/') ? point : `${point}/`));
    // what was mounted later over the same place is what is seen
    if (holds && point.length >= best.point.length) best = { point, disk: `${kind} on ${unescaped(source)}` };
  }
  return best.disk;
}

/** Blanks stand as \040 there. */
const unescaped = (text: string): string => text.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));

/** Empty where there is none: other systems have no /proc. */
function proc(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
