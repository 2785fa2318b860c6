import { randomUUID } from 'node:crypto';
import { isoTime, localTime, type Clock, type TranslationContext } from '@tillbridge/core';
import type { Values } from './template.js';

/** What one look-up fills into templates. */
export interface LookUpFacts {
  /** What the code comes to for this platform. */
  readonly id: string;
  /** The whole text of the code. */
  readonly code: string;
  /** Named groups of `when`. */
  readonly groups: Readonly<Record<string, string | undefined>>;
  readonly context: TranslationContext;
  readonly store: string;
  readonly machine: string;
}

/** Names of the engine, then those of the configuration. The same name gives the same value within one look-up. */
export function lookUpValues(facts: LookUpFacts, clock: Clock, settings: Values): Values {
  const own: Readonly<Record<string, () => string | undefined>> = {
    id: () => facts.id,
    code: () => facts.code,
    confirmation: () => facts.context.confirmation?.reveal(),
    scanId: () => facts.context.scanId,
    reader: () => facts.context.reader,
    till: () => facts.context.till,
    store: () => (facts.store === '' ? undefined : facts.store),
    machine: () => (facts.machine === '' ? undefined : facts.machine),
  };
  const moment = momentValues(clock, settings);
  return (name) => {
    if (Object.hasOwn(own, name)) return own[name]?.();
    if (name.startsWith('match.')) return Object.hasOwn(facts.groups, name.slice(6)) ? facts.groups[name.slice(6)] : undefined;
    return moment(name);
  };
}

/** The time and a fresh id, then the names of the configuration: what a request has that is for nobody, such as a login. */
export function momentValues(clock: Clock, settings: Values): Values {
  const now = clock.wall();
  let uuid: string | undefined;
  const own: Readonly<Record<string, () => string>> = {
    nowIso: () => isoTime(now),
    nowLocal: () => localTime(now),
    nowEpoch: () => String(Math.floor(now / 1000)),
    nowMs: () => String(Math.floor(now)),
    uuid: () => (uuid ??= randomUUID()),
  };
  return (name) => (Object.hasOwn(own, name) ? own[name]?.() : settings(name));
}
