import { elapsed, instant, isTillbridgeError, sleep, type Clock, type KeyEvent } from '@tillbridge/core';
import { CannotType, type TypingHand } from '../hosted/typing-host.js';
import { refused, TYPED, uncertain, type Look, type Stroke, type TypeResult, type WindowGuard } from '../injector.js';
import type { UinputKeyboard } from './binding.js';
import { eventBytes, eventSize } from './event-bytes.js';
import { strokesOf, type UsageEdge } from './key-strokes.js';

/** Milliseconds until everybody who listens to keyboards has noticed the new one (udev, libinput); keys before that are nobody's. */
const SETTLE_MS = 1000;

/** Types on a keyboard of the kernel. It cannot see who listens. */
export class UinputHand implements TypingHand {
  readonly #keyboard: UinputKeyboard;
  readonly #letters: boolean;
  readonly #clock: Clock;

  constructor(keyboard: UinputKeyboard, letters: boolean, clock: Clock) {
    this.#keyboard = keyboard;
    this.#letters = letters;
    this.#clock = clock;
  }

  async type(stroke: Stroke, signal: AbortSignal): Promise<TypeResult> {
    const called = instant(this.#clock);
    if (stroke.guard !== undefined) return refused('notCarried');
    const characters = strokesOf(stroke.parts, this.#letters);
    if (characters === undefined) return refused('notCarried');
    if (signal.aborted) return refused('withdrawn');
    if (stroke.withinMs <= 0 || elapsed(this.#clock, called) > stroke.withinMs) return refused('late');
    const bursts = stroke.keyDelayMs === 0 ? [characters.flat()] : characters;
    for (const [index, burst] of bursts.entries()) {
      if (index > 0) await sleep(this.#clock, stroke.keyDelayMs, signal);
      if (index > 0 && over(signal)) return uncertain('stopped');
      const result = this.#write(burst);
      if (result.result !== 'typed') return index === 0 ? result : uncertain('failed');
    }
    return TYPED;
  }

  replay(keys: readonly KeyEvent[], signal: AbortSignal): TypeResult {
    return signal.aborted ? refused('withdrawn') : this.#write(keys);
  }

  look(guard: WindowGuard | undefined): Look {
    const letters = this.#letters;
    return { inFront: guard === undefined, layouts: [], carries: { digits: true, latin: letters, cyrillic: false, controls: letters }, rows: [] };
  }

  close(): void {
    this.#keyboard.close();
  }

  #write(edges: readonly UsageEdge[]): TypeResult {
    const bytes = eventBytes(edges, eventSize());
    if (bytes === undefined) return refused('notCarried');
    try {
      this.#keyboard.write(bytes);
      return TYPED;
    } catch {
      return uncertain('failed');
    }
  }
}

/** A fresh look, which the compiler would otherwise take for the one before the last wait. */
function over(signal: AbortSignal): boolean {
  return signal.aborted;
}

/** What the process is told at its start. */
export interface UinputSetup {
  readonly path: string;
  readonly letters: boolean;
}

/** @throws {CannotType} */
export async function uinputHand({ path, letters }: UinputSetup, make: (path: string) => Promise<UinputKeyboard>, clock: Clock): Promise<TypingHand> {
  try {
    const keyboard = await make(path);
    await sleep(clock, SETTLE_MS);
    return new UinputHand(keyboard, letters, clock);
  } catch (error) {
    if (isTillbridgeError(error)) throw error;
    throw new CannotType('noDevice', error instanceof Error ? error.message : String(error));
  }
}
