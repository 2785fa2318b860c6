/** A card in the field of one reader. Becomes useless, with `CardGone`, when the card leaves. */
export interface PresentCard {
  /** Answer to reset, as PC/SC makes it up for contactless cards (PC/SC part 3, 3.1.3.2.3). */
  readonly atr: Uint8Array;
  /** Whether it lay there when the backend first saw its reader. */
  readonly initial: boolean;
  /**
   * Sends one command APDU, gives the response with its two status bytes. Has no time limit of its own.
   * @throws {CardGone} when the card left
   * @throws {CardReset} when another program reset it: what was selected is selected no more
   */
  transmit(apdu: Uint8Array): Promise<Uint8Array>;
  /** Keeps other programs from the card while `work` runs, where the backend can; else only runs it. */
  exclusively<T>(work: () => Promise<T>): Promise<T>;
}

/** What a backend tells. Readers that are not wanted are told of, and never touched. */
export interface BackendEvents {
  readerAdded(name: string, wanted: boolean): void;
  readerRemoved(name: string): void;
  /** A card came; when one was there before, it is another one. */
  cardPresent(reader: string, card: PresentCard): void;
  cardGone(reader: string): void;
  /** A card is there and cannot be talked to. */
  cardFailed(reader: string, problem: string): void;
  /** The backend is of no use any more: its process has to end. */
  failed(fault: NfcFault): void;
}

/** A way to the PC/SC service. Lives in a process of its own: it may block, spin or crash. */
export interface NfcBackend {
  readonly name: BackendName;
  /** @throws {NfcFault} */
  start(wanted: (reader: string) => boolean, events: BackendEvents): Promise<void>;
  /** Sends a command to the reader itself, with or without a card (CCID escape, PC_to_RDR_Escape). */
  escape(reader: string, command: Uint8Array): Promise<Uint8Array>;
  stop(): Promise<void>;
}

export const BACKENDS = ['nfc-pcsc', 'pcsc-mini'] as const;
export type BackendName = (typeof BACKENDS)[number] | 'fake';

/**
 * `missing`: no package is installed. `broken`: one is installed and does not load. `serviceLost`: the PC/SC service does not answer (any more).
 * `stuck`: a command neither comes back nor can be called off. `spent`: it has run out of something that only a new process has again.
 */
export type NfcFaultKind = 'missing' | 'broken' | 'serviceLost' | 'stuck' | 'spent';

export class NfcFault extends Error {
  readonly kind: NfcFaultKind;

  constructor(kind: NfcFaultKind, problem: string, options?: { readonly cause?: unknown }) {
    super(problem, options);
    this.name = 'NfcFault';
    this.kind = kind;
  }
}
