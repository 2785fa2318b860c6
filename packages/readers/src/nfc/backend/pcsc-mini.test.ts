import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import type { BackendEvents, NfcFault, PresentCard } from './backend.js';
import { PcscMiniBackend, type PcscMiniModule } from './pcsc-mini.js';

const PRESENT = 0x20;
const SESSIONS = 4;

/** The package, as far as it is used: four sessions, and one whose reader went away during a command is never free again. */
function playedModule() {
  const client = Object.assign(new EventEmitter(), { start: () => undefined });
  const state = { sessions: 0, pulled: false, waiting: undefined as ((error: Error) => void) | undefined, busy: false };
  const card = () => {
    let spoilt = false;
    return {
      transmit: () =>
        new Promise<Uint8Array>((_, reject) => {
          state.busy = true;
          state.waiting = (error) => {
            state.busy = false;
            spoilt = true;
            reject(error);
          };
        }),
      control: () => Promise.resolve(Buffer.from('9000', 'hex')),
      disconnect: () => {
        // the real one blocks here for ever
        if (state.busy) throw new Error('a command is under way');
        if (spoilt) return Promise.reject(new Error('InvalidHandle'));
        state.sessions -= 1;
        return Promise.resolve();
      },
      state: () => Promise.resolve({ atr: Buffer.of(0x3b) }),
      transaction: () => Promise.reject(new Error('none')),
      reconnect: () => Promise.resolve(),
    };
  };
  class Reader extends EventEmitter {
    name = (): string => 'acr';
    connect(): Promise<unknown> {
      if (state.sessions === SESSIONS) return Promise.reject(new Error('QueueFull'));
      state.sessions += 1;
      return Promise.resolve(card());
    }
  }
  function Client(): EventEmitter {
    return client;
  }
  const module = { Client, CardMode: { SHARED: 2, DIRECT: 3 }, CardDisposition: { LEAVE: 0 }, ReaderStatus: { PRESENT, MUTE: 0x200 }, controlCode: () => 1 };
  return { module: module as unknown as PcscMiniModule, client, state, plug: () => {
    const reader = new Reader();
    client.emit('reader', reader);
    return reader;
  } };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('pcsc-mini, its defects kept away', () => {
  const open = async () => {
    const played = playedModule();
    const faults: NfcFault[] = [];
    const cards: PresentCard[] = [];
    const failures: string[] = [];
    const nothing = (): void => undefined;
    const events: BackendEvents = { readerAdded: nothing, readerRemoved: nothing, cardGone: nothing, cardPresent: (_, card) => cards.push(card), cardFailed: (_, problem) => failures.push(problem), failed: (fault) => faults.push(fault) };
    const backend = new PcscMiniBackend(played.module, { serviceRuns: () => Promise.resolve(true), platform: 'linux' });
    await backend.start(() => true, events);
    return { ...played, backend, faults, cards, failures };
  };

  it('unplugged during a command twice: its process is asked for anew, before no card can be connected to any more', async () => {
    const { plug, cards, state, faults, failures } = await open();
    for (const lost of [1, 2]) {
      const reader = plug();
      reader.emit('change', { raw: PRESENT });
      await settled();
      const answer = cards.at(-1)?.transmit(Buffer.of(0)).catch(() => 'gone');
      await settled();
      reader.emit('disconnect');
      state.waiting?.(new Error('ReaderUnavailable'));
      expect(await answer).toBe('gone');
      await settled();
      expect(faults.map(({ kind }) => kind)).toEqual(lost < 2 ? [] : ['spent']);
    }
    expect(state.sessions).toBeLessThan(SESSIONS);
    expect(failures).toEqual([]);
  });

  it('a card taken away, a hundred times: nothing is lost', async () => {
    const { plug, cards, state, faults } = await open();
    const reader = plug();
    for (let round = 0; round < 100; round += 1) {
      reader.emit('change', { raw: PRESENT });
      await settled();
      reader.emit('change', { raw: 0 });
      await settled();
    }
    expect({ cards: cards.length, sessions: state.sessions, faults }).toEqual({ cards: 100, sessions: 0, faults: [] });
  });

  it('a signal without a card takes a session for itself, and gives it back', async () => {
    const { plug, state, backend } = await open();
    plug();
    await backend.escape('acr', Buffer.of(0xe0));
    await settled();
    expect(state.sessions).toBe(0);
  });
});
