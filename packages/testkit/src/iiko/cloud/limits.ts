import type { Clock } from '@tillbridge/core';

/** Published for a company, of the operations that are here: requests per second. Others exist and are not published. */
export const PUBLISHED_LIMITS: Readonly<Record<string, number>> = {
  '/api/1/loyalty/iiko/customer/info': 5,
};

/** A sliding second for each path. */
export class ServerLimits {
  readonly #clock: Clock;
  readonly #times = new Map<string, number[]>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  allows(path: string): boolean {
    const most = PUBLISHED_LIMITS[path];
    if (most === undefined) return true;
    const now = this.#clock.mono();
    const recent = (this.#times.get(path) ?? []).filter((time) => now - time < 1000);
    const allowed = recent.length < most;
    this.#times.set(path, allowed ? [...recent, now] : recent);
    return allowed;
  }
}
