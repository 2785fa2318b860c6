import { type Finding, type KeyPath } from '../problem.js';
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
export declare function outlineOf(document: unknown): Outline;
export declare function fieldsOf(value: unknown): Readonly<Record<string, unknown>> | undefined;
/** The text under a key; `undefined` for anything else. */
export declare function textAt(entry: Entry, key: string): string | undefined;
/** The texts of a list under a key with their paths. */
export declare function textsAt(entry: Entry, key: string): readonly {
    readonly text: string;
    readonly path: KeyPath;
}[];
/** The names under a key of a list of entries. */
export declare function namesOf(entries: readonly Entry[], key: string): readonly string[];
/** A finding for each entry whose name under `key` an earlier one has. */
export declare function unique(entries: readonly Entry[], key: string): readonly Finding[];
