import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Guest } from './prepare.ts';

export interface QemuRun {
  readonly guest: Guest;
  /** Folder of this run: console, results and sockets. */
  readonly work: string;
  /** Sourced by the guest's first script, absolute on the host. */
  readonly job: string;
  /** Seconds until the machine is switched off, whatever it does. */
  readonly limitS: number;
  readonly processors: number;
}

/** A port of the guest whose other end is a socket that QEMU itself holds open: so the guest can own both ends of a cable. */
const looped = (work: string, name: string): string[] => [
  ...['-chardev', `socket,id=${name},path=${join(work, name)},server=on,wait=off`],
  ...['-chardev', `socket,id=${name}-far,path=${join(work, name)}`],
  ...['-device', `virtserialport,chardev=${name}-far,name=${name}`],
];

const written = (work: string, name: string): string[] => [
  ...['-chardev', `file,id=${name},path=${join(work, name)}`],
  ...['-device', `virtserialport,chardev=${name},name=${name}`],
];

const share = (path: string, tag: string): string[] => [
  '-virtfs',
  `local,path=${path},mount_tag=${tag},security_model=none,readonly=on,multidevs=remap`,
];

/**
 * The machine. Software emulation always: where KVM answers but cannot run a stock kernel (nested, paravirtual) it hangs without a word.
 * `no_timer_check`: on a busy host the check of the emulated timer at boot can fail, and the kernel then panics (`IO-APIC + timer doesn't
 * work!`; Documentation/admin-guide/kernel-parameters.txt).
 * No AVX: Node.js takes it where it is, and emulated it costs more than it saves.
 * The host's files are shared read-only; its monitor is at the guest's own port `qmp`, the far end of its USB serial cable at `ftdi`.
 */
export function qemuArguments({ guest, work, job, processors }: Omit<QemuRun, 'limitS'>): string[] {
  return [
    ...['-accel', 'tcg,thread=multi,tb-size=512', '-cpu', 'max,avx=off,avx2=off', '-M', 'q35', '-m', '1024', '-smp', String(processors)],
    ...['-nographic', '-no-reboot', '-nodefaults', '-serial', `file:${join(work, 'console')}`],
    ...['-kernel', guest.kernel, '-initrd', guest.initramfs],
    ...['-append', `console=ttyS0 quiet panic=-1 mitigations=off nokaslr random.trust_cpu=on no_timer_check bench_job=${job}`],
    ...share('/', 'host'),
    ...share(guest.extra, 'extra'),
    ...['-device', 'qemu-xhci,id=xhci', '-device', 'virtio-serial-pci'],
    ...written(work, 'results'),
    ...written(work, 'log'),
    ...looped(work, 'qmp'),
    ...['-mon', 'chardev=qmp,mode=control'],
    ...looped(work, 'ftdi'),
  ];
}

export type QemuEnd = { readonly over: 'limit' } | { readonly over: 'exit'; readonly code: number | null; readonly said: string };

/** Runs the machine until it switches itself off, or is switched off when its time is over. */
export function runQemu(run: QemuRun, signal?: AbortSignal): Promise<QemuEnd> {
  return new Promise((resolve, reject) => {
    const child = spawn('qemu-system-x86_64', qemuArguments(run), { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    const keep = (text: Buffer): void => void (said = (said + text.toString('latin1')).slice(-4000));
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    let late = false;
    const kill = (): void => void child.kill('SIGKILL');
    const limit = setTimeout(() => {
      late = true;
      kill();
    }, run.limitS * 1000);
    // the machine must not outlive a test runner that is stopped
    process.once('exit', kill);
    signal?.addEventListener('abort', kill, { once: true });
    const over = (): void => {
      clearTimeout(limit);
      process.removeListener('exit', kill);
      signal?.removeEventListener('abort', kill);
    };
    child.once('error', (error) => {
      over();
      reject(error);
    });
    child.once('close', (code) => {
      over();
      resolve(late ? { over: 'limit' } : { over: 'exit', code, said });
    });
  });
}
