import { z } from 'zod';
export declare const tillId: z.ZodString;
/** The rules of delivery of one till. Times are in milliseconds. */
export declare const delivery: (expireMs: number) => {
    expireMs: z.ZodDefault<z.ZodInt>;
    duplicateMs: z.ZodDefault<z.ZodUnion<readonly [z.ZodInt, z.ZodPipe<z.ZodEnum<{
        none: "none";
        off: "off";
    }>, z.ZodTransform<number, "none" | "off">>]>>;
};
/** Where a till program answers: http or https, without a password in it. */
export declare const httpAddress: z.ZodString;
