import { type OutputOptions } from '@tillbridge/core';
import { type Finding } from '../problem.js';
import { type Outline } from './outline.js';
/** Expressions and templates: compiled here, so that nothing fails at the first scan. */
export declare function checkCodes(outline: Outline): readonly Finding[];
/** The expression of a code as classification uses it. */
export declare function compileMatch(source: string): RegExp;
/** Whether a text is an expression that may be tried on whatever stands on a QR; that is in `path`. */
export declare function checkExpression(source: string, path: Finding['path']): readonly Finding[];
/** The keys of a till that make up its output. What the schema refuses anyway is left out here. */
export declare function outputOptions(fields: Readonly<Record<string, unknown>>): OutputOptions;
export declare function templateFinding(compile: () => unknown, path: Finding['path']): readonly Finding[];
