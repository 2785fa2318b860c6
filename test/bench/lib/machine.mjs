import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, release, totalmem, type } from 'node:os';

const loads = () => loadavg().map((load) => Number(load.toFixed(1)));

/** What a figure means nothing without. */
export function machine(folder) {
  const [source, fstype] = execFileSync('df', ['--output=source,fstype', folder], { encoding: 'utf8' }).trim().split('\n').at(-1).trim().split(/\s+/);
  return {
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release()}`,
    virtual: / hypervisor /.test(readFileSync('/proc/cpuinfo', 'utf8')),
    disk: `${fstype} on ${source}`,
    node: process.version,
    loadAtStart: loads(),
  };
}

export { loads };
