import { isTillbridgeError, type Clock } from '@tillbridge/core';
import type { HostedPart, HostPort } from '@tillbridge/child-host';
import { refused } from '../injector.js';
import type { TypingCommand, TypingReport } from './protocol.js';
import { Typist } from './typist.js';
import type { Windows } from './windows.js';

/** The process that types. Decides nothing: it hands commands to the typist and its answers back. */
export function typingHost(load: () => Promise<Windows>, clock: Clock, port: HostPort<TypingReport>): HostedPart<TypingCommand> {
  const running = new Map<number, AbortController>();
  let typist: Typist | undefined;
  load().then(
    (windows) => {
      if (!windows.interactive()) {
        port.send({ kind: 'failed', failure: 'noDesktop', problem: 'no desktop' });
        return;
      }
      typist = new Typist(windows, clock);
      port.send({ kind: 'opened' });
    },
    (error: unknown) => {
      const failure = isTillbridgeError(error) && error.code === 'TB_NATIVE_MISSING' ? 'noNative' : 'other';
      port.send({ kind: 'failed', failure, problem: error instanceof Error ? error.message : String(error) });
    },
  );

  const type = async ({ call, stroke, sentAt }: Extract<TypingCommand, { kind: 'type' }>, at: Typist): Promise<void> => {
    const stop = new AbortController();
    running.set(call, stop);
    const withinMs = stroke.withinMs - Math.max(0, clock.wall() - sentAt);
    const result = await at.type({ ...stroke, withinMs }, stop.signal);
    running.delete(call);
    port.send({ kind: 'done', call, result });
  };

  return {
    command: (command) => {
      const { call } = command;
      if (command.kind === 'withdraw') running.get(call)?.abort();
      else if (typist === undefined) port.send({ kind: 'done', call, result: refused('notConnected') });
      else if (command.kind === 'look') port.send({ kind: 'looked', call, look: typist.look(command.guard) });
      else if (command.kind === 'replay') port.send({ kind: 'done', call, result: typist.replay(command.keys, new AbortController().signal) });
      else void type(command, typist);
    },
    close: () => {
      for (const stop of running.values()) stop.abort();
      return Promise.resolve();
    },
  };
}
