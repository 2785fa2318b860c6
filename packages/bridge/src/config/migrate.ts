import type { Finding } from './problem.js';
import { say } from './texts.js';

/** The version of the format that this program writes and reads. */
export const CURRENT_VERSION = 1;

/** Turns a document of one version into the next; gets and gives plain YAML values. */
export type Migration = (document: Readonly<Record<string, unknown>>) => Record<string, unknown>;

/** By the version that a migration starts from. Version 1 is the first: nothing to migrate yet. */
export const MIGRATIONS: Readonly<Record<number, Migration>> = {};

export interface Migrated {
  readonly value: unknown;
  readonly findings: readonly Finding[];
  /** Set when the document was of an older version: keep a backup before writing the new one. */
  readonly migratedFrom?: number;
}

/** Brings a document of an older version up to date. A version that cannot be read is a finding; the document then stays as it is. */
export function migrate(document: unknown, migrations: Readonly<Record<number, Migration>> = MIGRATIONS, current: number = CURRENT_VERSION): Migrated {
  if (typeof document !== 'object' || document === null || Array.isArray(document)) return { value: document, findings: [] };
  const fields = document as Record<string, unknown>;
  const version = fields['version'];
  if (version === current) return { value: document, findings: [] };
  const refused = (key: 'versionMissing' | 'versionNewer' | 'versionUnknown'): Migrated => ({
    // the rest of the file is still worth checking
    value: { ...fields, version: current },
    findings: [{ path: ['version'], text: say(key, { current }) }],
  });
  if (version === undefined) return refused('versionMissing');
  if (typeof version !== 'number' || !Number.isInteger(version)) return refused('versionUnknown');
  if (version > current) return refused('versionNewer');
  let value = fields;
  for (let from = version; from < current; from += 1) {
    const step = migrations[from];
    if (step === undefined) return refused('versionUnknown');
    value = { ...step(value), version: from + 1 };
  }
  return { value, findings: [], migratedFrom: version };
}
