import { randomBytes } from 'node:crypto';
import { createTextDecoder, decodeScan, instant, type Classifier, type Clock, type FallbackCharset, type NativeNumber, type RawRead } from '@tillbridge/core';
import { Pseudonyms } from './pseudonym.js';
import { MAX_RECORDING_BYTES, MAX_RECORDING_LINES, type RecordingHead, type RecordingLine } from './recording.js';

/** What is known of a line before it has its time. */
type Untimed = RecordingLine extends infer L ? (L extends RecordingLine ? Omit<L, 't'> : never) : never;

/** What the recorder asks the daemon about its configuration. */
export interface Described {
  readonly head: RecordingHead;
  readonly classifier: Classifier;
  readonly charsetOf: (reader: string) => FallbackCharset;
}

/** A recording as far as it has come. */
export interface Taken {
  /** Lines of the file, without their ends; the first is the head. */
  readonly lines: readonly string[];
  /** Where to go on reading. */
  readonly next: number;
  /** It ended by itself: as much as a recording may hold was recorded. */
  readonly full: boolean;
}

const WORDS = /^[A-Za-z][A-Za-z]{0,39}$/;

/**
 * Writes down what comes in and what is made of it, so that it can be played again: codes and numbers as pseudonyms, the key of which is
 * made for one recording and kept nowhere. Costs nothing while it is off.
 */
export class FlightRecorder {
  readonly #clock: Clock;
  #lines: string[] = [];
  #bytes = 0;
  #began = 0;
  #described: Described | undefined;
  #pseudonyms = new Pseudonyms(randomBytes(32));
  #full = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get on(): boolean {
    return this.#described !== undefined;
  }

  /** Begins anew; what an earlier recording holds is gone. */
  start(described: Described): void {
    this.#lines = [JSON.stringify(described.head)];
    this.#bytes = 0;
    this.#full = false;
    this.#began = this.#clock.mono();
    this.#pseudonyms = new Pseudonyms(randomBytes(32));
    this.#described = described;
  }

  stop(): void {
    this.#described = undefined;
  }

  /** The lines from number `from` on, at most so many. */
  take(from: number, most = MAX_RECORDING_LINES): Taken {
    const lines = this.#lines.slice(from, from + most);
    return { lines, next: from + lines.length, full: this.#full };
  }

  note(line: Untimed): void {
    if (this.#described === undefined) return;
    const text = JSON.stringify({ ...line, t: Math.round((this.#clock.mono() - this.#began) * 10) / 10 });
    if (this.#bytes + text.length > MAX_RECORDING_BYTES / 2 || this.#lines.length >= MAX_RECORDING_LINES - 1) {
      this.#full = true;
      this.stop();
      return;
    }
    this.#bytes += text.length + 1;
    this.#lines.push(text);
  }

  /** Bytes that a reader read, or that were given by hand: others that mean the same. In hexadecimal; undefined and noted where there are none. */
  bytesOf(reader: string, read: Pick<RawRead, 'bytes'> & Partial<RawRead>): string | undefined {
    const described = this.#described;
    if (described === undefined) return undefined;
    const { classifier, charsetOf } = described;
    const decode = createTextDecoder(charsetOf(reader));
    const rule = (bytes: Uint8Array): string => {
      const raw: RawRead = { terminator: new Uint8Array(0), at: instant(this.#clock), silence: 'settled', silentBefore: true, ...read, bytes };
      return classifier.classify(decodeScan(raw, '', reader, decode))?.rule ?? '';
    };
    // a character a byte: what is no text has no letters to replace
    const text = Buffer.from(read.bytes).toString('latin1');
    const meant = rule(read.bytes);
    const other = this.#pseudonyms.of(text, (candidate) => rule(Buffer.from(candidate, 'latin1')) === meant);
    if (other === undefined) this.note({ e: 'omitted', what: meant === '' ? 'goods' : 'code' });
    return other === undefined ? undefined : Buffer.from(other, 'latin1').toString('hex');
  }

  /** A code as translators and outcomes know it. The same as in the bytes of its read, where they are nothing else. */
  codeOf(text: string, reader: string): string {
    const hex = this.bytesOf(reader, { bytes: Buffer.from(text, 'utf8') });
    return hex === undefined ? '' : Buffer.from(hex, 'hex').toString('latin1');
  }

  numberOf(number: NativeNumber): string {
    return this.#pseudonyms.plain(number.reveal());
  }

  orderOf(orderId: string | undefined): { readonly orderId?: string } {
    return orderId === undefined ? {} : { orderId: this.#pseudonyms.plain(orderId) };
  }

  /** A reason or evidence of ours is a word; anything else may be somebody's text. */
  wordOf<Name extends string>(name: Name, word: string | undefined): Readonly<Partial<Record<Name, string>>> {
    return (word === undefined ? {} : { [name]: WORDS.test(word) ? word : 'other' }) as Readonly<Partial<Record<Name, string>>>;
  }
}
