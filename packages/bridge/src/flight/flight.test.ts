import { createIds, NativeNumber, outcome, Pipeline, silentLog, type Adapter, type Outcome, type RawRead, type Reader, type ReaderSink, type Translation, type Translator } from '@tillbridge/core';
import { VirtualClock } from '@tillbridge/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Config } from '../config/index.js';
import { classifierOf } from '../daemon/classifier.js';
import { FlightRecorder, type Described } from './recorder.js';
import { parseRecording } from './recording.js';
import { replay } from './replay.js';
import { tapAdapter, tapPipeline, tapReader, tapTranslator } from './taps.js';

const CODES = [{ name: 'universal', kind: 'card', match: '^98(?<value>\\d{14})$', requireSymbology: false, oneTime: false }] as unknown as Config['codes'];
const ON = { notFound: 'reject', unavailable: 'reject', blocked: 'reject', ambiguous: 'reject' } as const;
const journal = { append: () => Promise.resolve(), open: () => Promise.resolve([]), settle: () => Promise.resolve() };

/** A bridge with one reader and one till that takes goods, which somebody records. */
class Shop {
  readonly clock = new VirtualClock();
  readonly recorder = new FlightRecorder(this.clock);
  readonly pipeline = new Pipeline({ clock: this.clock, journal, log: silentLog, newId: createIds(this.clock, () => 0.5) });
  answer: (value: string) => Translation | Promise<Translation> = (value) => ({ result: 'found', number: new NativeNumber('card', `2${value.slice(0, 12)}`) });
  tillAnswers: () => Promise<Outcome> = () => Promise.resolve(outcome('sent', 'read'));
  sink: ReaderSink | undefined;

  async start(): Promise<void> {
    const classifier = classifierOf(CODES);
    const translator: Translator = {
      ...{ id: '1:table', type: 'table', capabilities: { remote: false, hosts: [] }, close: () => Promise.resolve() },
      translate: (code) => this.answer(code.value.reveal()),
    };
    this.pipeline.setRules({ classifier, translators: [tapTranslator(translator, this.recorder, this.clock)], policies: ON, routes: [{ readers: ['counter'], till: 'front' }] });
    const adapter: Adapter = {
      ...{ id: 'front', capabilities: { goods: true, best: 'sent', verify: false }, state: { status: 'ready', since: 0 } },
      ...{ open: () => Promise.resolve(), probe: () => Promise.resolve([]), goods: () => undefined, close: () => Promise.resolve() },
      deliver: () => this.tillAnswers(),
    };
    await this.pipeline.addTill(tapAdapter(adapter, this.recorder, this.clock), { expireMs: 5000, duplicateMs: 2000 });
    const reader: Reader = {
      ...{ id: 'counter', kind: 'serial', capabilities: { feedback: false }, state: { status: 'ready', since: 0 } },
      ...{ feedback: () => Promise.resolve(), close: () => Promise.resolve() },
      open: (sink) => {
        this.sink = sink;
        return Promise.resolve();
      },
    };
    await this.pipeline.addReader(tapReader(reader, this.recorder), { fallbackCharset: 'windows-1251', unmatched: 'passThrough', withSuffix: false });
    const described: Described = {
      head: {
        ...{ type: 'tillbridge-recording', wire: 1, version: '0', wall: this.clock.wall(), codes: CODES, on: ON },
        readers: [{ id: 'counter', kind: 'serial', unmatched: 'passThrough', withSuffix: false, fallbackCharset: 'windows-1251' }],
        tills: [{ id: 'front', goods: true, keys: false, best: 'sent', verify: false, expireMs: 5000, duplicateMs: 2000 }],
        routes: [{ readers: ['counter'], till: 'front', goods: 'front' }],
        translators: [{ id: '1:table', type: 'table' }],
      },
      classifier,
      charsetOf: () => 'windows-1251',
    };
    this.recorder.start(described);
    tapPipeline(this.pipeline, this.recorder);
  }

  async scan(text: string, more: Partial<RawRead> = {}): Promise<void> {
    const at = { mono: this.clock.mono(), wall: this.clock.wall() };
    this.sink?.read({ bytes: Buffer.from(text), terminator: Uint8Array.of(13), at, silence: 'settled', silentBefore: true, ...more });
    await this.clock.advance(0);
  }

  text(): string {
    return this.recorder.take(0).lines.join('\n');
  }
}

const again = async (text: string) => {
  const recording = parseRecording(text);
  return replay(recording, new VirtualClock(recording.head.wall));
};

describe('the flight recorder', () => {
  it('what it wrote plays again to the same end, and shows nothing of what was scanned', async () => {
    const shop = new Shop();
    await shop.start();
    await shop.scan('4601234567893');
    await shop.scan('9812345678901234');
    await shop.clock.advance(700);
    await shop.scan('9812345678901234');
    shop.answer = () => ({ result: 'notFound' });
    await shop.scan(']C19899999999999999', { silence: 'awaitQuiet', quietMs: 20 });
    await shop.clock.advance(20);
    shop.sink?.quiet();
    await shop.clock.advance(0);
    await shop.scan('9855555555555555', { silence: 'awaitQuiet', quietMs: 20 });
    shop.sink?.resumed();
    await shop.scan('second line of a long code 778812');
    const text = shop.text();
    expect(text).not.toMatch(/460123|2345678|9999999|5555555|778812/);
    const played = await again(text);
    expect(played).toMatchObject({ goods: 3, outcomes: 2, omitted: 0, differences: [] });
  });

  it('times count: a till that answered late, a translator that took too long, a clock that went on', async () => {
    const shop = new Shop();
    await shop.start();
    const later = (ms: number) => new Promise<void>((resolve) => void shop.clock.timer(ms, resolve));
    shop.answer = async () => {
      await later(6000);
      return { result: 'notFound' };
    };
    await shop.scan('9811111111111111');
    await shop.clock.advance(10_000);
    shop.answer = () => ({ result: 'found', number: new NativeNumber('card', '2000000012345') });
    shop.tillAnswers = async () => {
      await later(1500);
      return outcome('rejected', 'portNotOpen');
    };
    await shop.scan('9822222222222222');
    await shop.clock.advance(200);
    await shop.scan('9833333333333333');
    await shop.clock.advance(10_000);
    const text = shop.text();
    const names = text.split('\n').filter((line) => line.includes('"e":"outcome"'));
    expect(names.map((line) => (JSON.parse(line) as { outcome: string }).outcome)).toContain('expired');
    expect((await again(text)).differences).toEqual([]);
  });

  it('a bridge that does something else is told of', async () => {
    const shop = new Shop();
    await shop.start();
    await shop.scan('9812345678901234');
    await shop.scan('4601234567893');
    const changed = shop.text().replace('"outcome":"sent"', '"outcome":"rejected"');
    expect(changed).not.toBe(shop.text());
    const { differences } = await again(changed);
    expect(differences).toHaveLength(1);
    expect(differences[0]).toMatchObject({ till: 'front', place: 1 });
  });

  it('any traffic plays again to the same end', async () => {
    const step = fc.oneof(
      fc.record({ scan: fc.constantFrom('9812345678901234', '9800000000000017', '4601234567893', 'https://example.org/a?b=1234', '12'), ms: fc.nat(3000) }),
      fc.record({ order: fc.constantFrom('opened', 'closed'), ms: fc.nat(3000) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 15 }), fc.nat(4000), async (steps, slow) => {
        const shop = new Shop();
        await shop.start();
        shop.tillAnswers = async () => {
          await new Promise<void>((resolve) => void shop.clock.timer(slow, resolve));
          return outcome('sent', 'read');
        };
        for (const each of steps) {
          if ('scan' in each) await shop.scan(each.scan);
          else shop.pipeline.order('front', each.order, 'order-77');
          await shop.clock.advance(each.ms);
        }
        await shop.clock.advance(20_000);
        const text = shop.text();
        expect(text).not.toMatch(/345678901234|0000000017|460123456|order-77/);
        expect((await again(text)).differences).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('costs nothing while it is off, and stops by itself when it is full', async () => {
    const shop = new Shop();
    await shop.start();
    shop.recorder.stop();
    await shop.scan('9812345678901234');
    expect(shop.recorder.take(0).lines).toHaveLength(1);
    expect(shop.recorder.take(1, 5)).toEqual({ lines: [], next: 1, full: false });
  });

  it.each([
    ['', 'line 1'],
    ['{"type":"something"}', 'line 1'],
    ['nonsense', 'line 1'],
    ['x'.repeat(17 * 1024 * 1024), 'too large'],
  ])('a file that is none is refused', (text, problem) => {
    expect(() => parseRecording(text)).toThrow(problem);
  });

  it('a line that is not ours is named', async () => {
    const shop = new Shop();
    await shop.start();
    await shop.scan('4601234567893');
    expect(() => parseRecording(`${shop.text()}\n{"e":"explode","t":1}`)).toThrow(/line 4/);
  });
});
