import { CardGone } from '../backend/card-errors.js';
import type { BackendEvents, NfcBackend, NfcFault, PresentCard } from '../backend/backend.js';

/** What a played card answers. */
export type Respond = (apdu: Uint8Array) => Uint8Array | Promise<Uint8Array>;

/** A storage card's answer to reset (PC/SC part 3): MIFARE Classic 1K. */
export const STORAGE_ATR = Uint8Array.from(Buffer.from('3b8f8001804f0ca000000306030001000000006a', 'hex'));

/** PC/SC played in memory: readers, cards, escapes, and what goes wrong with them. */
export class FakeBackend implements NfcBackend {
  readonly name = 'fake';
  /** Escape commands, in the order in which they came. */
  readonly escapes: { readonly reader: string; readonly hex: string }[] = [];
  readonly #readers = new Map<string, { gone: boolean } | undefined>();
  #wanted: (reader: string) => boolean = () => false;
  #events: BackendEvents | undefined;
  stopped = false;
  /** What `start` ends with. */
  refuses: NfcFault | undefined;

  start(wanted: (reader: string) => boolean, events: BackendEvents): Promise<void> {
    if (this.refuses !== undefined) return Promise.reject(this.refuses);
    this.#wanted = wanted;
    this.#events = events;
    for (const name of this.#readers.keys()) events.readerAdded(name, wanted(name));
    return Promise.resolve();
  }

  escape(reader: string, command: Uint8Array): Promise<Uint8Array> {
    if (!this.#readers.has(reader)) return Promise.reject(new CardGone());
    this.escapes.push({ reader, hex: Buffer.from(command).toString('hex') });
    return Promise.resolve(Uint8Array.of(0x90, 0x00));
  }

  stop(): Promise<void> {
    this.stopped = true;
    this.#events = undefined;
    return Promise.resolve();
  }

  // --- what a test does

  plug(name: string): void {
    this.#readers.set(name, undefined);
    this.#events?.readerAdded(name, this.#wanted(name));
  }

  unplug(name: string): void {
    const card = this.#readers.get(name);
    if (card !== undefined) card.gone = true;
    this.#readers.delete(name);
    this.#events?.readerRemoved(name);
  }

  /** A card comes; where one is, it takes its place. */
  tap(name: string, respond: Respond, { initial = false, atr = STORAGE_ATR }: { readonly initial?: boolean; readonly atr?: Uint8Array } = {}): void {
    const before = this.#readers.get(name);
    if (before !== undefined) before.gone = true;
    const life = { gone: false };
    this.#readers.set(name, life);
    const card: PresentCard = {
      atr,
      initial,
      transmit: async (apdu) => {
        if (life.gone) throw new CardGone();
        const answer = await respond(apdu);
        if (answer.length < 2) throw new CardGone();
        return answer;
      },
      exclusively: (work) => work(),
    };
    this.#events?.cardPresent(name, card);
  }

  remove(name: string): void {
    const card = this.#readers.get(name);
    if (card === undefined) return;
    card.gone = true;
    this.#readers.set(name, undefined);
    this.#events?.cardGone(name);
  }

  fail(fault: NfcFault): void {
    this.#events?.failed(fault);
  }
}
