import { type LocatedPlugin } from '@tillbridge/plugin/manifest';
import { z } from 'zod';
/** The word that a plugin's package name becomes where the kind of a part is told: see `plugins.ts`. */
export declare const PLUGIN = "plugin";
export declare const pluginReader: z.ZodObject<{
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
    unmatched: z.ZodDefault<z.ZodEnum<{
        passThrough: "passThrough";
        reject: "reject";
    }>>;
    package: z.ZodString;
    options: z.ZodDefault<z.ZodRecord<z.ZodString, z.ZodUnknown>>;
    secrets: z.ZodDefault<z.ZodRecord<z.ZodString, z.ZodCustom<import("@tillbridge/core").Secret, import("@tillbridge/core").Secret>>>;
    grant: z.ZodDefault<z.ZodArray<z.ZodEnum<{
        addons: "addons";
        "child-process": "child-process";
        worker: "worker";
        wasi: "wasi";
    }>>>;
    found: z.ZodExactOptional<z.ZodCustom<LocatedPlugin, LocatedPlugin>>;
    id: z.ZodString;
    type: z.ZodLiteral<"plugin">;
}, z.core.$strict>;
export declare const pluginTranslator: z.ZodObject<{
    package: z.ZodString;
    options: z.ZodDefault<z.ZodRecord<z.ZodString, z.ZodUnknown>>;
    secrets: z.ZodDefault<z.ZodRecord<z.ZodString, z.ZodCustom<import("@tillbridge/core").Secret, import("@tillbridge/core").Secret>>>;
    grant: z.ZodDefault<z.ZodArray<z.ZodEnum<{
        addons: "addons";
        "child-process": "child-process";
        worker: "worker";
        wasi: "wasi";
    }>>>;
    found: z.ZodExactOptional<z.ZodCustom<LocatedPlugin, LocatedPlugin>>;
    type: z.ZodLiteral<"plugin">;
    codes: z.ZodExactOptional<z.ZodArray<z.ZodString>>;
    timeoutMs: z.ZodDefault<z.ZodInt>;
}, z.core.$strict>;
export declare const pluginTill: z.ZodObject<{
    expireMs: z.ZodDefault<z.ZodInt>;
    duplicateMs: z.ZodDefault<z.ZodUnion<readonly [z.ZodInt, z.ZodPipe<z.ZodEnum<{
        none: "none";
        off: "off";
    }>, z.ZodTransform<number, "none" | "off">>]>>;
    package: z.ZodString;
    options: z.ZodDefault<z.ZodRecord<z.ZodString, z.ZodUnknown>>;
    secrets: z.ZodDefault<z.ZodRecord<z.ZodString, z.ZodCustom<import("@tillbridge/core").Secret, import("@tillbridge/core").Secret>>>;
    grant: z.ZodDefault<z.ZodArray<z.ZodEnum<{
        addons: "addons";
        "child-process": "child-process";
        worker: "worker";
        wasi: "wasi";
    }>>>;
    found: z.ZodExactOptional<z.ZodCustom<LocatedPlugin, LocatedPlugin>>;
    id: z.ZodString;
    adapter: z.ZodLiteral<"plugin">;
}, z.core.$strict>;
