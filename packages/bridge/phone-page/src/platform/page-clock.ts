import type { Clock } from '@tillbridge/core';

/** The page's own clocks: the one place that touches them. */
export const pageClock: Clock = {
  mono: () => performance.now(),
  wall: () => Date.now(),
  timer: (ms, fn) => {
    const handle = setTimeout(fn, ms);
    return () => clearTimeout(handle);
  },
  afterInput: (fn) => {
    const handle = setTimeout(fn, 0);
    return () => clearTimeout(handle);
  },
};
