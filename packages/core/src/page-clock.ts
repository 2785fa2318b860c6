import type { Clock } from './ports/clock.js';

/** The clocks of a web page, which has no `setImmediate`; beside `systemClock` the other place of the product that touches any. */
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
