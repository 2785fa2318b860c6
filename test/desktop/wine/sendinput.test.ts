import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Injector, Stroke, TypeResult } from '../../../packages/adapter-device/src/keyboard/injector.js';
import { describeInjector } from '../../../packages/adapter-device/src/keyboard/testing/suites/injector.js';
import { needs } from '../../support/needs.js';
import { waitFor } from '../../support/wait-for.js';
import { makeDesk, TILL_GUARD, type Desk } from './desk.js';

const never = new AbortController().signal;
const VK = { shift: 0xa0, caps: 0x14, z: 0x5a } as const;

/** A limit, not an expectation: each command starts a Node.js under wine, and the machine may be busy. */
const SLOW_MS = 240_000;

needs('linux', 'mingw', 'wine', 'wine-node', 'xvfb')('SendInput from Node.js for Windows under wine', () => {
  let desk: Desk;
  let injector: Injector | undefined;
  let numbers = 0;

  beforeAll(async () => {
    desk = await makeDesk('us');
  }, SLOW_MS);
  afterEach(async () => {
    await injector?.close();
    injector = undefined;
  });
  afterAll(async () => {
    await desk.close();
  });

  const open = async (): Promise<Injector> => (injector = await desk.keyboard.open(AbortSignal.timeout(60_000)));
  const number = (): string => {
    numbers += 1;
    return `2${String(numbers).padStart(12, '0')}`;
  };
  const stroke = (text: string, over: Partial<Stroke> = {}): Stroke => ({ parts: [{ text }, { key: 'Enter' }], guard: TILL_GUARD, keyDelayMs: 0, mode: 'unicode', withinMs: 30_000, ...over });
  const arrives = async (text: string, from = desk.till): Promise<void> => {
    await waitFor('the text', () => from.text().endsWith(text)).catch(() => undefined);
    expect(from.text().slice(-text.length)).toBe(text);
  };

  describeInjector('sendinput under wine', async () => {
    const { till, other, keyboard } = desk;
    const from = { till: till.text().length, other: other.text().length };
    return {
      source: keyboard,
      guard: TILL_GUARD,
      front: (window) => (window === 'target' ? till : other).front(),
      target: () => till.text().slice(from.till),
      other: () => other.text().slice(from.other),
      carried: 'Az-Яя😀',
    };
  });

  test.each([
    ['ru', 0],
    ['us,ru', 1],
    ['us', 0],
  ] as const)('characters whatever the layout: %s, group %i', async (layouts, group) => {
    desk.screen.layout(layouts);
    desk.screen.group(group);
    // a program learns the layout when it starts
    const till = await desk.target(`Till${layouts.replace(',', '')}`, 'raw');
    const typing = await open();
    await till.front();
    const text = `${number()}-AbzЯя/\u001d`;
    const guard = { title: till.title };
    expect(await typing.type(stroke('', { parts: [{ text: text.slice(0, -1) }, { control: 0x1d }, { key: 'Enter' }], guard }), never)).toEqual({ result: 'typed' });
    await arrives(`${text}\r`, till);
    // key codes: digits are on every layout, and what the layout lacks is refused whole
    const digits = number();
    expect(await typing.type(stroke(digits, { mode: 'vk', guard }), never)).toEqual({ result: 'typed' });
    await arrives(`${text}\r${digits}\r`, till);
    const result = await typing.type(stroke('12Ж34', { mode: 'vk', guard }), never);
    if (layouts === 'us') expect(result).toEqual({ result: 'refused', reason: 'notOnLayout' });
    await till.close();
  }, SLOW_MS);

  test('an ordinary text field: digits and Enter; it drops GS itself', async () => {
    const typing = await open();
    await desk.other.front();
    const text = number();
    const parts = [{ text }, { control: 0x1d }, { text: '7' }, { key: 'Enter' } as const];
    expect(await typing.type(stroke('', { parts, guard: { title: 'Other' } }), never)).toEqual({ result: 'typed' });
    await arrives(`${text}7\r`, desk.other);
  }, SLOW_MS);

  test('every key carries our mark, by which our own hook knows it', async () => {
    const typing = await open();
    await desk.till.front();
    const before = desk.till.keys().length;
    const text = number();
    await typing.type(stroke(text), never);
    await typing.type(stroke(text, { mode: 'vk' }), never);
    await typing.replay([{ usage: 0x28, down: true, atMs: 0 }, { usage: 0x28, down: false, atMs: 1 }], never);
    const keys = await waitFor('the keys', () => {
      const now = desk.till.keys().slice(before);
      return now.length >= 29 && now;
    });
    expect(new Set(keys.map((key) => key.split(' ')[2]))).toEqual(new Set(['54424b45']));
    expect(keys.at(-1)).toBe('0d 1c 54424b45');
  }, SLOW_MS);

  test('Caps Lock on and Shift held: the text is right, and both are as they were', async () => {
    const typing = await open();
    await desk.till.front();
    await desk.user.does(`tap ${String(VK.caps)}`);
    await desk.user.does(`down ${String(VK.shift)}`);
    const texts = [`${number()}aB`, `${number()}cD`];
    expect(await typing.type(stroke(texts[0] ?? ''), never)).toEqual({ result: 'typed' });
    expect(await typing.type(stroke(texts[1] ?? '', { mode: 'vk' }), never)).toEqual({ result: 'typed' });
    await arrives(texts.map((text) => `${text}\r`).join(''));
    await desk.user.does(`tap ${String(VK.z)}`);
    // Shift and Caps Lock at once make a small letter
    await arrives('z');
    await desk.user.does(`up ${String(VK.shift)}`);
    await desk.user.does(`tap ${String(VK.z)}`);
    await arrives('Z');
    await desk.user.does(`tap ${String(VK.caps)}`);
  }, SLOW_MS);

  test('a program that takes the focus again and again: typed is whole, refused is nothing, and where neither is known it says so', async () => {
    const typing = await open();
    await desk.till.front();
    const from = { till: desk.till.text().length, other: desk.other.text().length };
    await desk.user.does('flip Till Other 120 100000');
    const results: (readonly [string, TypeResult])[] = [];
    for (let i = 0; i < 120; i += 1) {
      const text = number();
      results.push([text, await typing.type(stroke(text, i % 3 === 2 ? { keyDelayMs: 3 } : {}), never)]);
      await pause(3);
    }
    await desk.user.does('stop');
    await desk.till.front();
    const last = number();
    await typing.type(stroke(last), never);
    await arrives(`${last}\r`);
    const typed = results.filter(([, { result }]) => result === 'typed').map(([text]) => text);
    const refused = results.filter(([, { result }]) => result === 'refused').map(([text]) => text);
    const got = desk.till.text().slice(from.till);
    const leaked = desk.other.text().slice(from.other);
    expect(typed.length).toBeGreaterThan(0);
    expect(refused.length).toBeGreaterThan(0);
    // a program that reads its keys only after it has lost the focus loses them, and nobody is told: seldom, and never a part of one elsewhere
    expect(typed.filter((text) => got.split(`${text}\r`).length !== 2).length).toBeLessThanOrEqual(typed.length / 4);
    // whole lines: the torn ends of two others can look like a number in between
    const lines = new Set([...got.split('\r'), ...leaked.split('\r')]);
    expect(refused.filter((text) => lines.has(text))).toEqual([]);
    expect(typed.filter((text) => leaked.split('\r').includes(text))).toEqual([]);
  }, SLOW_MS);

  test('somebody types at the same time: no number loses a character', async () => {
    const typing = await open();
    await desk.till.front();
    const from = desk.till.text().length;
    await desk.user.does(`tapping ${String(VK.z)} 2 100000`);
    const texts = Array.from({ length: 40 }, number);
    for (const [i, text] of texts.entries()) expect(await typing.type(stroke(text, i % 4 === 3 ? { keyDelayMs: 2 } : {}), never)).toEqual({ result: 'typed' });
    await desk.user.does('stop');
    const expected = texts.map((text) => `${text}\r`).join('');
    await waitFor('the numbers', () => desk.till.text().slice(from).replaceAll('z', '') === expected);
    expect(desk.till.text().slice(from)).toContain('z');
  }, SLOW_MS);

  test('the layout is switched in the middle', async () => {
    desk.screen.layout('us,ru');
    const typing = await open();
    await desk.till.front();
    const text = `${number()}Qw`;
    const going = typing.type(stroke(text, { keyDelayMs: 30 }), never);
    await pause(100);
    desk.screen.group(1);
    expect(await going).toEqual({ result: 'typed' });
    await arrives(`${text}\r`);
    desk.screen.layout('us');
  }, SLOW_MS);

  test('the window closes while it is typed into', async () => {
    const victim = await desk.target('Victim', 'raw');
    const typing = await open();
    await victim.front();
    const going = typing.type(stroke(number(), { keyDelayMs: 400, guard: { title: 'Victim' } }), never);
    await waitFor('the first characters', () => victim.text().length >= 3);
    victim.tell('close');
    expect(await going).toEqual({ result: 'uncertain', reason: 'windowChanged' });
    expect(victim.text().length).toBeLessThan(13);
  }, SLOW_MS);

  test('the process that types is killed in the middle: uncertain; the next connection types', async () => {
    const typing = await open();
    await desk.till.front();
    const from = desk.till.text().length;
    const going = typing.type(stroke(number(), { keyDelayMs: 400 }), never);
    await waitFor('the first character', () => desk.till.text().length > from);
    const pids = typingProcesses(desk.computer.folder);
    expect(pids).toHaveLength(1);
    for (const pid of pids) process.kill(pid, 'SIGKILL');
    expect(await going).toEqual({ result: 'uncertain', reason: 'connectionLost' });
    const again = await open();
    const text = number();
    expect(await again.type(stroke(text), never)).toEqual({ result: 'typed' });
    await arrives(`${text}\r`);
  }, SLOW_MS);
});

/** The processes that type on that computer, by their command line. */
function typingProcesses(folder: string): readonly number[] {
  const name = folder.split('/').at(-1) ?? folder;
  return readdirSync('/proc').flatMap((pid) => {
    if (!/^\d+$/.test(pid)) return [];
    try {
      const line = readFileSync(`/proc/${pid}/cmdline`, 'latin1');
      return line.includes('sendinput-host') && line.includes(name) ? [Number(pid)] : [];
    } catch {
      return [];
    }
  });
}
