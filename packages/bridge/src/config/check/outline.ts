import { formatKeyPath, type Finding, type KeyPath } from '../problem.js';
import { say } from '../texts.js';

/** One entry of a list of the configuration, as far as it could be read. */
export interface Entry {
  readonly path: KeyPath;
  readonly fields: Readonly<Record<string, unknown>>;
}

/**
 * The configuration before anything is known to be right about it. The checks of what does not fit together work on this, so that they
 * speak up at once, beside the schema's complaints, and not after those are mended.
 */
export interface Outline {
  readonly readers: readonly Entry[];
  readonly codes: readonly Entry[];
  readonly translators: readonly Entry[];
  readonly tills: readonly Entry[];
  readonly routes: readonly Entry[];
  readonly sync: readonly Entry[];
  /** The peers of the stations listener. */
  readonly stations: readonly Entry[];
  readonly root: Readonly<Record<string, unknown>>;
}

export function outlineOf(document: unknown): Outline {
  const root = fieldsOf(document) ?? {};
  const list = (key: string): readonly Entry[] => entriesOf(root[key], [key]);
  return {
    root,
    readers: list('readers'),
    codes: list('codes'),
    translators: list('translators'),
    tills: list('tills'),
    routes: list('routes'),
    sync: list('sync'),
    stations: entriesOf(fieldsOf(root['stations'])?.['peers'], ['stations', 'peers']),
  };
}

function entriesOf(items: unknown, path: KeyPath): readonly Entry[] {
  if (!Array.isArray(items)) return [];
  return items.flatMap((item: unknown, i): Entry[] => {
    const fields = fieldsOf(item);
    return fields === undefined ? [] : [{ path: [...path, i], fields }];
  });
}

export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
}

/** The text under a key; `undefined` for anything else. */
export function textAt(entry: Entry, key: string): string | undefined {
  const value = entry.fields[key];
  return typeof value === 'string' ? value : undefined;
}

/** The texts of a list under a key with their paths. */
export function textsAt(entry: Entry, key: string): readonly { readonly text: string; readonly path: KeyPath }[] {
  const value = entry.fields[key];
  if (!Array.isArray(value)) return [];
  return value.flatMap((text: unknown, i) => (typeof text === 'string' ? [{ text, path: [...entry.path, key, i] }] : []));
}

/** The names under a key of a list of entries. */
export function namesOf(entries: readonly Entry[], key: string): readonly string[] {
  return entries.flatMap((entry) => textAt(entry, key) ?? []);
}

/** A finding for each entry whose name under `key` an earlier one has. */
export function unique(entries: readonly Entry[], key: string): readonly Finding[] {
  const first = new Map<string, Entry>();
  const findings: Finding[] = [];
  for (const entry of entries) {
    const name = textAt(entry, key);
    if (name === undefined) continue;
    const other = first.get(name);
    if (other === undefined) first.set(name, entry);
    else findings.push({ path: [...entry.path, key], text: say('duplicateId', { name, other: formatKeyPath(other.path) }) });
  }
  return findings;
}
