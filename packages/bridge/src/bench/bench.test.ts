import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cardOf, codeOf, writeCards } from './cards-file.js';
import { sampler } from './lookups.js';
import { loyaltyFigures } from './loyalty.js';
import { diskOf } from './machine.js';
import { notesOf, type Circumstances } from './notes.js';
import { planOf } from './plan.js';
import { goodsPromises, judged, lookupPromise, loyaltyPromises } from './promises.js';
import { median, percentilesUs, summary } from './stats.js';

describe('times', () => {
  test('of a hundred: the middle, the tails and the slowest, in microseconds', () => {
    const times = Array.from({ length: 100 }, (_, i) => (100 - i) * 1000);
    expect(summary(times)).toEqual({ count: 100, p50Us: 51, p90Us: 91, p99Us: 100, maxUs: 100 });
    expect(median([3, 1, 2])).toBe(2);
    expect(summary([]).p50Us).toBeNaN();
  });

  test('percentiles never fall, and end with the slowest', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1e9 }), { minLength: 1, maxLength: 300 }), (times) => {
        const all = percentilesUs(times);
        expect(all).toHaveLength(101);
        expect(all).toEqual([...all].sort((a, b) => a - b));
        expect(all[100]).toBe(Number((Math.max(...times) / 1000).toFixed(1)));
      }),
    );
  });

  test('beyond goods and quietMs: both are taken off every loyalty scan', () => {
    const { beyondGoodsAndQuiet, goods } = loyaltyFigures({ loyalty: [22_000_000, 23_000_000], goods: [200_000], commit: [800_000] });
    expect(goods.p50Us).toBe(200);
    expect(beyondGoodsAndQuiet).toMatchObject({ count: 2, p50Us: 2800, maxUs: 2800 });
    expect(beyondGoodsAndQuiet.percentilesUs[0]).toBe(1800);
  });
});

describe('the plan', () => {
  test('keeps to the time that was given, as far as its parts are known', () => {
    fc.assert(
      fc.property(fc.integer({ min: 10, max: 600 }), (seconds) => {
        const { goods, loyalty, idleSeconds, starts } = planOf(seconds, 200_000);
        const measured = goods.rounds * goods.perRound * 4 * 0.0035 + loyalty.rounds * loyalty.perRound * 0.21;
        // never nothing, and from half a minute on never more than asked for
        expect(Math.min(goods.perRound, loyalty.perRound, idleSeconds, starts)).toBeGreaterThan(0);
        if (seconds >= 30) expect(15 + idleSeconds + measured).toBeLessThanOrEqual(seconds);
      }),
    );
  });

  test('more time means more scans', () => {
    expect(planOf(120, 1000).loyalty.perRound).toBeGreaterThan(planOf(45, 1000).loyalty.perRound);
    expect(planOf(45, 1000).rows).toBe(1000);
  });
});

describe('promises', () => {
  const times = (p50Us: number, p99Us: number) => ({ count: 100, p50Us, p90Us: p99Us, p99Us, maxUs: p99Us });

  test('goods are held against the relay of the same run, which is named in both languages', () => {
    expect(goodsPromises(times(161, 290), times(100, 100), 'socat').map(({ value, kept }) => [value, kept])).toEqual([[1.61, false], [2.9, true]]);
    const [p50] = goodsPromises(times(160, 290), times(100, 100), 'bare');
    expect(p50).toMatchObject({ kept: true, en: 'goods, PTY to PTY, p50 against a bare relay', ru: 'товары, от PTY до PTY, p50 к простому ретранслятору' });
  });

  test('loyalty scans are held against commits', () => {
    const beyondGoodsAndQuiet = times(1900, 3100);
    expect(loyaltyPromises({ beyondGoodsAndQuiet, commit: times(1000, 1000) }, 5000).map(({ value, kept }) => [value, kept])).toEqual([[1.9, true], [3.1, false]]);
  });

  test('where more is better, less is a miss', () => {
    expect(judged('import', 99_999, { rows: 5 })).toMatchObject({ kept: false, atLeast: true, en: 'import of 5 cards' });
    expect(judged('import', 100_000, { rows: 5 }).kept).toBe(true);
  });

  test('a table of more than a million cards may be slower', () => {
    expect(lookupPromise(100, 1_000_000)).toMatchObject({ kept: false, bound: 50 });
    expect(lookupPromise(100, 10_000_000)).toMatchObject({ kept: true, bound: 150 });
  });
});

describe('the made-up cards', () => {
  test('are each in the file once, far from their neighbours', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tillbridge-'));
    try {
      await writeCards(join(folder, 'cards.csv'), 1000, 'random');
      const [head, ...rows] = readFileSync(join(folder, 'cards.csv'), 'utf8').trim().split('\n');
      expect(head).toBe('code,card,kind,state,expires');
      expect(new Set(rows)).toEqual(new Set(Array.from({ length: 1000 }, (_, i) => `${codeOf(i)},${cardOf(i)},card,active,`)));
      expect(rows[1]).not.toContain(cardOf(1));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('a look-up that answers with another card, or none, is counted', () => {
    const lookup = (): undefined => undefined;
    const look = sampler({ lookup }, 10);
    look.sample(7);
    expect(look.result()).toMatchObject({ lookups: 7, wrong: 7 });
  });
});

describe('the disk', () => {
  const MOUNTS = [
    '22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw',
    '30 22 0:25 / /tmp rw - tmpfs tmpfs rw',
    '31 22 8:1 / /my\\040disk rw - xfs /dev/sda1 rw',
    '32 22 8:2 / /tmp2 rw - btrfs /dev/sdb rw',
  ].join('\n');

  test.each([
    ['/var/lib/tillbridge', 'ext4 on /dev/vda'],
    ['/tmp/tillbridge-bench-1', 'tmpfs on tmpfs'],
    ['/tmp', 'tmpfs on tmpfs'],
    ['/tmp2/x', 'btrfs on /dev/sdb'],
    ['/my disk/state', 'xfs on /dev/sda1'],
  ])('of %s is %s', (path, disk) => expect(diskOf(MOUNTS, path)).toBe(disk));

  test('is unknown where the system does not say', () => expect(diskOf('', '/x')).toBe('unknown'));
});

describe('notes', () => {
  const GOOD: Circumstances = { linux: true, socat: true, disk: 'ext4 on /dev/vda', daemonRuns: false, load: 0.3, cores: 4, loyaltyScans: 200 };
  const ids = (seen: Partial<Circumstances>): readonly string[] => notesOf({ ...GOOD, ...seen }).map(({ id }) => id);

  test('say what the figures cannot', () => {
    expect(ids({})).toEqual([]);
    expect(ids({ socat: false })).toEqual(['noSocat']);
    expect(ids({ linux: false, socat: false })).toEqual(['notLinux']);
    expect(ids({ disk: 'tmpfs on tmpfs' })).toEqual(['memoryDisk']);
    expect(ids({ daemonRuns: true, load: 3, loyaltyScans: 40 })).toEqual(['daemonRuns', 'busy', 'fewScans']);
  });
});
