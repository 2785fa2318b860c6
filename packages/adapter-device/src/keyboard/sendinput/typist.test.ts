import { VirtualClock } from '@tillbridge/testkit';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Stroke, TypeResult } from '../injector.js';
import { HIGH, PlayedWindows, RU, scansOf, US, type PlayedWindow } from './testing/simulated-windows.js';
import { Typist } from './typist.js';

const NUMBER = '4607001234567';
const never = new AbortController().signal;

let clock: VirtualClock;
let windows: PlayedWindows;
let till: PlayedWindow;
let other: PlayedWindow;
let typist: Typist;

beforeEach(() => {
  clock = new VirtualClock();
  windows = new PlayedWindows();
  till = windows.window('till');
  other = windows.window('other');
  windows.front = till;
  typist = new Typist(windows, clock);
});

function stroke(text = NUMBER, over: Partial<Stroke> = {}): Stroke {
  return { parts: [{ text }, { key: 'Enter' }], guard: { process: 'till' }, keyDelayMs: 0, mode: 'unicode', withinMs: 1000, ...over };
}

/** Types to the end, whatever pauses that takes. */
async function type(what: Stroke, signal: AbortSignal = never): Promise<TypeResult> {
  const typing = typist.type(what, signal);
  await clock.advance(60_000);
  return typing;
}

describe('typing on Windows', () => {
  test('characters as such, in one array, whatever the layout', async () => {
    till.layout = RU;
    expect(await type(stroke('Аб-19/xYz😀'))).toEqual({ result: 'typed' });
    expect(till.received).toBe('Аб-19/xYz😀\r');
    expect(windows.arrays).toBe(1);
  });

  test('key codes where the program reads keys: what the layout cannot give is refused whole', async () => {
    expect(await type(stroke('Ab-19/xYz', { mode: 'vk' }))).toEqual({ result: 'typed' });
    expect(till.received).toBe('Ab-19/xYz\r');
    till.layout = RU;
    expect(await type(stroke(NUMBER, { mode: 'vk' }))).toEqual({ result: 'typed' });
    const before = windows.events;
    for (const text of ['123Z', '12`3', '1😀']) expect(await type(stroke(text, { mode: 'vk' }))).toEqual({ result: 'refused', reason: 'notOnLayout' });
    expect(windows.events).toBe(before);
  });

  test('GS as a character, and as Ctrl and a key where the layout has it', async () => {
    const parts = [{ text: 'A' }, { control: 0x1d }, { text: 'B' }];
    expect(await type(stroke('', { parts }))).toEqual({ result: 'typed' });
    expect(await type(stroke('', { parts, mode: 'vk' }))).toEqual({ result: 'typed' });
    expect(till.received).toBe('A\u001dBA\u001dB');
    till.layout = RU;
    expect(await type(stroke('', { parts: [{ control: 0x1d }], mode: 'vk' }))).toEqual({ result: 'refused', reason: 'notOnLayout' });
  });

  test.each([['\u0007'], ['a\u001db'], ['\ud83d'], ['x'.repeat(1001)]])('%j in a text is refused', async (text) => {
    expect(await type(stroke(text))).toEqual({ result: 'refused', reason: 'notCarried' });
    expect(windows.events).toBe(0);
  });

  test.each(['unicode', 'vk'] as const)('held keys come up for it and go down again; menus stay shut (%s)', async (mode) => {
    for (const vk of [0xa0, 0xa2, 0xa4, 0x5b]) windows.down.add(vk);
    expect(await type(stroke(NUMBER, { mode }))).toEqual({ result: 'typed' });
    expect(till.received).toBe(`${NUMBER}\r`);
    expect([...windows.down].sort((a, b) => a - b)).toEqual([0x5b, 0xa0, 0xa2, 0xa4]);
    // the cashier's fingers leave the keys now
    for (const vk of [0x5b, 0xa4]) windows.send([{ vk, scan: 0, flags: 2 }]);
    expect(windows.menusOpened).toBe(0);
  });

  test('Caps Lock is off for key codes, and on again after them', async () => {
    windows.caps = true;
    expect(await type(stroke('aBc', { mode: 'vk' }))).toEqual({ result: 'typed' });
    expect(await type(stroke('dEf'))).toEqual({ result: 'typed' });
    expect(till.received).toBe('aBc\rdEf\r');
    expect(windows.caps).toBe(true);
  });

  test('only into its window, with the screen unlocked and no higher rights', async () => {
    windows.front = other;
    expect(await type(stroke())).toEqual({ result: 'refused', reason: 'windowNotInFront' });
    windows.front = undefined;
    expect(await type(stroke())).toEqual({ result: 'refused', reason: 'noFocus' });
    windows.front = till;
    till.focus = false;
    expect(await type(stroke())).toEqual({ result: 'refused', reason: 'noFocus' });
    till.focus = true;
    windows.locked = true;
    expect(await type(stroke())).toEqual({ result: 'refused', reason: 'screenLocked' });
    windows.locked = false;
    for (const level of [HIGH, undefined]) {
      till.integrity = level;
      expect(await type(stroke())).toEqual({ result: 'refused', reason: 'windowElevated' });
      expect(await type(stroke(NUMBER, { guard: undefined }))).toEqual({ result: 'refused', reason: 'windowElevated' });
    }
    expect(windows.events).toBe(0);
  });

  test('without a guard: whatever is in front', async () => {
    windows.front = other;
    expect(await type(stroke(NUMBER, { guard: undefined }))).toEqual({ result: 'typed' });
    expect(other.received).toBe(`${NUMBER}\r`);
  });

  test('too late or withdrawn: nothing', async () => {
    expect(await type(stroke(NUMBER, { withinMs: 0 }))).toEqual({ result: 'refused', reason: 'late' });
    expect(await type(stroke(), AbortSignal.abort())).toEqual({ result: 'refused', reason: 'withdrawn' });
    expect(windows.events).toBe(0);
  });

  test('a system that takes none is a refusal, one that takes some is not', async () => {
    windows.takes = 0;
    expect(await type(stroke())).toEqual({ result: 'refused', reason: 'failed' });
    windows.takes = 5;
    expect(await type(stroke())).toEqual({ result: 'uncertain', reason: 'failed' });
  });

  test('another window right behind it: nobody can tell', async () => {
    windows.beforeEvent = (index) => {
      if (index === 27) windows.front = other;
    };
    expect(await type(stroke())).toEqual({ result: 'uncertain', reason: 'windowChanged' });
    expect(windows.arrays).toBe(1);
  });

  const dialog = (): void => {
    windows.front = Object.assign(windows.window('dialog'), { pid: till.pid });
  };

  test('a dialog that Enter opens, once the keys are read, is the same till; one that was there before is not', async () => {
    const guard = { title: 'till' };
    windows.beforeAnswer = (index) => {
      if (index === 10) dialog();
    };
    expect(await type(stroke(NUMBER, { guard }))).toEqual({ result: 'typed' });
    windows.front = till;
    windows.beforeEvent = (index) => {
      if (index === windows.events && index % 28 === 27) dialog();
    };
    expect(await type(stroke(NUMBER, { guard }))).toEqual({ result: 'uncertain', reason: 'windowChanged' });
  });

  test('the focus is watched until the program has read its keys, also when it goes and comes back', async () => {
    windows.beforeAnswer = (index) => {
      windows.front = index === 20 ? other : till;
    };
    expect(await type(stroke())).toEqual({ result: 'uncertain', reason: 'windowChanged' });
    expect(windows.answered).toBe(21);
  });

  test('a program that hangs has its keys in its queue: it is not waited for', async () => {
    windows.hangs = true;
    expect(await type(stroke())).toEqual({ result: 'typed' });
    expect(windows.answered).toBe(1);
  });

  test('the screen is locked in the middle', async () => {
    windows.beforeEvent = (index) => {
      if (index !== 6) return;
      windows.locked = true;
      windows.front = undefined;
    };
    expect(await type(stroke())).toEqual({ result: 'uncertain', reason: 'windowChanged' });
  });
});

describe('with a pause behind each character', () => {
  const paced = (over: Partial<Stroke> = {}): Stroke => stroke(NUMBER, { keyDelayMs: 10, ...over });

  test('each is an array of its own, with its pause', async () => {
    const typing = typist.type(paced(), never);
    await clock.advance(129);
    expect(till.received).toBe(NUMBER);
    await clock.advance(1);
    expect(await typing).toEqual({ result: 'typed' });
    expect(till.received).toBe(`${NUMBER}\r`);
    expect(windows.arrays).toBe(14);
  });

  test('stops at once when another window comes in front', async () => {
    const typing = typist.type(paced(), never);
    await clock.advance(35);
    windows.front = other;
    await clock.advance(1000);
    expect(await typing).toEqual({ result: 'uncertain', reason: 'windowChanged' });
    expect([till.received, other.received]).toEqual([NUMBER.slice(0, 4), '']);
  });

  test('stops at once when the window closes, the screen locks, the layout changes, it is withdrawn', async () => {
    const stop = new AbortController();
    const disturbances: readonly [() => void, string][] = [
      [() => (till.gone = true), 'windowChanged'],
      [() => (windows.locked = true), 'windowChanged'],
      [() => (till.layout = RU), 'stopped'],
      [() => stop.abort(), 'stopped'],
    ];
    for (const [disturb, reason] of disturbances) {
      Object.assign(till, { gone: false, layout: US, received: '' });
      windows.locked = false;
      const typing = typist.type(paced({ mode: 'vk' }), stop.signal);
      await clock.advance(35);
      disturb();
      await clock.advance(1000);
      expect(await typing).toEqual({ result: 'uncertain', reason });
      expect(till.received).toBe(NUMBER.slice(0, 4));
    }
  });
});

test('wherever the focus goes: typed is whole and leaks nothing, refused is nothing, and nothing is sent twice', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        text: fc.stringMatching(/^[0-9A-Za-z]{1,14}$/),
        mode: fc.constantFrom('unicode', 'vk'),
        keyDelayMs: fc.constantFrom(0, 3),
        at: fc.integer({ min: 0, max: 70 }),
        where: fc.constantFrom('event', 'look'),
        to: fc.constantFrom('other', 'nothing', 'locked'),
        shift: fc.boolean(),
        caps: fc.boolean(),
      }),
      async ({ text, mode, keyDelayMs, at, where, to, shift, caps }) => {
        const world = new PlayedWindows();
        const mine = world.window('till');
        const theirs = world.window('other');
        world.front = mine;
        world.caps = caps;
        if (shift) world.down.add(0xa0);
        let looks = 0;
        const move = (index: number): void => {
          if (index !== at) return;
          if (to === 'locked') world.locked = true;
          world.front = to === 'other' ? theirs : undefined;
        };
        if (where === 'event') world.beforeEvent = move;
        else world.beforeLook = () => move(looks++);
        const time = new VirtualClock();
        const typing = new Typist(world, time).type({ parts: [{ text }, { key: 'Enter' }], guard: { process: 'till' }, keyDelayMs, mode, withinMs: 1000 }, never);
        await time.advance(1000);
        const result = await typing;
        const got = `${mine.received}${theirs.received}`;
        if (result.result === 'typed') expect([mine.received, theirs.received]).toEqual([`${text}\r`, '']);
        if (result.result === 'refused') expect(got).toBe('');
        expect(got.length).toBeLessThanOrEqual(text.length + 1);
        expect(world.caps).toBe(caps);
        expect([...world.down]).toEqual(shift ? [0xa0] : []);
      },
    ),
    { numRuns: 500 },
  );
});

describe('goods that a keyboard reader read', () => {
  const keys = [0x1e, 0x28].flatMap((usage, i) => [{ usage, down: true, atMs: i }, { usage, down: false, atMs: i }]);

  test('are played as the same keys, to whatever is in front', () => {
    windows.front = other;
    expect(typist.replay(keys, never)).toEqual({ result: 'typed' });
    expect(windows.scans).toEqual(scansOf([0x1e, 0x28]));
    expect(windows.scans).toEqual(['+2', '-2', '+1c', '-1c']);
  });

  test('with a key that no PC keyboard has are refused whole', () => {
    expect(typist.replay([...keys, { usage: 0xa5, down: true, atMs: 2 }], never)).toEqual({ result: 'refused', reason: 'notCarried' });
    expect(windows.events).toBe(0);
  });
});

describe('looking', () => {
  test('tells the window, the layouts and what is in the way', () => {
    till.layout = RU;
    expect(typist.look({ process: 'till' })).toMatchObject({ inFront: true, present: true, layouts: ['ru', 'us'], rows: [], front: { title: 'till', class: 'till class', process: 'till.exe' } });
    windows.front = other;
    till.integrity = HIGH;
    windows.locked = true;
    const look = typist.look({ process: 'till' });
    expect(look).toMatchObject({ inFront: false, present: true });
    expect(look.rows.map(({ id, level }) => `${id} ${level}`)).toEqual(['sendinput.desktop warn', 'sendinput.rights fail']);
    expect(typist.look({ process: 'nowhere' })).toMatchObject({ inFront: false, present: false });
    expect(windows.events).toBe(0);
  });
});
