import { type Language } from '@tillbridge/core';
import type { Text } from './texts.js';
/** The way to a value: keys and 0-based list positions. Empty: the file as a whole. */
export type KeyPath = readonly (string | number)[];
/** A place in a text file, counted from 1. */
export interface Position {
    readonly line: number;
    readonly column: number;
}
/** What a check found, before it is given a place in the file. */
export interface Finding {
    readonly path: KeyPath;
    /** Point at the key instead of its value. */
    readonly at?: 'key';
    /** Where the place is known already. */
    readonly position?: Position;
    readonly text: Text;
}
/** One mistake of a configuration file, as it is shown. */
export interface ConfigProblem extends Position {
    readonly file: string;
    /** `readers[0].baudRate`; `(file)` for the file as a whole. */
    readonly keyPath: string;
    readonly message: string;
}
/** `readers[0].baudRate`. Keys that are no plain names stand in brackets and quotes. */
export declare function formatKeyPath(path: KeyPath): string;
/** `file:line:column key.path: what` */
export declare function formatProblem(problem: ConfigProblem): string;
/** Findings as problems in the order of the file; the same thing said twice about one place is said once. */
export declare function toProblems(findings: readonly Finding[], file: string, language: Language, positionOf: (finding: Finding) => Position): readonly ConfigProblem[];
