import { CardGone, CardReset, cardError, describeError } from './card-errors.js';
import { NfcFault, type BackendEvents, type NfcBackend, type PresentCard } from './backend.js';

interface MiniCard {
  transmit(apdu: Uint8Array): Promise<Uint8Array>;
  control(code: number, command: Uint8Array): Promise<Uint8Array>;
  disconnect(then: number): Promise<void>;
  state(): Promise<{ readonly atr: Uint8Array }>;
  reconnect(mode: number, then: number): Promise<unknown>;
  transaction(): Promise<{ end(then: number): Promise<void> }>;
}

interface MiniReader {
  name(): string;
  connect(mode: number): Promise<MiniCard>;
  on(event: 'change', listener: (status: { readonly raw: number }) => void): unknown;
  on(event: 'disconnect', listener: () => void): unknown;
}

interface MiniClient {
  on(event: 'reader', listener: (reader: MiniReader) => void): MiniClient;
  on(event: 'error', listener: (error: Error) => void): MiniClient;
  start(): unknown;
}

/** What the package exports, as far as it is used. */
export interface PcscMiniModule {
  readonly Client: new () => MiniClient;
  readonly CardMode: { readonly SHARED: number; readonly DIRECT: number };
  readonly CardDisposition: { readonly LEAVE: number };
  readonly ReaderStatus: { readonly PRESENT: number; readonly MUTE: number };
  controlCode(functionCode: number): number;
}

/**
 * A connection whose reader was unplugged in the middle of a command may not be given back (pcsc-mini 0.1.3 with pcscd 1.9.9 on a real kernel),
 * and after four of them it refuses every card (`TooManyCardConnections`). With two lost, one is left for a card and one for a signal.
 */
const LOST_MAX = 2;

/**
 * PC/SC through pcsc-mini (Node-API, needs no compiler). Sees at most 4 readers (its MAX_READERS). After the service was lost its client
 * cannot be stopped or collected without an error out of nowhere: the process has to end, and does.
 */
export class PcscMiniBackend implements NfcBackend {
  readonly name = 'pcsc-mini';
  readonly #module: PcscMiniModule;
  readonly #serviceRuns: () => Promise<boolean>;
  readonly #platform: NodeJS.Platform;
  readonly #slots = new Map<string, Slot>();
  #lost = 0;
  #client: MiniClient | undefined;

  constructor(module: PcscMiniModule, ports: { readonly serviceRuns: () => Promise<boolean>; readonly platform: NodeJS.Platform }) {
    this.#module = module;
    this.#serviceRuns = ports.serviceRuns;
    this.#platform = ports.platform;
  }

  async start(wanted: (reader: string) => boolean, events: BackendEvents): Promise<void> {
    if (this.#client !== undefined) throw new Error('started already');
    if (!(await this.#serviceRuns())) throw new NfcFault('serviceLost', 'the PC/SC service does not run');
    const lost = (error: unknown): NfcFault => new NfcFault('serviceLost', describeError(error));
    const client = new this.#module.Client();
    this.#client = client;
    client.on('error', (error) => events.failed(lost(error)));
    client.on('reader', (reader) => {
      const name = reader.name();
      const use = wanted(name);
      if (use) {
        const slot = new Slot(reader, this.#module, events, (error) => this.#lose(error, events));
        this.#slots.set(name, slot);
        reader.on('change', ({ raw }) => slot.changed(raw));
      }
      reader.on('disconnect', () => {
        this.#slots.get(name)?.end();
        this.#slots.delete(name);
        events.readerRemoved(name);
      });
      events.readerAdded(name, use);
    });
    try {
      client.start();
    } catch (error) {
      throw lost(error);
    }
  }

  escape(reader: string, command: Uint8Array): Promise<Uint8Array> {
    const slot = this.#slots.get(reader);
    // pcsc-mini computes the code of the system from the function's number
    return slot === undefined ? Promise.reject(new CardGone()) : slot.escape(command, this.#module.controlCode(this.#platform === 'win32' ? 3500 : 1));
  }

  #lose(error: unknown, events: BackendEvents): void {
    this.#lost += 1;
    if (this.#lost === LOST_MAX) events.failed(new NfcFault('spent', `${String(LOST_MAX)} connections could not be given back: ${describeError(error)}`));
  }

  stop(): Promise<void> {
    for (const slot of this.#slots.values()) slot.end();
    // the client stays: collected after the service was lost, it brings the process down
    this.#slots.clear();
    return Promise.resolve();
  }
}

interface Held {
  readonly card: MiniCard;
  gone: boolean;
  /** Settles when nobody has it to himself (any more). */
  alone: Promise<unknown>;
}

// a function of its own: what another event changes meanwhile, the compiler takes for unchanged
const stillThere = ({ gone }: Held): boolean => !gone;

/** One reader. */
class Slot {
  readonly #reader: MiniReader;
  readonly #module: PcscMiniModule;
  readonly #events: BackendEvents;
  readonly #lost: (error: unknown) => void;
  #held: Held | undefined;
  #present = false;
  #first = true;
  /** A card was told of that has not left yet. */
  #told = false;
  #count = 0;
  #presence = 0;
  #work: Promise<unknown> = Promise.resolve();

  constructor(reader: MiniReader, module: PcscMiniModule, events: BackendEvents, lost: (error: unknown) => void) {
    this.#lost = lost;
    this.#reader = reader;
    this.#module = module;
    this.#events = events;
  }

  changed(raw: number): void {
    const { PRESENT, MUTE } = this.#module.ReaderStatus;
    const initial = this.#first;
    this.#first = false;
    const present = (raw & PRESENT) !== 0 && (raw & MUTE) === 0;
    // the upper 16 bits count the cards that came and went (SCARD_READERSTATE): a swap between two looks
    const count = raw >>> 16;
    const swapped = present && this.#present && count - this.#count >= 2;
    this.#count = count;
    if (present === this.#present && !swapped) return;
    if (this.#present) this.#went();
    this.#present = present;
    if (!present) return;
    this.#presence += 1;
    void this.#connect(this.#presence, initial);
  }

  end(): void {
    if (this.#held !== undefined) this.#held.gone = true;
    this.#release();
    this.#present = false;
  }

  async escape(command: Uint8Array, code: number): Promise<Uint8Array> {
    const { card } = this.#held ?? {};
    if (card !== undefined) return this.#inTurn(() => card.control(code, command));
    const { CardMode } = this.#module;
    return this.#inTurn(async () => {
      const direct = await this.#reader.connect(CardMode.DIRECT);
      try {
        return await direct.control(code, command);
      } finally {
        await this.#giveBack(direct);
      }
    });
  }

  async #connect(presence: number, initial: boolean): Promise<void> {
    const name = this.#reader.name();
    try {
      const card = await this.#inTurn(() => this.#reader.connect(this.#module.CardMode.SHARED));
      // the ATR that `change` brings has the right length and wrong bytes (pcsc-mini 0.1.3); SCardStatus has the right ones
      const { atr } = await card.state().catch(async (error: unknown) => {
        await this.#giveBack(card);
        throw error;
      });
      if (presence !== this.#presence || !this.#present) {
        await this.#giveBack(card);
        return;
      }
      const held: Held = { card, gone: false, alone: Promise.resolve() };
      this.#held = held;
      this.#told = true;
      this.#events.cardPresent(name, this.#presentCard(held, Uint8Array.from(atr), initial));
    } catch (error) {
      if (presence !== this.#presence) return;
      this.#told = true;
      this.#events.cardFailed(name, describeError(error));
    }
  }

  #presentCard(held: Held, atr: Uint8Array, initial: boolean): PresentCard {
    return {
      atr,
      initial,
      transmit: async (apdu) => {
        if (held.gone) throw new CardGone();
        let answer: Uint8Array;
        try {
          answer = await this.#inTurn(() => held.card.transmit(apdu));
        } catch (error) {
          const known = cardError(error);
          const { CardMode, CardDisposition } = this.#module;
          if (known instanceof CardReset && stillThere(held)) await held.card.reconnect(CardMode.SHARED, CardDisposition.LEAVE).catch(() => undefined);
          throw known;
        }
        if (answer.length < 2) throw new CardGone();
        return Uint8Array.from(answer);
      },
      exclusively: (work) => {
        const { LEAVE } = this.#module.CardDisposition;
        const alone = (async () => {
          const transaction = await held.card.transaction().catch(() => undefined);
          try {
            return await work();
          } finally {
            await transaction?.end(LEAVE).catch(() => undefined);
          }
        })();
        held.alone = alone.catch(() => undefined);
        return alone;
      },
    };
  }

  #went(): void {
    const told = this.#told;
    this.#told = false;
    if (this.#held !== undefined) this.#held.gone = true;
    this.#release();
    if (told) this.#events.cardGone(this.#reader.name());
  }

  /** Of 4 sessions that the library has, one stays taken until it is given back. In turn, and after a transaction: beside one it is refused. */
  #release(): void {
    const held = this.#held;
    this.#held = undefined;
    if (held !== undefined) void held.alone.then(() => this.#inTurn(() => this.#giveBack(held.card)));
  }

  async #giveBack(card: MiniCard): Promise<void> {
    await card.disconnect(this.#module.CardDisposition.LEAVE).catch(this.#lost);
  }

  /** pcsc-mini blocks its caller while another command of the same card is under way. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = this.#work.then(work);
    this.#work = next.catch(() => undefined);
    return next;
  }
}
