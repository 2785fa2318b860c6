import { VirtualClock } from '@tillbridge/testkit';
import { describe, expect, it } from 'vitest';
import { Masked } from '../masked.js';
import { NativeNumber } from '../native-number.js';
import type { JournalEntry } from '../ports/journal.js';
import { silentLog, type Log } from '../ports/log.js';
import { Ahead } from './ahead.js';
import type { Asked } from './lane-ports.js';

const ENTRY = { scanId: 's1', reader: 'wand', till: 'front', kind: 'card', time: 1, code: new Masked('98123') } as const;
const number = new NativeNumber('card', '2900000000017');

interface How {
  readonly takes?: boolean;
  readonly holds?: boolean;
}

/** One scan of which everything can be made ready, and a journal that takes what it gets or not. */
function begun({ takes = true, holds = true }: How = {}) {
  const clock = new VirtualClock();
  const entries: JournalEntry[] = [];
  const errors: string[] = [];
  const log: Log = { ...silentLog, error: (message) => void errors.push(message) };
  const ahead = new Ahead({
    clock,
    log,
    newId: () => 'd1',
    askAhead: () => ({ translated: { translation: { result: 'found', number } }, holds: () => holds }),
    append: (entry) => {
      entries.push(entry);
      return takes ? Promise.resolve() : Promise.reject(new Error('the disk is full'));
    },
  });
  expect(ahead.ready({} as Asked, ENTRY, () => true)).toBe(true);
  return { clock, ahead, errors, types: (): string[] => entries.map(({ type }) => type) };
}

const useful = (): boolean => true;

describe('what was made ready for a scan', () => {
  it('is taken over once, with both entries durable, and stays what it is', async () => {
    const { clock, ahead, types } = begun();
    const readied = ahead.take('s1', useful);
    await expect(readied?.recorded).resolves.toBeUndefined();
    expect([readied?.deliveryId, ahead.take('s1', useful), clock.pending]).toEqual(['d1', undefined, 0]);
    await clock.advance(10_000);
    expect(types()).toEqual(['captured', 'delivering']);
  });

  it('is nothing to another scan, and discarded by none but its own', () => {
    const { ahead, types } = begun();
    expect(ahead.take('s2', useful)).toBeUndefined();
    ahead.drop('s2');
    expect(types()).toEqual(['captured', 'delivering']);
    ahead.drop('s1');
    ahead.drop('s1');
    expect(types()).toEqual(['captured', 'delivering', 'discarded']);
  });

  it('is discarded when nobody says for 100 ms what became of the scan, and is too late then', async () => {
    const { clock, ahead, types } = begun();
    await clock.advance(99);
    expect(types()).toEqual(['captured', 'delivering']);
    await clock.advance(1);
    expect(types()).toEqual(['captured', 'delivering', 'discarded']);
    expect(ahead.take('s1', useful)).toBeUndefined();
    expect(types()).toHaveLength(3);
  });

  it.each([
    ['the rules are others', false, true],
    ['something stands in its way', true, false],
  ])('is discarded where %s when the scan comes', (_, holds, isUseful) => {
    const { ahead, types } = begun({ holds });
    expect(ahead.take('s1', () => isUseful)).toBeUndefined();
    expect(types()).toEqual(['captured', 'delivering', 'discarded']);
  });

  it('makes room for what is made ready next', () => {
    const { ahead, types } = begun();
    expect(ahead.ready({} as Asked, { ...ENTRY, scanId: 's2' }, useful)).toBe(true);
    expect(types()).toEqual(['captured', 'delivering', 'discarded', 'captured', 'delivering']);
    expect(ahead.take('s2', useful)).toBeDefined();
  });

  it('says so where the journal took nothing, or cannot be told that nothing came of it', async () => {
    const { clock, ahead, errors } = begun({ takes: false });
    await expect(ahead.take('s1', useful)?.recorded).rejects.toThrow('the disk is full');
    expect(errors).toEqual([]);
    ahead.ready({} as Asked, ENTRY, useful);
    ahead.drop();
    await clock.advance(0);
    expect(errors).toHaveLength(1);
  });
});
