import { silentLog, TillbridgeError, type Cancel, type Log } from '@tillbridge/core';
import type { VerifyResult } from '@tillbridge/store';
import { VirtualClock } from '@tillbridge/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkJournal } from './journal-check.js';

const DAY_MS = 86_400_000;
const WHOLE: VerifyResult = { ok: true, entries: 5 };
const bad = (seq: number): VerifyResult => ({ ok: false, firstBad: { seq, problem: 'damaged' } });

let clock: VirtualClock;
let result: VerifyResult | Error | Promise<never>;
let asked: number;
let open: number;
let told: string[];
let stop: Cancel;

beforeEach(() => {
  clock = new VirtualClock();
  result = WHOLE;
  asked = 0;
  open = 0;
  told = [];
  const log: Log = { ...silentLog, warn: (_text, fields) => void told.push((fields?.['error'] as TillbridgeError).code + String((fields?.['error'] as TillbridgeError).params['seq'])) };
  const run = async (): Promise<never> => {
    asked += 1;
    if (result instanceof Error) throw result;
    return (await result) as never;
  };
  const desk = () => {
    open += 1;
    let closed = false;
    const close = (): void => {
      if (!closed) open -= 1;
      closed = true;
    };
    return { run, close };
  };
  stop = checkJournal({ desk, clock, log });
});
afterEach(() => stop());

test('comes a minute after the start and then every day, and leaves no process behind', async () => {
  await clock.advance(59_999);
  expect(asked).toBe(0);
  await clock.advance(1);
  expect([asked, open]).toEqual([1, 0]);
  await clock.advance(DAY_MS * 3);
  expect([asked, open]).toEqual([4, 0]);
  expect(told).toEqual([]);
});

test('tells what is wrong once, and again when it is something else', async () => {
  result = bad(0);
  await clock.advance(60_000 + DAY_MS);
  expect(told).toEqual(['TB_JOURNAL_BROKEN0']);
  result = bad(7);
  await clock.advance(DAY_MS * 2);
  expect(told).toEqual(['TB_JOURNAL_BROKEN0', 'TB_JOURNAL_BROKEN7']);
});

test('one that could not be made says nothing of the journal, and the next one comes', async () => {
  result = new TillbridgeError('TB_API_DESK', { problem: 'killed' });
  await clock.advance(60_000);
  result = bad(3);
  await clock.advance(DAY_MS);
  expect([told, open]).toEqual([['TB_JOURNAL_BROKEN3'], 0]);
});

test('ends with the daemon: what is under way is closed, and nothing comes any more', async () => {
  result = new Promise<never>(() => undefined);
  await clock.advance(60_000);
  expect([asked, open]).toEqual([1, 1]);
  stop();
  await clock.advance(DAY_MS * 2);
  expect([asked, open]).toEqual([1, 0]);
});
