import type { Adapter, GoodsRead } from '../ports/adapter.js';

/** One entry of `routes:`: from these readers to this till. */
export interface Route {
  /** Absent: every reader. */
  readonly readers?: readonly string[];
  readonly till: string;
  /** The till that gets goods; default the route's till. `none` drops and counts. */
  readonly goods?: string;
}

/** The first route that names the reader. */
export function routeOf(routes: readonly Route[], reader: string): Route | undefined {
  for (const route of routes) if (route.readers === undefined || route.readers.includes(reader)) return route;
  return undefined;
}

/** Keys that stand for no byte are nothing to a till that takes bytes. */
export function takes({ capabilities }: Adapter, { bytes, terminator, withSuffix, keys }: GoodsRead): boolean {
  return keys === undefined || capabilities.keys === true || withSuffix || bytes.length > 0 || terminator.length > 0;
}
