import { systemClock, type Cancel } from '@tillbridge/core';
import type { Downward, SpawnHost, Upward } from '@tillbridge/child-host';
import type { TypingProtocol } from '../hosted/protocol.js';
import { typingHost, type TypingHand } from '../hosted/typing-host.js';

/** The typing process without a process: the same code with a hand that a test plays, behind the same messages. */
export class InProcessTyping {
  readonly #make: () => Promise<TypingHand>;
  #crash: (() => void) | undefined;
  starts = 0;
  /** Swallows commands: a native call that does not return. */
  deaf = false;

  constructor(make: () => Promise<TypingHand>) {
    this.#make = make;
  }

  crash(): void {
    this.#crash?.();
  }

  readonly spawn: SpawnHost = ({ message, exit }) => {
    this.starts += 1;
    let over = false;
    const up = (upward: Upward<TypingProtocol>): void => {
      if (!over) message(structuredClone(upward));
    };
    const part = typingHost(this.#make, systemClock, { send: (report) => up({ kind: 'report', report }), pending: 0 });
    let stopBeats: Cancel = () => undefined;
    const beat = (): void => {
      up({ kind: 'beat' });
      if (!over) stopBeats = systemClock.timer(100, beat);
    };
    stopBeats = systemClock.timer(0, beat);
    const end = (problem: string): void => {
      if (over) return;
      over = true;
      stopBeats();
      exit(problem);
    };
    this.#crash = () => end('it crashed');
    return {
      send: (downward) => {
        if (over) return false;
        const told = structuredClone(downward) as Downward<TypingProtocol>;
        if (told.kind === 'command' && !this.deaf) part.command(told.command);
        if (told.kind === 'stop') void part.close().then(() => end('it ended'));
        return true;
      },
      kill: () => end('it was killed'),
    };
  };
}
