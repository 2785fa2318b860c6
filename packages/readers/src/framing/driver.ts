import { Arrival, instant, type Cancel, type Clock } from '@tillbridge/core';
import type { FrameSink, Framer } from './framer.js';

/** A framer with its timer. */
export interface FramingDriver<Chunk = Uint8Array> {
  push(chunk: Chunk): void;
  /** The device is gone; the driver can be used for the next connection. */
  end(): void;
}

/**
 * Timers of Node.js count whole milliseconds: one fires up to 1 ms early, and set again for the rest it is up to 1.2 ms late, which is more
 * than a loyalty scan costs otherwise. The rest is waited for in turns of the event loop, at most 1 ms for a read, input first in each.
 */
const TIMER_MS = 1;
/** Below this a rest is a rounding error of the two clocks' sums. */
const LEAST_MS = 0.001;

/**
 * Ticks a framer when it is due. The timer is re-armed only when it fires too early or something falls due before it, not with every
 * chunk; and what it declares goes through `clock.afterInput`, so that bytes which already arrived are seen first.
 */
export function createFramingDriver<Chunk>(framer: Framer<Chunk>, clock: Clock, emit: FrameSink): FramingDriver<Chunk> {
  let stop: Cancel | undefined;
  let due = Number.POSITIVE_INFINITY;

  const disarm = (): void => {
    stop?.();
    stop = undefined;
    due = Number.POSITIVE_INFINITY;
  };
  const arm = (): void => {
    const next = framer.deadline();
    if (next === undefined || next >= due) return;
    stop?.();
    due = next;
    stop = clock.timer(Math.max(0, next - clock.mono()), fire);
  };
  const fire = (): void => {
    const next = framer.deadline();
    const left = next === undefined ? 0 : next - clock.mono();
    if (next === due && left > LEAST_MS && left < TIMER_MS) {
      stop = clock.afterInput(fire);
      return;
    }
    if (next !== undefined && next <= clock.mono()) {
      // `due` stays at minus infinity until then: nothing may arm over the pending declaration
      due = Number.NEGATIVE_INFINITY;
      stop = clock.afterInput(declare);
      return;
    }
    disarm();
    arm();
  };
  const declare = (): void => {
    disarm();
    framer.tick(instant(clock), emit);
    arm();
  };

  return {
    push: (chunk) => {
      const now = new Arrival(clock);
      framer.push(chunk, now, emit);
      now.settle();
      arm();
    },
    end: () => {
      disarm();
      framer.end(emit);
    },
  };
}
