import { systemClock, type Cancel } from '@tillbridge/core';
import type { Downward, HostedPart, HostPort, SpawnHost, Upward } from '@tillbridge/child-host';
import { keyboardHost, type HostParts } from '../host/host.js';
import type { HostCommand, HostReport, KeyboardProtocol } from '../host/protocol.js';

/** The keyboard's process without a process: the same code on parts that a test plays, behind the same messages. */
export class InProcessHosts {
  readonly #parts: HostParts;
  #crash: (() => void) | undefined;
  starts = 0;

  constructor(parts: HostParts) {
    this.#parts = parts;
  }

  /** The process dies without a word; its keyboard is given back by the kernel. */
  crash(): void {
    this.#crash?.();
  }

  readonly spawn: SpawnHost = ({ message, exit }) => {
    this.starts += 1;
    let over = false;
    const up = (upward: Upward<KeyboardProtocol>): void => {
      if (!over) message(structuredClone(upward));
    };
    const port: HostPort<HostReport> = { send: (report) => up({ kind: 'report', report }), pending: 0 };
    const part: HostedPart<HostCommand> = keyboardHost(this.#parts, port);
    let stopBeats: Cancel = () => undefined;
    const beat = (): void => {
      up({ kind: 'beat' });
      if (!over) stopBeats = systemClock.timer(200, beat);
    };
    stopBeats = systemClock.timer(1, beat);
    const end = (problem: string): void => {
      if (over) return;
      over = true;
      stopBeats();
      exit(problem);
    };
    this.#crash = () => {
      void part.close();
      end('it crashed');
    };
    return {
      send: (downward) => {
        if (over) return false;
        const { kind, ...rest } = structuredClone(downward) as Downward<KeyboardProtocol>;
        if (kind === 'command' && 'command' in rest) part.command(rest.command);
        if (kind === 'stop') void part.close().then(() => end('it ended'));
        return true;
      },
      kill: () => {
        void part.close();
        end('it was killed');
      },
    };
  };
}
