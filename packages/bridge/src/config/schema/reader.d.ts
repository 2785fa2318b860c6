import { z } from 'zod';
export declare const serialReader: z.ZodObject<{
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
    }>, z.ZodTransform<Record<import("@tillbridge/core").OutcomeName, import("@tillbridge/core").FeedbackKind>, "none" | "off">>]>>;
    unmatched: z.ZodDefault<z.ZodEnum<{
        passThrough: "passThrough";
        reject: "reject";
    }>>;
    dtr: z.ZodExactOptional<z.ZodBoolean>;
    baudRate: z.ZodDefault<z.ZodInt>;
    dataBits: z.ZodDefault<z.ZodLiteral<5 | 6 | 7 | 8>>;
    parity: z.ZodDefault<z.ZodEnum<{
        none: "none";
        even: "even";
        odd: "odd";
        mark: "mark";
        space: "space";
    }>>;
    stopBits: z.ZodDefault<z.ZodLiteral<1 | 1.5 | 2>>;
    rtscts: z.ZodDefault<z.ZodBoolean>;
    id: z.ZodString;
    type: z.ZodLiteral<"serial">;
    path: z.ZodExactOptional<z.ZodString>;
    match: z.ZodExactOptional<z.ZodObject<{
        vid: z.ZodExactOptional<z.ZodPipe<z.ZodString, z.ZodTransform<string, string>>>;
        pid: z.ZodExactOptional<z.ZodPipe<z.ZodString, z.ZodTransform<string, string>>>;
        serial: z.ZodExactOptional<z.ZodString>;
        port: z.ZodExactOptional<z.ZodString>;
    }, z.core.$strict>>;
    auto: z.ZodExactOptional<z.ZodBoolean>;
}, z.core.$strict>;
export declare const tcpReader: z.ZodObject<{
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
    }>, z.ZodTransform<Record<import("@tillbridge/core").OutcomeName, import("@tillbridge/core").FeedbackKind>, "none" | "off">>]>>;
    unmatched: z.ZodDefault<z.ZodEnum<{
        passThrough: "passThrough";
        reject: "reject";
    }>>;
    id: z.ZodString;
    type: z.ZodLiteral<"tcp">;
    listen: z.ZodExactOptional<z.ZodString>;
    connect: z.ZodExactOptional<z.ZodString>;
}, z.core.$strict>;
export declare const tillReader: z.ZodObject<{
    id: z.ZodString;
    type: z.ZodLiteral<"till">;
    till: z.ZodString;
    charset: z.ZodDefault<z.ZodEnum<{
        utf8: "utf8";
    }>>;
    fallbackCharset: z.ZodDefault<z.ZodEnum<{
        "windows-1251": "windows-1251";
        latin1: "latin1";
    }>>;
    unmatched: z.ZodDefault<z.ZodEnum<{
        passThrough: "passThrough";
        reject: "reject";
    }>>;
}, z.core.$strict>;
export declare const reader: z.ZodDiscriminatedUnion<[z.ZodObject<{
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
    }>, z.ZodTransform<Record<import("@tillbridge/core").OutcomeName, import("@tillbridge/core").FeedbackKind>, "none" | "off">>]>>;
    unmatched: z.ZodDefault<z.ZodEnum<{
        passThrough: "passThrough";
        reject: "reject";
    }>>;
    dtr: z.ZodExactOptional<z.ZodBoolean>;
    baudRate: z.ZodDefault<z.ZodInt>;
    dataBits: z.ZodDefault<z.ZodLiteral<5 | 6 | 7 | 8>>;
    parity: z.ZodDefault<z.ZodEnum<{
        none: "none";
        even: "even";
        odd: "odd";
        mark: "mark";
        space: "space";
    }>>;
    stopBits: z.ZodDefault<z.ZodLiteral<1 | 1.5 | 2>>;
    rtscts: z.ZodDefault<z.ZodBoolean>;
    id: z.ZodString;
    type: z.ZodLiteral<"serial">;
    path: z.ZodExactOptional<z.ZodString>;
    match: z.ZodExactOptional<z.ZodObject<{
        vid: z.ZodExactOptional<z.ZodPipe<z.ZodString, z.ZodTransform<string, string>>>;
        pid: z.ZodExactOptional<z.ZodPipe<z.ZodString, z.ZodTransform<string, string>>>;
        serial: z.ZodExactOptional<z.ZodString>;
        port: z.ZodExactOptional<z.ZodString>;
    }, z.core.$strict>>;
    auto: z.ZodExactOptional<z.ZodBoolean>;
}, z.core.$strict>, z.ZodObject<{
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
}, z.core.$strict>, z.ZodObject<{
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
}, z.core.$strict>, z.ZodObject<{
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
}, z.core.$strict>, z.ZodObject<{
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
}, z.core.$strict>, z.ZodObject<{
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
    }>, z.ZodTransform<Record<import("@tillbridge/core").OutcomeName, import("@tillbridge/core").FeedbackKind>, "none" | "off">>]>>;
    unmatched: z.ZodDefault<z.ZodEnum<{
        passThrough: "passThrough";
        reject: "reject";
    }>>;
    id: z.ZodString;
    type: z.ZodLiteral<"tcp">;
    listen: z.ZodExactOptional<z.ZodString>;
    connect: z.ZodExactOptional<z.ZodString>;
}, z.core.$strict>, z.ZodObject<{
    id: z.ZodString;
    type: z.ZodLiteral<"till">;
    till: z.ZodString;
    charset: z.ZodDefault<z.ZodEnum<{
        utf8: "utf8";
    }>>;
    fallbackCharset: z.ZodDefault<z.ZodEnum<{
        "windows-1251": "windows-1251";
        latin1: "latin1";
    }>>;
    unmatched: z.ZodDefault<z.ZodEnum<{
        passThrough: "passThrough";
        reject: "reject";
    }>>;
}, z.core.$strict>, z.ZodObject<{
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
    found: z.ZodExactOptional<z.ZodCustom<import("@tillbridge/plugin/manifest").LocatedPlugin, import("@tillbridge/plugin/manifest").LocatedPlugin>>;
    id: z.ZodString;
    type: z.ZodLiteral<"plugin">;
}, z.core.$strict>], "type">;
/** Reader types of the product that this version does not have. */
export declare const LATER_READERS: readonly string[];
