import type { EventBody } from '@tillbridge/core';

/** What a subscriber may do, by scope. */
export interface Grants {
  has(scope: string): boolean;
  /** For `hello`. */
  readonly scopes: readonly string[];
}

/** The control socket's owner may see everything. */
export const ALL_GRANTS: Grants = { has: () => true, scopes: [] };

export function grantsOf(scopes: readonly string[]): Grants {
  const set = new Set(scopes);
  return { has: (scope) => set.has(scope), scopes };
}

/** The scope that an event needs. */
export function scopeOf(body: EventBody): string {
  if (body.type === 'goods') return 'goods:read';
  if (body.type === 'delivery') return `delivery:${body.till}`;
  return 'scan:read';
}
