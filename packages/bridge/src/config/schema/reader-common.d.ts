import { type FeedbackKind, type OutcomeName } from '@tillbridge/core';
import { z } from 'zod';
export declare const readerId: z.ZodString;
/** What every scanner has behind its place. */
export declare const common: {
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
    }>, z.ZodTransform<Record<OutcomeName, FeedbackKind>, "none" | "off">>]>>;
    unmatched: z.ZodDefault<z.ZodEnum<{
        passThrough: "passThrough";
        reject: "reject";
    }>>;
};
/** What those have that deliver a stream of bytes. */
export declare const stream: {
    framing: z.ZodPrefault<z.ZodUnion<readonly [z.ZodObject<{
        suffix: z.ZodDefault<z.ZodUnion<readonly [z.ZodArray<z.ZodEnum<{
            CR: "CR";
            LF: "LF";
            CRLF: "CRLF";
            TAB: "TAB";
            ETX: "ETX";
        }>>, z.ZodPipe<z.ZodEnum<{
            none: "none";
        }>, z.ZodTransform<("CR" | "LF" | "CRLF" | "TAB" | "ETX")[], "none">>]>>;
        idleMs: z.ZodDefault<z.ZodUnion<readonly [z.ZodInt, z.ZodPipe<z.ZodEnum<{
            none: "none";
            off: "off";
        }>, z.ZodTransform<number, "none" | "off">>]>>;
        quietMs: z.ZodDefault<z.ZodUnion<readonly [z.ZodInt, z.ZodPipe<z.ZodEnum<{
            none: "none";
            off: "off";
        }>, z.ZodTransform<number, "none" | "off">>]>>;
        maxBytes: z.ZodDefault<z.ZodInt>;
    }, z.core.$strict>, z.ZodEnum<{
        readline: "readline";
    }>]>>;
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
    }>, z.ZodTransform<Record<OutcomeName, FeedbackKind>, "none" | "off">>]>>;
    unmatched: z.ZodDefault<z.ZodEnum<{
        passThrough: "passThrough";
        reject: "reject";
    }>>;
};
/** Which USB device is meant, whatever name the system gives it. */
export declare const usbMatch: z.ZodObject<{
    vid: z.ZodExactOptional<z.ZodPipe<z.ZodString, z.ZodTransform<string, string>>>;
    pid: z.ZodExactOptional<z.ZodPipe<z.ZodString, z.ZodTransform<string, string>>>;
    serial: z.ZodExactOptional<z.ZodString>;
    port: z.ZodExactOptional<z.ZodString>;
}, z.core.$strict>;
