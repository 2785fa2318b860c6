import type { KeyEvent } from '@tillbridge/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { namedLayout, parseReport, LAYOUTS, type ReportLayout } from '../hid/index.js';
import { LAYOUT_NAMES, type CustomLayout } from '../profiles/index.js';
import { profileSchemas } from '../profiles/schema.js';
import { codeBytes, learnCodes } from './codes.js';
import { inferGap, inferGsKey } from './infer-keys.js';
import { inferLayout } from './infer-layout.js';
import { inferProfile, type LearnDevice } from './infer-profile.js';
import { inferAround } from './infer-text.js';

const { deviceProfile } = profileSchemas();

const bytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'latin1'));
const codes = learnCodes('qr').map(codeBytes);
const device: LearnDevice = { vid: '24ea', pid: '0197', name: 'Cheap', posUsage: true };

/** As a scanner with this layout would send it. `size`: bytes in a report; `aim`: in its own place. */
function reportsOf(data: Uint8Array, layout: ReportLayout, size: number, aim: string | undefined): Uint8Array[] {
  const { offset, count } = layout.data;
  const chunks = Array.from({ length: Math.max(1, Math.ceil(data.length / count)) }, (_, i) => data.subarray(i * count, (i + 1) * count));
  return chunks.map((chunk, i) => {
    const report = new Uint8Array(size);
    if (layout.reportId !== undefined) report[0] = layout.reportId;
    if (layout.length !== undefined) report[layout.length] = chunk.length;
    if (layout.aim !== undefined && aim !== undefined) report.set(bytes(aim), layout.aim);
    if (layout.symbology !== undefined) report[layout.symbology.offset] = 0x73;
    if (layout.more !== undefined && i < chunks.length - 1) report[layout.more.offset]! |= 1 << layout.more.bit;
    report.set(chunk, offset);
    return report;
  });
}

function readWith(reports: readonly Uint8Array[], layout: ReportLayout): string {
  return reports.map((report) => parseReport(report, layout)).map((chunk) => (chunk.kind === 'chunk' ? Buffer.from(chunk.data).toString('latin1') : `<${chunk.kind}>`)).join('');
}

describe('the codes', () => {
  test.each(['qr', 'bars'] as const)('%s: three, of different lengths, one with a separator', (kind) => {
    const all = learnCodes(kind).map(codeBytes);
    expect(new Set(all.map(({ length }) => length)).size).toBe(3);
    expect(all.filter((code) => code.includes(0x1d))).toHaveLength(1);
    expect(all.some((code) => code.length > 64)).toBe(kind === 'qr');
  });
});

describe('what stands around', () => {
  const around = (before: string, after: string): ReturnType<typeof inferAround> =>
    inferAround(codes.map((expected) => ({ expected, got: bytes(before + Buffer.from(expected).toString('latin1') + after) })));

  test('prefix, suffix and AIM id, for all of them', () => {
    const control = fc.array(fc.constantFrom('\x02', 'A', '~', '7'), { maxLength: 4 }).map((signs) => signs.join(''));
    fc.assert(
      fc.property(control, fc.constantFrom('', '\r', '\n', '\r\n', '\t', '\x03', '\x1c'), fc.constantFrom('', ']Q1'), (prefix, suffix, aim) => {
        const found = around(aim + prefix, suffix);
        expect(typeof found === 'string' ? found : { ...found, prefix: Buffer.from(found.prefix).toString('latin1'), suffix: Buffer.from(found.suffix).toString('latin1') }).toEqual({
          prefix, suffix, aim: aim !== '', gs: 'kept',
        });
      }),
    );
  });

  test('the AIM id may differ from code to code', () => {
    const aims = [']Q1', ']C0', ']d2'];
    const found = inferAround(codes.map((expected, i) => ({ expected, got: Uint8Array.from([...bytes(aims[i]!), ...expected]) })));
    expect(found).toMatchObject({ aim: true, prefix: new Uint8Array() });
  });

  test('lost separators', () => {
    expect(inferAround(codes.map((expected) => ({ expected, got: expected.filter((byte) => byte !== 0x1d) })))).toMatchObject({ gs: 'lost' });
  });

  test.each([
    ['another code', 'somebody else', 'otherCode'],
    ['Caps Lock', 'tb0123456789', 'wrongCase'],
    ['another keyboard layout', '\xd2\xc80123456789', 'wrongLetters'],
  ] as const)('%s', (_, got, trouble) => {
    expect(inferAround([{ expected: codes[0]!, got: bytes(got) }])).toBe(trouble);
  });

  test('something else each time', () => {
    expect(inferAround([{ expected: codes[0]!, got: bytes('1TB0123456789') }, { expected: codes[0]!, got: bytes('2TB0123456789') }])).toBe('unsteady');
  });

  test('any bytes: it ends and does not throw', () => {
    fc.assert(fc.property(fc.array(fc.record({ expected: fc.uint8Array({ minLength: 1, maxLength: 20 }), got: fc.uint8Array({ maxLength: 80 }) }), { minLength: 1, maxLength: 3 }), (samples) => {
      inferAround(samples);
    }));
  });
});

describe('report layouts', () => {
  test.each(LAYOUT_NAMES)('%s is recognised', (name) => {
    const layout = LAYOUTS[name];
    for (const aim of layout.aim === undefined ? [undefined] : [']Q1']) {
      // symbol and microscan say nothing of a next report
      const usable = layout.more === undefined ? codes.filter(({ length }) => length < 60) : codes;
      const found = inferLayout(usable.map((expected) => ({ expected, reports: reportsOf(expected, layout, 64, aim) })));
      expect(found).toMatchObject({ layout: name });
    }
  });

  const layouts: fc.Arbitrary<{ layout: CustomLayout; size: number }> = fc
    .record({
      id: fc.option(fc.integer({ min: 1, max: 40 }), { nil: undefined }),
      aim: fc.boolean(),
      gap: fc.integer({ min: 0, max: 3 }),
      count: fc.integer({ min: 30, max: 90 }),
      bit: fc.integer({ min: 0, max: 7 }),
      tail: fc.integer({ min: 0, max: 3 }),
    })
    .map(({ id, aim, gap, count, bit, tail }) => {
      const length = id === undefined ? 0 : 1;
      const aimAt = length + 1 + gap;
      const offset = aim ? aimAt + 3 : aimAt;
      const more = offset + count + tail;
      return {
        layout: { ...(id === undefined ? {} : { reportId: id }), length, ...(aim ? { aim: aimAt } : {}), data: { offset, count }, more: { offset: more, bit } },
        size: more + 1,
      };
    });

  test('one that nobody knows is learned well enough to read other codes', () => {
    const text = fc.string({ unit: fc.constantFrom('0', '1', '7', 'A', 'z', '-', '\x1d'), minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(layouts, fc.constantFrom('', '\r', '\r\n'), fc.constantFrom('', '#'), fc.array(text, { minLength: 1, maxLength: 5 }), ({ layout, size }, suffix, prefix, others) => {
        const truth = namedLayout(layout);
        const wrap = (code: Uint8Array): Uint8Array => Uint8Array.from([...bytes(prefix), ...code, ...bytes(suffix)]);
        const found = inferLayout(codes.map((expected) => ({ expected, reports: reportsOf(wrap(expected), truth, size, ']Q1') })));
        if (typeof found === 'string') throw new Error(found);
        expect(Buffer.from(found.around.prefix).toString()).toBe(prefix);
        expect(Buffer.from(found.around.suffix).toString()).toBe(suffix);
        const learned = namedLayout(found.layout);
        for (const other of others) {
          const reports = reportsOf(wrap(bytes(other)), truth, size, ']C0');
          expect(readWith(reports, learned)).toBe(prefix + other + suffix);
          expect(reports.map((report) => parseReport(report, learned)).map((chunk) => chunk.kind === 'chunk' && chunk.more)).toEqual(reports.map((_, i) => i < reports.length - 1));
        }
      }),
    );
  });

  test('without a length byte: zeros end the data', () => {
    const layout = namedLayout({ data: { offset: 0, count: 64 } });
    const found = inferLayout(codes.filter(({ length }) => length < 64).map((expected) => ({ expected, reports: reportsOf(expected, layout, 64, undefined) })));
    expect(found).toMatchObject({ layout: { data: { offset: 0, count: 64 } } });
  });

  test('any reports: it ends and does not throw', () => {
    const report = fc.uint8Array({ maxLength: 80 });
    fc.assert(fc.property(fc.array(fc.record({ expected: fc.constantFrom(...codes), reports: fc.array(report, { maxLength: 4 }) }), { maxLength: 3 }), (samples) => {
      inferLayout(samples);
    }));
  });

  test('another code than the shown one, and Caps Lock', () => {
    const layout = LAYOUTS.newland;
    const of = (text: string): ReturnType<typeof inferLayout> => inferLayout([{ expected: codes[0]!, reports: reportsOf(bytes(text), layout, 64, undefined) }]);
    expect(of('4607000000017')).toBe('noLayout');
    expect(of('tb0123456789')).toBe('wrongCase');
  });
});

describe('keys', () => {
  /** Presses and releases, `pace` ms apart. */
  const typed = (usages: readonly number[], pace: number): KeyEvent[] => usages.flatMap((usage, i) => [{ usage, down: true, atMs: 2 * i * pace }, { usage, down: false, atMs: (2 * i + 1) * pace }]);

  test('the pause that ends a read: three times the longest, within bounds', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 900 }), (pace) => {
        const gap = inferGap([typed([4, 5, 6], pace)])!;
        expect(gap).toBeGreaterThanOrEqual(Math.min(2000, Math.max(20, pace * 2)));
        expect(gap).toBeLessThanOrEqual(2000);
      }),
    );
    expect(inferGap([])).toBeUndefined();
  });

  test.each([
    ['f8', [{ usage: 0x41, down: true, atMs: 0 }], 'f8'],
    ['Ctrl+]', [{ usage: 0xe0, down: true, atMs: 0 }, { usage: 0x30, down: true, atMs: 1 }], 'ctrl'],
    ['Alt+029', [{ usage: 0xe2, down: true, atMs: 0 }, { usage: 0x62, down: true, atMs: 1 }], 'alt'],
    ['a bracket', [{ usage: 0x30, down: true, atMs: 0 }], undefined],
  ] as const)('%s', (_, keys, expected) => {
    expect(inferGsKey(keys)).toBe(expected);
  });
});

describe('the whole profile', () => {
  test('of a HID scanner', () => {
    const learnt = inferProfile(device, codes.map((expected) => ({ expected, capture: { kind: 'hid' as const, reports: reportsOf(expected, LAYOUTS.hhp, 64, ']Q1') } })));
    if (typeof learnt === 'string') throw new Error(learnt);
    expect(deviceProfile.parse(learnt.profile)).toMatchObject({ id: 'learned-24ea-0197-hidpos', mode: 'hidPos', layout: 'hhp', aim: false, basis: 'learned' });
    expect(learnt.profile.feedback).toBeUndefined();
  });

  test('of one that does not say that it is a scanner', () => {
    const learnt = inferProfile({ ...device, posUsage: false }, codes.map((expected) => ({ expected, capture: { kind: 'hid' as const, reports: reportsOf(expected, LAYOUTS.newland, 64, undefined) } })));
    expect(learnt).toMatchObject({ profile: { mode: 'vendor', layout: 'newland' } });
  });

  test('of a serial scanner, and of a suffix without a name', () => {
    const serial = (suffix: string): ReturnType<typeof inferProfile> =>
      inferProfile(device, codes.map((expected) => ({ expected, capture: { kind: 'serial' as const, bytes: Uint8Array.from([...bytes('$'), ...expected, ...bytes(suffix)]) } })));
    expect(serial('\r\n')).toMatchObject({ profile: { mode: 'serial', framing: { suffix: ['CRLF'] }, prefix: '$' } });
    expect(serial('')).toMatchObject({ profile: { framing: { suffix: [] } } });
    expect(serial('\x1c')).toMatchObject({ oddSuffix: bytes('\x1c') });
  });

  test('of a keyboard', () => {
    const keys: KeyEvent[] = [{ usage: 0x41, down: true, atMs: 0 }, { usage: 0x41, down: false, atMs: 12 }];
    const learnt = inferProfile(device, codes.map((expected) => ({ expected, capture: { kind: 'keyboard' as const, bytes: Uint8Array.from([...expected, 13]), keys } })));
    expect(learnt).toMatchObject({ profile: { mode: 'keyboard', keys: { suffix: ['CR'], gapMs: 36, gs: ['f8'] } } });
    expect(deviceProfile.safeParse(typeof learnt === 'string' ? undefined : learnt.profile).success).toBe(true);
  });

  test('of two devices at once: of neither', () => {
    expect(inferProfile(device, [{ expected: codes[0]!, capture: { kind: 'serial', bytes: codes[0]! } }, { expected: codes[0]!, capture: { kind: 'hid', reports: [] } }])).toBe('mixed');
    expect(inferProfile(device, [])).toBe('mixed');
  });
});
