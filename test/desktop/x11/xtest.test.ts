import { writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@tillbridge/core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Injector, Stroke } from '../../../packages/adapter-device/src/keyboard/injector.js';
import { describeInjector } from '../../../packages/adapter-device/src/keyboard/testing/suites/injector.js';
import { xtestSource } from '../../../packages/adapter-device/src/keyboard/xtest/index.js';
import { needs } from '../../support/needs.js';
import { makeTempFolder } from '../../support/temp-folder.js';
import { waitFor } from '../../support/wait-for.js';
import { XServer } from '../../support/x-server.js';
import { Desktop, type Terminal } from './desktop.js';
import { Somebody } from './x-client.js';

const never = new AbortController().signal;
const SHIFT = 0xffe1;
const CAPS = 2;
const GUARD = { title: 'Cashier', class: 'Till' };

needs('linux', 'xvfb', 'xterm')('typing on X11', () => {
  let folder: { readonly path: string; readonly remove: () => void };
  let desktop: Desktop;
  let till: Terminal;
  let other: Terminal;
  let injector: Injector;
  let number = 0;

  beforeAll(async () => {
    folder = makeTempFolder();
    desktop = await Desktop.start(folder.path, 'us');
    [till, other] = await Promise.all([desktop.terminal('Cashier'), desktop.terminal('Editor')]);
  });
  afterAll(async () => {
    await desktop.stop();
    folder.remove();
  });

  const source = () => xtestSource({ till: 'front', display: desktop.x.display }, systemClock);
  const card = (): string => {
    number += 1;
    return `2${String(number).padStart(12, '0')}`;
  };
  const stroke = (text: string, over: Partial<Stroke> = {}): Stroke => ({ parts: [{ text }, { key: 'Enter' }], guard: GUARD, keyDelayMs: 0, mode: 'unicode', withinMs: 30_000, ...over });

  describeInjector('xtest into xterm', async () => {
    const from = { till: till.text().length, other: other.text().length };
    return {
      source: source(),
      guard: GUARD,
      front: (window) => (window === 'target' ? till : other).front(),
      target: () => till.text().slice(from.till),
      other: () => other.text().slice(from.other),
      carried: ';Az-_?=@',
      notCarried: 'Я',
    };
  });

  describe('whatever the keyboard is like', () => {
    beforeEach(async () => {
      await till.front();
      injector = await source().open(AbortSignal.timeout(30_000));
    });
    afterEach(async () => {
      await injector.close();
      desktop.x.layout('us');
      await desktop.who.lock(CAPS, false);
    });
    const arrives = async (text: string): Promise<void> => {
      await waitFor('the text', () => till.text().endsWith(text)).catch(() => undefined);
      expect(till.text().slice(-text.length)).toBe(text);
    };

    test.each([
      ['us', 0, 'Ab-_;9'],
      ['us,ru', 0, 'Ab-_;9'],
      ['us,ru', 1, 'Ab-_;9'],
      ['ru,us', 0, 'Ab-_;9'],
      ['ru', 0, '4607'],
      ['us,ru,de', 2, 'Yz-_;9'],
    ] as const)('layouts %s, number %i active', async (layouts, group, text) => {
      desktop.x.layout(layouts);
      await desktop.who.group(group);
      const before = await desktop.who.state();
      const typed = `${text}${card()}`;
      expect(await injector.type(stroke(typed), never)).toEqual({ result: 'typed' });
      await arrives(`${typed}\r`);
      expect(await desktop.who.state()).toMatchObject({ group: before.group, mods: before.mods });
    });

    test('Latin on a Russian layout alone is refused whole, and so is GS; digits are not', async () => {
      desktop.x.layout('ru');
      const before = till.text();
      expect(await injector.type(stroke('460A'), never)).toEqual({ result: 'refused', reason: 'notOnLayout' });
      expect(await injector.type(stroke('', { parts: [{ text: '01' }, { control: 0x1d }, { text: '21' }] }), never)).toEqual({ result: 'refused', reason: 'notOnLayout' });
      expect((await injector.look(GUARD, never)).carries).toEqual({ digits: true, latin: false, cyrillic: true, controls: false });
      const typed = card();
      await injector.type(stroke(typed), never);
      await arrives(`${typed}\r`);
      expect(till.text()).toBe(`${before}${typed}\r`);
    });

    test('Cyrillic is typed where a layout has it', async () => {
      desktop.x.layout('us,ru');
      expect(await injector.type(stroke('Ёж'), never)).toEqual({ result: 'typed' });
      await arrives(`${Buffer.from('Ёж').toString('latin1')}\r`);
    });

    test('GS reaches a terminal', async () => {
      desktop.x.layout('us,ru');
      await desktop.who.group(1);
      expect(await injector.type(stroke('', { parts: [{ text: '0104' }, { control: 0x1d }, { text: '93ab' }, { key: 'Enter' }] }), never)).toEqual({ result: 'typed' });
      await arrives('0104\u001d93ab\r');
    });

    test('Caps Lock is off for the number and on again for the cashier', async () => {
      await desktop.who.lock(CAPS, true);
      expect(await injector.type(stroke('aB1'), never)).toEqual({ result: 'typed' });
      await arrives('aB1\r');
      expect((await desktop.who.state()).lockedMods & CAPS).toBe(CAPS);
    });

    test('Shift that is held changes nothing, and is held afterwards', async () => {
      desktop.who.key(SHIFT, true);
      await desktop.who.sync();
      const typed = card();
      expect(await injector.type(stroke(typed), never)).toEqual({ result: 'typed' });
      await arrives(`${typed}\r`);
      expect((await desktop.who.state()).mods & 1).toBe(1);
      desktop.who.key(SHIFT, false);
      await desktop.who.sync();
    });

    test('a digit that somebody holds down is typed all the same', async () => {
      desktop.who.key(0x32, true);
      await desktop.who.sync();
      await waitFor('the first 2', () => till.text().endsWith('2'));
      expect(await injector.type(stroke('22022'), never)).toEqual({ result: 'typed' });
      desktop.who.key(0x32, false);
      await arrives('22022\r');
    });

    test('a program that has taken the keyboard, such as a screen lock: refused', async () => {
      const before = till.text();
      await waitFor('the keyboard', async () => (await desktop.who.takeKeyboard()) === 0);
      expect(await injector.type(stroke(card()), never)).toEqual({ result: 'refused', reason: 'screenLocked' });
      await desktop.who.giveKeyboardBack();
      const typed = card();
      expect(await injector.type(stroke(typed), never)).toEqual({ result: 'typed' });
      await arrives(`${typed}\r`);
      expect(till.text()).toBe(`${before}${typed}\r`);
    });

    test('nothing has the focus: refused', async () => {
      await desktop.who.focusNone();
      expect(await injector.type(stroke(card()), never)).toEqual({ result: 'refused', reason: 'noFocus' });
    });

    test('a guard by process: the program that owns the window', async () => {
      expect((await injector.type(stroke(card(), { guard: { process: 'xterm' } }), never)).result).toBe('typed');
      expect(await injector.type(stroke(card(), { guard: { process: 'chromium' } }), never)).toEqual({ result: 'refused', reason: 'windowNotInFront' });
      expect((await injector.look({ process: 'xterm' }, never)).present).toBe(true);
      expect((await injector.look({ process: 'chromium' }, never)).present).toBe(false);
    });

    test('the window changes between two characters: it stops at once and cannot tell', async () => {
      const before = other.text();
      const typing = injector.type(stroke(card(), { keyDelayMs: 30 }), never);
      const from = till.text().length;
      await waitFor('the first characters', () => till.text().length > from + 2);
      await other.front();
      expect(await typing).toEqual({ result: 'uncertain', reason: 'windowChanged' });
      expect(other.text()).toBe(before);
    });

    test('the layout changes between two characters: the rest is typed in it, or the delivery stops', async () => {
      desktop.x.layout('us,ru');
      const typed = card();
      const typing = injector.type(stroke(typed, { keyDelayMs: 20 }), never);
      const from = till.text().length;
      await waitFor('the first characters', () => till.text().length > from + 2);
      desktop.x.layout('ru');
      expect(await typing).toEqual({ result: 'typed' });
      await arrives(`${typed}\r`);
    });

    test('the window is closed in the middle: it stops and cannot tell', async () => {
      const third = await desktop.terminal('Cashier-3');
      await third.front();
      const typing = injector.type(stroke(card(), { keyDelayMs: 20, guard: { title: 'Cashier-3' } }), never);
      await waitFor('the first characters', () => third.text().length > 2);
      desktop.who.kill(third.window);
      expect(await typing).toEqual({ result: 'uncertain', reason: 'windowChanged' });
    });

    test('a thief takes the focus every few milliseconds: whole, or refused; never torn, never beside', async () => {
      const from = { till: till.text().length, other: other.text().length };
      const stop = new AbortController();
      const thief = (async () => {
        for (let i = 0; !stop.signal.aborted; i += 1) {
          await (i % 2 === 0 ? other : till).front();
          await new Promise((resolve) => setTimeout(resolve, 3));
        }
      })();
      const sent: string[] = [];
      for (let i = 0; i < 150; i += 1) {
        const typed = card();
        const result = await injector.type(stroke(typed), never);
        if (result.result === 'typed') sent.push(`${typed}\r`);
        else expect(result).toEqual({ result: 'refused', reason: 'windowNotInFront' });
      }
      stop.abort();
      await thief;
      expect(sent.length).toBeGreaterThan(5);
      await waitFor('all of it', () => till.text().length - from.till >= sent.join('').length);
      expect(till.text().slice(from.till)).toBe(sent.join(''));
      expect(other.text().slice(from.other)).toBe('');
    });

    test('a server that hangs costs two seconds, and the connection', async () => {
      const stopped = Somebody.come(desktop.display);
      process.kill(desktop.x.pid, 'SIGSTOP');
      const began = performance.now();
      try {
        expect(await injector.type(stroke(card()), never)).toEqual({ result: 'refused', reason: 'notConnected' });
        expect(performance.now() - began).toBeLessThan(20_000);
        expect((await injector.ended).code).toBe('TB_TILL_KEYBOARD_LOST');
      } finally {
        process.kill(desktop.x.pid, 'SIGCONT');
      }
      (await stopped).leave();
    });

    test('somebody else types at the same time: nothing of theirs falls into a number', async () => {
      const from = till.text().length;
      const stop = new AbortController();
      const typist = (async () => {
        while (!stop.signal.aborted) {
          desktop.who.tap(0x78);
          await desktop.who.sync();
        }
      })();
      const all: string[] = [];
      for (let i = 0; i < 100; i += 1) {
        const typed = card();
        expect(await injector.type(stroke(typed), never)).toEqual({ result: 'typed' });
        all.push(`${typed}\r`);
      }
      stop.abort();
      await typist;
      const end = card();
      await injector.type(stroke(end), never);
      await arrives(`${end}\r`);
      const got = till.text().slice(from);
      expect(got).toContain('x');
      expect(got.match(/2\d{12}\r/g)).toEqual([...all, `${end}\r`]);
      expect(got.replace(/2\d{12}\r/g, '').replaceAll('x', '')).toBe('');
    });
  });

  describe('screens that cannot be typed on', () => {
    const absent = 20_000 + (process.pid % 30_000);
    const withServer = async (argv: readonly string[], run: (server: XServer) => Promise<void>): Promise<void> => {
      const server = await XServer.start(argv);
      try {
        await run(server);
      } finally {
        await server.stop();
      }
    };
    const opening = (display: string, xauthority?: string) => xtestSource({ till: 'front', display, xauthority }, systemClock).open(AbortSignal.timeout(30_000));

    test('one without XTEST is said, and nobody tries again', () =>
      withServer(['-extension', 'XTEST'], async ({ display }) => {
        await expect(opening(display)).rejects.toMatchObject({ code: 'TB_TILL_KEYBOARD_NO_XTEST', retryable: false });
      }));

    test('one that is not there, or far away, is said and tried again', async () => {
      for (const display of [`:${String(absent)}`, 'elsewhere:0', '']) await expect(opening(display)).rejects.toMatchObject({ code: 'TB_TILL_KEYBOARD_NO_DISPLAY', retryable: true });
    });

    test('one with a cookie opens with the file, and without it only says so', async () => {
      const cookies = (number: number): readonly [string, string] => {
        const [good, bad] = [join(folder.path, 'cookie'), join(folder.path, 'other-cookie')];
        writeFileSync(good, cookieFile(number, 'c'.repeat(16)));
        writeFileSync(bad, cookieFile(number, 'd'.repeat(16)));
        return [good, bad];
      };
      // a server takes every cookie of its file, a client the one with the server's number
      await withServer(['-auth', cookies(absent)[0]], async ({ display }) => {
        const [good, bad] = cookies(Number(display.slice(1)));
        await expect(opening(display, bad)).rejects.toMatchObject({ code: 'TB_TILL_KEYBOARD_NO_DISPLAY' });
        await expect(opening(display, join(folder.path, 'none'))).rejects.toMatchObject({ code: 'TB_TILL_KEYBOARD_NO_DISPLAY' });
        const open = await opening(display, good);
        await open.close();
      });
    });
  });
});

/** An Xauthority file with one cookie for this machine: family, address, number, name and data (Xauth(7)). */
function cookieFile(display: number, data: string): Buffer {
  const field = (text: string): Buffer => {
    const length = Buffer.alloc(2);
    length.writeUInt16BE(text.length, 0);
    return Buffer.concat([length, Buffer.from(text, 'latin1')]);
  };
  return Buffer.concat([Buffer.from([1, 0]), ...[hostname(), String(display), 'MIT-MAGIC-COOKIE-1', data].map(field)]);
}
