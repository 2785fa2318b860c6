import type { Cancel, Clock } from '@tillbridge/core';
import { DeviceClassifier, type FrontReaderType } from '../front/device-classifier.js';
import { typedInRussian } from './ru-layout.js';

export type SinkTerminator = 'CR' | 'LF' | 'CRLF' | 'TAB' | 'none';

/** What iikoFront would stumble over. */
export type SinkProblem =
  /** anything but digits between the sentinels: letters are lost by keyboard emulation (front.api.sdk issues 303, 361) */
  | 'notDigitsOnly'
  /** a gap that is so long that the read may come in pieces */
  | 'uneven'
  /** it ended by silence alone */
  | 'noTerminator'
  /** longer than a track can be: cut */
  | 'tooLong';

/** One read as the cashier program's side saw it. */
export interface SinkRead {
  /** Everything before the terminator, sentinels included. */
  readonly text: string;
  /** Text and terminator. */
  readonly data: string;
  readonly terminator: SinkTerminator;
  readonly startSentinel: ';' | '%' | undefined;
  readonly endSentinel: '?' | undefined;
  /** Between one character and the next, in ms: iikoFront measures the same (`averageInterval`, `maxInterval` of readerDevices.log). */
  readonly averageGap: number;
  readonly maxGap: number;
  /** Silence before the first character, in ms; undefined for the first read. */
  readonly silenceBefore: number | undefined;
  /** The way that iikoFront sends it. */
  readonly branch: FrontReaderType;
  readonly problems: readonly SinkProblem[];
}

export interface DeviceSinkOptions {
  readonly clock: Clock;
  /** Name of the reader. */
  readonly reader?: string;
  /** Of the terminal that has the reader; default one of its own. */
  readonly classifier?: DeviceClassifier;
  /** Silence that ends a read without terminator, in ms. Default 100. */
  readonly idleMs?: number;
  /** Longest gap within a read that passes as even, in ms. Default 50. */
  readonly evenMs?: number;
  /** Layout that is active while keys are typed. Default `us`; bytes of a port know no layout. */
  readonly layout?: 'us' | 'ru';
  readonly onRead?: (read: SinkRead, reader: string) => void;
}

/** A track has at most 107 characters, a QR some hundreds. */
const MAX_TEXT = 1024;
const MAX_READS = 1000;
const ENDS: Readonly<Record<string, SinkTerminator>> = { '\r': 'CR', '\n': 'LF', '\t': 'TAB' };

/** The far end of a device adapter: records what was typed or written, with its times, and which way iikoFront would send it. */
export class DeviceSink {
  /** The newest thousand. */
  readonly reads: SinkRead[] = [];
  readonly reader: string;
  readonly #options: DeviceSinkOptions;
  readonly #classifier: DeviceClassifier;
  readonly #decoder = new TextDecoder();
  #text = '';
  #tooLong = false;
  #gaps: number[] = [];
  #last: number | undefined;
  #silence: number | undefined;
  #cancelIdle: Cancel = () => undefined;

  constructor(options: DeviceSinkOptions) {
    this.#options = options;
    this.reader = options.reader ?? 'device';
    this.#classifier = options.classifier ?? new DeviceClassifier();
  }

  /** Bytes of a port, in pieces of any size, now. */
  write(bytes: Uint8Array): void {
    this.#take(this.#decoder.decode(bytes, { stream: true }));
  }

  /** Keys of a US keyboard, now; `\r` is Enter. */
  keys(text: string): void {
    this.#take(this.#options.layout === 'ru' ? typedInRussian(text) : text);
  }

  #take(text: string): void {
    const { clock, idleMs = 100 } = this.#options;
    const now = clock.mono();
    for (const character of text) {
      const end = ENDS[character];
      const before = this.reads.at(-1);
      if (character === '\n' && this.#text === '' && before?.terminator === 'CR' && this.#last === now) this.#amend(before);
      else if (end !== undefined) this.#end(end, character);
      else this.#add(character, now);
      this.#last = now;
    }
    this.#cancelIdle();
    if (this.#text !== '') this.#cancelIdle = clock.timer(idleMs, () => this.#end('none', ''));
  }

  #add(character: string, now: number): void {
    if (this.#text === '') this.#silence = this.#last === undefined ? undefined : now - this.#last;
    else this.#gaps.push(now - (this.#last ?? now));
    if (this.#text.length < MAX_TEXT) this.#text += character;
    else this.#tooLong = true;
  }

  #amend(before: SinkRead): void {
    this.reads[this.reads.length - 1] = { ...before, terminator: 'CRLF', data: `${before.data}\n` };
  }

  #end(terminator: SinkTerminator, character: string): void {
    this.#cancelIdle();
    const text = this.#text;
    const gaps = this.#gaps;
    const tooLong = this.#tooLong;
    this.#text = '';
    this.#gaps = [];
    this.#tooLong = false;
    if (text === '') return;
    const data = text + character;
    const maxGap = Math.max(0, ...gaps);
    const read: SinkRead = {
      ...{ text, data, terminator, maxGap, silenceBefore: this.#silence, ...sentinels(text) },
      averageGap: gaps.length === 0 ? 0 : gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length,
      branch: this.#classifier.branchOf(this.reader, data),
      problems: problemsOf(text, terminator, maxGap > (this.#options.evenMs ?? 50), tooLong),
    };
    this.reads.push(read);
    if (this.reads.length > MAX_READS) this.reads.shift();
    this.#options.onRead?.(read, this.reader);
  }
}

function sentinels(text: string): Pick<SinkRead, 'startSentinel' | 'endSentinel'> {
  const start = text[0];
  return { startSentinel: start === ';' || start === '%' ? start : undefined, endSentinel: text.endsWith('?') ? '?' : undefined };
}

function problemsOf(text: string, terminator: SinkTerminator, uneven: boolean, tooLong: boolean): readonly SinkProblem[] {
  const found: SinkProblem[] = [];
  if (!/^[;%]?\d+\??$/.test(text)) found.push('notDigitsOnly');
  if (uneven) found.push('uneven');
  if (terminator === 'none' && !text.endsWith('?')) found.push('noTerminator');
  if (tooLong) found.push('tooLong');
  return found;
}
