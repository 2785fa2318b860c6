import type { Instant } from '@tillbridge/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ReportAssembler, type Assembled } from './assembler.js';
import { LAYOUTS } from './layouts.js';
import { parseReport } from './parse-report.js';
import { reportsOf, type SentRead } from './testing/reports.js';
import type { LayoutName } from '../profiles/index.js';

const at = (ms: number): Instant => ({ mono: ms, wall: 1000 + ms });
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
const sent = (data: string, more: Partial<SentRead> = {}): SentRead => ({ data: Buffer.from(data, 'latin1'), aim: ']Q1', ...more });

class Bench {
  readonly assembler = new ReportAssembler({ flushMs: 250, maxBytes: 8192 });
  readonly story: Assembled[] = [];
  now = 0;
  constructor(readonly layout: LayoutName = 'hhp') {}

  report(report: Uint8Array): this {
    this.story.push(...this.assembler.push(parseReport(report, LAYOUTS[this.layout]), report.length, at(this.now)));
    return this;
  }
  send(read: SentRead): this {
    for (const report of reportsOf(this.layout, read)) this.report(report);
    return this;
  }
  /** As a driver with a timer does. */
  wait(ms: number): this {
    this.now += ms;
    const due = this.assembler.flushAt;
    if (due !== undefined && due <= this.now) this.story.push(...this.assembler.flush());
    return this;
  }
  get reads(): string[] {
    return this.story.flatMap((one) => (one.kind === 'read' ? [text(one.read.bytes)] : []));
  }
}

describe('a read', () => {
  test('of one report', () => {
    const { story } = new Bench().send(sent('4600000000001', { aim: ']E0', symbology: 0x64 }));
    expect(story).toEqual([
      { kind: 'read', read: { bytes: Uint8Array.from(Buffer.from('4600000000001')), aim: ']E0', symbology: 0x64, at: at(0), overflow: false, partial: false, ended: true } },
    ]);
  });

  test.each([1, 55, 56, 57, 111, 112, 113, 500, 3000])('of %i bytes, in as many reports as it takes, at once', (size) => {
    const data = Array.from({ length: size }, (_, i) => String.fromCharCode(33 + (i % 90))).join('');
    const bench = new Bench().send(sent(data)).send(sent('next'));
    expect(bench.reads).toEqual([data, 'next']);
  });

  test.each([56, 112])('of %i bytes from a clone that always says "more" waits for silence, and is not glued to the next', (size) => {
    const data = 'x'.repeat(size);
    const bench = new Bench().send(sent(data, { alwaysMoreWhenFull: true }));
    expect(bench.reads).toEqual([]);
    bench.wait(249);
    expect(bench.reads).toEqual([]);
    bench.wait(1).send(sent('next'));
    expect(bench.reads).toEqual([data, 'next']);
  });

  test('whose flush came late is over all the same', () => {
    const bench = new Bench().send(sent('x'.repeat(56), { alwaysMoreWhenFull: true }));
    bench.now += 300;
    bench.send(sent('next'));
    expect(bench.reads).toEqual(['x'.repeat(56), 'next']);
  });

  test('another AIM id begins another read; the one before may be torn and says so', () => {
    const bench = new Bench().send(sent('x'.repeat(56), { alwaysMoreWhenFull: true })).send(sent('4600000000001', { aim: ']E0' }));
    expect(bench.reads).toEqual(['x'.repeat(56), '4600000000001']);
    expect(bench.story.map((one) => one.kind === 'read' && one.read.ended)).toEqual([false, true]);
  });

  test('without an AIM id stays one read', () => {
    const bare = { data: Buffer.from('y'.repeat(100)) };
    expect(new Bench().send(bare).reads).toEqual(['y'.repeat(100)]);
    expect(new Bench('newland').send(bare).reads).toEqual(['y'.repeat(100)]);
  });

  test('with zero bytes, UTF-8 and 1251 inside stays as it is where the device sends a length', () => {
    for (const layout of ['hhp', 'newland'] as const) {
      for (const data of [Buffer.from([1, 0, 2, 0, 0]), Buffer.from('Карта'.repeat(20)), Buffer.from([0xca, 0xe0, 0xf0, 0xf2, 0xe0]), Buffer.from('\u001d01\u001d')]) {
        const bench = new Bench(layout).send({ data });
        expect(Buffer.from(bench.reads[0]!, 'latin1')).toEqual(data);
      }
    }
  });

  test('is not disturbed by empty and foreign reports', () => {
    const bench = new Bench();
    const [first, second] = reportsOf('hhp', sent('z'.repeat(80)));
    bench.report(first!).report(Uint8Array.of(2, 0)).report(Uint8Array.of(9, 1, 2)).report(new Uint8Array(0)).report(second!);
    expect(bench.reads).toEqual(['z'.repeat(80)]);
  });
});

describe('what is no read', () => {
  test('a length that cannot be tears the read that it stands in; both are counted', () => {
    const bench = new Bench();
    const [first] = reportsOf('hhp', sent('z'.repeat(80)));
    bench.report(first!).report(Uint8Array.from([2, 200, ...new Array<number>(62).fill(0x41)])).send(sent('next'));
    expect(bench.story[0]).toEqual({ kind: 'dropped', byteCount: 64 + 56 });
    expect(bench.reads).toEqual(['next']);
  });

  test('the device going away in the middle', () => {
    const bench = new Bench();
    bench.report(reportsOf('hhp', sent('z'.repeat(80)))[0]!);
    expect(bench.assembler.reset()).toBe(56);
    expect(bench.assembler.flushAt).toBeUndefined();
    expect(bench.send(sent('next')).reads).toEqual(['next']);
  });

  test('an answer of one report by its AIM id', () => {
    const bench = new Bench().send(sent('TERMID131\u0006.', { aim: ']Z6', symbology: 0x36 })).send(sent('4600000000001', { aim: ']E0' }));
    expect(bench.story[0]).toEqual({ kind: 'reply', byteCount: 11 });
    expect(bench.reads).toEqual(['4600000000001']);
  });

  test('an answer of several reports that another program asked for', () => {
    const bench = new Bench();
    const [text1, text2] = reportsOf('hhp', sent('Product Name: Voyager'.padEnd(112, ' '), { aim: ']X0', symbology: 0x3f, alwaysMoreWhenFull: true }));
    bench.report(text1!).report(text2!).send(sent('REVINF\u0006.', { aim: ']Z6', symbology: 0x36 }));
    expect(bench.story).toEqual([{ kind: 'reply', byteCount: 8 + 112 }]);
    expect(bench.assembler.flushAt).toBeUndefined();
  });

  test('an ordinary read with ]X0 is one', () => expect(new Bench().send(sent('9780000000002', { aim: ']X0' })).reads).toEqual(['9780000000002']));

  test('whatever comes while an answer is outstanding, and nothing after it', () => {
    const bench = new Bench();
    bench.assembler.expectReply(at(0), 300);
    bench.send(sent('\u0002\u0001ok\u0006;\u0003', { aim: ']C0' })).send(sent('first'));
    expect(bench.story[0]!.kind).toBe('reply');
    expect(bench.reads).toEqual(['first']);
    bench.assembler.expectReply(at(0), 300);
    bench.now = 300;
    expect(bench.send(sent('second')).reads).toEqual(['first', 'second']);
  });
});

describe('bounds', () => {
  test('a read without an end leaves in pieces that are no codes', () => {
    const bench = new Bench();
    const [full] = reportsOf('hhp', sent('q'.repeat(56), { alwaysMoreWhenFull: true }));
    for (let i = 0; i < 1000; i += 1) bench.report(full!);
    bench.wait(250);
    expect(bench.reads.join('')).toBe('q'.repeat(56_000));
    const sizes = bench.reads.map((read) => read.length);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(8192);
    expect(bench.story.every((one) => one.kind === 'read' && one.read.overflow)).toBe(true);
    expect(bench.story.map((one) => one.kind === 'read' && one.read.partial)).toEqual([...bench.story.slice(1).map(() => true), false]);
    expect(bench.send(sent('next')).story.at(-1)).toMatchObject({ read: { overflow: false } });
  });

  test('any reports in any order: every data byte comes out exactly once, as a read, a drop or an answer', () => {
    const report = fc.oneof(
      fc.record({ data: fc.uint8Array({ minLength: 0, maxLength: 56 }), aim: fc.constantFrom(']Q1', ']E0', ']X0', ']Z6', undefined), more: fc.boolean(), wait: fc.integer({ min: 0, max: 400 }) }),
    );
    fc.assert(
      fc.property(fc.array(report, { maxLength: 60 }), (reports) => {
        const bench = new Bench();
        let put = 0;
        for (const { data, aim, more, wait } of reports) {
          const bytes = new Uint8Array(64);
          bytes.set([2, data.length]);
          if (aim !== undefined) bytes.set(Buffer.from(aim), 2);
          bytes.set(data, 5);
          bytes[63] = more ? 1 : 0;
          put += data.length;
          bench.report(bytes).wait(wait);
        }
        bench.wait(1000);
        const out = bench.story.reduce((sum, one) => sum + (one.kind === 'read' ? one.read.bytes.length : one.byteCount), 0);
        expect(out).toBe(put);
        expect(bench.assembler.flushAt).toBeUndefined();
      }),
      { numRuns: 500 },
    );
  });
});
