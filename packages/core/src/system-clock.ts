import type { Clock } from './ports/clock.js';

/** In Node.js the global is a getter that looks for its module: goods do not wait for that. */
const { performance: monotonic } = globalThis;

/** The host's own clocks: the one place of the product that touches them. Core never uses it; whoever composes the parts hands it in. */
export const systemClock: Clock = {
  mono: () => monotonic.now(),
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
