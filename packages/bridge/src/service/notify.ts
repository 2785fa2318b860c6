import { spawn } from 'node:child_process';
import { systemClock, type Cancel, type Clock, type Log } from '@tillbridge/core';

/** Tells the service manager one notice, as `NAME=value` words. Resolves when it was told or cannot be. Never rejects. */
export type Tell = (words: readonly string[]) => Promise<void>;

export interface NotifierOptions {
  /** The daemon's environment: NOTIFY_SOCKET, WATCHDOG_USEC, WATCHDOG_PID (sd_notify(3), sd_watchdog_enabled(3)). */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly pid: number;
  readonly clock: Clock;
  readonly tell: Tell;
}

/** The daemon's side of `Type=notify`. */
export interface ServiceNotifier {
  /** Up; from now on the event loop proves that it turns. */
  ready(): void;
  reloading(): void;
  /** Resolves when it was told. */
  stopping(): Promise<void>;
  close(): void;
}

const SILENT: ServiceNotifier = { ready: () => undefined, reloading: () => undefined, stopping: () => Promise.resolve(), close: () => undefined };

/** Says nothing where no service manager listens. */
export function createNotifier({ env, pid, clock, tell }: NotifierOptions): ServiceNotifier {
  if ((env['NOTIFY_SOCKET'] ?? '') === '') return SILENT;
  const everyMs = watchdogMs(env, pid);
  let cancel: Cancel = () => undefined;
  let queue: Promise<void> = Promise.resolve();
  // in order, one at a time: READY=1 behind RELOADING=1 means that the reload is over
  const say = (...words: string[]): Promise<void> => (queue = queue.then(() => tell(words)));
  const watch = (): void => {
    cancel = clock.timer(
      everyMs ?? 0,
      () => {
        // the next sign only after this one was given: a manager that does not take it gets no crowd of children
        void say('WATCHDOG=1').then(() => {
          if (!closed) watch();
        });
      },
      { ref: false },
    );
  };
  let closed = false;
  let stopping = false;
  let watching = false;
  return {
    ready: () => {
      // a reload that ends while we stop
      if (stopping) return;
      void say('READY=1', 'STATUS=working');
      if (everyMs === undefined || watching) return;
      watching = true;
      watch();
    },
    reloading: () => void say('RELOADING=1', 'STATUS=reloading'),
    stopping: () => {
      stopping = true;
      return say('STOPPING=1', 'STATUS=stopping');
    },
    close: () => {
      closed = true;
      cancel();
    },
  };
}

/** A third of the watchdog's time: two signs may be late. `undefined` without a watchdog for this process. */
function watchdogMs(env: NotifierOptions['env'], pid: number): number | undefined {
  const usec = Number(env['WATCHDOG_USEC']);
  const forPid = env['WATCHDOG_PID'];
  if (!(usec > 0) || (forPid !== undefined && forPid !== String(pid))) return undefined;
  return usec / 3000;
}

/** `systemd-notify` waits until the manager has taken the notice, at most so long, in ms. */
const TELL_MS = 5000;

/**
 * Through systemd's own `systemd-notify`, which is wherever systemd is. Node.js has no datagram sockets of the local family, and native code in
 * the daemon would cost every till memory for a few bytes a minute; a call takes 6 ms of processor time, in a process of its own. It waits
 * for the manager (since systemd 246), so that the notice is not dropped because its sender has ended.
 */
export function systemdNotify(env: Readonly<Record<string, string | undefined>>, log: Log, clock: Clock = systemClock): Tell {
  const { NOTIFY_SOCKET, PATH } = env;
  let told = false;
  const failed = (problem: string): void => {
    if (!told) log.warn('the service manager cannot be told', { problem });
    told = true;
  };
  return (words) =>
    new Promise((resolve) => {
      const child = spawn('systemd-notify', [...words], { env: { NOTIFY_SOCKET, PATH }, stdio: 'ignore' });
      const late = clock.timer(TELL_MS, () => child.kill('SIGKILL'));
      const over = (problem?: string): void => {
        late();
        if (problem !== undefined) failed(problem);
        resolve();
      };
      child.once('error', (error) => over(error.message));
      child.once('exit', (code, signal) => over(code === 0 ? undefined : `systemd-notify ended with ${signal ?? String(code)}`));
    });
}
