/** The page's own clocks: the one file that touches them. */
export const clock = {
  /** Unix time in milliseconds. */
  wall: (): number => Date.now(),
  /** Calls `work` after `ms`; the function that it gives takes that back. */
  timer: (ms: number, work: () => void): (() => void) => {
    const handle = setTimeout(work, ms);
    return () => clearTimeout(handle);
  },
  /** Unix time in milliseconds of an ISO 8601 text; NaN where it is none. */
  parse: (iso: string): number => Date.parse(iso),
  /** A Unix time in milliseconds as the clock on this wall shows it. */
  local: (ms: number): Date => new Date(ms),
  /** ISO 8601 of a Unix time in milliseconds. */
  iso: (ms: number): string => new Date(ms).toISOString(),
};
