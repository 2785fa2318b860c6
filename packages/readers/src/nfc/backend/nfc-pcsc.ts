import type { Cancel, Clock } from '@tillbridge/core';
import { CardGone, CardReset, cardError, describeError } from './card-errors.js';
import { escapeCode } from './control-code.js';
import { NfcFault, type BackendEvents, type NfcBackend, type PresentCard } from './backend.js';
import type { NfcPcsc, NfcPcscModule, NfcPcscReader, ReaderStatus } from './nfc-pcsc-binding.js';

/** The longest short APDU's answer (256 bytes and the status word), with room for drivers that give more. */
const MAX_RESPONSE = 1024;
/** SCARD_STATE_UNKNOWN and SCARD_STATE_UNAVAILABLE of PC/SC: there is no such reader any more. */
const READER_GONE = 0x0004 | 0x0008;
/** The list follows the status within milliseconds, where it follows. */
const END_GRACE_MS = 1000;
/** pcsclite leaves a connection to the service behind with each reader that goes, and pcscd takes 200 in all (pcscd.h, PCSC_MAX_CONTEXT_THREADS). */
const MAX_ENDS = 16;
/** Connecting, letting go and escape commands take milliseconds, with a card that has to be powered up again up to a second or two. */
const CALL_MS = 10_000;

/**
 * PC/SC through nfc-pcsc, with its defects kept away from the rest:
 * its constructor never returns without a service (pokusew/nfc-pcsc#84), so the service is looked for first;
 * it connects to every card in every reader, so readers that are not wanted are unhooked in the very event that tells of them;
 * it emits connect errors as event names (Reader.js: `emit(err)`), so `emit` is watched;
 * it connects and disconnects by itself, beside whatever it was asked for (a command then finds no handle any more, or no protocol), so what
 * it does goes in turn with what we do;
 * `card.off` comes while its native lock is held, so nothing is done in that event; it is never closed, only left with its process;
 * it asks for the list of readers and then waits for a change of it (pcsclite.cpp, HandlerFunction): a reader that goes in between is never
 * said to have ended, nor found again when it is back. The reader's own status says that it is gone: then the process is given up.
 */
export class NfcPcscBackend implements NfcBackend {
  readonly name = 'nfc-pcsc';
  readonly #module: NfcPcscModule;
  readonly #clock: Clock;
  readonly #serviceRuns: () => Promise<boolean>;
  readonly #platform: NodeJS.Platform;
  readonly #slots = new Map<string, Slot>();
  #nfc: NfcPcsc | undefined;
  #ends = 0;

  constructor(module: NfcPcscModule, ports: { readonly clock: Clock; readonly serviceRuns: () => Promise<boolean>; readonly platform: NodeJS.Platform }) {
    this.#module = module;
    this.#clock = ports.clock;
    this.#serviceRuns = ports.serviceRuns;
    this.#platform = ports.platform;
  }

  async start(wanted: (reader: string) => boolean, events: BackendEvents): Promise<void> {
    if (this.#nfc !== undefined) throw new Error('started already');
    if (!(await this.#serviceRuns())) throw new NfcFault('serviceLost', 'the PC/SC service does not run');
    const nfc = new this.#module.NFC();
    this.#nfc = nfc;
    nfc.on('error', (error) => events.failed(new NfcFault('serviceLost', describeError(error))));
    nfc.on('reader', (reader) => {
      const use = wanted(reader.name);
      if (use) {
        this.#slots.set(reader.name, new Slot(reader, this.#clock, events));
        reader.on('error', (error) => events.failed(new NfcFault('serviceLost', describeError(error))));
      } else {
        // before its first status arrives: nfc-pcsc connects to the card of a reader only out of that event
        reader.reader.removeAllListeners('status');
        reader.on('error', () => undefined);
      }
      reader.on('end', () => {
        this.#slots.get(reader.name)?.end();
        this.#slots.delete(reader.name);
        events.readerRemoved(reader.name);
        this.#ends += 1;
        if (this.#ends === MAX_ENDS) events.failed(new NfcFault('spent', `readers went ${String(MAX_ENDS)} times`));
      });
      events.readerAdded(reader.name, use);
    });
  }

  escape(reader: string, command: Uint8Array): Promise<Uint8Array> {
    const slot = this.#slots.get(reader);
    return slot === undefined ? Promise.reject(new CardGone()) : slot.escape(command, escapeCode(this.#platform));
  }

  /** The process is about to end, and that is the only stop that cannot hang. */
  stop(): Promise<void> {
    for (const slot of this.#slots.values()) slot.end();
    this.#slots.clear();
    return Promise.resolve();
  }
}

/** Of one card in the field. */
interface Life {
  gone: boolean;
}

// a function of its own: what another event changes meanwhile, the compiler takes for unchanged
const stillThere = ({ gone }: Life): boolean => !gone;

/** One reader. */
class Slot {
  readonly #reader: NfcPcscReader;
  readonly #clock: Clock;
  readonly #events: BackendEvents;
  readonly #connect: NfcPcscReader['connect'];
  readonly #disconnect: NfcPcscReader['disconnect'];
  #card: Life | undefined;
  /** How many times a card came or went, when the card of now was told of. */
  #count = 0;
  #settled = false;
  /** A card was told of that has not left yet. */
  #told = false;
  #initial = false;
  #cancelWait: Cancel | undefined;
  #work: Promise<unknown> = Promise.resolve();

  constructor(reader: NfcPcscReader, clock: Clock, events: BackendEvents) {
    this.#reader = reader;
    this.#clock = clock;
    this.#events = events;
    reader.autoProcessing = false;
    const [connect, disconnect] = [reader.connect.bind(reader), reader.disconnect.bind(reader)];
    this.#connect = (mode) => this.#watched(connect(mode));
    this.#disconnect = () => this.#watched(disconnect());
    // when a card comes it connects, when one goes it disconnects
    reader.connect = (mode) => this.#inTurn(() => this.#connect(mode));
    reader.disconnect = () => this.#inTurn(() => this.#release());
    catchErrorsAsNames(reader, (error) => this.#later(() => this.#failed(error)));
    // the first status comes right after the reader is told of: what is there then was there before us
    reader.reader.on('status', (status) => this.#status(status));
    reader.on('card', ({ atr }) => this.#later(() => this.#came(atr)));
    reader.on('card.off', () => {
      if (this.#card !== undefined) this.#card.gone = true;
      this.#later(() => this.#went());
    });
  }

  end(): void {
    this.#cancelWait?.();
    if (this.#card !== undefined) this.#card.gone = true;
    this.#card = undefined;
  }

  async escape(command: Uint8Array, code: number): Promise<Uint8Array> {
    return this.#inTurn(async () => {
      const alone = !this.#connected();
      if (alone) await this.#connect('CONNECT_MODE_DIRECT');
      try {
        return await this.#watched(this.#control(command, code));
      } finally {
        // a card that came meanwhile found a connection without a protocol: `came` makes its own
        if (alone && this.#card === undefined) await this.#release().catch(() => undefined);
      }
    });
  }

  #control(command: Uint8Array, code: number): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      this.#reader.reader.control(Buffer.from(command), code, MAX_RESPONSE, (error, answer) => {
        if (error) reject(cardError(error));
        else resolve(Uint8Array.from(answer));
      });
    });
  }

  #status({ state, atr }: ReaderStatus): void {
    if ((state & READER_GONE) !== 0) this.#cancelWait ??= this.#clock.timer(END_GRACE_MS, () => this.#events.failed(new NfcFault('serviceLost', 'a reader is gone and was not taken off the list')));
    const present = (state & this.#reader.reader.SCARD_STATE_PRESENT) !== 0;
    const count = state >>> 16;
    const first = !this.#settled;
    this.#settled = true;
    if (!present) return;
    // nfc-pcsc compares two states only: a card that was taken away and another that came before it looked leave the same flags
    const swapped = this.#card !== undefined && count - this.#count >= 2;
    this.#count = count;
    if (first) this.#initial = true;
    if (!swapped) return;
    if (this.#card !== undefined) this.#card.gone = true;
    this.#later(() => {
      this.#went();
      void this.#inTurn(() => this.#connectAnew()).then(
        () => this.#came(atr),
        (error: unknown) => this.#failed(error),
      );
    });
  }

  #came(atr: Uint8Array | undefined): void {
    const initial = this.#initial;
    this.#initial = false;
    if (typeof this.#reader.connection?.protocol === 'number') {
      this.#tell(atr, initial);
      return;
    }
    // an escape command had the connection: its protocol is none
    void this.#inTurn(() => this.#connectAnew()).then(
      () => this.#tell(atr, initial),
      (error: unknown) => this.#failed(error),
    );
  }

  #tell(atr: Uint8Array | undefined, initial: boolean): void {
    const life: Life = { gone: false };
    this.#card = life;
    this.#told = true;
    const card: PresentCard = {
      atr: atr === undefined ? new Uint8Array() : Uint8Array.from(atr),
      initial,
      transmit: (apdu) => this.#transmit(life, apdu),
      // nfc-pcsc has no transactions
      exclusively: (work) => work(),
    };
    this.#events.cardPresent(this.#reader.name, card);
  }

  async #transmit(life: Life, apdu: Uint8Array): Promise<Uint8Array> {
    if (life.gone) throw new CardGone();
    let answer: Uint8Array;
    try {
      answer = await this.#inTurn(() => this.#reader.transmit(Buffer.from(apdu), MAX_RESPONSE));
    } catch (error) {
      const known = cardError(error);
      if (known instanceof CardReset && stillThere(life)) await this.#inTurn(() => this.#connectAnew()).catch(() => undefined);
      throw known;
    }
    // a card pulled in the middle of a command can resolve with nothing
    if (answer.length < 2) throw new CardGone();
    return Uint8Array.from(answer);
  }

  #failed(error: unknown): void {
    this.#told = true;
    this.#events.cardFailed(this.#reader.name, describeError(error));
  }

  #went(): void {
    this.#card = undefined;
    if (!this.#told) return;
    this.#told = false;
    this.#events.cardGone(this.#reader.name);
  }

  /** A call that does not come back holds the native lock: neither a card nor the reader's end is seen any more. */
  async #watched<T>(call: Promise<T>): Promise<T> {
    const cancel = this.#clock.timer(CALL_MS, () => this.#events.failed(new NfcFault('serviceLost', `a call to PC/SC has not come back in ${String(CALL_MS)} ms`)));
    try {
      return await call;
    } finally {
      cancel();
    }
  }

  #connected(): boolean {
    return this.#reader.connection !== null;
  }

  async #connectAnew(): Promise<void> {
    await this.#release().catch(() => undefined);
    await this.#connect();
  }

  /** nfc-pcsc throws where there is nothing to give up; meanwhile somebody else may have. */
  async #release(): Promise<void> {
    if (this.#connected()) await this.#disconnect();
  }

  /** nfc-pcsc has one connection a reader: what uses it goes one after the other. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = this.#work.then(work);
    this.#work = next.catch(() => undefined);
    return next;
  }

  #later(work: () => void): void {
    this.#clock.afterInput(work);
  }
}

/** nfc-pcsc's `Reader` calls `emit(err)` where it means `emit('error', err)`. */
function catchErrorsAsNames(reader: NfcPcscReader, caught: (error: Error) => void): void {
  const emit = reader.emit.bind(reader);
  reader.emit = (event: unknown, ...values: unknown[]): boolean => {
    if (!(event instanceof Error)) return emit(event, ...values);
    caught(event);
    return true;
  };
}
