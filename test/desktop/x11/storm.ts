import { compileOutput, instant, NativeNumber, silentLog, systemClock, Withdrawal, type Inbound, type Outcome } from '@tillbridge/core';
import { execFile } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { inTurn, TypingTurn } from '../../../packages/adapter-device/src/keyboard/in-turn.js';
import { KeyboardTill } from '../../../packages/adapter-device/src/keyboard/keyboard-adapter.js';
import { xtestSource } from '../../../packages/adapter-device/src/keyboard/xtest/index.js';
import { waitFor } from '../../support/wait-for.js';
import type { Desktop, Terminal } from './desktop.js';

const run = promisify(execFile);
const EXPIRE_MS = 20_000;
const LAYOUTS = ['us', 'us,ru', 'ru,us', 'ru'] as const;
const SHIFT = 0xffe1;
const CAPS = 2;
const X = 0x78;

export interface StormReport {
  readonly deliveries: number;
  readonly sent: number;
  /** Sent and not in the till's window as they should be, or not in order. */
  readonly lost: number;
  /** In the till's window and not what was sent. */
  readonly wrong: number;
  /** Digits in another window. */
  readonly leaked: number;
  readonly outcomes: Readonly<Record<string, number>>;
  readonly disturbances: Readonly<Record<string, number>>;
}

const inbound: Inbound = { state: () => undefined, goodsDropped: () => undefined, order: () => undefined };
const never = new AbortController().signal;

export const numberOf = (i: number): string => `2${String(i).padStart(12, '0')}`;

export async function openTill(desktop: Desktop, title: string): Promise<KeyboardTill> {
  const source = inTurn(xtestSource({ till: 'front', display: desktop.x.display }, systemClock), new TypingTurn(), systemClock);
  const till = new KeyboardTill({ id: 'front', window: { title, class: 'Till' }, output: compileOutput({}), expireMs: EXPIRE_MS }, source, { clock: systemClock, log: silentLog });
  await till.open(inbound, never);
  return till;
}

export async function deliver(till: KeyboardTill, number: string): Promise<Outcome> {
  const at = instant(systemClock);
  const limit = new AbortController();
  const cancel = systemClock.timer(EXPIRE_MS, () => limit.abort(new Withdrawal('expired')));
  try {
    return await till.deliver({ id: number, scanId: number, till: 'front', number: new NativeNumber('card', number), at, expired: () => systemClock.mono() - at.mono > EXPIRE_MS }, limit.signal);
  } finally {
    cancel();
  }
}

/** Deliveries one after the other, while everything that can go on at a till goes on. */
export async function storm(desktop: Desktop, till: Terminal, other: Terminal, count: number): Promise<StormReport> {
  const from = { till: till.text().length, other: other.text().length };
  const keyboard = await openTill(desktop, till.title);
  const stop = new AbortController();
  const disturbances = { focusStolen: 0, layoutsChanged: 0, groupsSwitched: 0, capsLocks: 0, shiftsHeld: 0, keysTyped: 0 };
  const trouble = disturb(desktop, till, other, stop.signal, disturbances);
  const sent: string[] = [];
  const outcomes: Record<string, number> = {};
  for (let i = 0; i < count; i += 1) {
    const number = numberOf(i);
    const { outcome, reason } = await deliver(keyboard, number);
    const key = reason === undefined ? outcome : `${outcome} ${reason}`;
    outcomes[key] = (outcomes[key] ?? 0) + 1;
    if (outcome === 'sent') sent.push(`${number}\r`);
  }
  stop.abort();
  await trouble;
  await keyboard.close();
  // what other people typed are letters, whatever the layout made of them
  const digits = (terminal: Terminal, start: number): string => terminal.text().slice(start).replace(/[^0-9\r]/g, '');
  const wanted = sent.join('');
  await waitFor('the last number', () => digits(till, from.till).length >= wanted.length).catch(() => undefined);
  const got = digits(till, from.till);
  const arrived = new Set(got.split(/(?<=\r)/));
  return {
    ...{ deliveries: count, sent: sent.length, outcomes, disturbances },
    lost: sent.filter((text) => !arrived.has(text)).length,
    wrong: got === wanted ? 0 : Math.max(1, [...arrived].filter((text) => !sent.includes(text)).length),
    leaked: digits(other, from.other).length,
  };
}

async function disturb(desktop: Desktop, till: Terminal, other: Terminal, signal: AbortSignal, counts: Record<string, number>): Promise<void> {
  const { who } = desktop;
  const forever = async (what: string, ms: number, work: (i: number) => unknown): Promise<void> => {
    for (let i = 0; !signal.aborted; i += 1) {
      await work(i);
      counts[what] = (counts[what] ?? 0) + 1;
      await pause(ms);
    }
  };
  await Promise.all([
    forever('focusStolen', 4, (i) => (i % 2 === 0 ? other : till).front()),
    // another process: this one must go on typing, or it would wait for itself
    forever('layoutsChanged', 400, (i) => run('setxkbmap', ['-display', desktop.display, '-layout', LAYOUTS[i % LAYOUTS.length] ?? 'us'])),
    forever('groupsSwitched', 17, (i) => who.group(i % 2)),
    forever('capsLocks', 23, (i) => who.lock(CAPS, i % 2 === 0)),
    forever('shiftsHeld', 31, async (i) => {
      who.key(SHIFT, i % 2 === 0);
      await who.sync();
    }),
    forever('keysTyped', 3, async () => {
      who.tap(X);
      await who.sync();
    }),
  ]);
  who.key(SHIFT, false);
  await who.lock(CAPS, false);
  desktop.x.layout('us');
}
