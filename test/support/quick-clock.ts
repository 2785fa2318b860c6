import { systemClock, type Clock } from '@tillbridge/core';

/** The real clock, `factor` times as fast: pauses of seconds cost milliseconds, while networks stay real. Give time budgets that a busy machine keeps. */
export function quickClock(factor: number): Clock {
  const start = { mono: systemClock.mono(), wall: systemClock.wall() };
  return {
    mono: () => start.mono + (systemClock.mono() - start.mono) * factor,
    // whole milliseconds, as wall clocks have them
    wall: () => Math.floor(start.wall + (systemClock.mono() - start.mono) * factor),
    timer: (ms, fn, options) => systemClock.timer(ms / factor, fn, options),
    afterInput: (fn) => systemClock.afterInput(fn),
  };
}
