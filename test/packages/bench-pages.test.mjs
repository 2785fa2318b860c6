import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { bounds, logTicks, partOf, spreads } from '../bench/lib/plot.mjs';
import { lastResult, pagesOf } from '../bench/pages.mjs';

const text = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

describe('the pages of the last measurement', () => {
  const pages = pagesOf(lastResult(), text('README.md'));

  test.each(Object.keys(pages))('%s is what bench/results/latest.json makes (node test/bench/pages.mjs)', (path) => {
    expect(text(path)).toBe(pages[path]);
  });

  test('are all there', () => {
    expect(Object.keys(pages).sort()).toEqual(['README.md', 'bench/README.md', 'bench/results/goods.svg', 'bench/results/loyalty.svg', 'bench/results/promises.svg']);
  });
});

describe('plots', () => {
  test('ticks of a logarithmic scale are 1, 2 and 5 of each power, within the limits', () => {
    expect(logTicks(80, 1200)).toEqual([100, 200, 500, 1000]);
    expect(logTicks(0.4, 2)).toEqual([0.5, 1, 2]);
  });

  test('a promise that has to be reached uses more of its bound the less there is', () => {
    expect(partOf({ value: 50_000, bound: 100_000, atLeast: true })).toBe(2);
    expect(partOf({ value: 1, bound: 2 })).toBe(0.5);
    expect([partOf({ value: 0, bound: 0 }), partOf({ value: 1, bound: 0 })]).toEqual([0, Number.POSITIVE_INFINITY]);
  });

  test('words are escaped, and each figure stands in the description', () => {
    const row = { name: 'a & <b>', p50Us: 120, p90Us: 200, p99Us: 2500, note: '1.00 x' };
    const svg = spreads({ title: 'x', axis: 'y', rows: [row] });
    expect(svg).toContain('a &amp; &lt;b&gt;: p50 120 µs, p90 200 µs, p99 2.5 ms, 1.00 x');
    expect(svg).not.toContain('<b>');
  });

  test('a missed promise is marked by more than its colour', () => {
    const promise = { text: 'p', value: 3, bound: 2, unit: 'x', kept: false };
    expect(bounds({ title: 'x', axis: 'y', promises: [promise] })).toContain('3 x ✗');
    expect(bounds({ title: 'x', axis: 'y', promises: [{ ...promise, value: 1, kept: true }] })).not.toContain('✗');
  });
});
