import { z } from 'zod';
export declare const nfcReader: z.ZodObject<{
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
    type: z.ZodLiteral<"nfc">;
    match: z.ZodExactOptional<z.ZodObject<{
        name: z.ZodString;
    }, z.core.$strict>>;
    backend: z.ZodDefault<z.ZodEnum<{
        auto: "auto";
        "nfc-pcsc": "nfc-pcsc";
        "pcsc-mini": "pcsc-mini";
    }>>;
    read: z.ZodDefault<z.ZodArray<z.ZodEnum<{
        hce: "hce";
        vas: "vas";
        smarttap: "smarttap";
        ndef: "ndef";
        sector: "sector";
        uid: "uid";
    }>>>;
    hce: z.ZodExactOptional<z.ZodObject<{
        aids: z.ZodArray<z.ZodString>;
    }, z.core.$strict>>;
    vas: z.ZodExactOptional<z.ZodObject<{
        passes: z.ZodArray<z.ZodObject<{
            id: z.ZodString;
            secrets: z.ZodObject<{
                keys: z.ZodArray<z.ZodCustom<import("@tillbridge/core").Secret, import("@tillbridge/core").Secret>>;
            }, z.core.$strict>;
            signupUrl: z.ZodExactOptional<z.ZodString>;
        }, z.core.$strict>>;
        windowMs: z.ZodExactOptional<z.ZodUnion<readonly [z.ZodEnum<{
            off: "off";
        }>, z.ZodInt]>>;
    }, z.core.$strict>>;
    smarttap: z.ZodExactOptional<z.ZodObject<{
        collectorId: z.ZodInt;
        keys: z.ZodArray<z.ZodObject<{
            version: z.ZodInt;
            secrets: z.ZodObject<{
                key: z.ZodCustom<import("@tillbridge/core").Secret, import("@tillbridge/core").Secret>;
            }, z.core.$strict>;
        }, z.core.$strict>>;
        services: z.ZodExactOptional<z.ZodArray<z.ZodEnum<{
            all: "all";
            loyalty: "loyalty";
            offer: "offer";
            giftCard: "giftCard";
            eventTicket: "eventTicket";
            generic: "generic";
        }>>>;
    }, z.core.$strict>>;
    ndef: z.ZodExactOptional<z.ZodObject<{
        records: z.ZodArray<z.ZodEnum<{
            uri: "uri";
            text: "text";
        }>>;
    }, z.core.$strict>>;
    sector: z.ZodExactOptional<z.ZodObject<{
        block: z.ZodInt;
        blocks: z.ZodExactOptional<z.ZodInt>;
        secrets: z.ZodObject<{
            key: z.ZodCustom<import("@tillbridge/core").Secret, import("@tillbridge/core").Secret>;
        }, z.core.$strict>;
        keyType: z.ZodExactOptional<z.ZodEnum<{
            A: "A";
            B: "B";
        }>>;
        offset: z.ZodExactOptional<z.ZodInt>;
        length: z.ZodExactOptional<z.ZodInt>;
        encoding: z.ZodExactOptional<z.ZodEnum<{
            ascii: "ascii";
            hex: "hex";
            bcd: "bcd";
            dec: "dec";
        }>>;
    }, z.core.$strict>>;
    uid: z.ZodExactOptional<z.ZodObject<{
        format: z.ZodExactOptional<z.ZodEnum<{
            hex: "hex";
            dec: "dec";
            hexLower: "hexLower";
            dec10: "dec10";
            "3+5": "3+5";
        }>>;
        byteOrder: z.ZodExactOptional<z.ZodEnum<{
            direct: "direct";
            reversed: "reversed";
        }>>;
        take: z.ZodExactOptional<z.ZodInt>;
        mask: z.ZodExactOptional<z.ZodString>;
        pad: z.ZodExactOptional<z.ZodInt>;
        separator: z.ZodExactOptional<z.ZodString>;
        extract: z.ZodExactOptional<z.ZodString>;
        prefix: z.ZodExactOptional<z.ZodString>;
        suffix: z.ZodExactOptional<z.ZodString>;
        isoDep: z.ZodExactOptional<z.ZodBoolean>;
    }, z.core.$strict>>;
    timeoutMs: z.ZodDefault<z.ZodInt>;
    budgetMs: z.ZodDefault<z.ZodInt>;
    debounceMs: z.ZodDefault<z.ZodUnion<readonly [z.ZodInt, z.ZodPipe<z.ZodEnum<{
        none: "none";
        off: "off";
    }>, z.ZodTransform<number, "none" | "off">>]>>;
}, z.core.$strict>;
