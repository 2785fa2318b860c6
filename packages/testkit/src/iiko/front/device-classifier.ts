import { barcodeFormat } from './barcode-formats.js';

/** What iikoFront takes a reader for. There is no way back between the two: their data go different ways for good. */
export type FrontReaderType = 'scanner' | 'card';

/** Characters of tracks: what makes unknown data look like a magnetic card. */
const TRACK_SIGNS = /[\^;?=\t]/;

export interface ClassifierOptions {
  /** What a reader becomes whose first read is an unknown format without any track sign. Staff of the vendor say only that it can go wrong. Default `card`. */
  readonly plainFirstRead?: FrontReaderType;
}

/**
 * Type of every reader, by its first read: known barcode format, a scanner; unknown format with track signs, a card reader. Kept for good
 * (`readerDevicesConfig.xml`) until somebody sets it by hand.
 */
export class DeviceClassifier {
  readonly #plain: FrontReaderType;
  readonly #types = new Map<string, FrontReaderType>();

  constructor({ plainFirstRead = 'card' }: ClassifierOptions = {}) {
    this.#plain = plainFirstRead;
  }

  /** The types that are known by now, by reader. */
  get types(): ReadonlyMap<string, FrontReaderType> {
    return this.#types;
  }

  /** The branch that this read takes. */
  branchOf(reader: string, data: string): FrontReaderType {
    const known = this.#types.get(reader);
    if (known !== undefined) return known;
    const type = this.typeOfFirst(data);
    this.#types.set(reader, type);
    return type;
  }

  typeOfFirst(data: string): FrontReaderType {
    const text = data.replace(/[\r\n]+$/, '');
    if (barcodeFormat(text.replace(/\t$/, '')) !== undefined) return 'scanner';
    return TRACK_SIGNS.test(text) ? 'card' : this.#plain;
  }

  /** "Add manually" of the login screen; undefined forgets the reader. */
  set(reader: string, type: FrontReaderType | undefined): void {
    if (type === undefined) this.#types.delete(reader);
    else this.#types.set(reader, type);
  }
}
