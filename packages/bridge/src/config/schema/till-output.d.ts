import { z } from 'zod';
/** One template for all kinds of numbers, or one each. */
export declare const templateOption: z.ZodUnion<readonly [z.ZodString, z.ZodObject<{
    card: z.ZodExactOptional<z.ZodString>;
    coupon: z.ZodExactOptional<z.ZodString>;
    phone: z.ZodExactOptional<z.ZodString>;
}, z.core.$strict>]>;
/** How a number is written. */
export declare const output: {
    template: z.ZodExactOptional<z.ZodUnion<readonly [z.ZodString, z.ZodObject<{
        card: z.ZodExactOptional<z.ZodString>;
        coupon: z.ZodExactOptional<z.ZodString>;
        phone: z.ZodExactOptional<z.ZodString>;
    }, z.core.$strict>]>>;
    suffix: z.ZodExactOptional<z.ZodEnum<{
        none: "none";
        CR: "CR";
        LF: "LF";
        CRLF: "CRLF";
        TAB: "TAB";
        ETX: "ETX";
    }>>;
    prefix: z.ZodExactOptional<z.ZodString>;
    pad: z.ZodExactOptional<z.ZodInt>;
    track2: z.ZodExactOptional<z.ZodUnion<readonly [z.ZodBoolean, z.ZodString]>>;
};
