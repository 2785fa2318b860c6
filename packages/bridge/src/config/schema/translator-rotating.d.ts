import { z } from 'zod';
export declare const rotatingTranslator: z.ZodObject<{
    type: z.ZodLiteral<"rotating">;
    codes: z.ZodArray<z.ZodString>;
    issuer: z.ZodString;
    keys: z.ZodUnion<readonly [z.ZodObject<{
        everyMs: z.ZodDefault<z.ZodInt>;
        url: z.ZodString;
        allowInsecureLan: z.ZodDefault<z.ZodBoolean>;
        caFile: z.ZodExactOptional<z.ZodString>;
        user: z.ZodExactOptional<z.ZodString>;
        header: z.ZodExactOptional<z.ZodString>;
        secrets: z.ZodDefault<z.ZodObject<{
            password: z.ZodExactOptional<z.ZodCustom<import("@tillbridge/core").Secret, import("@tillbridge/core").Secret>>;
            token: z.ZodExactOptional<z.ZodCustom<import("@tillbridge/core").Secret, import("@tillbridge/core").Secret>>;
        }, z.core.$strict>>;
    }, z.core.$strict>, z.ZodObject<{
        file: z.ZodString;
        everyMs: z.ZodDefault<z.ZodInt>;
    }, z.core.$strict>]>;
    keysMaxAgeMs: z.ZodDefault<z.ZodInt>;
    skewSteps: z.ZodDefault<z.ZodInt>;
    number: z.ZodExactOptional<z.ZodString>;
    table: z.ZodDefault<z.ZodBoolean>;
    kind: z.ZodExactOptional<z.ZodEnum<{
        card: "card";
        coupon: "coupon";
        phone: "phone";
    }>>;
}, z.core.$strict>;
