import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { USAGE_OF_KEY } from '@tillbridge/core';
import { needs } from '../../support/needs.js';
import { makeTempFolder } from '../../support/temp-folder.js';
import { compileDecider, type Decider, type Key, type Library, type Rule } from './decider.js';

const F13 = 0x68;
const ENTER = 0x28;
const TAB = 0x2b;
const A = 0x04;
const B = 0x05;
const C = 0x06;
const CTRL = 0xe0;
const SHIFT = 0xe1;
const CR = 1;
const ETX = 8;

const BY_PREFIX: Rule = { prefix: F13, ends: CR, gapMs: 500, least: 1 };

needs('linux', 'gcc')('which keys are a scanner’s', () => {
  const folder = makeTempFolder();
  let library: Library;
  beforeAll(() => {
    library = compileDecider(folder.path);
  });
  afterAll(() => folder.remove());

  /** Presses keys one after another, each let go of before the next. */
  class Hands {
    at = 1_000_000;
    constructor(readonly decider: Decider, readonly paceMs = 10) {}
    down(...usages: readonly number[]): this {
      for (const usage of usages) this.#key(usage, true);
      return this;
    }
    up(...usages: readonly number[]): this {
      for (const usage of usages) this.#key(usage, false);
      return this;
    }
    press(...usages: readonly number[]): this {
      for (const usage of usages) this.down(usage).up(usage);
      return this;
    }
    wait(ms: number): this {
      this.at += ms * 1000;
      this.decider.tick(this.at);
      this.decider.type();
      return this;
    }
    #key(usage: number, down: boolean): void {
      this.at += (this.paceMs * 1000) / 2;
      this.decider.key({ usage, down, at: this.at });
    }
  }
  const texts = (keys: readonly Key[]): string => keys.map(({ usage, down }) => `${usage.toString(16)}${down ? '+' : '-'}`).join(' ');
  const use = (rule: Rule, work: (decider: Decider) => void, asks = false): void => {
    const decider = library.decider(rule, asks);
    try {
      work(decider);
    } finally {
      decider.free();
    }
  };

  test('what stands between prefix and Enter is a read, and nobody else sees it', () => {
    use(BY_PREFIX, (decider) => {
      new Hands(decider).press(A, F13, B, C, ENTER, A);
      expect(decider.reads.map(texts)).toEqual(['5+ 5- 6+ 6- 28+ 28-']);
      expect(texts(decider.system)).toBe('4+ 4- 4+ 4-');
    });
  });

  test('a prefix that nothing follows is typed after half a second, and what comes meanwhile stays behind it', () => {
    use(BY_PREFIX, (decider) => {
      const hands = new Hands(decider).press(F13);
      expect(decider.system).toEqual([]);
      hands.at += 600_000;
      // the time has come, and the loop has not typed yet
      hands.press(A);
      expect(decider.system).toEqual([]);
      decider.type();
      hands.press(B);
      expect(texts(decider.system)).toBe('68+ 68- 4+ 4- 5+ 5-');
      expect(decider.reads).toEqual([]);
    });
  });

  test('a pause within a read shows a hand: all of it is typed, in order, Enter too', () => {
    use(BY_PREFIX, (decider) => {
      new Hands(decider).press(F13, A).wait(501).press(B, ENTER);
      expect(texts(decider.system)).toBe('68+ 68- 4+ 4- 5+ 5- 28+ 28-');
      expect(decider.reads).toEqual([]);
    });
  });

  test('the prefix alone with Enter is no read', () => {
    use(BY_PREFIX, (decider) => {
      new Hands(decider).press(F13, ENTER).wait(1);
      expect(texts(decider.system)).toBe('68+ 68- 28+ 28-');
    });
  });

  test('a key that a hand holds comes up for the others, and is no part of the read', () => {
    use(BY_PREFIX, (decider) => {
      const hands = new Hands(decider).down(SHIFT).press(F13, A).up(SHIFT).press(B).down(ENTER);
      expect(decider.reads.map(texts)).toEqual(['4+ 4- 5+ 5- 28+ 28-']);
      hands.wait(1).up(ENTER);
      expect(texts(decider.system)).toBe('e1+ e1-');
    });
  });

  test('the scanner’s own Shift belongs to its keys', () => {
    use(BY_PREFIX, (decider) => {
      new Hands(decider).press(F13).down(SHIFT).press(A).up(SHIFT).press(ENTER);
      expect(decider.reads.map(texts)).toEqual(['e1+ 4+ 4- e1- 28+ 28-']);
    });
  });

  test('Ctrl+B begins and Ctrl+C ends, where they were set up so; Ctrl comes up for the others', () => {
    use({ prefix: B, modifiers: 1, ends: ETX, gapMs: 500, least: 1 }, (decider) => {
      const hands = new Hands(decider).press(B).down(CTRL).press(B).up(CTRL).press(A).down(CTRL).press(C).up(CTRL).wait(1);
      expect(decider.reads.map(texts)).toEqual(['4+ 4- e0+ 6+ 6- e0-']);
      expect(texts(decider.system)).toBe('5+ 5- e0+ e0-');
      hands.press(C, TAB);
      expect(texts(decider.system)).toBe('5+ 5- e0+ e0- 6+ 6- 2b+ 2b-');
    });
  });

  test('without a suffix a pause ends a read', () => {
    use({ prefix: F13, ends: 0, gapMs: 100, least: 1 }, (decider) => {
      new Hands(decider).press(F13, A, B).wait(101);
      expect(decider.reads.map(texts)).toEqual(['4+ 4- 5+ 5-']);
    });
  });

  test('by pace: a hand’s keys arrive late and whole, a scanner’s are a read', () => {
    use({ prefix: 0, ends: CR, gapMs: 35, least: 4 }, (decider) => {
      const hands = new Hands(decider, 10).press(A).wait(120).down(SHIFT).wait(60).press(B).up(SHIFT).wait(100).press(ENTER).wait(100);
      expect(texts(decider.system)).toBe('4+ 4- e1+ 5+ 5- e1- 28+ 28-');
      hands.press(A, B, C, A, B, ENTER);
      expect(decider.reads.map(texts)).toEqual(['4+ 4- 5+ 5- 6+ 6- 4+ 4- 5+ 5- 28+ 28-']);
      // three keys rolled quickly and Enter: too few
      hands.wait(100).press(A, B, ENTER).wait(40);
      expect(decider.reads).toHaveLength(1);
      expect(texts(decider.system).endsWith('4+ 4- 5+ 5- 28+ 28-')).toBe(true);
    });
  });

  test('a key that repeats itself and one whose coming up was missed', () => {
    use(BY_PREFIX, (decider) => {
      const hands = new Hands(decider).press(F13, A).down(ENTER);
      hands.down(ENTER, ENTER);
      expect(decider.system).toEqual([]);
      // its coming up went to a screen that no hook sees
      hands.wait(1600).press(ENTER);
      expect(texts(decider.system)).toBe('28+ 28-');
    });
  });

  test('a key that came up unseen is not taken for a hand’s', () => {
    use(
      BY_PREFIX,
      (decider) => {
        decider.systemHas(A, true);
        const hands = new Hands(decider).down(A);
        decider.systemHas(A, false);
        hands.press(F13, A, ENTER);
        expect(decider.reads.map(texts)).toEqual(['4+ 4- 28+ 28-']);
      },
      true,
    );
  });

  test('what is held is given back when the hook goes', () => {
    use(BY_PREFIX, (decider) => {
      new Hands(decider).press(F13, A);
      decider.giveBack();
      decider.type();
      expect(texts(decider.system)).toBe('68+ 68- 4+ 4-');
    });
  });

  test('a read longer than there is room for is typed, none of it lost', () => {
    use(BY_PREFIX, (decider) => {
      const hands = new Hands(decider, 2).press(F13);
      for (let i = 0; i < 5000; i += 1) hands.press(A);
      hands.press(ENTER).wait(600);
      for (let i = 0; i < 5; i += 1) decider.type(4000);
      expect(decider.system).toHaveLength(10_004);
      expect([decider.reads.length, decider.lost]).toEqual([0, 0]);
    });
  });

  // --- whatever is pressed

  interface Step {
    readonly key: number;
    readonly repeat: boolean;
    readonly ms: number;
    /** How many keys the loop gets round to type behind this one. */
    readonly types: number;
  }
  const alphabet = [F13, ENTER, A, B, C, SHIFT, CTRL, TAB];
  const step: fc.Arbitrary<Step> = fc.record({
    key: fc.nat(alphabet.length - 1),
    repeat: fc.boolean(),
    ms: fc.oneof({ weight: 12, arbitrary: fc.integer({ min: 1, max: 30 }) }, { weight: 1, arbitrary: fc.integer({ min: 30, max: 900 }) }),
    types: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 3 }), fc.constant(100)),
  });
  const rules: fc.Arbitrary<Rule> = fc.constantFrom(
    BY_PREFIX,
    { prefix: F13, ends: 0, gapMs: 100, least: 1 },
    { prefix: 0, ends: CR, gapMs: 35, least: 2 },
    { prefix: B, modifiers: 1, ends: CR | ETX, gapMs: 500, least: 1 },
  );

  test('no key is lost or told twice, the order stays, and what went down comes up', () => {
    fc.assert(
      fc.property(rules, fc.array(step, { minLength: 1, maxLength: 120 }), (rule, steps) => {
        use(rule, (decider) => {
          const down = new Set<number>();
          const all: Key[] = [];
          let at = 1_000_000;
          const key = (usage: number, isDown: boolean): void => {
            all.push({ usage, down: isDown, at });
            decider.key({ usage, down: isDown, at });
          };
          for (const { key: which, repeat, ms, types } of steps) {
            const usage = alphabet[which]!;
            at += ms * 1000;
            const isDown = !down.has(usage) || repeat;
            key(usage, isDown);
            if (isDown) down.add(usage);
            else down.delete(usage);
            decider.type(types);
          }
          for (const usage of down) {
            at += 1000;
            key(usage, false);
          }
          decider.tick(at + 10_000_000);
          while (decider.lost === 0) {
            const before = decider.system.length;
            decider.type(7);
            if (decider.system.length === before) break;
          }
          judge(all, decider, rule);
        });
      }),
      { numRuns: 1500 },
    );
  });

  function judge(all: readonly Key[], decider: Decider, rule: Rule): void {
    const ids = decider.system.map(({ at }) => at);
    // order, and nothing twice
    for (let i = 1; i < ids.length; i += 1) expect(ids[i]! > ids[i - 1]!).toBe(true);
    const seen = new Set(ids);
    const read = new Set(decider.reads.flat().map(({ at, usage }) => `${String(at)} ${String(usage)}`));
    // whatever the system did not see is in a read, or of a key whose going down is
    const takenDown = new Set<number>();
    const systemDown = new Set<number>();
    for (const { usage, down, at } of all) {
      if (seen.has(at)) {
        if (down) systemDown.add(usage);
        else systemDown.delete(usage);
        takenDown.delete(usage);
        continue;
      }
      const isRead = read.has(`${String(at)} ${String(usage)}`);
      const isPrefix = usage === rule.prefix;
      if (down && !systemDown.has(usage)) {
        expect(isRead || isPrefix || takenDown.has(usage)).toBe(true);
        takenDown.add(usage);
      } else if (!down) {
        expect(isRead || takenDown.has(usage)).toBe(true);
        takenDown.delete(usage);
      } else {
        // a hand's key that repeats itself in the middle of a read
        expect(decider.reads.length).toBeGreaterThan(0);
      }
    }
    expect([...systemDown]).toEqual([]);
    expect(decider.lost).toBe(0);
    for (const keys of decider.reads) {
      const open = new Set<number>();
      for (const { usage, down } of keys) {
        if (down) open.add(usage);
        else expect(open.delete(usage)).toBe(true);
      }
      expect([...open]).toEqual([]);
    }
  }

  test('keys by their places, as Windows numbers them: the same usages as Linux gives for the same places', () => {
    // set 1 without a prefix byte and the kernel's own numbers agree for the main block (drivers/input/keyboard/atkbd.c, set 1 to keycode)
    for (let scan = 1; scan <= 0x53; scan += 1) expect([scan, library.usage(scan, false)]).toEqual([scan, USAGE_OF_KEY[scan]]);
    for (const scan of [0x56, 0x57, 0x58]) expect(library.usage(scan, false)).toBe(USAGE_OF_KEY[scan]);
    expect([0x64, 0x65, 0x6e, 0x76].map((scan) => library.usage(scan, false))).toEqual([0x68, 0x69, 0x72, 0x73]);
    const extended = { 0x1c: 96, 0x1d: 97, 0x35: 98, 0x38: 100, 0x47: 102, 0x48: 103, 0x49: 104, 0x4b: 105, 0x4d: 106, 0x4f: 107, 0x50: 108, 0x51: 109, 0x52: 110, 0x53: 111, 0x5b: 125, 0x5c: 126, 0x5d: 127 };
    for (const [scan, key] of Object.entries(extended)) expect([scan, library.usage(Number(scan), true)]).toEqual([scan, USAGE_OF_KEY[key]]);
    expect([library.usage(0x7f, false), library.usage(0x90, true)]).toEqual([0, 0]);
  });
});
