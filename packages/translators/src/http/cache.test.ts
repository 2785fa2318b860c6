import { Masked, NativeNumber, silentLog } from '@tillbridge/core';
import { VirtualClock } from '@tillbridge/testkit';
import fc from 'fast-check';
import { beforeEach, describe, expect, it, test } from 'vitest';
import { LookUpCache, MOST_REMEMBERED, type CacheFile, type Remembered } from './cache.js';
import { cacheSchema } from './definition.js';

const times = cacheSchema.parse({});
const found = (number = '2000000012345', more: object = {}): Remembered => ({ result: 'found', number: new NativeNumber('card', number), ...more });

class MemoryFile implements CacheFile {
  texts: readonly string[] = [];
  writes = 0;
  fails = false;

  read(): Promise<readonly string[]> {
    return this.fails ? Promise.reject(new Error('disk')) : Promise.resolve(this.texts);
  }

  write(texts: Iterable<string>): Promise<void> {
    if (this.fails) return Promise.reject(new Error('disk'));
    this.texts = [...texts];
    this.writes += 1;
    return Promise.resolve();
  }
}

describe('what is remembered of a platform', () => {
  let clock: VirtualClock;
  let file: MemoryFile;

  beforeEach(() => {
    clock = new VirtualClock();
    file = new MemoryFile();
  });
  const cacheOf = (fingerprint = 'a'): LookUpCache => new LookUpCache({ clock, log: silentLog, times, fingerprint, file });

  it.each<readonly [string, 'card' | 'phone', Remembered, number, number]>([
    ['a found card', 'card', found(), 600_000, 86_400_000],
    ['a found phone', 'phone', found(), 60_000, 60_000],
    ['nobody', 'card', { result: 'notFound' }, 30_000, 30_000],
    ['a blocked card', 'card', { result: 'blocked' }, 60_000, 60_000],
  ])('%s', async (_, kind, remembered, freshMs, staleMs) => {
    const cache = cacheOf();
    const key = cache.keyOf(kind, 'x');
    cache.put(key, kind, remembered);
    await clock.advance(freshMs - 1);
    expect(cache.get(key)).toMatchObject({ age: 'fresh', remembered: { result: remembered.result } });
    await clock.advance(1);
    expect(cache.get(key)?.age).toBe(staleMs > freshMs ? 'stale' : undefined);
    await clock.advance(staleMs - freshMs);
    expect(cache.get(key)).toBeUndefined();
  });

  test('a machine that slept counts its sleep', () => {
    const cache = cacheOf();
    const key = cache.keyOf('card', 'x');
    cache.put(key, 'card', found());
    clock.sleepMachine(700_000);
    expect(cache.get(key)?.age).toBe('stale');
  });

  test('a found card survives a restart, nothing else does', async () => {
    const cache = cacheOf();
    const keys = { card: cache.keyOf('card', 'x'), phone: cache.keyOf('phone', 'x'), nobody: cache.keyOf('card', 'y') };
    cache.put(keys.card, 'card', found('0000000012340072', { customer: new Masked('c-77'), state: 'accrueOnly' }));
    cache.put(keys.phone, 'phone', found('79990001122'));
    cache.put(keys.nobody, 'card', { result: 'notFound' });
    await cache.close();
    expect(file.texts.join()).toContain('0000000012340072');
    expect(file.texts.join()).not.toContain('79990001122');
    await clock.advance(700_000);
    const next = cacheOf();
    await next.load();
    const again = next.get(next.keyOf('card', 'x'));
    expect(again).toMatchObject({ age: 'stale', remembered: { result: 'found', state: 'accrueOnly' } });
    if (again?.remembered.result !== 'found') throw new Error('not found');
    expect([again.remembered.number.reveal(), again.remembered.customer?.reveal()]).toEqual(['0000000012340072', 'c-77']);
    expect(next.size).toBe(1);
  });

  test('another key, address or preset makes all of it nothing', async () => {
    const cache = cacheOf();
    cache.put(cache.keyOf('card', 'x'), 'card', found());
    await cache.close();
    const next = cacheOf('b');
    await next.load();
    expect(next.size).toBe(0);
    expect(next.keyOf('card', 'x')).not.toBe(cache.keyOf('card', 'x'));
  });

  test('a file is written once a minute at most, and where it cannot be written nothing is lost but the file', async () => {
    const cache = cacheOf();
    for (let i = 0; i < 5; i += 1) cache.put(cache.keyOf('card', String(i)), 'card', found());
    expect(file.writes).toBe(0);
    await clock.advance(60_000);
    expect(file.writes).toBe(1);
    await clock.advance(600_000);
    expect(file.writes).toBe(1);
    file.fails = true;
    cache.forget(cache.keyOf('card', '0'));
    await clock.advance(60_000);
    await cache.close();
    expect(file.writes).toBe(1);
    const unreadable = cacheOf();
    await unreadable.load();
    expect(unreadable.size).toBe(0);
  });

  test('a damaged file never throws, and gives nothing that is no number', async () => {
    await fc.assert(
      fc.asyncProperty(fc.json({ maxDepth: 4 }), fc.string({ maxLength: 40 }), async (json, text) => {
        const whole = cacheOf();
        whole.put(whole.keyOf('card', 'x'), 'card', found());
        await whole.close();
        file.texts = [file.texts[0] ?? '', json.startsWith('[') ? json : text];
        const cache = cacheOf();
        await cache.load();
        expect(cache.size).toBe(0);
      }),
      { numRuns: 50 },
    );
  });

  test('ten thousand and no more; what was used last stays', () => {
    const cache = cacheOf();
    const first = cache.keyOf('card', 'first');
    cache.put(first, 'card', found());
    for (let i = 0; i < MOST_REMEMBERED - 1; i += 1) cache.put(String(i), 'card', { result: 'notFound' });
    expect(cache.get(first)).toBeDefined();
    cache.put('one more', 'card', { result: 'notFound' });
    expect(cache.size).toBe(MOST_REMEMBERED);
    expect(cache.get(first)).toBeDefined();
    expect(cache.get('0')).toBeUndefined();
  });
});
