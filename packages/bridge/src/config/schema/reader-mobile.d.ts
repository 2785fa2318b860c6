import { z } from 'zod';
export declare const mobileReader: z.ZodObject<{
    unmatched: z.ZodDefault<z.ZodEnum<{
        passThrough: "passThrough";
        reject: "reject";
    }>>;
    charset: z.ZodDefault<z.ZodEnum<{
        utf8: "utf8";
    }>>;
    fallbackCharset: z.ZodDefault<z.ZodEnum<{
        "windows-1251": "windows-1251";
        latin1: "latin1";
    }>>;
    feedback: z.ZodPrefault<z.ZodUnion<readonly [z.ZodObject<{
        applied: z.ZodDefault<z.ZodEnum<{
            none: "none";
            good: "good";
            bad: "bad";
        }>>;
        alreadyApplied: z.ZodDefault<z.ZodEnum<{
            none: "none";
            good: "good";
            bad: "bad";
        }>>;
        sent: z.ZodDefault<z.ZodEnum<{
            none: "none";
            good: "good";
            bad: "bad";
        }>>;
        rejected: z.ZodDefault<z.ZodEnum<{
            none: "none";
            good: "good";
            bad: "bad";
        }>>;
        notFound: z.ZodDefault<z.ZodEnum<{
            none: "none";
            good: "good";
            bad: "bad";
        }>>;
        blocked: z.ZodDefault<z.ZodEnum<{
            none: "none";
            good: "good";
            bad: "bad";
        }>>;
        unavailable: z.ZodDefault<z.ZodEnum<{
            none: "none";
            good: "good";
            bad: "bad";
        }>>;
        expired: z.ZodDefault<z.ZodEnum<{
            none: "none";
            good: "good";
            bad: "bad";
        }>>;
        superseded: z.ZodDefault<z.ZodEnum<{
            none: "none";
            good: "good";
            bad: "bad";
        }>>;
        failed: z.ZodDefault<z.ZodEnum<{
            none: "none";
            good: "good";
            bad: "bad";
        }>>;
        unknown: z.ZodDefault<z.ZodEnum<{
            none: "none";
            good: "good";
            bad: "bad";
        }>>;
    }, z.core.$strict>, z.ZodPipe<z.ZodEnum<{
        none: "none";
        off: "off";
    }>, z.ZodTransform<Record<import("@tillbridge/core").OutcomeName, import("@tillbridge/core").FeedbackKind>, "none" | "off">>]>>;
    id: z.ZodString;
    type: z.ZodLiteral<"mobile">;
    host: z.ZodDefault<z.ZodString>;
    port: z.ZodDefault<z.ZodInt>;
    httpPort: z.ZodDefault<z.ZodUnion<readonly [z.ZodInt, z.ZodPipe<z.ZodEnum<{
        none: "none";
        off: "off";
    }>, z.ZodTransform<"off", "none" | "off">>]>>;
    names: z.ZodDefault<z.ZodArray<z.ZodString>>;
    tls: z.ZodExactOptional<z.ZodObject<{
        cert: z.ZodString;
        key: z.ZodString;
    }, z.core.$strict>>;
    tills: z.ZodExactOptional<z.ZodArray<z.ZodString>>;
    hub: z.ZodExactOptional<z.ZodString>;
    relay: z.ZodDefault<z.ZodArray<z.ZodObject<{
        id: z.ZodString;
        url: z.ZodString;
        fingerprint: z.ZodExactOptional<z.ZodString>;
    }, z.core.$strict>>>;
}, z.core.$strict>;
