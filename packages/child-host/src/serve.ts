import { systemClock } from '@tillbridge/core';
import { BEAT_MS, CLOSE_MS, type Downward, type HostProtocol, type Upward } from './wire.js';

/** The way back to the parent. */
export interface HostPort<Report> {
  /** Reports arrive in order. */
  send(report: Report): void;
  /** Reports that the parent has not taken yet: where it grows, leave out what can be left out. */
  readonly pending: number;
}

/** What runs in the process. */
export interface HostedPart<Command> {
  command(command: Command): void;
  /** Lets go of the devices; has 1 s. Also called when the parent was killed. */
  close(): Promise<void>;
}

/** The part of `process` that is used; a test plays it. */
export type HostChannel = Pick<NodeJS.Process, 'on' | 'once' | 'exit' | 'connected'> & { send?(message: unknown, sent: (error: Error | null) => void): unknown };

/**
 * Runs the child's side of `superviseHost`: says every 500 ms that it lives, hands on commands, ends when it is told to and when the parent
 * is gone.
 */
export function serveHost<P extends HostProtocol>(
  start: (setup: P['setup'], port: HostPort<P['report']>) => HostedPart<P['command']>,
  channel: HostChannel = process,
): void {
  const state = { pending: 0 };
  const send = (message: Upward<P>): void => {
    // the parent may be gone by now: nobody is left to be told
    if (!channel.connected) return;
    state.pending += 1;
    channel.send?.(message, () => (state.pending -= 1));
  };
  const port: HostPort<P['report']> = {
    send: (report) => send({ kind: 'report', report }),
    get pending() {
      return state.pending;
    },
  };
  const beat = (): void => {
    if (state.pending === 0) send({ kind: 'beat' });
    systemClock.timer(BEAT_MS, beat);
  };
  let part: HostedPart<P['command']> | undefined;
  let ending = false;
  const end = (code: number): void => {
    if (ending) return;
    ending = true;
    systemClock.timer(CLOSE_MS, () => channel.exit(code));
    void (part?.close() ?? Promise.resolve()).then(
      () => channel.exit(code),
      () => channel.exit(code),
    );
  };
  // Ctrl-C and a service manager signal the whole group: reads come until the daemon has finished what is in flight, and hangs up
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) channel.on(signal, () => undefined);
  channel.once('disconnect', () => end(0));
  channel.once('uncaughtException', (error: unknown) => {
    send({ kind: 'fatal', problem: error instanceof Error ? error.message : String(error) });
    end(1);
  });
  channel.on('message', (message: unknown) => {
    const downward = message as Downward<P>;
    if (downward.kind === 'setup') {
      beat();
      part ??= start(downward.setup, port);
    } else if (downward.kind === 'command') part?.command(downward.command);
    else end(0);
  });
}
