import { resolveRoutes } from './routes.js';
import { same } from './same.js';
import type { Config } from './schema.js';

/** Ids of parts, in the order of the configuration that they are in. */
export interface PartsDiff {
  readonly add: readonly string[];
  readonly remove: readonly string[];
  /** The id stayed, what it stands for did not. */
  readonly change: readonly string[];
}

export interface ConfigDiff {
  readonly readers: PartsDiff;
  readonly tills: PartsDiff;
  /** Codes, translators, `on` or routes. */
  readonly pipelineChanged: boolean;
  readonly syncChanged: boolean;
  readonly journalChanged: boolean;
  readonly logChanged: boolean;
  readonly receiptsChanged: boolean;
  readonly apiChanged: boolean;
  readonly stationsChanged: boolean;
  /** Keys whose change a running daemon cannot take over. */
  readonly restartNeeded: readonly string[];
}

/**
 * What a reload has to do to get from one configuration to the other. `renew`: types of readers that have changed even where their part of
 * the configuration has not.
 */
export function diffConfig(old: Config, next: Config, renew: readonly string[] = []): ConfigDiff {
  const changed = (key: keyof Config): boolean => !same(old[key], next[key]);
  return {
    readers: partsDiff(old.readers, next.readers, ({ type }) => renew.includes(type)),
    tills: partsDiff(old.tills, next.tills),
    pipelineChanged: changed('codes') || changed('translators') || changed('on') || !same(resolveRoutes(old), resolveRoutes(next)),
    syncChanged: changed('sync'),
    journalChanged: changed('journal'),
    logChanged: changed('log'),
    receiptsChanged: changed('receipts'),
    apiChanged: changed('api'),
    stationsChanged: changed('stations'),
    restartNeeded: (['store', 'machine'] as const).filter(changed),
  };
}

/** Whether a reload would do nothing at all. */
export function isEmptyDiff(diff: ConfigDiff): boolean {
  const parts = [diff.readers, diff.tills].flatMap(({ add, remove, change }) => [...add, ...remove, ...change]);
  const others = [diff.pipelineChanged, diff.syncChanged, diff.journalChanged, diff.logChanged, diff.receiptsChanged, diff.apiChanged, diff.stationsChanged];
  return parts.length === 0 && !others.includes(true) && diff.restartNeeded.length === 0;
}

/** What a reload does to the way of a scan, for its answer: `reader bar: change`, `rules`. */
export function changesOf({ readers, tills, pipelineChanged, syncChanged, receiptsChanged }: ConfigDiff): readonly string[] {
  const parts = Object.entries({ reader: readers, till: tills }).flatMap(([what, ids]) => Object.entries(ids).flatMap(([how, list]) => (list as readonly string[]).map((id) => `${what} ${id}: ${how}`)));
  return [...parts, ...(pipelineChanged ? ['rules'] : []), ...(syncChanged ? ['sync'] : []), ...(receiptsChanged ? ['receipts'] : [])];
}

function partsDiff<Part extends { readonly id: string }>(old: readonly Part[], next: readonly Part[], renew: (part: Part) => boolean = () => false): PartsDiff {
  const before = new Map(old.map((part) => [part.id, part]));
  const after = new Set(next.map((part) => part.id));
  return {
    add: next.filter((part) => !before.has(part.id)).map((part) => part.id),
    remove: old.filter((part) => !after.has(part.id)).map((part) => part.id),
    change: next.filter((part) => before.has(part.id) && (renew(part) || !same(before.get(part.id), part))).map((part) => part.id),
  };
}
