import { silentLog, systemClock, type RawRead, type ReaderSink, type Taken, type TillbridgeError } from '@tillbridge/core';
import { describe, expect, test } from 'vitest';
import { createMobileReader } from './mobile-reader.js';
import { MAX_SCAN_BYTES, type PhoneHost, type PhoneScan } from './options.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A reader whose sink says `goods` to everything. */
async function open(answer: (read: RawRead) => Taken = () => ({ scanId: 's', kind: 'goods', handled: false })) {
  const reads: RawRead[] = [];
  const dropped: number[] = [];
  const never = () => undefined;
  const sink: ReaderSink = {
    read: (read) => {
      reads.push(read);
      read.taken?.(answer(read));
    },
    dropped: (_reason, count) => dropped.push(count),
    ...{ tail: never, quiet: never, resumed: never, state: never },
  };
  let take: (scan: PhoneScan) => Taken | undefined = () => undefined;
  const host: PhoneHost = {
    connect: (given) => {
      take = given;
      return Promise.resolve({ ended: new Promise<TillbridgeError>(() => undefined), close: () => Promise.resolve() });
    },
  };
  const reader = createMobileReader({ id: 'waiter', place: 'auto:48443' }, { host, clock: systemClock, log: silentLog });
  await reader.open(sink, new AbortController().signal);
  return { reader, reads, dropped, take: (scan: PhoneScan) => take(scan) };
}

describe('a scan of a phone', () => {
  test('is answered in the same turn with what became of it', async () => {
    const outcome = Promise.resolve({ outcome: 'sent' as const });
    const { take, reader } = await open(() => ({ scanId: '7', kind: 'card', duplicate: false, outcome }));
    expect(take({ bytes: bytes('2900000123456') })).toEqual({ scanId: '7', kind: 'card', duplicate: false, outcome });
    await reader.close();
  });

  test('carries what the phone says of it: symbology, kind, till; and no terminator', async () => {
    const { take, reads, reader } = await open();
    take({ bytes: bytes('79161234567'), symbology: 'qr', kind: 'phone', till: 'bar' });
    expect(reads[0]).toMatchObject({ symbology: 'qr', kind: 'phone', till: 'bar', silence: 'settled', silentBefore: true });
    expect(reads[0]?.terminator).toHaveLength(0);
    await reader.close();
  });

  test('is as old as its phone and its way made it', async () => {
    const { take, reads, reader } = await open();
    const now = { mono: systemClock.mono(), wall: systemClock.wall() };
    take({ bytes: bytes('2900000123456'), ageMs: 3_600_000 });
    const at = reads[0]?.at;
    expect(now.mono - (at?.mono ?? now.mono)).toBeGreaterThan(3_000_000);
    expect(now.wall - (at?.wall ?? now.wall)).toBeGreaterThan(3_000_000);
    await reader.close();
  });

  test.each([0, MAX_SCAN_BYTES + 1])('of %i bytes is dropped and counted', async (length) => {
    const { take, reads, dropped, reader } = await open();
    expect(take({ bytes: new Uint8Array(length) })).toBeUndefined();
    expect(reads).toEqual([]);
    expect(dropped).toEqual([length]);
    await reader.close();
  });

  test('after the reader was closed goes nowhere', async () => {
    const { take, reads, reader } = await open();
    await reader.close();
    expect(take({ bytes: bytes('2900000123456') })).toBeUndefined();
    expect(reads).toEqual([]);
  });
});
