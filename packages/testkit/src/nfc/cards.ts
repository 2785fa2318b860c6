import { isoDepAtr, STORAGE_CARDS, storageAtr } from './atr.js';
import { hex, join, record, sw } from './bytes.js';
import { BaseCard, isSelect, ok, selects, SW, type Command } from './virtual-card.js';

/** A card that has nothing but its UID. */
export class UidCard extends BaseCard {
  readonly atr: Uint8Array;

  /** @param atr default: MIFARE Classic 1K, the commonest card of clubs and canteens */
  constructor(uid: Uint8Array, atr: Uint8Array = storageAtr(STORAGE_CARDS.classic1k)) {
    super(uid);
    this.atr = atr;
  }

  protected command(): Uint8Array {
    return sw(SW.unsupported);
  }
}

/** An NDEF message with one URI record; the prefix is not abbreviated. */
export function uriMessage(uri: string): Uint8Array {
  return record(0x01, 'U', '', join([0x00], Buffer.from(uri, 'utf8')));
}

/** An NDEF message with one text record. */
export function textMessage(text: string, language = 'en'): Uint8Array {
  return record(0x01, 'T', '', join([language.length], Buffer.from(language, 'latin1'), Buffer.from(text, 'utf8')));
}

export interface Type2Options {
  readonly uid?: Uint8Array;
  /** Bytes of the data area, a multiple of 8; default 144 (NTAG213). */
  readonly size?: number;
  /** The whole data area from page 4 on instead of a message: for tags that lie. */
  readonly area?: Uint8Array;
  /** Capability container; default E1 10 size/8 00. */
  readonly container?: Uint8Array;
}

/** An NFC Forum type 2 tag (Ultralight, NTAG): pages of four bytes, read 16 at a time. */
export class Type2Tag extends BaseCard {
  readonly atr = storageAtr(STORAGE_CARDS.type2);
  readonly #memory: Uint8Array;

  constructor(ndef: Uint8Array, options: Type2Options = {}) {
    super(options.uid ?? hex('04A1B2C3D4E5F6'));
    const size = options.size ?? 144;
    const container = options.container ?? Uint8Array.of(0xe1, 0x10, size / 8, 0x00);
    const length = ndef.length < 255 ? [ndef.length] : [0xff, ndef.length >> 8, ndef.length & 0xff];
    const area = options.area ?? join([0x03], length, ndef, [0xfe]);
    this.#memory = new Uint8Array(16 + Math.max(size, 0));
    this.#memory.set(container, 12);
    this.#memory.set(area.subarray(0, size), 16);
  }

  protected command({ cla, ins, p1, p2, le = 16 }: Command): Uint8Array {
    if (cla !== 0xff || ins !== 0xb0) return sw(SW.unknownInstruction);
    const start = (p1 * 256 + p2) * 4;
    if (start + le > this.#memory.length) return sw(SW.pseudoFailed);
    return ok(this.#memory.slice(start, start + le));
  }
}

export interface Type4Options {
  readonly uid?: Uint8Array;
  /** Most bytes that it gives at once (MLe); default 59. */
  readonly mle?: number;
  /** What NLEN says, when it lies. */
  readonly claimed?: number;
  /** Size of the file as the container has it; default 1024. */
  readonly fileSize?: number;
  /** Whether reading is free; default true. */
  readonly readable?: boolean;
}

/** An NFC Forum type 4 tag: files under the NDEF application. */
export class Type4Tag extends BaseCard {
  readonly atr = isoDepAtr([0x80]);
  readonly #files: ReadonlyMap<string, Uint8Array>;
  readonly #mle: number;
  #selected: Uint8Array | undefined;
  #application = false;

  constructor(ndef: Uint8Array, options: Type4Options = {}) {
    super(options.uid ?? hex('04112233445566'));
    const { mle = 59, claimed = ndef.length, fileSize = 1024, readable = true } = options;
    this.#mle = mle;
    const word = (value: number): number[] => [(value >> 8) & 0xff, value & 0xff];
    const container = join(word(15), [0x20], word(mle), word(0x34), [0x04, 0x06], hex('E104'), word(fileSize), [readable ? 0x00 : 0xff, 0x00]);
    this.#files = new Map([
      ['e103', container],
      ['e104', join(word(claimed), ndef)],
    ]);
  }

  override reset(): void {
    this.#application = false;
    this.#selected = undefined;
  }

  protected command(command: Command): Uint8Array {
    if (isSelect(command)) {
      this.#selected = undefined;
      this.#application = selects(command, hex('D2760000850101'));
      return sw(this.#application ? SW.ok : SW.notFound);
    }
    if (command.ins === 0xa4) return this.#selectFile(command);
    if (command.ins === 0xb0) return this.#read(command);
    return sw(SW.unknownInstruction);
  }

  #selectFile({ data }: Command): Uint8Array {
    this.#selected = this.#application ? this.#files.get(Buffer.from(data).toString('hex')) : undefined;
    return sw(this.#selected === undefined ? SW.notFound : SW.ok);
  }

  #read({ p1, p2, le = 0 }: Command): Uint8Array {
    if (this.#selected === undefined) return sw(SW.conditions);
    const start = p1 * 256 + p2;
    if (start >= this.#selected.length) return sw(SW.wrongParameters);
    return ok(this.#selected.slice(start, start + Math.min(le === 0 ? 256 : le, this.#mle)));
  }
}

/** A MIFARE Classic 1K card: 64 blocks of 16 bytes, read only after the sector's key was shown. */
export class ClassicCard extends BaseCard {
  readonly atr = storageAtr(STORAGE_CARDS.classic1k);
  readonly #blocks: ReadonlyMap<number, Uint8Array>;
  readonly #key: string;
  readonly #keyType: number;
  #loaded = '';
  #openSector = -1;

  /**
   * @param blocks what is written, by block number; the rest is zeros
   * @param options `key`: of every sector, 6 bytes in hex
   */
  constructor(blocks: ReadonlyMap<number, Uint8Array>, options: { readonly key: string; readonly keyType?: 'A' | 'B'; readonly uid?: Uint8Array }) {
    super(options.uid ?? hex('B2C124CB'));
    this.#blocks = blocks;
    this.#key = options.key.toLowerCase();
    this.#keyType = options.keyType === 'B' ? 0x61 : 0x60;
  }

  override reset(): void {
    this.#openSector = -1;
  }

  protected command({ cla, ins, p1, p2, data, le }: Command): Uint8Array {
    if (cla !== 0xff) return sw(SW.unknownClass);
    if (ins === 0x82) {
      this.#loaded = Buffer.from(data).toString('hex');
      return sw(data.length === 6 ? SW.ok : SW.pseudoFailed);
    }
    if (ins === 0x86) return this.#authenticate(data);
    if (ins !== 0xb0) return sw(SW.unknownInstruction);
    const block = p1 * 256 + p2;
    if (block > 63 || block >> 2 !== this.#openSector || le !== 16) return sw(SW.pseudoFailed);
    return ok(join(this.#blocks.get(block) ?? [], new Uint8Array(16)).slice(0, 16));
  }

  #authenticate(data: Uint8Array): Uint8Array {
    const [version, , block, type] = data;
    const fits = version === 0x01 && block !== undefined && type === this.#keyType && this.#loaded === this.#key;
    this.#openSector = fits ? block >> 2 : -1;
    return sw(fits ? SW.ok : SW.pseudoFailed);
  }
}

export interface HcePhoneOptions {
  /** Hex, 5 to 16 bytes; default F0 and "TILL01" in ASCII, which nobody uses. */
  readonly aid?: string;
  /** The app wants to be opened first. */
  readonly closed?: boolean;
  /** Bytes of the version tag; default 01 00. */
  readonly version?: Uint8Array;
}

/** A phone with the store's own app, which speaks the HCE contract (firmware-docs/nfc/hce.md). Its UID is random, as phones have it. */
export class HcePhone extends BaseCard {
  readonly atr = isoDepAtr();
  /** What the guest shows; may be changed between taps. */
  code: string;
  closed: boolean;
  readonly #aid: Uint8Array;
  readonly #version: Uint8Array;
  #selected = false;

  constructor(code: string, options: HcePhoneOptions = {}) {
    super(hex('08A1B2C3'));
    this.code = code;
    this.closed = options.closed ?? false;
    this.#aid = hex(options.aid ?? 'F054494C4C3031');
    this.#version = options.version ?? Uint8Array.of(0x01, 0x00);
  }

  override reset(): void {
    this.#selected = false;
  }

  protected command(command: Command): Uint8Array {
    if (isSelect(command)) {
      this.#selected = selects(command, this.#aid);
      if (!this.#selected) return sw(SW.notFound);
      const version = join(hex('9F21'), [this.#version.length], this.#version);
      const inner = join([0x84, this.#aid.length], this.#aid, [0xa5, version.length], version);
      return ok([0x6f, inner.length], inner);
    }
    if (!this.#selected) return sw(SW.conditions);
    if (command.cla !== 0x80 || command.ins !== 0xca || command.p1 !== 0x01) return sw(SW.unknownInstruction);
    if (this.closed) return sw(SW.conditions);
    const code = Buffer.from(this.code, 'utf8');
    return ok(hex('DF01'), code.length < 128 ? [code.length] : [0x81, code.length], code);
  }
}
