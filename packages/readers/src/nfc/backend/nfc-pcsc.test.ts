import { EventEmitter } from 'node:events';
import { VirtualClock } from '@tillbridge/testkit';
import { describe, expect, it } from 'vitest';
import type { BackendEvents, NfcFault, PresentCard } from './backend.js';
import { CardGone } from './card-errors.js';
import { escapeCode } from './control-code.js';
import type { NfcPcscModule } from './nfc-pcsc-binding.js';
import { NfcPcscBackend } from './nfc-pcsc.js';

const PRESENT = 0x20;
const EMPTY = 0x10;

/** pcsclite's reader, as far as the package uses it. */
class PlayedPcsclite extends EventEmitter {
  readonly SCARD_STATE_PRESENT = PRESENT;
  readonly SCARD_LEAVE_CARD = 0;
  readonly controls: { readonly code: number; readonly hex: string }[] = [];
  readonly name: string;
  constructor(name: string) {
    super();
    this.name = name;
  }
  control(data: Buffer, code: number, _max: number, answer: (error: null, value: Buffer) => void): void {
    this.controls.push({ code, hex: data.toString('hex') });
    answer(null, Buffer.from('9000', 'hex'));
  }
}

/** nfc-pcsc's reader: connects on its own, emits errors as names, tells `card.off` before it disconnects. */
class PlayedReader extends EventEmitter {
  autoProcessing = true;
  connection: { protocol?: number } | null = null;
  readonly reader: PlayedPcsclite;
  connects = 0;
  /** How long a disconnect takes. */
  disconnecting: Promise<void> = Promise.resolve();
  answer: () => Promise<Uint8Array> = () => Promise.resolve(Buffer.from('9000', 'hex'));
  constructor(name: string) {
    super();
    this.reader = new PlayedPcsclite(name);
    this.reader.on('status', () => undefined);
  }
  get name(): string {
    return this.reader.name;
  }
  connect(mode?: string): Promise<unknown> {
    this.connects += 1;
    this.connection = mode === 'CONNECT_MODE_DIRECT' ? {} : { protocol: 2 };
    return Promise.resolve();
  }
  async disconnect(): Promise<unknown> {
    if (this.connection === null) throw new Error('not connected');
    await this.disconnecting;
    this.connection = null;
    return true;
  }
  transmit(): Promise<Uint8Array> {
    return this.answer();
  }
  async cardComes(count: number, atr = Buffer.of(0x3b)): Promise<void> {
    this.reader.emit('status', { state: (count << 16) | PRESENT, atr });
    await this.connect();
    this.emit('card', { atr });
  }
}

const bench = async (platform: NodeJS.Platform = 'linux', service = true) => {
  const clock = new VirtualClock();
  const nfc = new EventEmitter();
  const said: string[] = [];
  const cards: PresentCard[] = [];
  let made = 0;
  function NFC(): EventEmitter {
    made += 1;
    return nfc;
  }
  const module = { NFC } as unknown as NfcPcscModule;
  const backend = new NfcPcscBackend(module, { clock, serviceRuns: () => Promise.resolve(service), platform });
  const events: BackendEvents = {
    readerAdded: (name, wanted) => said.push(`+${name} ${String(wanted)}`),
    readerRemoved: (name) => said.push(`-${name}`),
    cardPresent: (reader, card) => {
      said.push(`card ${reader}${card.initial ? ' initial' : ''}`);
      cards.push(card);
    },
    cardGone: (reader) => said.push(`gone ${reader}`),
    cardFailed: (reader, problem) => said.push(`failed ${reader} ${problem}`),
    failed: (fault: NfcFault) => said.push(`fault ${fault.kind}`),
  };
  const started = backend.start((name) => name === 'acr', events);
  if (service) await started;
  const plug = (name: string): PlayedReader => {
    const reader = new PlayedReader(name);
    nfc.emit('reader', reader);
    return reader;
  };
  return { clock, nfc, said, cards, backend, plug, started, made: () => made };
};

describe('nfc-pcsc, its defects kept away', () => {
  it('without a service its constructor, which would never return, is not called', async () => {
    const { started, made } = await bench('linux', false);
    await expect(started).rejects.toMatchObject({ kind: 'serviceLost' });
    expect(made()).toBe(0);
  });

  it('a reader that is not wanted is unhooked in the event that tells of it', async () => {
    const { plug, said } = await bench();
    const token = plug('token');
    expect(token.reader.listenerCount('status')).toBe(0);
    expect(plug('acr').reader.listenerCount('status')).toBeGreaterThan(0);
    expect(said).toEqual(['+token false', '+acr true']);
    expect(() => token.emit('error', new Error('x'))).not.toThrow();
  });

  it('does the cards itself: nfc-pcsc would look for an application on each', async () => {
    const { plug } = await bench();
    expect(plug('acr').autoProcessing).toBe(false);
  });

  it('tells of cards later than their events, never inside of them: a lock is held there', async () => {
    const { plug, said, clock } = await bench();
    const reader = plug('acr');
    await reader.cardComes(1);
    expect(said).toEqual(['+acr true']);
    await clock.advance(0);
    expect(said.at(-1)).toBe('card acr initial');
    reader.emit('card.off');
    expect(said.at(-1)).toBe('card acr initial');
    await clock.advance(0);
    expect(said.at(-1)).toBe('gone acr');
  });

  it('a reader that is gone and never said to have ended: the process is given up; one that has ended is not', async () => {
    const { plug, said, clock } = await bench();
    const first = plug('acr');
    first.reader.emit('status', { state: 0x0006 });
    first.emit('end');
    await clock.advance(5000);
    expect(said.at(-1)).toBe('-acr');
    const second = plug('acr');
    second.reader.emit('status', { state: 0x0006 });
    second.reader.emit('status', { state: 0x000e });
    await clock.advance(999);
    expect(said).not.toContain('fault serviceLost');
    await clock.advance(1);
    expect(said.filter((line) => line === 'fault serviceLost')).toHaveLength(1);
  });

  it('a call of nfc-pcsc that does not come back: the process is given up', async () => {
    const { plug, said, clock } = await bench();
    const reader = plug('acr');
    await reader.cardComes(1);
    reader.disconnecting = new Promise(() => undefined);
    void reader.disconnect();
    await clock.advance(9_999);
    expect(said).not.toContain('fault serviceLost');
    await clock.advance(1);
    expect(said.at(-1)).toBe('fault serviceLost');
  });

  it('readers that come and go leave connections behind: after sixteen the process is spent', async () => {
    const { plug, said } = await bench();
    for (let i = 0; i < 16; i += 1) {
      expect(said).not.toContain('fault spent');
      plug('acr').emit('end');
    }
    expect(said.slice(-2)).toEqual(['-acr', 'fault spent']);
  });

  it('hears connect errors, which are emitted as the name of an event', async () => {
    const { plug, said, clock } = await bench();
    plug('acr').emit(new Error('SCardConnect error: Sharing violation.(0x8010000b)') as never);
    await clock.advance(0);
    expect(said.at(-1)).toContain('failed acr SCardConnect error: Sharing violation');
  });

  it('a signal to a reader whose card has just gone waits until nfc-pcsc has let go of it, and gets there', async () => {
    const { plug, clock, backend } = await bench();
    const reader = plug('acr');
    await reader.cardComes(1);
    await clock.advance(0);
    let letGo = (): void => undefined;
    reader.disconnecting = new Promise((resolve) => (letGo = resolve));
    reader.emit('card.off');
    const disconnected = reader.disconnect();
    const escaped = backend.escape('acr', Buffer.of(1));
    await clock.advance(0);
    expect(reader.reader.controls).toEqual([]);
    letGo();
    await disconnected;
    await escaped;
    expect(reader.connects).toBe(2);
    expect(reader.reader.controls).toHaveLength(1);
    expect(reader.connection).toBe(null);
    // and once more, with nothing to let go of
    await expect(reader.disconnect()).resolves.toBeUndefined();
  });

  it('sees a card that was swapped between two looks: by the count that the state carries', async () => {
    const { plug, said, clock, cards } = await bench();
    const reader = plug('acr');
    reader.reader.emit('status', { state: EMPTY });
    await reader.cardComes(1);
    await clock.advance(0);
    reader.reader.emit('status', { state: (3 << 16) | PRESENT, atr: Buffer.of(0x3b, 0x80) });
    await clock.advance(0);
    expect(said.slice(1)).toEqual(['card acr', 'gone acr', 'card acr']);
    await expect(cards[0]?.transmit(Uint8Array.of(0))).rejects.toThrow(CardGone);
    await expect(cards[1]?.transmit(Uint8Array.of(0))).resolves.toEqual(Uint8Array.of(0x90, 0));
    // another program's connection changes flags, not the count
    reader.reader.emit('status', { state: (3 << 16) | PRESENT | 0x100 });
    await clock.advance(0);
    expect(said).toHaveLength(4);
  });

  it('takes an empty answer for a card that was pulled', async () => {
    const { plug, clock, cards } = await bench();
    const reader = plug('acr');
    await reader.cardComes(1);
    await clock.advance(0);
    reader.answer = () => Promise.resolve(new Uint8Array());
    await expect(cards[0]?.transmit(Uint8Array.of(0))).rejects.toThrow(CardGone);
  });

  it('has one command under way at a time', async () => {
    const { plug, clock, cards } = await bench();
    const reader = plug('acr');
    await reader.cardComes(1);
    await clock.advance(0);
    let [running, most] = [0, 0];
    reader.answer = async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise<void>((resolve) => clock.timer(5, resolve));
      running -= 1;
      return Buffer.from('9000', 'hex');
    };
    const both = Promise.all([cards[0]?.transmit(Uint8Array.of(0)), cards[0]?.transmit(Uint8Array.of(1))]);
    await clock.advance(20);
    await both;
    expect(most).toBe(1);
  });

  it.each([['win32', 0x3136b0], ['linux', 0x42000001], ['darwin', 0x42000001]] as const)('sends escape commands with the code of %s', async (platform, code) => {
    const { plug, backend } = await bench(platform);
    const reader = plug('acr');
    await backend.escape('acr', Uint8Array.of(0xe0));
    expect(reader.reader.controls).toEqual([{ code, hex: 'e0' }]);
    expect(escapeCode(platform)).toBe(code);
    // alone it connects to the reader itself, and lets go of it
    expect(reader.connection).toBe(null);
  });

  it('a card that comes while an escape command has the connection gets one of its own', async () => {
    const { plug, clock, said } = await bench();
    const reader = plug('acr');
    await reader.connect('CONNECT_MODE_DIRECT');
    reader.emit('card', { atr: Buffer.of(0x3b) });
    await clock.advance(0);
    expect(reader.connection?.protocol).toBe(2);
    expect(said.at(-1)).toBe('card acr');
  });

  it('an error of the service ends it; a reader that goes is told of', async () => {
    const { plug, nfc, said } = await bench();
    const reader = plug('acr');
    reader.emit('end');
    nfc.emit('error', new Error('SCardGetStatusChange error: RPC transport error.(0x80100013)'));
    expect(said.slice(1)).toEqual(['-acr', 'fault serviceLost']);
  });
});
