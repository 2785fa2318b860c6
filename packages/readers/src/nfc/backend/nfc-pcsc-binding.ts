// The part of nfc-pcsc 0.8 and of @pokusew/pcsclite 0.6 beneath it that is used.

/** Every reader's state: the flags of SCARD_READERSTATE, and in the upper 16 bits how many times a card came or went. */
export interface ReaderStatus {
  readonly state: number;
  readonly atr?: Uint8Array;
}

type Answer<T> = (error: Error | null | undefined, value: T) => void;

/** pcsclite's own reader. */
export interface PcscliteReader {
  readonly name: string;
  readonly SCARD_STATE_PRESENT: number;
  readonly SCARD_LEAVE_CARD: number;
  control(data: Buffer, code: number, maxLength: number, answer: Answer<Buffer>): void;
  on(event: 'status', listener: (status: ReaderStatus) => void): unknown;
  removeAllListeners(event: string): unknown;
}

/** nfc-pcsc's reader around it. */
export interface NfcPcscReader {
  readonly reader: PcscliteReader;
  readonly name: string;
  autoProcessing: boolean;
  readonly connection: { readonly protocol?: number } | null;
  emit(event: unknown, ...values: unknown[]): boolean;
  on(event: 'card', listener: (card: { readonly atr?: Uint8Array }) => void): unknown;
  on(event: 'card.off' | 'end', listener: () => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  connect(mode?: 'CONNECT_MODE_DIRECT' | 'CONNECT_MODE_CARD'): Promise<unknown>;
  disconnect(): Promise<unknown>;
  transmit(data: Buffer, maxLength: number): Promise<Uint8Array>;
}

export interface NfcPcsc {
  on(event: 'reader', listener: (reader: NfcPcscReader) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
}

/** What the package exports. */
export interface NfcPcscModule {
  readonly NFC: new () => NfcPcsc;
}
