import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { LANGUAGES, lastFigures, pageFile, promisedFiles, promisesPage } from '../../scripts/promises-page.mjs';
import { SECTIONS } from '../../scripts/promises/list.mjs';
import { root } from '../../scripts/packages.mjs';

const figures = lastFigures();
const promises = SECTIONS.flatMap((section) => section.promises);

describe('the page of promises', () => {
  test.each(LANGUAGES)('is in step with the last figures (%s): run node scripts/promises-page.mjs', (language) => {
    expect(readFileSync(pageFile(language), 'utf8')).toBe(promisesPage(language, figures));
  });

  test('names only files that are there, and at least one for each promise', () => {
    expect(promisedFiles().filter((path) => !existsSync(join(root, path)))).toEqual([]);
    for (const { en, ru, tests } of promises) expect([en !== '', ru !== '', tests.length > 0]).toEqual([true, true, true]);
  });

  test('leaves out no bound of the bench and no part of the proofs', () => {
    const shown = promises.flatMap(({ figures: list = [] }) => list);
    const bounds = (figures.bench.promises ?? []).filter(({ bound, part }) => bound !== undefined && !ELSEWHERE.includes(part)).map(({ id }) => id);
    expect(bounds.length).toBeGreaterThan(10);
    expect(bounds.filter((id) => !shown.some((each) => each.bench === id))).toEqual([]);
  });

  test('says plainly what does not hold, by how much and why', () => {
    const promise = { id: 'goodsP50', text: 'x', value: 2, bound: 1.6, unit: 'x', atLeast: false, kept: false };
    const page = promisesPage('en', { ...figures, bench: { ...figures.bench, promises: [promise] } });
    const [, told = ''] = /## What does not hold: \d+\n\n((?:- .*\n)*)/.exec(page) ?? [];
    expect(told).toMatch(/^- Goods take at most 1\.6 times.*\*\*does not hold by 25 %\*\*: p50: 2 x \(promised <= 1\.6 x\); why: /m);
  });

  test.each([
    ['lookup', { value: 184.2, bound: 50, unit: 'us', atLeast: false }, '**превышено на 268 %**: поиск, p99: 184,2 мкс (обещано <= 50 мкс)', '**does not hold by 268 %**: look-up p99: 184.2 us'],
    ['import', { value: 75_000, bound: 100_000, unit: 'rows/s', atLeast: true }, '**не хватает 25 %**: импорт: 75\u00a0000 строк/с (обещано >= 100\u00a0000 строк/с)', '**does not hold by 25 %**: import: 75,000 rows/s'],
  ])('says in each language how a bound is missed: %s', (id, figure, russian, english) => {
    const bench = { ...figures.bench, promises: [{ id, text: 'x', kept: false, ...figure }] };
    expect(promisesPage('ru', { ...figures, bench })).toContain(russian);
    expect(promisesPage('en', { ...figures, bench })).toContain(english);
  });

  test.each([[1, '1 ядро,'], [4, '4 ядра,'], [8, '8 ядер,']])('counts cores in Russian: %i', (cores, told) => {
    expect(promisesPage('ru', { ...figures, bench: { ...figures.bench, machine: { ...figures.bench.machine, cores } } })).toContain(told);
  });

  test('calls nothing kept that was not measured', () => {
    const page = promisesPage('en', { bench: {}, proof: {} });
    expect(page).not.toContain('holds: ');
    expect(page).toContain('not measured in the last run');
  });
});

/** Bounds of adapters: they stand on their own pages. */
const ELSEWHERE = ['onec', 'platforms', 'console'];
