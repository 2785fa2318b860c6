import { type Clock, type TillbridgeError } from '@tillbridge/core';
import type { HostPort } from '@tillbridge/child-host';
import { NfcFault, type NfcBackend, type PresentCard } from '../backend/backend.js';
import { describeError } from '../backend/card-errors.js';
import type { CardSession, ChainResult } from '../chain/types.js';
import { signalCommands } from '../feedback/signals.js';
import type { NfcCommand, NfcReport, Signal } from './protocol.js';
import type { BusChange, CcidBus } from './ccid-bus.js';
import { Slot, type Reading } from './slot.js';
import { wireProblem } from './wire-secrets.js';

export interface NfcHostParts {
  readonly backend: NfcBackend;
  readonly passedOver?: string;
  readonly clock: Clock;
  readonly wanted: (reader: string) => boolean;
  /** The reading chain. Never rejects. */
  readonly read: (session: CardSession, signal: AbortSignal) => Promise<ChainResult>;
  /** Readers whose present card is left alone. */
  readonly skip: readonly string[];
  readonly inspect: boolean;
  /** Where the system shows readers on its bus: somebody to hold against it what the backend tells. */
  readonly bus?: (missed: (change: BusChange) => void) => CcidBus;
}

/** GET DATA for the UID (PC/SC part 3, 3.2.2.1.3). */
const GET_UID = Uint8Array.of(0xff, 0xca, 0x00, 0x00, 0x00);

/** What runs in the NFC process: cards in, codes out. */
export class NfcHost {
  readonly #parts: NfcHostParts;
  readonly #port: HostPort<NfcReport>;
  readonly #slots = new Map<string, Slot>();
  /** The card in the field of each reader. */
  readonly #cards = new Map<string, PresentCard>();
  /** Readers with a card that cannot be talked to. */
  readonly #unreachable = new Set<string>();
  /** The reader that had the last card: the one that signals go to. */
  #last: string | undefined;
  #signalling = false;
  readonly #bus: CcidBus | undefined;

  constructor(parts: NfcHostParts, port: HostPort<NfcReport>) {
    this.#parts = parts;
    this.#port = port;
    this.#bus = parts.bus?.((change) => this.#fault(new NfcFault('spent', `a reader was ${change}, and PC/SC did not say so`)));
  }

  /** Never rejects: what goes wrong is reported. */
  async start(): Promise<void> {
    const { backend, wanted, passedOver } = this.#parts;
    try {
      await backend.start(wanted, {
        readerAdded: (name, use) => this.#readerAdded(name, use),
        readerRemoved: (name) => this.#readerRemoved(name),
        cardPresent: (reader, card) => this.#came(reader, card),
        cardGone: (reader) => this.#left(reader),
        cardFailed: (reader) => this.#failed(reader),
        failed: (fault) => this.#fault(fault),
      });
      this.#bus?.start();
      this.#port.send({ kind: 'started', backend: backend.name, ...(passedOver === undefined ? {} : { passedOver }) });
    } catch (error) {
      this.#fault(error instanceof NfcFault ? error : new NfcFault('broken', describeError(error)));
    }
  }

  command(command: NfcCommand): void {
    const reader = command.reader ?? this.#last ?? [...this.#slots.keys()][0];
    // never queued: behind a row of signals the next card would have to wait
    if (reader === undefined || this.#signalling) return;
    this.#signalling = true;
    void this.#signal(reader, command.signal).finally(() => (this.#signalling = false));
  }

  close(): Promise<void> {
    this.#bus?.stop();
    return this.#parts.backend.stop();
  }

  #readerAdded(name: string, wanted: boolean): void {
    this.#bus?.told('added');
    const { clock, read, skip } = this.#parts;
    if (wanted) {
      const stuck = (timeoutMs: number): void => this.#port.send({ kind: 'fault', fault: 'stuck', problem: `${String(timeoutMs)} ms`, reader: name });
      this.#slots.set(name, new Slot({ reader: name, clock, read, done: (reading) => this.#done(name, reading), stuck }, skip.includes(name)));
    }
    this.#port.send({ kind: 'reader', name, present: true, wanted });
  }

  #readerRemoved(name: string): void {
    this.#bus?.told('removed');
    this.#left(name);
    const wanted = this.#slots.delete(name);
    this.#port.send({ kind: 'reader', name, present: false, wanted });
  }

  #came(reader: string, card: PresentCard): void {
    this.#last = reader;
    this.#unreachable.delete(reader);
    this.#cards.set(reader, card);
    this.#port.send({ kind: 'card', reader, present: true });
    if (this.#parts.inspect) void this.#inspect(reader, card);
    else this.#slots.get(reader)?.came(card);
  }

  /** It came too shortly to be spoken to, or another program holds it for itself. */
  #failed(reader: string): void {
    this.#unreachable.add(reader);
    this.#port.send({ kind: 'card', reader, present: true });
    this.#port.send({ kind: 'unread', reader, reason: 'removed', hint: 'holdLonger', steps: [] });
  }

  #left(reader: string): void {
    const unreachable = this.#unreachable.delete(reader);
    if (!this.#cards.delete(reader) && !unreachable) return;
    this.#slots.get(reader)?.left();
    this.#port.send({ kind: 'card', reader, present: false });
  }

  /** The UID first: reading the chain may leave another application selected. */
  async #inspect(reader: string, card: PresentCard): Promise<void> {
    const answer = await card.transmit(GET_UID).catch(() => undefined);
    const uid = answer !== undefined && answer.length > 2 && answer.at(-2) === 0x90 && answer.at(-1) === 0x00 ? answer.subarray(0, -2) : undefined;
    this.#port.send({ kind: 'inspected', reader, atr: card.atr, ...(uid === undefined ? {} : { uid: Uint8Array.from(uid) }) });
    if (this.#cards.get(reader) === card) this.#slots.get(reader)?.came(card);
  }

  #done(reader: string, { card, result, tookMs, cardMs }: Reading): void {
    if (result.status === 'read') {
      const { source, code, name, steps } = result;
      this.#port.send({ kind: 'read', reader, source, code: code.reveal(), ...(name === undefined ? {} : { name }), initial: card.initial, steps, tookMs, cardMs, sentWall: this.#parts.clock.wall() });
      return;
    }
    const { reason, hint, problem, steps } = result;
    this.#port.send({ kind: 'unread', reader, reason, ...(hint === undefined ? {} : { hint }), ...(problem === undefined ? {} : { problem: wireProblem(problem) }), steps });
  }

  #fault({ kind, message }: NfcFault): void {
    this.#port.send({ kind: 'fault', fault: kind, problem: message });
  }

  async #signal(reader: string, signal: Signal): Promise<void> {
    const { backend } = this.#parts;
    try {
      for (const { way, bytes } of signalCommands(reader, signal)) {
        const card = way === 'card' ? this.#cards.get(reader) : undefined;
        // a card that has just left, and whose event is still on its way, takes nothing any more
        const through = card === undefined ? false : await card.transmit(bytes).then(() => true, () => false);
        if (!through) await backend.escape(reader, bytes);
      }
    } catch (error) {
      this.#port.send({ kind: 'signalFailed', reader, problem: describeError(error) });
    }
  }
}

/** Settings that the chain refuses. */
export function settingsReport(error: TillbridgeError): NfcReport {
  return { kind: 'settings', problem: wireProblem(error) };
}
