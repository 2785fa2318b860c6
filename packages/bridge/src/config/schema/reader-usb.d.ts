import { z } from 'zod';
export declare const hidReader: z.ZodObject<{
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
    id: z.ZodString;
    type: z.ZodLiteral<"hid">;
    path: z.ZodExactOptional<z.ZodString>;
    match: z.ZodExactOptional<z.ZodObject<{
        vid: z.ZodExactOptional<z.ZodPipe<z.ZodString, z.ZodTransform<string, string>>>;
        pid: z.ZodExactOptional<z.ZodPipe<z.ZodString, z.ZodTransform<string, string>>>;
        serial: z.ZodExactOptional<z.ZodString>;
        port: z.ZodExactOptional<z.ZodString>;
    }, z.core.$strict>>;
    auto: z.ZodExactOptional<z.ZodBoolean>;
    layout: z.ZodDefault<z.ZodUnion<readonly [z.ZodEnum<{
        symbol: "symbol";
        auto: "auto";
        hhp: "hhp";
        newland: "newland";
        offset1: "offset1";
        microscan: "microscan";
    }>, z.ZodObject<{
        reportId: z.ZodExactOptional<z.ZodInt>;
        length: z.ZodExactOptional<z.ZodInt>;
        data: z.ZodObject<{
            offset: z.ZodInt;
            count: z.ZodInt;
        }, z.core.$strict>;
        aim: z.ZodExactOptional<z.ZodInt>;
        symbology: z.ZodExactOptional<z.ZodInt>;
        more: z.ZodExactOptional<z.ZodObject<{
            offset: z.ZodInt;
            bit: z.ZodInt;
        }, z.core.$strict>>;
    }, z.core.$strict>]>>;
    redirect: z.ZodDefault<z.ZodEnum<{
        auto: "auto";
        off: "off";
    }>>;
    flushMs: z.ZodDefault<z.ZodInt>;
}, z.core.$strict>;
export declare const keyboardReader: z.ZodObject<{
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
    id: z.ZodString;
    type: z.ZodLiteral<"keyboard">;
    path: z.ZodExactOptional<z.ZodString>;
    match: z.ZodExactOptional<z.ZodObject<{
        vid: z.ZodExactOptional<z.ZodPipe<z.ZodString, z.ZodTransform<string, string>>>;
        pid: z.ZodExactOptional<z.ZodPipe<z.ZodString, z.ZodTransform<string, string>>>;
        serial: z.ZodExactOptional<z.ZodString>;
        port: z.ZodExactOptional<z.ZodString>;
    }, z.core.$strict>>;
    auto: z.ZodExactOptional<z.ZodBoolean>;
    suffix: z.ZodDefault<z.ZodUnion<readonly [z.ZodArray<z.ZodEnum<{
        CR: "CR";
        LF: "LF";
        CRLF: "CRLF";
        TAB: "TAB";
        ETX: "ETX";
    }>>, z.ZodPipe<z.ZodEnum<{
        none: "none";
    }>, z.ZodTransform<("CR" | "LF" | "CRLF" | "TAB" | "ETX")[], "none">>]>>;
    gapMs: z.ZodDefault<z.ZodUnion<readonly [z.ZodEnum<{
        auto: "auto";
    }>, z.ZodInt]>>;
    access: z.ZodDefault<z.ZodEnum<{
        auto: "auto";
        evdev: "evdev";
        usb: "usb";
    }>>;
    prefix: z.ZodDefault<z.ZodEnum<{
        none: "none";
        F13: "F13";
        F14: "F14";
        F15: "F15";
        F16: "F16";
        F17: "F17";
        F18: "F18";
        F19: "F19";
        F20: "F20";
        F21: "F21";
        F22: "F22";
        F23: "F23";
        F24: "F24";
        STX: "STX";
    }>>;
    keepPrefix: z.ZodDefault<z.ZodBoolean>;
    agent: z.ZodDefault<z.ZodUnion<readonly [z.ZodBoolean, z.ZodLiteral<"auto">]>>;
    gs: z.ZodDefault<z.ZodArray<z.ZodEnum<{
        ctrl: "ctrl";
        f8: "f8";
        alt: "alt";
    }>>>;
}, z.core.$strict>;
