/**
 * Finds a repetition whose inside can match one text in several ways, such as `(\d+)*` or `(\d?\d)*`: the shape whose matching time doubles
 * with every character of a crafted code. Any text can stand on a QR, so such an expression is not taken at all. The test is strict: what
 * has no repeated, optional or overlapping part inside a repetition cannot have the fault; a few harmless expressions are refused with it.
 */
/** The offending part of an expression that compiles, or `undefined`. */
export declare function nestedRepetition(source: string): string | undefined;
