import { Secret, TillbridgeError, Masked } from '@tillbridge/core';
import type { WiredProblem } from './protocol.js';

/** Plain data that can be sent to another process of ours. */
export type Wired = string | number | boolean | null | undefined | { readonly secret: string } | readonly Wired[] | { readonly [key: string]: Wired };

/** A configuration as plain data. Only for the pipe to our own process: its secrets are in clear. */
export function toWire(value: unknown): Wired {
  if (value instanceof Secret) return { secret: value.reveal() };
  if (Array.isArray(value)) return value.map(toWire);
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toWire(item)]));
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || value === null ? value : undefined;
}

/** What {@link toWire} was given; the secrets are secrets again. */
export function fromWire(wired: Wired): unknown {
  if (Array.isArray(wired)) return wired.map((item: Wired) => fromWire(item));
  if (typeof wired !== 'object' || wired === null) return wired;
  const entries = Object.entries(wired);
  const [first] = entries;
  if (entries.length === 1 && first?.[0] === 'secret' && typeof first[1] === 'string') return new Secret(first[1]);
  return Object.fromEntries(entries.map(([key, item]) => [key, fromWire(item)]));
}

/** An error on its way to another process; what is masked goes masked. */
export function wireProblem(error: TillbridgeError): WiredProblem {
  const params: Record<string, string | number | boolean> = {};
  for (const [name, value] of Object.entries(error.params)) {
    if (value !== undefined) params[name] = value instanceof Masked ? value.masked : value;
  }
  return { code: error.code, params };
}

export function unwireProblem({ code, params }: WiredProblem): TillbridgeError {
  return new TillbridgeError(code, params);
}
