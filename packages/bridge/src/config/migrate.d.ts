import type { Finding } from './problem.js';
/** The version of the format that this program writes and reads. */
export declare const CURRENT_VERSION = 1;
/** Turns a document of one version into the next; gets and gives plain YAML values. */
export type Migration = (document: Readonly<Record<string, unknown>>) => Record<string, unknown>;
/** By the version that a migration starts from. Version 1 is the first: nothing to migrate yet. */
export declare const MIGRATIONS: Readonly<Record<number, Migration>>;
export interface Migrated {
    readonly value: unknown;
    readonly findings: readonly Finding[];
    /** Set when the document was of an older version: keep a backup before writing the new one. */
    readonly migratedFrom?: number;
}
/** Brings a document of an older version up to date. A version that cannot be read is a finding; the document then stays as it is. */
export declare function migrate(document: unknown, migrations?: Readonly<Record<number, Migration>>, current?: number): Migrated;
