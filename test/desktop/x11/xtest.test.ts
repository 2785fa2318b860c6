import { systemClock } from '@tillbridge/core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Injector, Stroke } from '../../../packages/adapter-device/src/keyboard/injector.js';
import { describeInjector } from '../../../packages/adapter-device/src/keyboard/testing/suites/injector.js';
import { xtestSource } from '../../../packages/adapter-device/src/keyboard/xtest/index.js';
import { needs } from '../../support/needs.js';
import { makeTempFolder } from '../../support/temp-folder.js';
import { waitFor } from '../../support/wait-for.js';
import { Desktop, type Terminal } from './desktop.js';

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
  });
});
