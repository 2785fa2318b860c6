import { inspect } from 'node:util';
import type { KeyEvent } from '@tillbridge/core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Injector, InjectorSource, Stroke, StrokePart, WindowGuard } from '../../injector.js';

/** A keyboard under test, and programs that are typed into. */
export interface InjectorFixture {
  readonly source: InjectorSource;
  /** What finds the target and not the other window; undefined where the transport holds no guard. */
  readonly guard: WindowGuard | undefined;
  /** Brings a window in front and resolves when it has the focus. Not asked for where there is no guard. */
  front?(window: 'target' | 'other'): Promise<void>;
  /** What the target has received so far, Enter as CR. */
  target(): string | Promise<string>;
  /** What the other window has received. */
  other?(): string | Promise<string>;
  /** Characters beside digits that it carries, and one text that it does not. */
  readonly carried: string;
  readonly notCarried?: string;
  dispose?(): void | Promise<void>;
}

const ARRIVES_MS = 20_000;
const ABSENT_MS = 200;
const CLOSE_MS = 2_000;
const never = new AbortController().signal;

/** Keys of "4607" and Enter, as a scanner types them (HID usages: 0x1e is 1, 0x27 is 0, 0x28 is Enter). */
const SCANNED: readonly KeyEvent[] = [0x21, 0x23, 0x27, 0x24, 0x28].flatMap((usage, i) => [
  { usage, down: true, atMs: i * 4 },
  { usage, down: false, atMs: i * 4 + 2 },
]);

/** Conformance of an {@link Injector}: whole or not at all, only into its window, never late, nothing shown. */
export function describeInjector(name: string, make: () => Promise<InjectorFixture>): void {
  describe(`injector ${name}`, () => {
    let fixture: InjectorFixture;
    let injector: Injector;
    let strokes = 0;

    beforeEach(async () => {
      fixture = await make();
      injector = await fixture.source.open(AbortSignal.timeout(ARRIVES_MS));
      await fixture.front?.('target');
    });

    afterEach(async () => {
      await injector.close();
      await fixture.dispose?.();
    });

    const digits = (): string => {
      strokes += 1;
      return `4607${String(strokes).padStart(9, '0')}`;
    };
    const stroke = (text: string, over: Partial<Stroke> = {}): Stroke => ({
      ...{ parts: [{ text }, { key: 'Enter' }], guard: fixture.guard, keyDelayMs: 0, mode: 'unicode', withinMs: 30_000 },
      ...over,
    });
    const arrives = async (text: string): Promise<void> => {
      const end = performance.now() + ARRIVES_MS;
      while (!(await fixture.target()).endsWith(text) && performance.now() < end) await pause(10);
      expect((await fixture.target()).endsWith(text)).toBe(true);
    };
    const nothingMore = async (before: string): Promise<void> => {
      await pause(ABSENT_MS);
      expect(await fixture.target()).toBe(before);
      expect((await fixture.other?.()) ?? '').toBe('');
    };

    test('types digits and Enter, each once, in order', async () => {
      const all: string[] = [];
      for (let i = 0; i < 5; i += 1) {
        const text = digits();
        all.push(`${text}\r`);
        expect(await injector.type(stroke(text), never)).toEqual({ result: 'typed' });
      }
      await arrives(all.join(''));
    });

    test('types what else it carries, at once and with pauses', async () => {
      const text = `7${fixture.carried}7`;
      for (const keyDelayMs of [0, 5]) {
        expect(await injector.type(stroke(text, { keyDelayMs }), never)).toEqual({ result: 'typed' });
      }
      await arrives(`${text}\r${text}\r`);
    });

    test('a text that it does not carry is refused whole, wherever in it that stands', async () => {
      const { notCarried } = fixture;
      const before = await fixture.target();
      const parts: readonly StrokePart[] = notCarried === undefined ? [{ text: '123' }, { key: 'F12' }, { text: '\u0007' }] : [{ text: `123${notCarried}` }, { key: 'Enter' }];
      const result = await injector.type(stroke('', { parts }), never);
      expect(result).toMatchObject({ result: 'refused' });
      expect(['notCarried', 'notOnLayout']).toContain('reason' in result ? result.reason : '');
      await nothingMore(before);
    });

    test('another window in front: refused, and neither gets a key', async () => {
      if (fixture.guard === undefined || fixture.front === undefined) return;
      const before = await fixture.target();
      await fixture.front('other');
      expect(await injector.type(stroke(digits()), never)).toEqual({ result: 'refused', reason: 'windowNotInFront' });
      await nothingMore(before);
      await fixture.front('target');
      const text = digits();
      expect(await injector.type(stroke(text), never)).toEqual({ result: 'typed' });
      await arrives(`${text}\r`);
    });

    test('a guard that cannot be held is refused, not forgotten', async () => {
      if (injector.capabilities.guard) return;
      const before = await fixture.target();
      expect(await injector.type(stroke(digits(), { guard: { title: 'x' } }), never)).toMatchObject({ result: 'refused' });
      await nothingMore(before);
    });

    test('too late, or withdrawn before: nothing is typed', async () => {
      const before = await fixture.target();
      expect(await injector.type(stroke(digits(), { withinMs: 0 }), never)).toEqual({ result: 'refused', reason: 'late' });
      expect(await injector.type(stroke(digits()), AbortSignal.abort())).toEqual({ result: 'refused', reason: 'withdrawn' });
      await nothingMore(before);
    });

    test('withdrawn in the middle: it stops and says that it cannot tell', async () => {
      const stop = new AbortController();
      const before = (await fixture.target()).length;
      const typing = injector.type(stroke(digits(), { keyDelayMs: 200 }), stop.signal);
      const end = performance.now() + ARRIVES_MS;
      while ((await fixture.target()).length === before && performance.now() < end) await pause(5);
      stop.abort();
      expect(await typing).toEqual({ result: 'uncertain', reason: 'stopped' });
      await pause(ABSENT_MS);
      const after = await fixture.target();
      expect(after.length - before).toBeLessThan(14);
      expect(after).not.toMatch(/\r$/);
    });

    test('plays keys of a scanner again', async () => {
      expect(await injector.replay(SCANNED, never)).toEqual({ result: 'typed' });
      await arrives('4607\r');
    });

    test('looks, and changes nothing', async () => {
      const before = await fixture.target();
      const look = await injector.look(fixture.guard, AbortSignal.timeout(ARRIVES_MS));
      expect(look.carries.digits).toBe(true);
      if (fixture.guard !== undefined && fixture.front !== undefined) {
        expect(look.inFront).toBe(true);
        await fixture.front('other');
        expect((await injector.look(fixture.guard, AbortSignal.timeout(ARRIVES_MS))).inFront).toBe(false);
      }
      await nothingMore(before);
    });

    test('closes twice and quickly; nothing is typed afterwards', async () => {
      const before = await fixture.target();
      const start = performance.now();
      await Promise.all([injector.close(), injector.close()]);
      expect(performance.now() - start).toBeLessThan(CLOSE_MS);
      expect((await injector.ended).code).toMatch(/^TB_/);
      expect(await injector.type(stroke(digits()), never)).toEqual({ result: 'refused', reason: 'notConnected' });
      expect(await injector.replay(SCANNED, never)).toEqual({ result: 'refused', reason: 'notConnected' });
      await nothingMore(before);
    });

    test('shows nothing of what it typed', async () => {
      const text = digits();
      await injector.type(stroke(text), never);
      expect(inspect(injector, { depth: 6 })).not.toContain(text);
    });
  });
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
