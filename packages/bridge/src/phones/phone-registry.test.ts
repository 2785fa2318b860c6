import { silentLog } from '@tillbridge/core';
import type { PhoneRecord } from '@tillbridge/phone-link';
import type { KeptPhone, PhoneListChange } from '@tillbridge/store';
import { VirtualClock } from '@tillbridge/testkit';
import { beforeEach, describe, expect, it } from 'vitest';
import { MAX_PHONES, PhoneRegistry } from './phone-registry.js';

const phone = (id: string, change: Partial<PhoneRecord> = {}): PhoneRecord => ({ id, key: new Uint8Array(32), name: 'Anna', model: 'Pixel', state: 'paired', created: 5, ...change });

/** A list as its file would be, with a disk that can be made slow or bad. */
class FakeList {
  readonly kept = new Map<string, KeptPhone>();
  readonly changes: PhoneListChange[] = [];
  before: () => Promise<void> = () => Promise.resolve();
  read(): readonly KeptPhone[] {
    return [...this.kept.values()];
  }
  async change(change: PhoneListChange): Promise<boolean> {
    await this.before();
    this.changes.push(change);
    if (change.do === 'put') this.kept.set(change.phone.id, change.phone);
    if (change.do === 'remove') return this.kept.delete(change.id);
    return true;
  }
}

/** A disk that is done when the test says so. */
function later(): { readonly given: Promise<void>; readonly give: () => void } {
  let give = (): void => undefined;
  const given = new Promise<void>((resolve) => (give = resolve));
  return { given, give: () => give() };
}

let clock: VirtualClock;
let list: FakeList;
const open = (): PhoneRegistry => new PhoneRegistry({ list, clock, log: silentLog });
beforeEach(() => {
  clock = new VirtualClock();
  list = new FakeList();
});

describe('the paired phones', () => {
  it('are the same after a restart', async () => {
    const before = open();
    await before.add(phone('a', { till: 'front' }));
    await before.change('a', { name: 'Bar' });
    expect(open().list()).toEqual([phone('a', { till: 'front', name: 'Bar' })]);
    await before.change('a', { till: null });
    expect(open().get('a')).toEqual(phone('a', { name: 'Bar' }));
    expect(await before.change('b', { name: 'x' })).toBeUndefined();
  });

  it('are not there before they are written, and not there any more before that is', async () => {
    const registry = open();
    const disk = later();
    list.before = () => disk.given;
    const adding = registry.add(phone('a'));
    expect(registry.get('a')).toBeUndefined();
    disk.give();
    await adding;
    expect(registry.get('a')).toBeDefined();
    const again = later();
    list.before = () => again.given;
    const removing = registry.remove('a');
    expect(registry.get('a')).toBeUndefined();
    again.give();
    await removing;
    expect(list.kept.size).toBe(0);
  });

  it('stay revoked when they were changed at the same time', async () => {
    const registry = open();
    await registry.add(phone('a'));
    const disk = later();
    list.before = () => disk.given;
    const changing = registry.change('a', { name: 'x' });
    const removing = registry.remove('a');
    disk.give();
    expect(await changing).toBeUndefined();
    await removing;
    expect(registry.list()).toEqual([]);
    expect(list.kept.size).toBe(0);
  });

  it('that could not be written are not paired', async () => {
    const registry = open();
    list.before = () => Promise.reject(new Error('the disk is full'));
    await expect(registry.add(phone('a'))).rejects.toThrow('the disk is full');
    expect(registry.list()).toEqual([]);
  });

  it('are bounded', async () => {
    const registry = open();
    for (let i = 0; i < MAX_PHONES; i += 1) await registry.add(phone(`p${i}`));
    await expect(registry.add(phone('one more'))).rejects.toMatchObject({ code: 'TB_READER_MOBILE_FULL' });
    await registry.add(phone('p0', { name: 'again' }));
    expect(registry.get('p0')?.name).toBe('again');
  });

  it('were last seen at a time that is written seldom', async () => {
    const registry = open();
    await registry.add(phone('a'));
    const written = list.changes.length;
    for (let i = 0; i < 100; i += 1) registry.seen('a');
    registry.seen('nobody');
    const seen = clock.wall();
    expect(registry.list()).toMatchObject([{ lastSeen: seen }]);
    await clock.advance(599_999);
    expect(list.changes).toHaveLength(written);
    await clock.advance(1);
    expect(list.changes.slice(written)).toEqual([{ do: 'seen', seen: [['a', seen]] }]);
    registry.seen('a');
    await registry.close();
    expect(list.changes).toHaveLength(written + 2);
    expect(clock.pending).toBe(0);
  });
});
