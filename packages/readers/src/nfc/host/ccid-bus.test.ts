import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { VirtualClock } from '@tillbridge/testkit';
import { describe, expect, it } from 'vitest';
import { CcidBus, ccidInterfaces, type BusChange } from './ccid-bus.js';

const bench = (...first: readonly string[]) => {
  const clock = new VirtualClock();
  const missed: BusChange[] = [];
  const shown: { now: readonly string[] | undefined } = { now: first };
  const bus = new CcidBus(clock, () => shown.now, (change) => missed.push(change));
  bus.start();
  return { clock, missed, shown, bus };
};

describe('what the bus shows and PC/SC does not tell', () => {
  it('a reader that went and is not missed in time', async () => {
    const { clock, missed, shown } = bench('1-1:1.0');
    await clock.advance(10_000);
    expect(missed).toEqual([]);
    shown.now = [];
    await clock.advance(1000 + 4999);
    expect(missed).toEqual([]);
    await clock.advance(1);
    expect(missed).toEqual(['removed']);
    await clock.advance(60_000);
    expect(missed).toEqual(['removed']);
  });

  it('a reader that came and was never found', async () => {
    const { clock, missed, shown } = bench();
    shown.now = ['1-1:1.0'];
    await clock.advance(10_000);
    expect(missed).toEqual(['added']);
  });

  it.each([
    ['just before the look', 900, 0],
    ['after it', 0, 3000],
  ])('told of %s: nothing is amiss', async (_, before, after) => {
    const { clock, missed, shown, bus } = bench('1-1:1.0');
    await clock.advance(100);
    shown.now = [];
    if (before > 0) bus.told('removed');
    await clock.advance(900);
    await clock.advance(after);
    if (after > 0) bus.told('removed');
    await clock.advance(60_000);
    expect(missed).toEqual([]);
  });

  it('that one came says nothing of the one that went', async () => {
    const { clock, missed, shown, bus } = bench('1-1:1.0');
    shown.now = ['1-2:1.0'];
    await clock.advance(1000);
    bus.told('added');
    await clock.advance(10_000);
    expect(missed).toEqual(['removed']);
  });

  it('stopped, or on a system that does not show its bus: silence', async () => {
    const { clock, missed, shown, bus } = bench('1-1:1.0');
    shown.now = [];
    await clock.advance(2000);
    bus.stop();
    await clock.advance(60_000);
    expect(missed).toEqual([]);
    const other = bench('1-1:1.0');
    other.shown.now = undefined;
    await other.clock.advance(60_000);
    expect(other.missed).toEqual([]);
  });

  it('the list: interfaces of the class of smart card readers, and no others', () => {
    const folder = mkdtempSync(join(tmpdir(), 'ccid-'));
    try {
      for (const [name, of] of [['1-1', undefined], ['1-1:1.0', '0b\n'], ['1-2:1.0', '03\n'], ['1-3:1.0', undefined]] as const) {
        mkdirSync(join(folder, name));
        if (of !== undefined) writeFileSync(join(folder, name, 'bInterfaceClass'), of);
      }
      expect(ccidInterfaces(folder)).toEqual(['1-1:1.0']);
      expect(ccidInterfaces(join(folder, 'none'))).toBeUndefined();
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
