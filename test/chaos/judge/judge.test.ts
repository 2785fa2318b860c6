import { describe, expect, test } from 'vitest';
import { GOODS_TILL, LOYALTY_TILL, loyaltyCode, READERS, SOURCES, type Source } from '../plan/codes.js';
import { Findings, type Promised } from './findings.js';
import { judgeGoods } from './goods.js';
import { findLeaks } from './leaks.js';
import { judgeLoyalty } from './loyalty.js';
import { BOUNDS, type Burst, type JournalRow, type Observed, type Shown, type TakenGoods, type Trouble } from './observed.js';

const COUNT = 10;
const at = (n: number): number => 1000 + n * 1000;

/** A day on which everything went well: ten bursts and five guests at each source. */
function goodDay(): { -readonly [Key in keyof Observed]: Observed[Key][number][] } {
  const bursts: Burst[] = READERS.flatMap((reader) => Array.from({ length: 10 }, (_, n) => ({ reader, first: n * COUNT, count: COUNT, from: at(n), sent: at(n) + 5, to: at(n) + 20 })));
  const goods: TakenGoods[] = bursts.flatMap(({ reader, first, from }) => Array.from({ length: COUNT }, (_, i) => ({ till: GOODS_TILL[reader], reader, n: first + i, at: from + 10 })));
  const shown: Shown[] = SOURCES.flatMap((source) => Array.from({ length: 5 }, (_, n) => ({ source, kind: 'card' as const, n, from: at(n), sent: at(n) + 30, to: at(n) + 60, ...(source === 'hall' ? { order: `o${String(n)}` } : {}), ...(source === 'program' ? { acknowledged: { scanId: `program-${String(n)}` } } : {}) })));
  const rows: JournalRow[] = shown.map(({ source, n }, i) => ({ seq: i, scanId: `${source}-${String(n)}`, reader: source, till: LOYALTY_TILL[source], kind: 'card', code: `****${loyaltyCode(source, 'card', n).code.slice(-4)}`, number: '****', ...(source === 'hall' ? { outcome: 'applied' } : { outcome: 'sent', evidence: 'read' }) }));
  const numbers = shown.flatMap(({ source, n, sent }) => (source === 'hall' ? [] : [{ till: LOYALTY_TILL[source], number: loyaltyCode(source, 'card', n).number, at: sent + 40 }]));
  const onOrders = shown.flatMap(({ source, n }) => (source === 'hall' ? [{ order: `o${String(n)}`, card: loyaltyCode(source, 'card', n).number }] : []));
  return { bursts, goods, shown, rows, numbers, onOrders, codes: [], others: [], troubles: [], lags: [], orderChanges: [] };
}

function judge(day: Observed): Findings {
  const findings = new Findings();
  judgeGoods(day, findings);
  judgeLoyalty(day, findings);
  return findings;
}

type Day = ReturnType<typeof goodDay>;
const trouble = (name: Trouble['name'], n: number, target?: string, lasting = 50): Trouble => ({ name, from: at(n), to: at(n) + lasting, ...(target === undefined ? {} : { target }) });
const isOf = (reader: string, n: number) => (taken: TakenGoods): boolean => taken.reader === reader && taken.n === n;
const row = (day: Day, source: Source, n: number): number => day.rows.findIndex(({ scanId }) => scanId === `${source}-${String(n)}`);
const without = <T>(list: T[], index: number): T => list.splice(index, 1)[0]!;

test('a good day has nothing wrong', () => {
  const findings = new Findings();
  expect(judgeGoods(goodDay(), findings)).toEqual({ sent: 400, arrived: 400, lostInKills: 0, mostLostAtOnce: 0, cut: 0, pieces: 0 });
  expect(judgeLoyalty(goodDay(), findings)).toEqual({ shown: 25, outcomes: { sent: 20, applied: 5 }, asGoods: 0, untold: 0, acknowledged: 5, notWritten: 0, toldNotWritten: 0 });
  expect(findings.list).toEqual([]);
});

const BROKEN: readonly (readonly [string, Promised, (day: Day) => void])[] = [
  ['a product that never came', 'lost', (day) => without(day.goods, day.goods.findIndex(isOf('left', 42)))],
  ['two products cut by one closing of a port', 'lost', (day) => {
    day.troubles.push(trouble('till-hangup', 3, 'front'));
    for (const n of [38, 39]) without(day.goods, day.goods.findIndex(isOf('net', n)));
  }],
  ['a product lost when another cable was pulled', 'lost', (day) => {
    day.troubles.push(trouble('reader-hangup', 3, 'left'));
    without(day.goods, day.goods.findIndex(isOf('net', 35)));
  }],
  ['a product lost when the journal was killed', 'lost', (day) => {
    day.troubles.push(trouble('kill-journal', 3));
    without(day.goods, day.goods.findIndex(isOf('net', 35)));
  }],
  ['a product that came twice', 'doubled', (day) => day.goods.push({ ...day.goods.find(isOf('hall', 7))!, at: at(1) })],
  ['a product that came twice in a kill', 'doubled', (day) => {
    day.troubles.push(trouble('kill-main', 0));
    day.goods.push({ ...day.goods.find(isOf('hall', 7))!, at: at(0) + 40 });
  }],
  ['two products in the wrong order', 'reordered', (day) => {
    const [a, b] = [day.goods.findIndex(isOf('right', 11)), day.goods.findIndex(isOf('right', 12))];
    [day.goods[a], day.goods[b]] = [day.goods[b]!, day.goods[a]!];
  }],
  ['an old product', 'late', (day) => {
    const index = day.goods.findIndex(isOf('right', 99));
    day.goods[index] = { ...day.goods[index]!, at: at(9) + BOUNDS.backlogMs + 2000 };
  }],
  ['a product at the other till', 'foreign', (day) => {
    const index = day.goods.findIndex(isOf('right', 99));
    day.goods[index] = { ...day.goods[index]!, till: 'front' };
  }],
  ['a product that nobody sent', 'foreign', (day) => day.goods.push({ till: 'front', reader: 'left', n: 100, at: at(20) })],
  ['a text that is no read', 'foreign', (day) => day.others.push({ till: 'front', text: '{{number}}\r', at: at(1) })],
  ['pieces of reads with nothing cut', 'foreign', (day) => day.others.push({ till: 'front', text: '4610', at: at(1) })],
  ['a number that came twice', 'doubled', (day) => day.numbers.push({ ...day.numbers[0]!, at: at(3) })],
  ['a number that nobody has the code of', 'foreign', (day) => day.numbers.push({ till: 'front', number: '2000000000999', at: at(1) })],
  ['a number at the wrong till', 'foreign', (day) => (day.numbers[0] = { ...day.numbers[0]!, till: 'back' })],
  ['a number after its time', 'late', (day) => (day.numbers[4] = { ...day.numbers[4]!, at: at(4) + BOUNDS.expireMs + BOUNDS.slackMs + 100 })],
  ['numbers in the wrong order', 'reordered', (day) => {
    const [a, b] = [day.numbers[0]!, day.numbers[1]!];
    day.numbers[0] = { ...a, at: b.at + 1 };
  }],
  ['a card on another order', 'late', (day) => (day.onOrders[0] = { ...day.onOrders[0]!, order: 'o4' })],
  ['a card twice on an order', 'doubled', (day) => day.onOrders.push(day.onOrders[0]!)],
  ['a card called applied that is on no order', 'untrue', (day) => day.onOrders.shift()],
  ['a card called refused that is on an order', 'untrue', (day) => (day.rows[row(day, 'hall', 2)] = { ...day.rows[row(day, 'hall', 2)]!, outcome: 'failed' })],
  ['a number called read that the till never had', 'untrue', (day) => day.numbers.shift()],
  ['a number called expired that the till has', 'untrue', (day) => (day.rows[0] = { ...day.rows[0]!, outcome: 'expired' })],
  ['a scan without an outcome', 'untold', (day) => {
    without(day.numbers, 0);
    without(day.rows, 0);
  }],
  ['a number that was given and not written down', 'untrue', (day) => without(day.rows, 0)],
  ['a scan with two outcomes', 'doubled', (day) => day.rows.push({ ...day.rows[0]!, outcome: 'unknown' })],
  ['a scan that became two', 'doubled', (day) => day.rows.push({ ...day.rows[0]!, scanId: 'x' })],
  ['a row of nobody', 'foreign', (day) => day.rows.push({ ...day.rows[0]!, scanId: 'x', code: '****0777' })],
  ['a code that came through beside its number', 'doubled', (day) => day.codes.push({ till: 'front', text: loyaltyCode('left', 'card', 0).code, at: at(1) })],
  ...(['failed', 'expired', 'unknown', 'notFound', 'unavailable'] as const).flatMap((outcome) =>
    SOURCES.map((source): (typeof BROKEN)[number] => [`a scan of ${source} that is ${outcome}, with nothing in its way`, 'lost', (day) => notDelivered(day, source, outcome)]),
  ),
  ['a day on which every scan was sent without a number at any till', 'lost', (day) => {
    day.numbers.length = 0;
    day.rows = day.rows.map((each) => (each.outcome === 'sent' ? { ...each, evidence: 'written', number: null } : each));
  }],
  ['a scan that failed beside a trouble of another reader', 'lost', (day) => {
    day.troubles.push(trouble('reader-hangup', 2, 'right'), trouble('cash-silent', 2));
    notDelivered(day, 'left', 'failed');
  }],
  ['a card that another one is said to be in the place of, and is not', 'lost', (day) => notDelivered(day, 'hall', 'rejected', 'otherCard')],
  ['a code that came through as goods with silence around it', 'lost', (day) => asGoods(day, 'front')],
  ['a code that came through as goods at another till', 'foreign', (day) => asGoods(day, 'back')],
  ['products lost long before the daemon was killed', 'lost', (day) => {
    const burst = day.bursts.findIndex(({ reader, first }) => reader === 'net' && first === 30);
    day.bursts[burst] = { ...day.bursts[burst]!, to: at(45) };
    day.troubles.push(trouble('kill-main', 20));
    without(day.goods, day.goods.findIndex(isOf('net', 35)));
  }],
  ['an acknowledged scan that is gone', 'lost', (day) => {
    day.troubles.push(trouble('kill-main', 2));
    without(day.rows, row(day, 'program', 2));
    day.numbers.splice(day.numbers.findIndex(({ number }) => number === loyaltyCode('program', 'card', 2).number), 1);
  }],
  ['an acknowledged outcome that was changed', 'untrue', (day) => answered(day, 'expired', 'notRead')],
  ['an acknowledged outcome that is unknown after a kill, with nothing wrong with the journal', 'untrue', (day) => {
    day.troubles.push(trouble('kill-main', 3));
    answered(day, 'unknown', 'restart');
  }],
];

describe('the judges find', () => {
  test.each(BROKEN)('%s: %s', (_, promise, spoil) => {
    const day = goodDay();
    spoil(day);
    expect(judge(day).list.map((finding) => finding.promise)).toContain(promise);
  });

  test('whole codes, numbers and secrets in whatever is printed, also inside longer digits, and no masks', () => {
    const findings = new Findings();
    const codes = SOURCES.flatMap((source) => [loyaltyCode(source, 'phone', 12).code, loyaltyCode(source, 'phone', 12).number]);
    findLeaks([{ where: 'log', text: '{"number":"****0012","time":1790000000000,"hash":"0a1b2c3d4e"}' }], codes, ['secret-of-a-platform'], findings);
    expect(findings.list).toEqual([]);
    findLeaks([{ where: 'log', text: 'x77+7910000001299' }, { where: 'bundle', text: 'Bearer secret-of-a-platform' }], codes, ['secret-of-a-platform'], findings);
    expect(findings.list).toEqual([
      { promise: 'leaked', what: '****0012 in log' },
      { promise: 'leaked', what: 'a secret (sec...) in bundle' },
    ]);
  });

  test('eight digits of a phone inside an id of ours are an accident; beside it they are not', () => {
    const found = (text: string): number => {
      const findings = new Findings();
      findLeaks([{ where: 'journal', text }], ['+79300000774'], [], findings);
      return findings.count;
    };
    expect(found('{"scanId":"01M828693000007R7J3Q9E"}')).toBe(0);
    expect(found('01M828693000007R7J3Q9E01M828693000007R7J3Q9Fcard')).toBe(0);
    expect(found('01M828693000007R7J3Q9E 93000007')).toBe(1);
    expect(found('01M828693000007R7J3Q9E79300000774')).toBe(1);
  });

  test.each([
    ['hex', (code: string) => `0a${Buffer.from(code).toString('hex')}ff`],
    ['base64', (code: string) => Buffer.from(code).toString('base64')],
    ['base64 inside another text', (code: string) => Buffer.from(`x${code}y`).toString('base64')],
    ['its first digits', (code: string) => `${code.slice(0, -3)}***`],
  ])('a code as %s', (_, as) => {
    const { code } = loyaltyCode('left', 'phone', 12_345_678);
    const findings = new Findings();
    findLeaks([{ where: 'log', text: `code=${as(code)}.` }], [code], [], findings);
    expect(findings.list).not.toEqual([]);
    expect(findings.list.every(({ promise }) => promise === 'leaked')).toBe(true);
  });
});

function asGoods(day: Day, till: 'front' | 'back'): void {
  without(day.numbers, 0);
  without(day.rows, 0);
  // no products of the same reader beside it
  day.bursts = day.bursts.filter(({ reader, first }) => reader !== 'left' || first > 0);
  day.codes.push({ till, text: loyaltyCode('left', 'card', 0).code, at: at(0) });
}

/** The third scan of a source gave nothing, and the journal says so. */
function notDelivered(day: Day, source: Source, outcome: string, reason = 'none'): void {
  const { number } = loyaltyCode(source, 'card', 2);
  day.numbers = day.numbers.filter((taken) => taken.number !== number);
  day.onOrders = day.onOrders.filter(({ card }) => card !== number);
  day.rows[row(day, source, 2)] = { ...day.rows[row(day, source, 2)]!, outcome, reason };
}

const answered = (day: Day, outcome: string, reason: string): void => {
  const index = day.shown.findIndex(({ source, n }) => source === 'program' && n === 2);
  day.shown[index] = { ...day.shown[index]!, acknowledged: { scanId: 'program-2', outcome: 'sent' } };
  day.rows[row(day, 'program', 2)] = { ...day.rows[row(day, 'program', 2)]!, outcome, reason };
};

const EXCUSED: readonly (readonly [string, (day: Day) => void])[] = [
  ['the burst under way when the daemon was killed', (day) => {
    day.troubles.push(trouble('kill-main', 3));
    for (const n of [36, 37, 38, 39]) without(day.goods, day.goods.findIndex(isOf('net', n)));
    day.others.push({ till: 'front', text: '4630000', at: at(3) });
  }],
  ['one product that was half out when its till closed the port', (day) => {
    day.troubles.push(trouble('till-hangup', 3, 'front'));
    without(day.goods, day.goods.findIndex(isOf('net', 36)));
  }],
  ['products while their till was gone for longer than they wait', (day) => {
    day.troubles.push(trouble('till-gone', 3, 'back', 5000));
    for (const n of [36, 37]) without(day.goods, day.goods.findIndex(isOf('hall', n)));
  }],
  ['a scan that could not be written down and gave no number', (day) => {
    day.troubles.push(trouble('disk-full', 0));
    without(day.numbers, 0);
    without(day.rows, 0);
  }],
  ['products that waited for a till while the clock went forward', (day) => {
    day.troubles.push(trouble('till-hangup', 3, 'back'), trouble('clock-forward', 3));
    for (const n of [36, 37]) without(day.goods, day.goods.findIndex(isOf('hall', n)));
  }],
  ['an outcome that was told while the journal was dead, and is unknown since the daemon died too', (day) => {
    day.troubles.push(trouble('kill-journal', 2));
    answered(day, 'unknown', 'restart');
  }],
  ['a code that had no silence around it and came through as goods', (day) => {
    asGoods(day, 'front');
    day.lags.push({ from: at(0), to: at(0) + 40 });
  }],
];

describe('the judges accept', () => {
  test.each(EXCUSED)('%s', (_, happen) => {
    const day = goodDay();
    happen(day);
    expect(judge(day).list).toEqual([]);
  });
});
