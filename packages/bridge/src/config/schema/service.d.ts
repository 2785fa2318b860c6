import { z } from 'zod';
export declare const off: z.ZodPipe<z.ZodEnum<{
    none: "none";
    off: "off";
}>, z.ZodTransform<"off", "none" | "off">>;
export declare const api: z.ZodPrefault<z.ZodUnion<readonly [z.ZodObject<{
    host: z.ZodDefault<z.ZodString>;
    port: z.ZodDefault<z.ZodInt>;
    origins: z.ZodDefault<z.ZodArray<z.ZodString>>;
    console: z.ZodDefault<z.ZodBoolean>;
}, z.core.$strict>, z.ZodPipe<z.ZodEnum<{
    none: "none";
    off: "off";
}>, z.ZodTransform<"off", "none" | "off">>]>>;
export declare const receipts: z.ZodPrefault<z.ZodObject<{
    mode: z.ZodDefault<z.ZodEnum<{
        off: "off";
        report: "report";
    }>>;
    iKnowTheTillDoesNotReport: z.ZodDefault<z.ZodBoolean>;
}, z.core.$strict>>;
export declare const journal: z.ZodPrefault<z.ZodObject<{
    keepDays: z.ZodDefault<z.ZodInt>;
}, z.core.$strict>>;
export declare const log: z.ZodPrefault<z.ZodObject<{
    level: z.ZodDefault<z.ZodEnum<{
        error: "error";
        debug: "debug";
        info: "info";
        warn: "warn";
    }>>;
    file: z.ZodDefault<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNull]>, z.ZodTransform<string | null, string | null>>>;
}, z.core.$strict>>;
