import { silentLog, systemClock, USAGE_OF_KEY } from '@tillbridge/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { describeInjector } from '../testing/suites/injector.js';
import { InProcessTyping } from '../testing/in-process-typing.js';
import { eventBytes, eventSize } from './event-bytes.js';
import { UinputHand } from './hand.js';
import { strokesOf } from './key-strokes.js';
import { uinputSource } from './source.js';

/** A console that types what its one keyboard says, as the kernel's US map has it. */
class Console {
  text = '';
  readonly #down = new Set<number>();

  write(bytes: Uint8Array): void {
    const events = Buffer.from(bytes);
    for (let at = 0; at < events.length; at += 24) {
      const [type, code, value] = [events.readUInt16LE(at + 16), events.readUInt16LE(at + 18), events.readInt32LE(at + 20)];
      if (type === 1) this.#key(USAGE_OF_KEY[code] ?? 0, value === 1);
    }
  }

  #key(usage: number, down: boolean): void {
    if (down && !this.#down.has(usage)) this.text += this.#character(usage);
    if (down) this.#down.add(usage);
    else this.#down.delete(usage);
  }

  #character(usage: number): string {
    if (usage >= 0xe0) return '';
    if (usage === 0x28) return '\r';
    const plain = usage >= 0x1e && usage <= 0x27 ? '1234567890'.charAt(usage - 0x1e) : String.fromCharCode(0x61 + usage - 4);
    if (this.#down.has(0xe0)) return '\u001d';
    return this.#down.has(0xe1) ? plain.toUpperCase() : plain;
  }
}

describeInjector('uinput in a process of its own, on a played kernel', () => {
  const screen = new Console();
  const host = new InProcessTyping(() => Promise.resolve(new UinputHand({ write: (bytes) => screen.write(bytes), close: () => undefined }, false, systemClock)));
  return Promise.resolve({
    source: uinputSource({ till: 'front', clock: systemClock, log: silentLog, random: () => 0, spawn: host.spawn, platform: 'linux' }),
    guard: undefined,
    target: () => screen.text,
    carried: '0',
    notCarried: 'a',
  });
});

describe('strokesOf', () => {
  test('digits, Enter and Tab by default; nothing else', () => {
    expect(strokesOf([{ text: '09' }, { key: 'Enter' }, { key: 'Tab' }], false)).toHaveLength(4);
    for (const part of [{ text: 'a' }, { text: '1;' }, { control: 0x1d }] as const) expect(strokesOf([part], false)).toBeUndefined();
  });

  test('with letters: what a US keyboard has, and no other character', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), (text) => {
        const strokes = strokesOf([{ text }], true);
        if (/^[ -~]*$/.test(text)) expect(strokes).toHaveLength(text.length);
        else expect(strokes).toBeUndefined();
      }),
    );
    expect(strokesOf([{ text: 'Я' }], true)).toBeUndefined();
    const screen = new Console();
    screen.write(eventBytes(strokesOf([{ text: 'aB1' }, { control: 0x1d }], true)!.flat(), 24)!);
    expect(screen.text).toBe('aB1\u001d');
  });

  test('every key that goes down comes up, each edge with its report', () => {
    const bytes = Buffer.from(eventBytes(strokesOf([{ text: '1' }], false)!.flat(), 16)!);
    expect(bytes.length).toBe(64);
    expect([bytes.readUInt16LE(8), bytes.readUInt16LE(10), bytes.readInt32LE(12)]).toEqual([1, 2, 1]);
    expect([bytes.readUInt16LE(24), bytes.readUInt16LE(40), bytes.readInt32LE(44), bytes.readUInt16LE(56)]).toEqual([0, 1, 0, 0]);
    expect([eventSize('x64'), eventSize('arm')]).toEqual([24, 16]);
    expect(eventBytes([{ usage: 0xa0, down: true }], 24)).toBeUndefined();
  });
});
