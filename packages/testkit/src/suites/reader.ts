import { isTillbridgeError, type Reader } from '@tillbridge/core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { RecordingSink } from './recording-sink.js';

/** The device at the other end of a reader under test; plugged in at first. */
export interface ReaderDevice {
  /** The device sends these bytes, in one piece, after everything that it sent before. */
  send(bytes: Uint8Array): void | Promise<void>;
  /** The device goes away as it does when its plug is pulled. Resolves when the system shows that. */
  unplug(): void | Promise<void>;
  /** It is back. Resolves when the system shows that. */
  replug(): void | Promise<void>;
}

/** A reader under test, not yet open, with `quietMs` 20 and `idleMs` 120 where its kind has them. */
export interface ReaderFixture {
  readonly reader: Reader;
  readonly device: ReaderDevice;
  /** Releases what the fixture made; called after the reader was closed. */
  dispose?(): void | Promise<void>;
}

/** What kind of reader it is. */
export interface ReaderTraits {
  /**
   * Whether bytes arrive as a stream that the reader cuts (serial, tcp); default true. Otherwise `send` gets the bytes of one read
   * followed by CR, and sends what the device would.
   */
  readonly stream?: boolean;
  /** True when the reader hands over text (cards, phones): its bytes are always valid UTF-8; default false. */
  readonly text?: boolean;
  /** True when the reader stays ready without a device (a listening socket); default false. */
  readonly staysReady?: boolean;
  /** True when the reader may notice an unplugged device later than `idleMs`, so that half a read has ended by itself; default false. */
  readonly lateUnplug?: boolean;
  /** How soon it has to be ready after the device is back: milliseconds; default 1000. */
  readonly readyWithinMs?: number;
}

const bytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'latin1'));
const text = (data: Uint8Array): string => Buffer.from(data).toString('latin1');
/** Marked goods: GS inside, bytes that are no UTF-8. */
const MARKED = '\u00010104600000000000215\u001d93dGVz\u0000\u00e9\u00ff';

/** The same for readers of text: GS inside, NUL, and a letter of two bytes. */
const MARKED_TEXT = '\u00010104600000000000215\u001d93dGVz\u0000\u00d0\u0096';

/**
 * Conformance of a `Reader`: bytes unchanged and in order, silence answered exactly once, unplugging survived, closing quick and final.
 * Runs in real time against a device that the fixture stands in for.
 */
export function describeReader(name: string, make: () => ReaderFixture | Promise<ReaderFixture>, traits: ReaderTraits = {}): void {
  const { stream = true, text: textOnly = false, staysReady = false, lateUnplug = false, readyWithinMs = 1000 } = traits;
  describe(`reader ${name}`, () => {
    let fixture: ReaderFixture;
    let sink: RecordingSink;
    let abort: AbortController;
    const open = async (): Promise<void> => {
      await fixture.reader.open(sink, abort.signal);
      expect(fixture.reader.state.status).toBe('ready');
    };
    const send = async (data: string): Promise<void> => {
      await fixture.device.send(bytes(data));
    };
    /** Sends one whole read and waits until its silence is answered. */
    const scan = async (data: string): Promise<void> => {
      const before = sink.reads.length;
      const answered = sink.count('quiet');
      await send(`${data}\r`);
      await sink.untilReads(before + 1);
      if (sink.reads[before]?.silence === 'awaitQuiet') await sink.until('quiet', () => sink.count('quiet') > answered);
    };

    beforeEach(async () => {
      fixture = await make();
      sink = new RecordingSink();
      abort = new AbortController();
    });
    afterEach(async () => {
      await fixture.reader.close();
      await fixture.dispose?.();
      expectSilenceAnswered(sink);
    });

    describe('life', () => {
      test('starts closed, tells each change of its state, and shows the same', async () => {
        expect(fixture.reader.state.status).toBe('closed');
        await open();
        expect(sink.statuses).toEqual(['opening', 'ready']);
        await fixture.reader.close();
        expect(sink.statuses).toEqual(['opening', 'ready', 'closed']);
        expect(fixture.reader.state.status).toBe('closed');
      });

      test('close is idempotent, quick, and final', async () => {
        await open();
        await scan('4600000000001');
        await send('4600000000002\rhalf');
        await sink.untilReads(2);
        const start = performance.now();
        await Promise.all([fixture.reader.close(), fixture.reader.close()]);
        await fixture.reader.close();
        expect(performance.now() - start).toBeLessThan(2000);
        const calls = sink.calls.length;
        try {
          await send('4600000000003\r');
        } catch {
          // the other end may see that nobody is there
        }
        await new Promise((resolve) => setTimeout(resolve, 60));
        expect(sink.calls.length).toBe(calls);
      });

      test('close before open, and an abort instead of close', async () => {
        await fixture.reader.close();
        await open();
        abort.abort();
        await sink.untilStatus('closed', 2000);
      });

      test('opens again after close', async () => {
        await open();
        await scan('4600000000001');
        await fixture.reader.close();
        sink = new RecordingSink();
        await open();
        await fixture.device.replug();
        await scan('4600000000002');
        expect(sink.texts).toEqual(['4600000000002']);
      });

      test('feedback never rejects and never takes long, whatever the state', async () => {
        const quickly = async (): Promise<void> => {
          const start = performance.now();
          for (const kind of ['good', 'bad', 'none'] as const) await fixture.reader.feedback(kind);
          expect(performance.now() - start).toBeLessThan(1200);
        };
        await quickly();
        await open();
        await quickly();
        await fixture.device.unplug();
        await quickly();
        await fixture.reader.close();
        await quickly();
      });
    });

    describe('reads', () => {
      test('come whole, unchanged and in order', async () => {
        await open();
        const sent = Array.from({ length: 30 }, (_, index) => `46000000${String(index).padStart(5, '0')}`);
        for (const code of sent) await send(`${code}\r`);
        await sink.untilReads(sent.length);
        expect(sink.texts).toEqual(sent);
      });

      test('any bytes, dated on both clocks', async () => {
        await open();
        const marked = textOnly ? MARKED_TEXT : MARKED;
        await scan(marked);
        const [read] = sink.reads;
        expect(text(read!.bytes)).toBe(marked);
        expect(read!.at.mono).toBeTypeOf('number');
        expect(Math.abs(read!.at.wall - Date.now())).toBeLessThan(60_000);
        expect(read!.silentBefore).toBe(true);
      });

      test('belong to the receiver', async () => {
        await open();
        await scan('4600000000001');
        const kept = sink.reads[0]!.bytes;
        await scan('9999999999999');
        expect(text(kept)).toBe('4600000000001');
      });
    });

    if (stream) describeStream(() => ({ open, send, scan, sink }));

    describe('unplugging', () => {
      if (stream && !lateUnplug) {
        test('in the middle of a read: the half is dropped, counted, and not glued to the next', async () => {
          await open();
          await send('4600000000001\r46000');
          await sink.until('the half read', () => sink.count('resumed') === 1);
          await fixture.device.unplug();
          await sink.until('a drop', () => sink.count('dropped') === 1);
          expect(sink.calls.find((call) => call.call === 'dropped')).toMatchObject({ reason: 'unplugged', byteCount: 5 });
          if (!staysReady) await sink.untilStatus('retrying');
          await fixture.device.replug();
          await sink.untilStatus('ready', readyWithinMs + 2000);
          await scan('4600000000002');
          expect(sink.texts).toEqual(['4600000000001', '4600000000002']);
          expect(sink.reads[1]!.silentBefore).toBe(true);
        });
      }

      test('again and again: says so with a remedy, is ready soon after, reads on', async () => {
        await open();
        const took: number[] = [];
        for (let round = 1; round <= 3; round += 1) {
          await fixture.device.unplug();
          if (!staysReady) {
            await sink.untilStatus('retrying', 3000);
            const { reason } = fixture.reader.state;
            expect(isTillbridgeError(reason)).toBe(true);
            expect(reason?.remedy('en')).not.toContain('?');
            expect(reason?.remedy('ru')).toMatch(/[а-я]/i);
          }
          await fixture.device.replug();
          const start = performance.now();
          await sink.untilStatus('ready', readyWithinMs + 2000);
          took.push(performance.now() - start);
          await scan(`460000000000${String(round)}`);
        }
        expect(sink.texts).toEqual(['4600000000001', '4600000000002', '4600000000003']);
        // the middle one: the machine may be busy now and then
        expect(took.sort((a, b) => a - b)[1]).toBeLessThan(readyWithinMs);
      });

      if (!staysReady) {
        test('a device that is not there yet: open resolves, the reader waits for it', async () => {
          await fixture.device.unplug();
          await fixture.reader.open(sink, abort.signal);
          expect(fixture.reader.state.status).toBe('retrying');
          expect(isTillbridgeError(fixture.reader.state.reason)).toBe(true);
          await fixture.device.replug();
          await sink.untilStatus('ready', readyWithinMs + 2000);
          await scan('4600000000001');
        });

        test('closes quickly while it waits', async () => {
          await fixture.device.unplug();
          await fixture.reader.open(sink, abort.signal);
          const start = performance.now();
          await fixture.reader.close();
          expect(performance.now() - start).toBeLessThan(2000);
          expect(sink.statuses.at(-1)).toBe('closed');
        });
      }
    });
  });
}

interface Bench {
  readonly open: () => Promise<void>;
  readonly send: (data: string) => Promise<void>;
  readonly scan: (data: string) => Promise<void>;
  readonly sink: RecordingSink;
}

function describeStream(bench: () => Bench): void {
  describe('framing', () => {
    test('every terminator is kept as it was read', async () => {
      const { open, send, sink } = bench();
      await open();
      await send('A\rB\nC\r\nD\tE\u0003');
      await sink.untilReads(5);
      expect(sink.reads.map((read) => text(read.bytes) + text(read.terminator))).toEqual(['A\r', 'B\n', 'C\r\n', 'D\t', 'E\u0003']);
    });

    test('a read does not wait for the LF that may follow its CR; the LF comes as a tail', async () => {
      const { open, send, scan, sink } = bench();
      await open();
      await send('A\r');
      await sink.untilReads(1);
      await send('\nB\r\n');
      await sink.untilReads(2);
      expect(sink.calls.find((call) => call.call === 'tail')).toEqual({ call: 'tail', bytes: bytes('\n') });
      await sink.until('quiet', () => sink.count('quiet') > 0);
      await scan('C');
      expect(sink.texts).toEqual(['A', 'B', 'C']);
    });

    test('silence is said for a read that stands alone, and not for those of a burst', async () => {
      const { open, send, sink } = bench();
      await open();
      await send('A\rB\rC\r');
      await sink.until('quiet', () => sink.count('quiet') === 1);
      expect(sink.calls.filter((call) => call.call !== 'state').map((call) => call.call)).toEqual([
        'read', 'resumed', 'read', 'resumed', 'read', 'quiet',
      ]);
      expect(sink.reads.map((read) => read.silentBefore)).toEqual([true, false, false]);
    });

    test('a read without a terminator ends by itself', async () => {
      const { open, send, sink } = bench();
      await open();
      await send('4600000000001');
      await sink.untilReads(1);
      expect(sink.reads[0]).toMatchObject({ terminator: new Uint8Array(0), silence: 'settled' });
    });

    test('noise without an end: all of it, in bounded pieces that are marked', async () => {
      const { open, send, scan, sink } = bench();
      await open();
      const noise = '\u0000\u00ffx'.repeat(8192);
      for (let from = 0; from < noise.length; from += 2048) {
        await send(noise.slice(from, from + 2048));
        await sink.until('the noise so far', () => sink.texts.join('').length >= from + 2048 - 8192);
      }
      await sink.until('all of it', () => sink.texts.join('').length === noise.length);
      expect(sink.texts.join('')).toBe(noise);
      expect(Math.max(...sink.reads.map((read) => read.bytes.length))).toBeLessThanOrEqual(8192);
      expect(sink.reads.every((read) => read.overflow === true)).toBe(true);
      await scan('4600000000001');
      expect(sink.reads.at(-1)?.overflow).toBeUndefined();
    });
  });
}

/** Exactly one answer for each read that awaits silence, before the next read; none for the others. */
function expectSilenceAnswered(sink: RecordingSink): void {
  let awaiting = false;
  for (const { call, ...rest } of sink.calls) {
    if (call === 'read') {
      expect(awaiting, 'the read before was not answered').toBe(false);
      awaiting = 'read' in rest && rest.read.silence === 'awaitQuiet';
    } else if (call === 'quiet' || call === 'resumed') {
      expect(awaiting, `${call} for a read that does not wait`).toBe(true);
      awaiting = false;
    }
  }
  expect(awaiting, 'the last read was not answered').toBe(false);
}
