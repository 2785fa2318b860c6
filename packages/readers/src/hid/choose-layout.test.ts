import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LAYOUT_NAMES, type LayoutName } from '../profiles/index.js';
import { fits, guessLayout, LayoutChooser } from './choose-layout.js';
import { LAYOUTS, namedLayout, type ReportLayout } from './layouts.js';
import { parseReport } from './parse-report.js';
import { reportsOf } from './testing/reports.js';

const AIMS = [']E0', ']C0', ']C1', ']d2', ']Q1', ']L0', ']z0'];
/** What codes are made of: no zero bytes. */
const payload = fc.uint8Array({ minLength: 1, maxLength: 56, min: 1 });
const printable = fc.string({ unit: 'grapheme-ascii', minLength: 4, maxLength: 56 }).map((text) => Uint8Array.from(Buffer.from(text, 'latin1')));

describe('the layout of an unknown device', () => {
  test('A and B are told apart, whatever the code', () => {
    fc.assert(
      fc.property(payload, fc.constantFrom(...AIMS), fc.boolean(), (data, aim, prefixed) => {
        const [a] = reportsOf('hhp', { data, aim, symbology: 0x73 });
        expect(guessLayout(a!)?.name).toBe('hhp');
        // layout B has no place for an AIM id: where it is switched on, it is the first data bytes
        const all = (prefixed ? Buffer.concat([Buffer.from(aim), data]) : Buffer.from(data)).subarray(0, 56);
        const [b] = reportsOf('newland', { data: all, symbology: 0x21 });
        expect(guessLayout(b!)?.name).toBe('newland');
      }),
      { numRuns: 5000 },
    );
  });

  test('each named layout is recognised by a printable code', () => {
    fc.assert(
      fc.property(printable, fc.constantFrom(...AIMS), fc.constantFrom(...LAYOUT_NAMES), (data, aim, name) => {
        const [report] = reportsOf(name, { data, aim });
        const guessed = guessLayout(report!);
        expect(guessed).toBeDefined();
        const parsed = parseReport(report!, guessed!);
        expect(parsed).toMatchObject({ kind: 'chunk', data });
      }),
      { numRuns: 5000 },
    );
  });

  test('HHP without an AIM id is still HHP', () => {
    const [report] = reportsOf('hhp', { data: Buffer.from('4600000000001'), symbology: 0x64 });
    expect(guessLayout(report!)?.name).toBe('hhp');
  });

  test('noise fits nothing', () => {
    expect(guessLayout(new Uint8Array(64))).toBeUndefined();
    expect(guessLayout(Uint8Array.from({ length: 64 }, () => 0xff))).toBeUndefined();
    expect(guessLayout(new Uint8Array(0))).toBeUndefined();
  });
});

describe('the chooser', () => {
  const descriptor: ReportLayout = { name: 'descriptor', reportId: 2, length: 1, aim: 2, data: { offset: 5, count: 50 } };
  const a = reportsOf('hhp', { data: Buffer.from('12345678'), aim: ']C0' })[0]!;
  const b = reportsOf('newland', { data: Buffer.from('12345678') })[0]!;

  test('asks the configuration, then the descriptor, then the profile, then the look', () => {
    const configured = LAYOUTS.symbol;
    expect(new LayoutChooser({ configured, descriptor, profile: LAYOUTS.hhp }).for(a)).toEqual({ layout: configured, basis: 'configured' });
    expect(new LayoutChooser({ descriptor, profile: LAYOUTS.hhp }).for(a)).toEqual({ layout: descriptor, basis: 'descriptor' });
    expect(new LayoutChooser({ profile: LAYOUTS.newland }).for(b)).toEqual({ layout: LAYOUTS.newland, basis: 'profile' });
    expect(new LayoutChooser({}).for(a)).toEqual({ layout: LAYOUTS.hhp, basis: 'guessed' });
    expect(new LayoutChooser({}).known).toBeUndefined();
  });

  test('a copied descriptor does not win against a profile that fits', () => {
    const chooser = new LayoutChooser({ descriptor: LAYOUTS.hhp, profile: LAYOUTS.newland });
    expect(chooser.for(b)).toEqual({ layout: LAYOUTS.newland, basis: 'profile' });
    expect(chooser.for(a)).toEqual({ layout: LAYOUTS.hhp, basis: 'descriptor' });
  });

  test('what alone is known is not doubted', () => {
    const odd = reportsOf('newland', { data: Buffer.from(']C012345') })[0]!;
    expect(new LayoutChooser({ profile: LAYOUTS.hhp }).for(odd)?.layout).toBe(LAYOUTS.hhp);
  });

  test('a guess from an odd report is mended by the next, and kept where none fits', () => {
    const chooser = new LayoutChooser({});
    expect(chooser.for(new Uint8Array(64))).toBeUndefined();
    expect(chooser.for(b)?.layout.name).toBe('newland');
    expect(chooser.for(a)?.layout.name).toBe('hhp');
    expect(chooser.for(new Uint8Array(64))?.layout.name).toBe('hhp');
  });
});

describe('a layout of a user', () => {
  test('is read as given', () => {
    const layout = namedLayout({ reportId: 7, length: 2, data: { offset: 3, count: 20 }, aim: 30, symbology: 40, more: { offset: 41, bit: 3 } });
    const report = new Uint8Array(64);
    report.set([7, 0, 3, 0x61, 0x62, 0x63]);
    report.set(Buffer.from(']Q1'), 30);
    report.set([9, 0b1000], 40);
    expect(parseReport(report, layout)).toMatchObject({ kind: 'chunk', data: Uint8Array.from(Buffer.from('abc')), aim: ']Q1', symbology: 9, more: true });
  });
});

describe('reports of every length from 0 to 512', () => {
  const names: readonly LayoutName[] = LAYOUT_NAMES;
  test.each(names)('%s: give their data, or are refused; never more bytes than they have', (name) => {
    const layout = LAYOUTS[name];
    for (let size = 0; size <= 512; size += 1) {
      for (const fill of [0, 1, 2, 4, 0x38, 0xff]) {
        const report = new Uint8Array(size).fill(fill);
        if (size > 0 && layout.reportId !== undefined) report[0] = layout.reportId;
        const parsed = parseReport(report, layout);
        if (parsed.kind === 'chunk') expect(parsed.data.length).toBeLessThanOrEqual(Math.min(size, layout.data.count));
        fits(report, layout);
        guessLayout(report);
      }
    }
  });

  test('any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 512 }), fc.constantFrom(...names), (report, name) => {
        const parsed = parseReport(report, LAYOUTS[name]);
        if (parsed.kind === 'chunk') expect(parsed.data.length).toBeGreaterThan(0);
        guessLayout(report);
      }),
      { numRuns: 2000 },
    );
  });
});
