import { systemClock, type Cancel, type Clock } from '@tillbridge/core';
import type { ProcessEvents, SpawnHost } from '@tillbridge/child-host';
import type { CardSession, ChainResult } from '../chain/types.js';
import { isWanted } from '../backend/allow.js';
import type { NfcBackend } from '../backend/backend.js';
import { NfcHost } from '../host/nfc-host.js';
import type { NfcCommand, NfcSetup } from '../host/protocol.js';

/** Lives of the NFC process so far. */
export interface Played {
  readonly setup: NfcSetup;
  killed: boolean;
  /** Ends it as a crash would. */
  crash(): void;
}

/** Plays the NFC process inside this one: the same host around a backend of the test, the same messages, copied as a pipe would. */
export function loopback(
  makeBackend: () => NfcBackend,
  read: (session: CardSession, signal: AbortSignal) => Promise<ChainResult>,
  clock: Clock = systemClock,
): { readonly spawn: SpawnHost; readonly lives: Played[] } {
  const lives: Played[] = [];
  const spawn: SpawnHost = (events: ProcessEvents) => {
    let alive = true;
    let host: NfcHost | undefined;
    let cancelBeat: Cancel = () => undefined;
    const deliver = (message: unknown): void => {
      queueMicrotask(() => {
        if (alive) events.message(structuredClone(message));
      });
    };
    const end = (problem: string): void => {
      if (!alive) return;
      alive = false;
      cancelBeat();
      void host?.close();
      queueMicrotask(() => events.exit(problem));
    };
    const beat = (): void => {
      deliver({ kind: 'beat' });
      cancelBeat = clock.timer(500, beat, { ref: false });
    };
    const begin = (setup: NfcSetup): void => {
      lives.push({ setup, killed: false, crash: () => end('crash') });
      const { name, skip, inspect } = setup;
      host = new NfcHost({ backend: makeBackend(), clock, wanted: (reader) => isWanted(reader, name), read, skip, inspect }, { send: (report) => deliver({ kind: 'report', report }), pending: 0 });
      beat();
      void host.start();
    };
    return {
      send: (message) => {
        if (!alive) return false;
        const down = structuredClone(message) as { kind: 'setup'; setup: NfcSetup } | { kind: 'command'; command: NfcCommand } | { kind: 'stop' };
        if (down.kind === 'setup') begin(down.setup);
        else if (down.kind === 'command') host?.command(down.command);
        else end('exit code 0');
        return true;
      },
      kill: () => {
        const life = lives.at(-1);
        if (life !== undefined && alive) life.killed = true;
        end('SIGKILL');
      },
    };
  };
  return { spawn, lives };
}
