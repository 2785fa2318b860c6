import type { Instant } from '@tillbridge/core';
import { describe, expect, it, test } from 'vitest';
import { ALONE_MS, orderAtScan, SHORTEST_SALE_MS, type Look, type Picked } from './order-at-scan.js';

const at = (mono: number): Instant => ({ mono, wall: 1_700_000_000_000 + mono });
const [none, several]: readonly Picked[] = [{ found: 'none' }, { found: 'several' }];
const one = (guid: string): Picked => ({ found: 'one', guid });
const look = (sent: number, picked: Picked | undefined, received = sent + 10): Look => ({ sent: at(sent), received: at(received), picked: picked ?? { found: 'none' } });
const SCAN = at(1000);

describe('the order of the scan', () => {
  it.each<readonly [string, readonly Look[], string]>([
    ['the same before and after', [look(500, one('A')), look(1001, one('A'))], 'A'],
    ['no order before, opened meanwhile', [look(500, none), look(1001, one('A'))], 'A'],
    ['another one after: paid between scan and look', [look(500, one('A')), look(1001, one('B'))], 'notKnown'],
    ['only a look after the scan', [look(1001, one('A'))], 'notKnown'],
    ['only looks before the scan', [look(400, one('A')), look(600, one('A'))], 'notKnown'],
    ['a look that was under way at the scan does not stand in for the one after', [look(500, one('A')), look(990, one('A'), 1010)], 'notKnown'],
    ['nor for the one before', [look(990, one('A'), 1010), look(1020, one('A'))], 'notKnown'],
    ['it may contradict them', [look(500, one('A')), look(990, one('B'), 1010), look(1020, one('A'))], 'notKnown'],
    ['or show two orders', [look(500, one('A')), look(990, several, 1010), look(1020, one('A'))], 'several'],
    ['the first look after the scan counts, not the last', [look(500, one('A')), look(1001, one('A')), look(2001, one('B'))], 'A'],
    ['the last look before the scan counts, not the first', [look(100, one('B')), look(900, one('A')), look(1001, one('A'))], 'A'],
    ['several after', [look(500, one('A')), look(1001, several)], 'several'],
    ['several before: one may have been paid meanwhile', [look(500, several), look(1001, one('A'))], 'several'],
    ['none after', [look(500, one('A')), look(1001, none)], 'none'],
  ])('%s', (_name, looks, expected) => {
    const known = orderAtScan(looks, SCAN, 0);
    expect(known.found === 'one' ? known.guid : known.found).toBe(expected);
  });

  test('looks far apart prove nothing, nor do they across a sleep of the machine', () => {
    const early = 1020 - SHORTEST_SALE_MS;
    for (const before of [one('A'), none]) {
      expect(orderAtScan([look(early, before), look(1000, one('A'), 1020)], SCAN, 0).found).toBe('one');
      expect(orderAtScan([look(early - 1, before), look(1000, one('A'), 1020)], SCAN, 0).found).toBe('notKnown');
    }
    const slept: Look = { ...look(1001, one('A')), received: { mono: 1010, wall: at(1010).wall + 60_000 } };
    expect(orderAtScan([look(500, one('A')), slept], SCAN, 0).found).toBe('notKnown');
  });

  test('a table or the only open order is known by a prompt look alone; one that contradicts still counts', () => {
    const found = (...looks: readonly Look[]): string => orderAtScan(looks, SCAN, ALONE_MS).found;
    expect(found(look(1001, one('A'), 1000 + ALONE_MS))).toBe('one');
    expect(found(look(1001, one('A'), 1001 + ALONE_MS))).toBe('notKnown');
    expect(found(look(-5000, one('B')), look(1001, one('A')))).toBe('one');
    expect(found(look(500, one('B')), look(1001, one('A')))).toBe('notKnown');
    expect(found(look(-5000, one('A')), look(990, one('B'), 1005), look(1001, one('A')))).toBe('notKnown');
    expect(found(look(990, several, 1005), look(1001, one('A')))).toBe('several');
  });
});
