import { Masked, outcome, type JournalEntry, type RawRead, type ReaderSink } from '@tillbridge/core';
import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../virtual-clock.js';
import { MemoryJournal, SimulatedReader, SimulatedShop, SimulatedTranslator } from './index.js';

const entry = (scanId: string, type: 'captured' | 'delivering' | 'outcome'): JournalEntry => {
  const base = { scanId, reader: 'r', till: 't', kind: 'card', time: 1 } as const;
  if (type === 'captured') return { type, ...base };
  if (type === 'delivering') return { type, ...base, deliveryId: `d${scanId}`, number: new Masked('12345678') };
  return { type, ...base, outcome: outcome('sent') };
};

function recording(): { readonly sink: ReaderSink; readonly calls: string[] } {
  const calls: string[] = [];
  const text = (bytes: Uint8Array): string => JSON.stringify(Buffer.from(bytes).toString());
  return {
    calls,
    sink: {
      read: (read: RawRead) => void calls.push(`read ${text(read.bytes)} ${read.silentBefore ? 'silent' : 'close'} ${read.silence}`),
      tail: (bytes) => void calls.push(`tail ${text(bytes)}`),
      quiet: () => void calls.push('quiet'),
      resumed: () => void calls.push('resumed'),
      dropped: (reason, count) => void calls.push(`dropped ${reason} ${count}`),
      state: ({ status }) => void calls.push(status),
    },
  };
}

describe('the simulated reader', () => {
  it('says of each read whether silence was around it', async () => {
    const clock = new VirtualClock();
    const reader = new SimulatedReader('r', clock);
    const { sink, calls } = recording();
    await reader.open(sink, new AbortController().signal);
    reader.scan('a');
    await clock.advance(10);
    reader.scan('b');
    await clock.advance(20);
    reader.tail('\n');
    reader.noise('noise', 3);
    reader.scan('c');
    reader.unplug();
    expect(reader.scan('d')).toBe(false);
    reader.replug();
    await reader.feedback('good');
    await reader.close();
    await reader.feedback('bad');
    expect(calls).toEqual([
      'ready', 'read "a" silent awaitQuiet', 'resumed', 'read "b" close awaitQuiet', 'quiet', 'tail "\\n"', 'dropped noise 3',
      'read "c" close awaitQuiet', 'quiet', 'retrying', 'ready', 'closed',
    ]);
    expect(reader.feedbacks).toEqual(['good']);
  });

  it('waits for the test to say so where silence is manual, and closes with its signal', async () => {
    const clock = new VirtualClock();
    const reader = new SimulatedReader('r', clock, { quietMs: 'manual' });
    const { sink, calls } = recording();
    const stop = new AbortController();
    await reader.open(sink, stop.signal);
    reader.scan('a');
    await clock.advance(1000);
    reader.quiet();
    reader.quiet();
    stop.abort();
    expect(calls).toEqual(['ready', 'read "a" silent awaitQuiet', 'quiet', 'closed']);
    expect(clock.pending).toBe(0);
  });
});

describe('the journal in memory', () => {
  it('commits in order and knows what a power cut leaves', async () => {
    const clock = new VirtualClock();
    const journal = new MemoryJournal(clock, { commitMs: 10 });
    const writes = [entry('1', 'captured'), entry('2', 'captured'), entry('1', 'delivering'), entry('2', 'outcome')].map((one) => journal.append(one));
    await clock.advance(9);
    expect(journal.crash()).toEqual([]);
    await clock.advance(11);
    expect(journal.crash().map(({ scanId, last }) => [scanId, last])).toEqual([['1', 'captured'], ['2', 'captured']]);
    await clock.advance(20);
    await Promise.all(writes);
    expect(journal.crash()).toEqual([{ scanId: '1', reader: 'r', till: 't', kind: 'card', time: 1, last: 'delivering', deliveryId: 'd1' }]);
    const next = new MemoryJournal(clock, { left: journal.crash() });
    const [left] = await next.open();
    await next.settle(left!, outcome('unknown'));
    expect(await next.open()).toEqual([]);
  });

  it('fails, hangs and throws as told, and keeps nothing of that', async () => {
    const journal = new MemoryJournal(new VirtualClock());
    journal.mode = 'fail';
    await expect(journal.append(entry('1', 'captured'))).rejects.toMatchObject({ code: 'TB_JOURNAL_UNAVAILABLE' });
    journal.mode = 'throw';
    expect(() => journal.append(entry('1', 'captured'))).toThrow();
    expect(journal.durable).toEqual([]);
    expect(journal.entries).toHaveLength(2);
  });
});

describe('the simulated translator and till', () => {
  it('answer by script, then by their behaviour', async () => {
    const shop = await SimulatedShop.open({ duplicateMs: 0 });
    shop.till().script.push({ answer: outcome('rejected', 'cardUnknown') }, { answer: outcome('applied'), afterMs: 100 });
    for (let i = 0; i < 3; i += 1) {
      shop.reader().scan('981');
      await shop.clock.advance(500);
    }
    shop.till().closePort();
    shop.reader().scan('981');
    await shop.clock.advance(500);
    shop.till().openPort();
    expect(shop.outcomes.map(({ outcome: name, reason }) => [name, reason])).toEqual([
      ['rejected', 'cardUnknown'], ['applied', undefined], ['sent', undefined], ['rejected', 'portNotOpen'],
    ]);
    expect(shop.till().numbers).toEqual(['N981', 'N981']);
    expect(await shop.close()).toBe(true);
    expect(shop.translator.closed).toBe(true);
    expect(() => shop.till('bar')).toThrow('no bar');
  });

  it('answer in the same turn unless a time is given', () => {
    const translator = new SimulatedTranslator('t', new VirtualClock());
    expect(translator.translate({} as never, {} as never, new AbortController().signal)).toEqual({ result: 'notFound' });
  });
});
