import { Secret } from '@tillbridge/core';
import { z } from 'zod';
import type { TextKey } from '../texts.js';
/** The sentence for a value that fails a check of ours; zod's own issues are put into words in `issues.ts`. */
export declare const says: (key: TextKey) => {
    readonly error: TextKey;
};
/** Names of readers, tills and codes: they stand in commands, in scopes and in paths of the API. */
export declare const name: z.ZodString;
/** A name that must not be one of the words that mean "nothing". */
export declare const id: z.ZodString;
/** Milliseconds that must be a real time. */
export declare const ms: (min: number, max: number) => z.ZodInt;
/** Milliseconds, where `0`, `off` and `none` switch the thing off. */
export declare const msOrOff: (max: number) => z.ZodUnion<readonly [z.ZodInt, z.ZodPipe<z.ZodEnum<{
    none: "none";
    off: "off";
}>, z.ZodTransform<number, "none" | "off">>]>;
export declare const filePath: z.ZodString;
export declare const hostPort: z.ZodString;
/** A value that must come from `${env:NAME}` or `${file:PATH}`; by the time zod sees it, it has been resolved. */
export declare const secret: z.ZodCustom<Secret, Secret>;
export declare const idList: (max: number) => z.ZodArray<z.ZodString>;
