import type { Clock } from './ports/clock.js';

/** The host's own clocks: the one place of the product that touches them. Core never uses it; whoever composes the parts hands it in. */
export const systemClock: Clock = {
  mono: () => performance.now(),
  wall: () => Date.now(),
  timer: (ms, fn, options) => {
    const handle = setTimeout(fn, ms);
    if (options?.ref === false) handle.unref();
    return () => clearTimeout(handle);
  },
  afterInput: (fn) => {
    const handle = setImmediate(fn);
    return () => clearImmediate(handle);
  },
};
