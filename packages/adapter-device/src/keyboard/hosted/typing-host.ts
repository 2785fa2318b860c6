import { isTillbridgeError, type Clock, type KeyEvent } from '@tillbridge/core';
import type { HostedPart, HostPort } from '@tillbridge/child-host';
import { refused, type Look, type Stroke, type TypeResult, type WindowGuard } from '../injector.js';
import type { TypingCommand, TypingFailure, TypingReport } from './protocol.js';

/** What types, in the process that does so. */
export interface TypingHand {
  type(stroke: Stroke, signal: AbortSignal): Promise<TypeResult>;
  replay(keys: readonly KeyEvent[], signal: AbortSignal): TypeResult;
  look(guard: WindowGuard | undefined): Look;
  /** Lets go of every key and of the device. */
  close?(): void;
}

/** Why there is nothing to type with. */
export class CannotType extends Error {
  readonly failure: TypingFailure;

  constructor(failure: TypingFailure, problem: string) {
    super(problem);
    this.failure = failure;
  }
}

/** The process that types. Decides nothing: it hands commands to its hand and the answers back. */
export function typingHost(make: () => Promise<TypingHand>, clock: Clock, port: HostPort<TypingReport>): HostedPart<TypingCommand> {
  const running = new Map<number, AbortController>();
  let hand: TypingHand | undefined;
  make().then(
    (made) => {
      hand = made;
      port.send({ kind: 'opened' });
    },
    (error: unknown) => {
      const missing = isTillbridgeError(error) && error.code === 'TB_NATIVE_MISSING';
      const failure = error instanceof CannotType ? error.failure : missing ? 'noNative' : 'other';
      port.send({ kind: 'failed', failure, problem: error instanceof Error ? error.message : String(error) });
    },
  );

  const type = async ({ call, stroke, sentAt }: Extract<TypingCommand, { kind: 'type' }>, at: TypingHand): Promise<void> => {
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
      else if (hand === undefined) port.send({ kind: 'done', call, result: refused('notConnected') });
      else if (command.kind === 'look') port.send({ kind: 'looked', call, look: hand.look(command.guard) });
      else if (command.kind === 'replay') port.send({ kind: 'done', call, result: hand.replay(command.keys, new AbortController().signal) });
      else void type(command, hand);
    },
    close: () => {
      for (const stop of running.values()) stop.abort();
      hand?.close?.();
      return Promise.resolve();
    },
  };
}
