import { readdirSync, readFileSync } from 'node:fs';

/** What Linux knows of a running process (proc(5)). */
const status = (pid: number, name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
const mib = (kib: number): number => Number((kib / 1024).toFixed(1));

export const rssMiB = (pid: number): number => mib(status(pid, 'VmRSS'));
/** The part of it that no other process shares and no file backs. */
export const anonymousMiB = (pid: number): number => mib(status(pid, 'RssAnon'));

/** Linux gives 100 ticks a second to every program (USER_HZ), whatever the kernel's own are. */
const USER_HZ = 100;

/** User and system time so far of a process and its threads, seconds. */
export function cpuSeconds(pid: number): number {
  // the name may hold spaces and brackets: what is wanted stands behind it; utime and stime are fields 14 and 15
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ');
  return (Number(fields[11]) + Number(fields[12])) / USER_HZ;
}

/** The processes that a process started, in rising order. */
export function childrenOf(pid: number): readonly number[] {
  const tasks = readdirSync(`/proc/${pid}/task`);
  const children = tasks.flatMap((task) => readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').trim().split(' ').filter((word) => word !== '').map(Number));
  return children.sort((a, b) => a - b);
}
