import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HelperLines, MAX_HELPER_LINE, parseLine, startLine } from './lines.js';
import { hookRule, prefixKeys } from './rule.js';

describe('what the helper says', () => {
  it('is understood', () => {
    expect(['H 1', 'O', 'B 1 2 3', 'C', 'G', 'R 2', 'F missing no keyboard VID_05E0', 'F other Windows error 5'].map(parseLine)).toEqual([
      { kind: 'hello' },
      { kind: 'opened' },
      { kind: 'beat' },
      { kind: 'closed' },
      { kind: 'gone' },
      { kind: 'rehooked', times: 2 },
      { kind: 'failed', missing: true, problem: 'no keyboard VID_05E0' },
      { kind: 'failed', missing: false, problem: 'Windows error 5' },
    ]);
    expect(parseLine('K 7 1e+1000500 1e-1001000')).toEqual({ kind: 'keys', seq: 7, keys: [{ usage: 0x1e, down: true, at: 1000.5 }, { usage: 0x1e, down: false, at: 1001 }] });
    expect(parseLine('K 0')).toEqual({ kind: 'keys', seq: 0, keys: [] });
  });

  it.each(['H 2', 'X', '', 'K', 'K -1', 'K x 1e+1', 'K 0 1e*1', 'K 0 1e+', 'K 0 100+1', 'K 0 1e+1e9', 'R', 'k 0'])('%j is nothing of ours', (line) => {
    expect(parseLine(line)).toBeUndefined();
  });

  it('whatever comes does not throw, and a line without an end is not kept for ever', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 200 }), { maxLength: 20 }), (chunks) => {
        const lines = new HelperLines();
        for (const chunk of chunks) for (const line of lines.push(chunk) ?? []) parseLine(line);
      }),
    );
    const lines = new HelperLines();
    const chunk = 'K'.repeat(65_536);
    let broken = false;
    for (let i = 0; i < MAX_HELPER_LINE / chunk.length + 1; i += 1) broken ||= lines.push(chunk) === undefined;
    expect(broken).toBe(true);
  });

  it('lines come out whole, however they were cut', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 30 }), (cuts) => {
        const text = 'H 1\r\nO\r\nK 0 1e+5 1e-6\nB 0 0 0\n';
        const lines = new HelperLines();
        const got: string[] = [];
        let at = 0;
        for (const cut of [...cuts, text.length]) {
          got.push(...(lines.push(text.slice(at, at + cut)) ?? []));
          at += cut;
        }
        expect(got).toEqual(['H 1', 'O', 'K 0 1e+5 1e-6', 'B 0 0 0']);
      }),
    );
  });
});

describe('what the helper is told', () => {
  const auto = { auto: true } as const;
  it('a prefix, what ends a read, how long a pause may be', () => {
    const rule = hookRule({ where: { match: { vid: '05e0', pid: '1200' } }, prefix: 'F15', suffix: ['CR', 'TAB'], gapMs: 'auto' });
    expect(rule).toEqual({ prefix: 0x6a, modifiers: 0, ends: 5, gapMs: 500, least: 1, device: 'VID_05e0&PID_1200' });
    expect(startLine(rule, 42)).toBe('start prefix=106 modifiers=0 ends=5 gap=500 least=1 mark=42 device=VID_05e0&PID_1200\n');
  });

  it('STX is Ctrl+B; without a suffix pauses are short; without a prefix shorter still, and few keys are no read', () => {
    expect(hookRule({ where: auto, prefix: 'STX', suffix: ['ETX'], gapMs: 'auto' })).toMatchObject({ prefix: 5, modifiers: 1, ends: 8, device: '' });
    expect(hookRule({ where: auto, prefix: 'F24', suffix: [], gapMs: 'auto' })).toMatchObject({ prefix: 0x73, ends: 0, gapMs: 100 });
    expect(hookRule({ where: auto, prefix: 'none', suffix: ['CR'], gapMs: 'auto' })).toMatchObject({ prefix: 0, gapMs: 35, least: 4 });
    expect(hookRule({ where: auto, prefix: 'none', suffix: ['CR'], gapMs: 60 })).toMatchObject({ gapMs: 60 });
  });

  it('the prefix as keys, for a till that wants it', () => {
    const keys = (prefix: 'F13' | 'STX' | 'none') => prefixKeys(hookRule({ where: auto, prefix, suffix: ['CR'], gapMs: 'auto' })).map(({ usage, down }) => `${usage.toString(16)}${down ? '+' : '-'}`);
    expect([keys('F13'), keys('STX'), keys('none')]).toEqual([['68+', '68-'], ['e0+', '5+', '5-', 'e0-'], []]);
  });
});
