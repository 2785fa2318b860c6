import type { Secret } from '@tillbridge/core';
import type { LocatedPlugin } from '@tillbridge/plugin/manifest';
import { z } from 'zod';
/** The whole of `tillbridge.yaml`: the one truth about its keys, values and defaults. */
export declare const configSchema: z.ZodObject<{
    version: z.ZodLiteral<1>;
    store: z.ZodExactOptional<z.ZodString>;
    machine: z.ZodExactOptional<z.ZodString>;
    readers: z.ZodArray<z.ZodDiscriminatedUnion<[z.ZodObject<{
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
                    keys: z.ZodArray<z.ZodCustom<Secret, Secret>>;
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
                    key: z.ZodCustom<Secret, Secret>;
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
                key: z.ZodCustom<Secret, Secret>;
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
        secrets: z.ZodDefault<z.ZodRecord<z.ZodString, z.ZodCustom<Secret, Secret>>>;
        grant: z.ZodDefault<z.ZodArray<z.ZodEnum<{
            addons: "addons";
            "child-process": "child-process";
            worker: "worker";
            wasi: "wasi";
        }>>>;
        found: z.ZodExactOptional<z.ZodCustom<LocatedPlugin, LocatedPlugin>>;
        id: z.ZodString;
        type: z.ZodLiteral<"plugin">;
    }, z.core.$strict>], "type">>;
    codes: z.ZodDefault<z.ZodArray<z.ZodObject<{
        name: z.ZodString;
        kind: z.ZodEnum<{
            card: "card";
            coupon: "coupon";
            phone: "phone";
        }>;
        payload: z.ZodExactOptional<z.ZodDiscriminatedUnion<[z.ZodObject<{
            type: z.ZodLiteral<"url">;
            hosts: z.ZodArray<z.ZodString>;
            query: z.ZodExactOptional<z.ZodString>;
            path: z.ZodExactOptional<z.ZodInt>;
        }, z.core.$strict>, z.ZodObject<{
            type: z.ZodLiteral<"digitalLink">;
            ai: z.ZodString;
            hosts: z.ZodExactOptional<z.ZodArray<z.ZodString>>;
        }, z.core.$strict>, z.ZodObject<{
            type: z.ZodLiteral<"json">;
            member: z.ZodString;
        }, z.core.$strict>, z.ZodObject<{
            type: z.ZodLiteral<"tel">;
        }, z.core.$strict>], "type">>;
        match: z.ZodString;
        symbologies: z.ZodExactOptional<z.ZodArray<z.ZodEnum<{
            ean13: "ean13";
            ean8: "ean8";
            code128: "code128";
            "gs1-128": "gs1-128";
            code39: "code39";
            code93: "code93";
            codabar: "codabar";
            itf: "itf";
            databar: "databar";
            qr: "qr";
            "gs1-qr": "gs1-qr";
            datamatrix: "datamatrix";
            "gs1-datamatrix": "gs1-datamatrix";
            pdf417: "pdf417";
            aztec: "aztec";
            dotcode: "dotcode";
            maxicode: "maxicode";
            hanxin: "hanxin";
            other: "other";
        }>>>;
        requireSymbology: z.ZodDefault<z.ZodBoolean>;
        readers: z.ZodExactOptional<z.ZodArray<z.ZodString>>;
        oneTime: z.ZodDefault<z.ZodBoolean>;
    }, z.core.$strict>>>;
    translators: z.ZodDefault<z.ZodArray<z.ZodDiscriminatedUnion<[z.ZodObject<{
        type: z.ZodLiteral<"rule">;
        codes: z.ZodExactOptional<z.ZodArray<z.ZodString>>;
        number: z.ZodString;
        kind: z.ZodExactOptional<z.ZodEnum<{
            card: "card";
            coupon: "coupon";
            phone: "phone";
        }>>;
    }, z.core.$strict>, z.ZodObject<{
        type: z.ZodLiteral<"table">;
        codes: z.ZodExactOptional<z.ZodArray<z.ZodString>>;
    }, z.core.$strict>, z.ZodObject<{
        type: z.ZodLiteral<"http">;
        codes: z.ZodExactOptional<z.ZodArray<z.ZodString>>;
        preset: z.ZodExactOptional<z.ZodEnum<{
            [x: string]: string;
        }>>;
        enabled: z.ZodExactOptional<z.ZodBoolean>;
        baseUrl: z.ZodExactOptional<z.ZodString>;
        allowInsecureLan: z.ZodDefault<z.ZodBoolean>;
        caFile: z.ZodExactOptional<z.ZodString>;
        secrets: z.ZodDefault<z.ZodRecord<z.ZodString, z.ZodCustom<Secret, Secret>>>;
        vars: z.ZodDefault<z.ZodRecord<z.ZodString, z.ZodUnion<readonly [z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>, z.ZodArray<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]>, z.ZodTransform<string, string | number | boolean>>>]>>>;
        timeoutMs: z.ZodExactOptional<z.ZodInt>;
        offline: z.ZodDefault<z.ZodEnum<{
            reject: "reject";
            deliver: "deliver";
        }>>;
        remember: z.ZodDefault<z.ZodBoolean>;
        sample: z.ZodExactOptional<z.ZodObject<{
            code: z.ZodString;
            kind: z.ZodDefault<z.ZodEnum<{
                card: "card";
                coupon: "coupon";
                phone: "phone";
            }>>;
        }, z.core.$strict>>;
        auth: z.ZodExactOptional<z.ZodDiscriminatedUnion<[z.ZodObject<{
            type: z.ZodLiteral<"none">;
        }, z.core.$strict>, z.ZodObject<{
            type: z.ZodLiteral<"header">;
            name: z.ZodString;
            value: z.ZodString;
        }, z.core.$strict>, z.ZodObject<{
            type: z.ZodLiteral<"basic">;
            user: z.ZodString;
            password: z.ZodString;
        }, z.core.$strict>, z.ZodObject<{
            type: z.ZodLiteral<"digest">;
            user: z.ZodString;
            password: z.ZodString;
        }, z.core.$strict>, z.ZodObject<{
            type: z.ZodLiteral<"bearer">;
            token: z.ZodString;
        }, z.core.$strict>, z.ZodObject<{
            type: z.ZodLiteral<"login">;
            request: z.ZodObject<{
                method: z.ZodExactOptional<z.ZodEnum<{
                    GET: "GET";
                    POST: "POST";
                    PUT: "PUT";
                    PATCH: "PATCH";
                    DELETE: "DELETE";
                }>>;
                path: z.ZodString;
                query: z.ZodExactOptional<z.ZodRecord<z.ZodString, z.ZodString>>;
                headers: z.ZodExactOptional<z.ZodRecord<z.ZodString, z.ZodString>>;
                json: z.ZodExactOptional<z.ZodType<import("@tillbridge/translators/presets").JsonTemplate, import("@tillbridge/translators/presets").JsonTemplate, z.core.$ZodTypeInternals<import("@tillbridge/translators/presets").JsonTemplate, import("@tillbridge/translators/presets").JsonTemplate>>>;
                xml: z.ZodExactOptional<z.ZodString>;
                form: z.ZodExactOptional<z.ZodRecord<z.ZodString, z.ZodString>>;
                contentType: z.ZodExactOptional<z.ZodString>;
                idempotent: z.ZodExactOptional<z.ZodBoolean>;
            }, z.core.$strict>;
            format: z.ZodDefault<z.ZodEnum<{
                json: "json";
                xml: "xml";
                form: "form";
                text: "text";
            }>>;
            token: z.ZodString;
            expires: z.ZodExactOptional<z.ZodObject<{
                path: z.ZodString;
                unit: z.ZodEnum<{
                    epochSeconds: "epochSeconds";
                    epochMs: "epochMs";
                    ttlSeconds: "ttlSeconds";
                    ttlMs: "ttlMs";
                    iso: "iso";
                }>;
            }, z.core.$strict>>;
            lifeMs: z.ZodDefault<z.ZodInt>;
            use: z.ZodDiscriminatedUnion<[z.ZodObject<{
                in: z.ZodLiteral<"header">;
                name: z.ZodString;
                value: z.ZodString;
            }, z.core.$strict>, z.ZodObject<{
                in: z.ZodLiteral<"query">;
                name: z.ZodString;
            }, z.core.$strict>], "in">;
            refreshOn: z.ZodDefault<z.ZodArray<z.ZodObject<{
                all: z.ZodExactOptional<z.ZodArray<z.ZodObject<{
                    path: z.ZodExactOptional<z.ZodString>;
                    in: z.ZodExactOptional<z.ZodArray<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean, z.ZodNull]>>>;
                    match: z.ZodExactOptional<z.ZodString>;
                    exists: z.ZodExactOptional<z.ZodBoolean>;
                    count: z.ZodExactOptional<z.ZodInt>;
                    more: z.ZodExactOptional<z.ZodInt>;
                }, z.core.$strict>>>;
                path: z.ZodExactOptional<z.ZodString>;
                in: z.ZodExactOptional<z.ZodArray<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean, z.ZodNull]>>>;
                match: z.ZodExactOptional<z.ZodString>;
                exists: z.ZodExactOptional<z.ZodBoolean>;
                count: z.ZodExactOptional<z.ZodInt>;
                more: z.ZodExactOptional<z.ZodInt>;
                http: z.ZodExactOptional<z.ZodUnion<readonly [z.ZodUnion<readonly [z.ZodInt, z.ZodString]>, z.ZodArray<z.ZodUnion<readonly [z.ZodInt, z.ZodString]>>]>>;
                empty: z.ZodExactOptional<z.ZodBoolean>;
                format: z.ZodExactOptional<z.ZodBoolean>;
            }, z.core.$strict>>>;
        }, z.core.$strict>], "type">>;
        limits: z.ZodExactOptional<z.ZodType<{
            connectMs?: number;
            totalMs?: number;
            maxBodyBytes?: number;
            concurrent?: number;
            perSecond?: number;
            burst?: number;
            waiting?: number;
        }, {
            connectMs?: number;
            totalMs?: number;
            maxBodyBytes?: number;
            concurrent?: number;
            perSecond?: number;
            burst?: number;
            waiting?: number;
        }, z.core.$ZodTypeInternals<{
            connectMs?: number;
            totalMs?: number;
            maxBodyBytes?: number;
            concurrent?: number;
            perSecond?: number;
            burst?: number;
            waiting?: number;
        }, {
            connectMs?: number;
            totalMs?: number;
            maxBodyBytes?: number;
            concurrent?: number;
            perSecond?: number;
            burst?: number;
            waiting?: number;
        }>>>;
        cache: z.ZodExactOptional<z.ZodType<{
            foundMs?: number;
            notFoundMs?: number;
            blockedMs?: number;
            phoneMs?: number;
            staleMs?: number;
        }, {
            foundMs?: number;
            notFoundMs?: number;
            blockedMs?: number;
            phoneMs?: number;
            staleMs?: number;
        }, z.core.$ZodTypeInternals<{
            foundMs?: number;
            notFoundMs?: number;
            blockedMs?: number;
            phoneMs?: number;
            staleMs?: number;
        }, {
            foundMs?: number;
            notFoundMs?: number;
            blockedMs?: number;
            phoneMs?: number;
            staleMs?: number;
        }>>>;
        retry: z.ZodExactOptional<z.ZodType<{
            on?: ("network" | "5xx")[];
            times?: number;
        }, {
            on?: ("network" | "5xx")[];
            times?: number;
        }, z.core.$ZodTypeInternals<{
            on?: ("network" | "5xx")[];
            times?: number;
        }, {
            on?: ("network" | "5xx")[];
            times?: number;
        }>>>;
        accept: z.ZodExactOptional<z.ZodArray<z.ZodObject<{
            name: z.ZodExactOptional<z.ZodString>;
            kind: z.ZodEnum<{
                phone: "phone";
                card: "card";
                coupon: "coupon";
            }>;
            of: z.ZodDefault<z.ZodEnum<{
                value: "value";
                text: "text";
            }>>;
            when: z.ZodExactOptional<z.ZodString>;
            normalise: z.ZodExactOptional<z.ZodString>;
            oneTime: z.ZodDefault<z.ZodBoolean>;
            call: z.ZodExactOptional<z.ZodUnion<readonly [z.ZodString, z.ZodArray<z.ZodString>]>>;
            answer: z.ZodExactOptional<z.ZodObject<{
                number: z.ZodString;
            }, z.core.$strict>>;
        }, z.core.$strict>>>;
        calls: z.ZodExactOptional<z.ZodRecord<z.ZodString, z.ZodObject<{
            method: z.ZodExactOptional<z.ZodEnum<{
                GET: "GET";
                POST: "POST";
                PUT: "PUT";
                PATCH: "PATCH";
                DELETE: "DELETE";
            }>>;
            path: z.ZodString;
            query: z.ZodExactOptional<z.ZodRecord<z.ZodString, z.ZodString>>;
            headers: z.ZodExactOptional<z.ZodRecord<z.ZodString, z.ZodString>>;
            json: z.ZodExactOptional<z.ZodType<import("@tillbridge/translators/presets").JsonTemplate, import("@tillbridge/translators/presets").JsonTemplate, z.core.$ZodTypeInternals<import("@tillbridge/translators/presets").JsonTemplate, import("@tillbridge/translators/presets").JsonTemplate>>>;
            xml: z.ZodExactOptional<z.ZodString>;
            form: z.ZodExactOptional<z.ZodRecord<z.ZodString, z.ZodString>>;
            contentType: z.ZodExactOptional<z.ZodString>;
            idempotent: z.ZodExactOptional<z.ZodBoolean>;
        }, z.core.$strict>>>;
        response: z.ZodExactOptional<z.ZodType<{
            format?: "text" | "json" | "xml" | "form";
            contentTypes?: string[];
            rules?: {
                then: "notFound" | "blocked" | "unavailable" | "coupon" | "found" | "accrueOnly" | "foundNoNumber" | "inactive" | "codeExpired" | "codeUsed" | "ambiguous" | "confirmRequired" | "rateLimited" | "authError" | "badResponse";
                all?: {
                    path?: string;
                    in?: (string | number | boolean | null)[];
                    match?: string;
                    exists?: boolean;
                    count?: number;
                    more?: number;
                }[];
                path?: string;
                in?: (string | number | boolean | null)[];
                match?: string;
                exists?: boolean;
                count?: number;
                more?: number;
                http?: string | number | (string | number)[];
                empty?: boolean;
                format?: boolean;
                calls?: string[];
                kinds?: string[];
                coupon?: "expired" | "unknown" | "usable" | "used" | "notApplicable" | "needsCustomer";
                reason?: string;
            }[];
            fields?: {
                number?: string[];
                kind?: "card" | "coupon" | "phone";
                customer?: string[];
                session?: string[];
                confirmation?: string[];
                gives?: {
                    path: string;
                    product: (string | number | boolean | null)[];
                    sum: (string | number | boolean | null)[];
                    discount: (string | number | boolean | null)[];
                };
                newCustomer?: string[];
            };
            empty?: string[];
            check?: {
                pattern: string;
            };
        }, {
            format?: "text" | "json" | "xml" | "form";
            contentTypes?: string[];
            rules?: {
                then: "notFound" | "blocked" | "unavailable" | "coupon" | "found" | "accrueOnly" | "foundNoNumber" | "inactive" | "codeExpired" | "codeUsed" | "ambiguous" | "confirmRequired" | "rateLimited" | "authError" | "badResponse";
                all?: {
                    path?: string;
                    in?: (string | number | boolean | null)[];
                    match?: string;
                    exists?: boolean;
                    count?: number;
                    more?: number;
                }[];
                path?: string;
                in?: (string | number | boolean | null)[];
                match?: string;
                exists?: boolean;
                count?: number;
                more?: number;
                http?: string | number | (string | number)[];
                empty?: boolean;
                format?: boolean;
                calls?: string[];
                kinds?: string[];
                coupon?: "expired" | "unknown" | "usable" | "used" | "notApplicable" | "needsCustomer";
                reason?: string;
            }[];
            fields?: {
                number?: string[];
                kind?: "card" | "coupon" | "phone";
                customer?: string[];
                session?: string[];
                confirmation?: string[];
                gives?: {
                    path: string;
                    product: (string | number | boolean | null)[];
                    sum: (string | number | boolean | null)[];
                    discount: (string | number | boolean | null)[];
                };
                newCustomer?: string[];
            };
            empty?: string[];
            check?: {
                pattern: string;
            };
        }, z.core.$ZodTypeInternals<{
            format?: "text" | "json" | "xml" | "form";
            contentTypes?: string[];
            rules?: {
                then: "notFound" | "blocked" | "unavailable" | "coupon" | "found" | "accrueOnly" | "foundNoNumber" | "inactive" | "codeExpired" | "codeUsed" | "ambiguous" | "confirmRequired" | "rateLimited" | "authError" | "badResponse";
                all?: {
                    path?: string;
                    in?: (string | number | boolean | null)[];
                    match?: string;
                    exists?: boolean;
                    count?: number;
                    more?: number;
                }[];
                path?: string;
                in?: (string | number | boolean | null)[];
                match?: string;
                exists?: boolean;
                count?: number;
                more?: number;
                http?: string | number | (string | number)[];
                empty?: boolean;
                format?: boolean;
                calls?: string[];
                kinds?: string[];
                coupon?: "expired" | "unknown" | "usable" | "used" | "notApplicable" | "needsCustomer";
                reason?: string;
            }[];
            fields?: {
                number?: string[];
                kind?: "card" | "coupon" | "phone";
                customer?: string[];
                session?: string[];
                confirmation?: string[];
                gives?: {
                    path: string;
                    product: (string | number | boolean | null)[];
                    sum: (string | number | boolean | null)[];
                    discount: (string | number | boolean | null)[];
                };
                newCustomer?: string[];
            };
            empty?: string[];
            check?: {
                pattern: string;
            };
        }, {
            format?: "text" | "json" | "xml" | "form";
            contentTypes?: string[];
            rules?: {
                then: "notFound" | "blocked" | "unavailable" | "coupon" | "found" | "accrueOnly" | "foundNoNumber" | "inactive" | "codeExpired" | "codeUsed" | "ambiguous" | "confirmRequired" | "rateLimited" | "authError" | "badResponse";
                all?: {
                    path?: string;
                    in?: (string | number | boolean | null)[];
                    match?: string;
                    exists?: boolean;
                    count?: number;
                    more?: number;
                }[];
                path?: string;
                in?: (string | number | boolean | null)[];
                match?: string;
                exists?: boolean;
                count?: number;
                more?: number;
                http?: string | number | (string | number)[];
                empty?: boolean;
                format?: boolean;
                calls?: string[];
                kinds?: string[];
                coupon?: "expired" | "unknown" | "usable" | "used" | "notApplicable" | "needsCustomer";
                reason?: string;
            }[];
            fields?: {
                number?: string[];
                kind?: "card" | "coupon" | "phone";
                customer?: string[];
                session?: string[];
                confirmation?: string[];
                gives?: {
                    path: string;
                    product: (string | number | boolean | null)[];
                    sum: (string | number | boolean | null)[];
                    discount: (string | number | boolean | null)[];
                };
                newCustomer?: string[];
            };
            empty?: string[];
            check?: {
                pattern: string;
            };
        }>>>;
        responses: z.ZodExactOptional<z.ZodRecord<z.ZodString, z.ZodObject<{
            format: z.ZodDefault<z.ZodEnum<{
                json: "json";
                xml: "xml";
                form: "form";
                text: "text";
            }>>;
            contentTypes: z.ZodExactOptional<z.ZodArray<z.ZodString>>;
            rules: z.ZodArray<z.ZodObject<{
                all: z.ZodExactOptional<z.ZodArray<z.ZodObject<{
                    path: z.ZodExactOptional<z.ZodString>;
                    in: z.ZodExactOptional<z.ZodArray<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean, z.ZodNull]>>>;
                    match: z.ZodExactOptional<z.ZodString>;
                    exists: z.ZodExactOptional<z.ZodBoolean>;
                    count: z.ZodExactOptional<z.ZodInt>;
                    more: z.ZodExactOptional<z.ZodInt>;
                }, z.core.$strict>>>;
                path: z.ZodExactOptional<z.ZodString>;
                in: z.ZodExactOptional<z.ZodArray<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean, z.ZodNull]>>>;
                match: z.ZodExactOptional<z.ZodString>;
                exists: z.ZodExactOptional<z.ZodBoolean>;
                count: z.ZodExactOptional<z.ZodInt>;
                more: z.ZodExactOptional<z.ZodInt>;
                http: z.ZodExactOptional<z.ZodUnion<readonly [z.ZodUnion<readonly [z.ZodInt, z.ZodString]>, z.ZodArray<z.ZodUnion<readonly [z.ZodInt, z.ZodString]>>]>>;
                empty: z.ZodExactOptional<z.ZodBoolean>;
                format: z.ZodExactOptional<z.ZodBoolean>;
                calls: z.ZodExactOptional<z.ZodArray<z.ZodString>>;
                kinds: z.ZodExactOptional<z.ZodArray<z.ZodString>>;
                then: z.ZodEnum<{
                    coupon: "coupon";
                    found: "found";
                    accrueOnly: "accrueOnly";
                    foundNoNumber: "foundNoNumber";
                    notFound: "notFound";
                    blocked: "blocked";
                    inactive: "inactive";
                    codeExpired: "codeExpired";
                    codeUsed: "codeUsed";
                    ambiguous: "ambiguous";
                    confirmRequired: "confirmRequired";
                    rateLimited: "rateLimited";
                    authError: "authError";
                    unavailable: "unavailable";
                    badResponse: "badResponse";
                }>;
                coupon: z.ZodExactOptional<z.ZodEnum<{
                    unknown: "unknown";
                    usable: "usable";
                    used: "used";
                    expired: "expired";
                    notApplicable: "notApplicable";
                    needsCustomer: "needsCustomer";
                }>>;
                reason: z.ZodExactOptional<z.ZodString>;
            }, z.core.$strict>>;
            fields: z.ZodPrefault<z.ZodObject<{
                number: z.ZodExactOptional<z.ZodArray<z.ZodString>>;
                kind: z.ZodExactOptional<z.ZodEnum<{
                    phone: "phone";
                    card: "card";
                    coupon: "coupon";
                }>>;
                customer: z.ZodExactOptional<z.ZodArray<z.ZodString>>;
                session: z.ZodExactOptional<z.ZodArray<z.ZodString>>;
                confirmation: z.ZodExactOptional<z.ZodArray<z.ZodString>>;
                gives: z.ZodExactOptional<z.ZodObject<{
                    path: z.ZodString;
                    product: z.ZodDefault<z.ZodArray<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean, z.ZodNull]>>>;
                    sum: z.ZodDefault<z.ZodArray<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean, z.ZodNull]>>>;
                    discount: z.ZodDefault<z.ZodArray<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean, z.ZodNull]>>>;
                }, z.core.$strict>>;
                newCustomer: z.ZodExactOptional<z.ZodArray<z.ZodString>>;
            }, z.core.$strict>>;
            empty: z.ZodDefault<z.ZodArray<z.ZodString>>;
            check: z.ZodExactOptional<z.ZodObject<{
                pattern: z.ZodString;
            }, z.core.$strict>>;
        }, z.core.$strict>>>;
        confirm: z.ZodExactOptional<z.ZodObject<{
            call: z.ZodString;
            check: z.ZodDefault<z.ZodEnum<{
                platform: "platform";
                local: "local";
            }>>;
            channel: z.ZodDefault<z.ZodEnum<{
                call: "call";
                sms: "sms";
                app: "app";
            }>>;
        }, z.core.$strict>>;
        report: z.ZodExactOptional<z.ZodObject<{
            key: z.ZodObject<{
                field: z.ZodString;
                form: z.ZodDefault<z.ZodEnum<{
                    receiptId: "receiptId";
                    uuid5: "uuid5";
                }>>;
            }, z.core.$strict>;
            money: z.ZodPrefault<z.ZodObject<{
                unit: z.ZodDefault<z.ZodEnum<{
                    major: "major";
                    minor: "minor";
                }>>;
                decimals: z.ZodDefault<z.ZodInt>;
            }, z.core.$strict>>;
            guest: z.ZodDefault<z.ZodArray<z.ZodEnum<{
                number: "number";
                code: "code";
                session: "session";
                customer: "customer";
                phone: "phone";
            }>>>;
            anonymous: z.ZodDefault<z.ZodEnum<{
                skip: "skip";
                report: "report";
            }>>;
            spending: z.ZodDefault<z.ZodArray<z.ZodString>>;
            sale: z.ZodArray<z.ZodObject<{
                id: z.ZodString;
                when: z.ZodExactOptional<z.ZodString>;
                request: z.ZodObject<{
                    method: z.ZodDefault<z.ZodEnum<{
                        GET: "GET";
                        POST: "POST";
                        PUT: "PUT";
                        PATCH: "PATCH";
                        DELETE: "DELETE";
                    }>>;
                    path: z.ZodString;
                    query: z.ZodExactOptional<z.ZodRecord<z.ZodString, z.ZodString>>;
                    headers: z.ZodExactOptional<z.ZodRecord<z.ZodString, z.ZodString>>;
                    json: z.ZodExactOptional<z.ZodType<import("@tillbridge/translators/presets").BodyTemplate, import("@tillbridge/translators/presets").BodyTemplate, z.core.$ZodTypeInternals<import("@tillbridge/translators/presets").BodyTemplate, import("@tillbridge/translators/presets").BodyTemplate>>>;
                    xml: z.ZodExactOptional<z.ZodRecord<z.ZodString, z.ZodType<import("@tillbridge/translators/presets").BodyTemplate, import("@tillbridge/translators/presets").BodyTemplate, z.core.$ZodTypeInternals<import("@tillbridge/translators/presets").BodyTemplate, import("@tillbridge/translators/presets").BodyTemplate>>>>;
                    form: z.ZodExactOptional<z.ZodRecord<z.ZodString, z.ZodString>>;
                    contentType: z.ZodExactOptional<z.ZodString>;
                }, z.core.$strict>;
                format: z.ZodDefault<z.ZodEnum<{
                    json: "json";
                    xml: "xml";
                    form: "form";
                    text: "text";
                }>>;
                rules: z.ZodArray<z.ZodObject<{
                    all: z.ZodExactOptional<z.ZodArray<z.ZodObject<{
                        path: z.ZodExactOptional<z.ZodString>;
                        in: z.ZodExactOptional<z.ZodArray<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean, z.ZodNull]>>>;
                        match: z.ZodExactOptional<z.ZodString>;
                        exists: z.ZodExactOptional<z.ZodBoolean>;
                        count: z.ZodExactOptional<z.ZodInt>;
                        more: z.ZodExactOptional<z.ZodInt>;
                    }, z.core.$strict>>>;
                    path: z.ZodExactOptional<z.ZodString>;
                    in: z.ZodExactOptional<z.ZodArray<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean, z.ZodNull]>>>;
                    match: z.ZodExactOptional<z.ZodString>;
                    exists: z.ZodExactOptional<z.ZodBoolean>;
                    count: z.ZodExactOptional<z.ZodInt>;
                    more: z.ZodExactOptional<z.ZodInt>;
                    http: z.ZodExactOptional<z.ZodUnion<readonly [z.ZodUnion<readonly [z.ZodInt, z.ZodString]>, z.ZodArray<z.ZodUnion<readonly [z.ZodInt, z.ZodString]>>]>>;
                    empty: z.ZodExactOptional<z.ZodBoolean>;
                    format: z.ZodExactOptional<z.ZodBoolean>;
                    then: z.ZodEnum<{
                        done: "done";
                        already: "already";
                        alreadyOrRefused: "alreadyOrRefused";
                        codeSpent: "codeSpent";
                        retry: "retry";
                        refused: "refused";
                    }>;
                    reason: z.ZodExactOptional<z.ZodString>;
                }, z.core.$strict>>;
                keep: z.ZodDefault<z.ZodRecord<z.ZodString, z.ZodArray<z.ZodString>>>;
            }, z.core.$strict>>;
            discard: z.ZodExactOptional<z.ZodArray<z.ZodObject<{
                id: z.ZodString;
                when: z.ZodExactOptional<z.ZodString>;
                request: z.ZodObject<{
                    method: z.ZodDefault<z.ZodEnum<{
                        GET: "GET";
                        POST: "POST";
                        PUT: "PUT";
                        PATCH: "PATCH";
                        DELETE: "DELETE";
                    }>>;
                    path: z.ZodString;
                    query: z.ZodExactOptional<z.ZodRecord<z.ZodString, z.ZodString>>;
                    headers: z.ZodExactOptional<z.ZodRecord<z.ZodString, z.ZodString>>;
                    json: z.ZodExactOptional<z.ZodType<import("@tillbridge/translators/presets").BodyTemplate, import("@tillbridge/translators/presets").BodyTemplate, z.core.$ZodTypeInternals<import("@tillbridge/translators/presets").BodyTemplate, import("@tillbridge/translators/presets").BodyTemplate>>>;
                    xml: z.ZodExactOptional<z.ZodRecord<z.ZodString, z.ZodType<import("@tillbridge/translators/presets").BodyTemplate, import("@tillbridge/translators/presets").BodyTemplate, z.core.$ZodTypeInternals<import("@tillbridge/translators/presets").BodyTemplate, import("@tillbridge/translators/presets").BodyTemplate>>>>;
                    form: z.ZodExactOptional<z.ZodRecord<z.ZodString, z.ZodString>>;
                    contentType: z.ZodExactOptional<z.ZodString>;
                }, z.core.$strict>;
                format: z.ZodDefault<z.ZodEnum<{
                    json: "json";
                    xml: "xml";
                    form: "form";
                    text: "text";
                }>>;
                rules: z.ZodArray<z.ZodObject<{
                    all: z.ZodExactOptional<z.ZodArray<z.ZodObject<{
                        path: z.ZodExactOptional<z.ZodString>;
                        in: z.ZodExactOptional<z.ZodArray<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean, z.ZodNull]>>>;
                        match: z.ZodExactOptional<z.ZodString>;
                        exists: z.ZodExactOptional<z.ZodBoolean>;
                        count: z.ZodExactOptional<z.ZodInt>;
                        more: z.ZodExactOptional<z.ZodInt>;
                    }, z.core.$strict>>>;
                    path: z.ZodExactOptional<z.ZodString>;
                    in: z.ZodExactOptional<z.ZodArray<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean, z.ZodNull]>>>;
                    match: z.ZodExactOptional<z.ZodString>;
                    exists: z.ZodExactOptional<z.ZodBoolean>;
                    count: z.ZodExactOptional<z.ZodInt>;
                    more: z.ZodExactOptional<z.ZodInt>;
                    http: z.ZodExactOptional<z.ZodUnion<readonly [z.ZodUnion<readonly [z.ZodInt, z.ZodString]>, z.ZodArray<z.ZodUnion<readonly [z.ZodInt, z.ZodString]>>]>>;
                    empty: z.ZodExactOptional<z.ZodBoolean>;
                    format: z.ZodExactOptional<z.ZodBoolean>;
                    then: z.ZodEnum<{
                        done: "done";
                        already: "already";
                        alreadyOrRefused: "alreadyOrRefused";
                        codeSpent: "codeSpent";
                        retry: "retry";
                        refused: "refused";
                    }>;
                    reason: z.ZodExactOptional<z.ZodString>;
                }, z.core.$strict>>;
                keep: z.ZodDefault<z.ZodRecord<z.ZodString, z.ZodArray<z.ZodString>>>;
            }, z.core.$strict>>>;
            lateAfterMs: z.ZodDefault<z.ZodInt>;
            lateSale: z.ZodExactOptional<z.ZodArray<z.ZodObject<{
                id: z.ZodString;
                when: z.ZodExactOptional<z.ZodString>;
                request: z.ZodObject<{
                    method: z.ZodDefault<z.ZodEnum<{
                        GET: "GET";
                        POST: "POST";
                        PUT: "PUT";
                        PATCH: "PATCH";
                        DELETE: "DELETE";
                    }>>;
                    path: z.ZodString;
                    query: z.ZodExactOptional<z.ZodRecord<z.ZodString, z.ZodString>>;
                    headers: z.ZodExactOptional<z.ZodRecord<z.ZodString, z.ZodString>>;
                    json: z.ZodExactOptional<z.ZodType<import("@tillbridge/translators/presets").BodyTemplate, import("@tillbridge/translators/presets").BodyTemplate, z.core.$ZodTypeInternals<import("@tillbridge/translators/presets").BodyTemplate, import("@tillbridge/translators/presets").BodyTemplate>>>;
                    xml: z.ZodExactOptional<z.ZodRecord<z.ZodString, z.ZodType<import("@tillbridge/translators/presets").BodyTemplate, import("@tillbridge/translators/presets").BodyTemplate, z.core.$ZodTypeInternals<import("@tillbridge/translators/presets").BodyTemplate, import("@tillbridge/translators/presets").BodyTemplate>>>>;
                    form: z.ZodExactOptional<z.ZodRecord<z.ZodString, z.ZodString>>;
                    contentType: z.ZodExactOptional<z.ZodString>;
                }, z.core.$strict>;
                format: z.ZodDefault<z.ZodEnum<{
                    json: "json";
                    xml: "xml";
                    form: "form";
                    text: "text";
                }>>;
                rules: z.ZodArray<z.ZodObject<{
                    all: z.ZodExactOptional<z.ZodArray<z.ZodObject<{
                        path: z.ZodExactOptional<z.ZodString>;
                        in: z.ZodExactOptional<z.ZodArray<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean, z.ZodNull]>>>;
                        match: z.ZodExactOptional<z.ZodString>;
                        exists: z.ZodExactOptional<z.ZodBoolean>;
                        count: z.ZodExactOptional<z.ZodInt>;
                        more: z.ZodExactOptional<z.ZodInt>;
                    }, z.core.$strict>>>;
                    path: z.ZodExactOptional<z.ZodString>;
                    in: z.ZodExactOptional<z.ZodArray<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean, z.ZodNull]>>>;
                    match: z.ZodExactOptional<z.ZodString>;
                    exists: z.ZodExactOptional<z.ZodBoolean>;
                    count: z.ZodExactOptional<z.ZodInt>;
                    more: z.ZodExactOptional<z.ZodInt>;
                    http: z.ZodExactOptional<z.ZodUnion<readonly [z.ZodUnion<readonly [z.ZodInt, z.ZodString]>, z.ZodArray<z.ZodUnion<readonly [z.ZodInt, z.ZodString]>>]>>;
                    empty: z.ZodExactOptional<z.ZodBoolean>;
                    format: z.ZodExactOptional<z.ZodBoolean>;
                    then: z.ZodEnum<{
                        done: "done";
                        already: "already";
                        alreadyOrRefused: "alreadyOrRefused";
                        codeSpent: "codeSpent";
                        retry: "retry";
                        refused: "refused";
                    }>;
                    reason: z.ZodExactOptional<z.ZodString>;
                }, z.core.$strict>>;
                keep: z.ZodDefault<z.ZodRecord<z.ZodString, z.ZodArray<z.ZodString>>>;
            }, z.core.$strict>>>;
            return: z.ZodExactOptional<z.ZodArray<z.ZodObject<{
                id: z.ZodString;
                when: z.ZodExactOptional<z.ZodString>;
                request: z.ZodObject<{
                    method: z.ZodDefault<z.ZodEnum<{
                        GET: "GET";
                        POST: "POST";
                        PUT: "PUT";
                        PATCH: "PATCH";
                        DELETE: "DELETE";
                    }>>;
                    path: z.ZodString;
                    query: z.ZodExactOptional<z.ZodRecord<z.ZodString, z.ZodString>>;
                    headers: z.ZodExactOptional<z.ZodRecord<z.ZodString, z.ZodString>>;
                    json: z.ZodExactOptional<z.ZodType<import("@tillbridge/translators/presets").BodyTemplate, import("@tillbridge/translators/presets").BodyTemplate, z.core.$ZodTypeInternals<import("@tillbridge/translators/presets").BodyTemplate, import("@tillbridge/translators/presets").BodyTemplate>>>;
                    xml: z.ZodExactOptional<z.ZodRecord<z.ZodString, z.ZodType<import("@tillbridge/translators/presets").BodyTemplate, import("@tillbridge/translators/presets").BodyTemplate, z.core.$ZodTypeInternals<import("@tillbridge/translators/presets").BodyTemplate, import("@tillbridge/translators/presets").BodyTemplate>>>>;
                    form: z.ZodExactOptional<z.ZodRecord<z.ZodString, z.ZodString>>;
                    contentType: z.ZodExactOptional<z.ZodString>;
                }, z.core.$strict>;
                format: z.ZodDefault<z.ZodEnum<{
                    json: "json";
                    xml: "xml";
                    form: "form";
                    text: "text";
                }>>;
                rules: z.ZodArray<z.ZodObject<{
                    all: z.ZodExactOptional<z.ZodArray<z.ZodObject<{
                        path: z.ZodExactOptional<z.ZodString>;
                        in: z.ZodExactOptional<z.ZodArray<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean, z.ZodNull]>>>;
                        match: z.ZodExactOptional<z.ZodString>;
                        exists: z.ZodExactOptional<z.ZodBoolean>;
                        count: z.ZodExactOptional<z.ZodInt>;
                        more: z.ZodExactOptional<z.ZodInt>;
                    }, z.core.$strict>>>;
                    path: z.ZodExactOptional<z.ZodString>;
                    in: z.ZodExactOptional<z.ZodArray<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean, z.ZodNull]>>>;
                    match: z.ZodExactOptional<z.ZodString>;
                    exists: z.ZodExactOptional<z.ZodBoolean>;
                    count: z.ZodExactOptional<z.ZodInt>;
                    more: z.ZodExactOptional<z.ZodInt>;
                    http: z.ZodExactOptional<z.ZodUnion<readonly [z.ZodUnion<readonly [z.ZodInt, z.ZodString]>, z.ZodArray<z.ZodUnion<readonly [z.ZodInt, z.ZodString]>>]>>;
                    empty: z.ZodExactOptional<z.ZodBoolean>;
                    format: z.ZodExactOptional<z.ZodBoolean>;
                    then: z.ZodEnum<{
                        done: "done";
                        already: "already";
                        alreadyOrRefused: "alreadyOrRefused";
                        codeSpent: "codeSpent";
                        retry: "retry";
                        refused: "refused";
                    }>;
                    reason: z.ZodExactOptional<z.ZodString>;
                }, z.core.$strict>>;
                keep: z.ZodDefault<z.ZodRecord<z.ZodString, z.ZodArray<z.ZodString>>>;
            }, z.core.$strict>>>;
            cancel: z.ZodExactOptional<z.ZodArray<z.ZodObject<{
                id: z.ZodString;
                when: z.ZodExactOptional<z.ZodString>;
                request: z.ZodObject<{
                    method: z.ZodDefault<z.ZodEnum<{
                        GET: "GET";
                        POST: "POST";
                        PUT: "PUT";
                        PATCH: "PATCH";
                        DELETE: "DELETE";
                    }>>;
                    path: z.ZodString;
                    query: z.ZodExactOptional<z.ZodRecord<z.ZodString, z.ZodString>>;
                    headers: z.ZodExactOptional<z.ZodRecord<z.ZodString, z.ZodString>>;
                    json: z.ZodExactOptional<z.ZodType<import("@tillbridge/translators/presets").BodyTemplate, import("@tillbridge/translators/presets").BodyTemplate, z.core.$ZodTypeInternals<import("@tillbridge/translators/presets").BodyTemplate, import("@tillbridge/translators/presets").BodyTemplate>>>;
                    xml: z.ZodExactOptional<z.ZodRecord<z.ZodString, z.ZodType<import("@tillbridge/translators/presets").BodyTemplate, import("@tillbridge/translators/presets").BodyTemplate, z.core.$ZodTypeInternals<import("@tillbridge/translators/presets").BodyTemplate, import("@tillbridge/translators/presets").BodyTemplate>>>>;
                    form: z.ZodExactOptional<z.ZodRecord<z.ZodString, z.ZodString>>;
                    contentType: z.ZodExactOptional<z.ZodString>;
                }, z.core.$strict>;
                format: z.ZodDefault<z.ZodEnum<{
                    json: "json";
                    xml: "xml";
                    form: "form";
                    text: "text";
                }>>;
                rules: z.ZodArray<z.ZodObject<{
                    all: z.ZodExactOptional<z.ZodArray<z.ZodObject<{
                        path: z.ZodExactOptional<z.ZodString>;
                        in: z.ZodExactOptional<z.ZodArray<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean, z.ZodNull]>>>;
                        match: z.ZodExactOptional<z.ZodString>;
                        exists: z.ZodExactOptional<z.ZodBoolean>;
                        count: z.ZodExactOptional<z.ZodInt>;
                        more: z.ZodExactOptional<z.ZodInt>;
                    }, z.core.$strict>>>;
                    path: z.ZodExactOptional<z.ZodString>;
                    in: z.ZodExactOptional<z.ZodArray<z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean, z.ZodNull]>>>;
                    match: z.ZodExactOptional<z.ZodString>;
                    exists: z.ZodExactOptional<z.ZodBoolean>;
                    count: z.ZodExactOptional<z.ZodInt>;
                    more: z.ZodExactOptional<z.ZodInt>;
                    http: z.ZodExactOptional<z.ZodUnion<readonly [z.ZodUnion<readonly [z.ZodInt, z.ZodString]>, z.ZodArray<z.ZodUnion<readonly [z.ZodInt, z.ZodString]>>]>>;
                    empty: z.ZodExactOptional<z.ZodBoolean>;
                    format: z.ZodExactOptional<z.ZodBoolean>;
                    then: z.ZodEnum<{
                        done: "done";
                        already: "already";
                        alreadyOrRefused: "alreadyOrRefused";
                        codeSpent: "codeSpent";
                        retry: "retry";
                        refused: "refused";
                    }>;
                    reason: z.ZodExactOptional<z.ZodString>;
                }, z.core.$strict>>;
                keep: z.ZodDefault<z.ZodRecord<z.ZodString, z.ZodArray<z.ZodString>>>;
            }, z.core.$strict>>>;
        }, z.core.$strict>>;
    }, z.core.$strict>, z.ZodObject<{
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
                password: z.ZodExactOptional<z.ZodCustom<Secret, Secret>>;
                token: z.ZodExactOptional<z.ZodCustom<Secret, Secret>>;
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
    }, z.core.$strict>, z.ZodObject<{
        package: z.ZodString;
        options: z.ZodDefault<z.ZodRecord<z.ZodString, z.ZodUnknown>>;
        secrets: z.ZodDefault<z.ZodRecord<z.ZodString, z.ZodCustom<Secret, Secret>>>;
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
    }, z.core.$strict>], "type">>>;
    on: z.ZodPrefault<z.ZodObject<{
        notFound: z.ZodDefault<z.ZodEnum<{
            passThrough: "passThrough";
            reject: "reject";
        }>>;
        unavailable: z.ZodDefault<z.ZodEnum<{
            passThrough: "passThrough";
            reject: "reject";
        }>>;
        blocked: z.ZodDefault<z.ZodEnum<{
            passThrough: "passThrough";
            reject: "reject";
        }>>;
        ambiguous: z.ZodDefault<z.ZodEnum<{
            passThrough: "passThrough";
            reject: "reject";
        }>>;
    }, z.core.$strict>>;
    sync: z.ZodDefault<z.ZodArray<z.ZodDiscriminatedUnion<[z.ZodObject<{
        fullHour: z.ZodDefault<z.ZodInt>;
        everyMs: z.ZodDefault<z.ZodInt>;
        timeoutMs: z.ZodDefault<z.ZodInt>;
        keepShare: z.ZodDefault<z.ZodNumber>;
        format: z.ZodDefault<z.ZodEnum<{
            auto: "auto";
            json: "json";
            csv: "csv";
            jsonl: "jsonl";
        }>>;
        rows: z.ZodDefault<z.ZodUnion<readonly [z.ZodLiteral<"">, z.ZodString]>>;
        columns: z.ZodExactOptional<z.ZodObject<{
            code: z.ZodString;
            card: z.ZodString;
            kind: z.ZodExactOptional<z.ZodString>;
            state: z.ZodExactOptional<z.ZodString>;
            expires: z.ZodExactOptional<z.ZodString>;
        }, z.core.$strict>>;
        maxBytes: z.ZodDefault<z.ZodInt>;
        url: z.ZodString;
        allowInsecureLan: z.ZodDefault<z.ZodBoolean>;
        caFile: z.ZodExactOptional<z.ZodString>;
        user: z.ZodExactOptional<z.ZodString>;
        header: z.ZodExactOptional<z.ZodString>;
        secrets: z.ZodDefault<z.ZodObject<{
            password: z.ZodExactOptional<z.ZodCustom<Secret, Secret>>;
            token: z.ZodExactOptional<z.ZodCustom<Secret, Secret>>;
        }, z.core.$strict>>;
        id: z.ZodString;
        type: z.ZodLiteral<"feed">;
    }, z.core.$strict>, z.ZodObject<{
        fullHour: z.ZodDefault<z.ZodInt>;
        everyMs: z.ZodDefault<z.ZodInt>;
        timeoutMs: z.ZodDefault<z.ZodInt>;
        keepShare: z.ZodDefault<z.ZodNumber>;
        maxBytes: z.ZodDefault<z.ZodInt>;
        url: z.ZodString;
        allowInsecureLan: z.ZodDefault<z.ZodBoolean>;
        caFile: z.ZodExactOptional<z.ZodString>;
        user: z.ZodExactOptional<z.ZodString>;
        header: z.ZodExactOptional<z.ZodString>;
        secrets: z.ZodDefault<z.ZodObject<{
            password: z.ZodExactOptional<z.ZodCustom<Secret, Secret>>;
            token: z.ZodExactOptional<z.ZodCustom<Secret, Secret>>;
        }, z.core.$strict>>;
        id: z.ZodString;
        type: z.ZodLiteral<"koshelek">;
    }, z.core.$strict>, z.ZodObject<{
        fullHour: z.ZodDefault<z.ZodInt>;
        everyMs: z.ZodDefault<z.ZodInt>;
        timeoutMs: z.ZodDefault<z.ZodInt>;
        keepShare: z.ZodDefault<z.ZodNumber>;
        id: z.ZodString;
        type: z.ZodLiteral<"osmi">;
        baseUrl: z.ZodDefault<z.ZodString>;
        allowInsecureLan: z.ZodDefault<z.ZodBoolean>;
        caFile: z.ZodExactOptional<z.ZodString>;
        secrets: z.ZodObject<{
            id: z.ZodCustom<Secret, Secret>;
            key: z.ZodCustom<Secret, Secret>;
        }, z.core.$strict>;
        number: z.ZodDefault<z.ZodString>;
        template: z.ZodExactOptional<z.ZodString>;
        maxPages: z.ZodDefault<z.ZodInt>;
    }, z.core.$strict>], "type">>>;
    tills: z.ZodArray<z.ZodDiscriminatedUnion<[z.ZodDiscriminatedUnion<[z.ZodObject<{
        expireMs: z.ZodDefault<z.ZodInt>;
        duplicateMs: z.ZodDefault<z.ZodUnion<readonly [z.ZodInt, z.ZodPipe<z.ZodEnum<{
            none: "none";
            off: "off";
        }>, z.ZodTransform<number, "none" | "off">>]>>;
        gapMs: z.ZodDefault<z.ZodUnion<readonly [z.ZodInt, z.ZodPipe<z.ZodEnum<{
            none: "none";
            off: "off";
        }>, z.ZodTransform<number, "none" | "off">>]>>;
        backlogMs: z.ZodDefault<z.ZodUnion<readonly [z.ZodInt, z.ZodPipe<z.ZodEnum<{
            none: "none";
            off: "off";
        }>, z.ZodTransform<number, "none" | "off">>]>>;
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
        adapter: z.ZodLiteral<"virtual-com">;
        transport: z.ZodLiteral<"pty">;
        link: z.ZodString;
        mode: z.ZodExactOptional<z.ZodString>;
        group: z.ZodExactOptional<z.ZodUnion<readonly [z.ZodString, z.ZodInt]>>;
        id: z.ZodString;
    }, z.core.$strict>, z.ZodObject<{
        expireMs: z.ZodDefault<z.ZodInt>;
        duplicateMs: z.ZodDefault<z.ZodUnion<readonly [z.ZodInt, z.ZodPipe<z.ZodEnum<{
            none: "none";
            off: "off";
        }>, z.ZodTransform<number, "none" | "off">>]>>;
        gapMs: z.ZodDefault<z.ZodUnion<readonly [z.ZodInt, z.ZodPipe<z.ZodEnum<{
            none: "none";
            off: "off";
        }>, z.ZodTransform<number, "none" | "off">>]>>;
        backlogMs: z.ZodDefault<z.ZodUnion<readonly [z.ZodInt, z.ZodPipe<z.ZodEnum<{
            none: "none";
            off: "off";
        }>, z.ZodTransform<number, "none" | "off">>]>>;
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
        requirePeer: z.ZodDefault<z.ZodEnum<{
            none: "none";
            dsr: "dsr";
            cts: "cts";
        }>>;
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
        adapter: z.ZodLiteral<"virtual-com">;
        transport: z.ZodLiteral<"port">;
        path: z.ZodString;
        id: z.ZodString;
    }, z.core.$strict>], "transport">, z.ZodDiscriminatedUnion<[z.ZodObject<{
        expireMs: z.ZodDefault<z.ZodInt>;
        duplicateMs: z.ZodDefault<z.ZodUnion<readonly [z.ZodInt, z.ZodPipe<z.ZodEnum<{
            none: "none";
            off: "off";
        }>, z.ZodTransform<number, "none" | "off">>]>>;
        gapMs: z.ZodDefault<z.ZodUnion<readonly [z.ZodInt, z.ZodPipe<z.ZodEnum<{
            none: "none";
            off: "off";
        }>, z.ZodTransform<number, "none" | "off">>]>>;
        backlogMs: z.ZodExactOptional<z.ZodUnion<readonly [z.ZodInt, z.ZodPipe<z.ZodEnum<{
            none: "none";
            off: "off";
        }>, z.ZodTransform<number, "none" | "off">>]>>;
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
        profile: z.ZodExactOptional<z.ZodString>;
        keyDelayMs: z.ZodExactOptional<z.ZodUnion<readonly [z.ZodInt, z.ZodPipe<z.ZodEnum<{
            none: "none";
            off: "off";
        }>, z.ZodTransform<number, "none" | "off">>]>>;
        keysBefore: z.ZodExactOptional<z.ZodArray<z.ZodEnum<{
            Enter: "Enter";
            Tab: "Tab";
            Escape: "Escape";
            Backspace: "Backspace";
            F1: "F1";
            F2: "F2";
            F3: "F3";
            F4: "F4";
            F5: "F5";
            F6: "F6";
            F7: "F7";
            F8: "F8";
            F9: "F9";
            F10: "F10";
            F11: "F11";
            F12: "F12";
        }>>>;
        controls: z.ZodExactOptional<z.ZodArray<z.ZodEnum<{
            ETX: "ETX";
            STX: "STX";
            EOT: "EOT";
            FS: "FS";
            GS: "GS";
            RS: "RS";
            US: "US";
        }>>>;
        alphabet: z.ZodExactOptional<z.ZodEnum<{
            any: "any";
            digits: "digits";
            latin: "latin";
        }>>;
        markedGoods: z.ZodExactOptional<z.ZodBoolean>;
        adapter: z.ZodLiteral<"keyboard">;
        transport: z.ZodLiteral<"sendinput">;
        window: z.ZodExactOptional<z.ZodUnion<readonly [z.ZodObject<{
            title: z.ZodExactOptional<z.ZodString>;
            class: z.ZodExactOptional<z.ZodString>;
            process: z.ZodExactOptional<z.ZodString>;
        }, z.core.$strict>, z.ZodLiteral<"none">]>>;
        mode: z.ZodExactOptional<z.ZodEnum<{
            unicode: "unicode";
            vk: "vk";
        }>>;
        agent: z.ZodExactOptional<z.ZodUnion<readonly [z.ZodBoolean, z.ZodLiteral<"auto">]>>;
        id: z.ZodString;
    }, z.core.$strict>, z.ZodObject<{
        expireMs: z.ZodDefault<z.ZodInt>;
        duplicateMs: z.ZodDefault<z.ZodUnion<readonly [z.ZodInt, z.ZodPipe<z.ZodEnum<{
            none: "none";
            off: "off";
        }>, z.ZodTransform<number, "none" | "off">>]>>;
        gapMs: z.ZodDefault<z.ZodUnion<readonly [z.ZodInt, z.ZodPipe<z.ZodEnum<{
            none: "none";
            off: "off";
        }>, z.ZodTransform<number, "none" | "off">>]>>;
        backlogMs: z.ZodExactOptional<z.ZodUnion<readonly [z.ZodInt, z.ZodPipe<z.ZodEnum<{
            none: "none";
            off: "off";
        }>, z.ZodTransform<number, "none" | "off">>]>>;
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
        profile: z.ZodExactOptional<z.ZodString>;
        keyDelayMs: z.ZodExactOptional<z.ZodUnion<readonly [z.ZodInt, z.ZodPipe<z.ZodEnum<{
            none: "none";
            off: "off";
        }>, z.ZodTransform<number, "none" | "off">>]>>;
        keysBefore: z.ZodExactOptional<z.ZodArray<z.ZodEnum<{
            Enter: "Enter";
            Tab: "Tab";
            Escape: "Escape";
            Backspace: "Backspace";
            F1: "F1";
            F2: "F2";
            F3: "F3";
            F4: "F4";
            F5: "F5";
            F6: "F6";
            F7: "F7";
            F8: "F8";
            F9: "F9";
            F10: "F10";
            F11: "F11";
            F12: "F12";
        }>>>;
        controls: z.ZodExactOptional<z.ZodArray<z.ZodEnum<{
            ETX: "ETX";
            STX: "STX";
            EOT: "EOT";
            FS: "FS";
            GS: "GS";
            RS: "RS";
            US: "US";
        }>>>;
        alphabet: z.ZodExactOptional<z.ZodEnum<{
            any: "any";
            digits: "digits";
            latin: "latin";
        }>>;
        markedGoods: z.ZodExactOptional<z.ZodBoolean>;
        adapter: z.ZodLiteral<"keyboard">;
        transport: z.ZodLiteral<"xtest">;
        window: z.ZodExactOptional<z.ZodUnion<readonly [z.ZodObject<{
            title: z.ZodExactOptional<z.ZodString>;
            class: z.ZodExactOptional<z.ZodString>;
            process: z.ZodExactOptional<z.ZodString>;
        }, z.core.$strict>, z.ZodLiteral<"none">]>>;
        display: z.ZodExactOptional<z.ZodString>;
        xauthority: z.ZodExactOptional<z.ZodString>;
        agent: z.ZodExactOptional<z.ZodUnion<readonly [z.ZodBoolean, z.ZodLiteral<"auto">]>>;
        id: z.ZodString;
    }, z.core.$strict>, z.ZodObject<{
        expireMs: z.ZodDefault<z.ZodInt>;
        duplicateMs: z.ZodDefault<z.ZodUnion<readonly [z.ZodInt, z.ZodPipe<z.ZodEnum<{
            none: "none";
            off: "off";
        }>, z.ZodTransform<number, "none" | "off">>]>>;
        gapMs: z.ZodDefault<z.ZodUnion<readonly [z.ZodInt, z.ZodPipe<z.ZodEnum<{
            none: "none";
            off: "off";
        }>, z.ZodTransform<number, "none" | "off">>]>>;
        backlogMs: z.ZodExactOptional<z.ZodUnion<readonly [z.ZodInt, z.ZodPipe<z.ZodEnum<{
            none: "none";
            off: "off";
        }>, z.ZodTransform<number, "none" | "off">>]>>;
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
        profile: z.ZodExactOptional<z.ZodString>;
        keyDelayMs: z.ZodExactOptional<z.ZodUnion<readonly [z.ZodInt, z.ZodPipe<z.ZodEnum<{
            none: "none";
            off: "off";
        }>, z.ZodTransform<number, "none" | "off">>]>>;
        keysBefore: z.ZodExactOptional<z.ZodArray<z.ZodEnum<{
            Enter: "Enter";
            Tab: "Tab";
            Escape: "Escape";
            Backspace: "Backspace";
            F1: "F1";
            F2: "F2";
            F3: "F3";
            F4: "F4";
            F5: "F5";
            F6: "F6";
            F7: "F7";
            F8: "F8";
            F9: "F9";
            F10: "F10";
            F11: "F11";
            F12: "F12";
        }>>>;
        controls: z.ZodExactOptional<z.ZodArray<z.ZodEnum<{
            ETX: "ETX";
            STX: "STX";
            EOT: "EOT";
            FS: "FS";
            GS: "GS";
            RS: "RS";
            US: "US";
        }>>>;
        alphabet: z.ZodExactOptional<z.ZodEnum<{
            any: "any";
            digits: "digits";
            latin: "latin";
        }>>;
        markedGoods: z.ZodExactOptional<z.ZodBoolean>;
        adapter: z.ZodLiteral<"keyboard">;
        transport: z.ZodLiteral<"uinput">;
        window: z.ZodLiteral<"none">;
        device: z.ZodDefault<z.ZodString>;
        letters: z.ZodDefault<z.ZodBoolean>;
        id: z.ZodString;
    }, z.core.$strict>], "transport">, z.ZodObject<{
        expireMs: z.ZodDefault<z.ZodInt>;
        duplicateMs: z.ZodDefault<z.ZodUnion<readonly [z.ZodInt, z.ZodPipe<z.ZodEnum<{
            none: "none";
            off: "off";
        }>, z.ZodTransform<number, "none" | "off">>]>>;
        id: z.ZodString;
        adapter: z.ZodLiteral<"client">;
        backlogMs: z.ZodDefault<z.ZodUnion<readonly [z.ZodInt, z.ZodPipe<z.ZodEnum<{
            none: "none";
            off: "off";
        }>, z.ZodTransform<number, "none" | "off">>]>>;
    }, z.core.$strict>, z.ZodObject<{
        expireMs: z.ZodDefault<z.ZodInt>;
        duplicateMs: z.ZodDefault<z.ZodUnion<readonly [z.ZodInt, z.ZodPipe<z.ZodEnum<{
            none: "none";
            off: "off";
        }>, z.ZodTransform<number, "none" | "off">>]>>;
        id: z.ZodString;
        adapter: z.ZodLiteral<"webhook">;
        url: z.ZodString;
        secrets: z.ZodObject<{
            key: z.ZodCustom<Secret, Secret>;
        }, z.core.$strict>;
        timeoutMs: z.ZodDefault<z.ZodInt>;
    }, z.core.$strict>, z.ZodDiscriminatedUnion<[z.ZodObject<{
        expireMs: z.ZodDefault<z.ZodInt>;
        duplicateMs: z.ZodDefault<z.ZodUnion<readonly [z.ZodInt, z.ZodPipe<z.ZodEnum<{
            none: "none";
            off: "off";
        }>, z.ZodTransform<number, "none" | "off">>]>>;
        secrets: z.ZodExactOptional<z.ZodObject<{
            token: z.ZodCustom<Secret, Secret>;
        }, z.core.$strict>>;
        cashierMessage: z.ZodDefault<z.ZodEnum<{
            en: "en";
            ru: "ru";
            off: "off";
        }>>;
        watchKey: z.ZodDefault<z.ZodUnion<readonly [z.ZodPipe<z.ZodLiteral<"off">, z.ZodTransform<null, "off">>, z.ZodString]>>;
        gtin: z.ZodDefault<z.ZodEnum<{
            pass: "pass";
            claim: "claim";
        }>>;
        dataFolder: z.ZodExactOptional<z.ZodString>;
        id: z.ZodString;
        adapter: z.ZodLiteral<"iiko">;
        transport: z.ZodLiteral<"front">;
        nativeIdentifier: z.ZodObject<{
            card: z.ZodExactOptional<z.ZodEnum<{
                rmsDiscountCard: "rmsDiscountCard";
                iikoCardNumber: "iikoCardNumber";
                iikoCardTrack: "iikoCardTrack";
                guestCardNumber: "guestCardNumber";
                externalData: "externalData";
            }>>;
            coupon: z.ZodExactOptional<z.ZodEnum<{
                externalData: "externalData";
                iikoCardCoupon: "iikoCardCoupon";
            }>>;
            phone: z.ZodExactOptional<z.ZodEnum<{
                externalData: "externalData";
                iikoCardPhone: "iikoCardPhone";
                guestPhone: "guestPhone";
            }>>;
        }, z.core.$strict>;
        posServer: z.ZodExactOptional<z.ZodObject<{
            url: z.ZodDefault<z.ZodString>;
            user: z.ZodString;
            secrets: z.ZodObject<{
                password: z.ZodCustom<Secret, Secret>;
            }, z.core.$strict>;
            timeoutMs: z.ZodDefault<z.ZodInt>;
        }, z.core.$strict>>;
        conflict: z.ZodDefault<z.ZodEnum<{
            replace: "replace";
            reject: "reject";
        }>>;
        createGuest: z.ZodExactOptional<z.ZodString>;
        phone: z.ZodDefault<z.ZodEnum<{
            e164: "e164";
            asIs: "asIs";
        }>>;
        externalData: z.ZodExactOptional<z.ZodObject<{
            key: z.ZodString;
            isPublic: z.ZodDefault<z.ZodBoolean>;
        }, z.core.$strict>>;
    }, z.core.$strict>, z.ZodObject<{
        expireMs: z.ZodDefault<z.ZodInt>;
        duplicateMs: z.ZodDefault<z.ZodUnion<readonly [z.ZodInt, z.ZodPipe<z.ZodEnum<{
            none: "none";
            off: "off";
        }>, z.ZodTransform<number, "none" | "off">>]>>;
        gapMs: z.ZodDefault<z.ZodUnion<readonly [z.ZodInt, z.ZodPipe<z.ZodEnum<{
            none: "none";
            off: "off";
        }>, z.ZodTransform<number, "none" | "off">>]>>;
        backlogMs: z.ZodDefault<z.ZodUnion<readonly [z.ZodInt, z.ZodPipe<z.ZodEnum<{
            none: "none";
            off: "off";
        }>, z.ZodTransform<number, "none" | "off">>]>>;
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
        id: z.ZodString;
        adapter: z.ZodLiteral<"iiko">;
        transport: z.ZodLiteral<"device">;
        device: z.ZodDiscriminatedUnion<[z.ZodObject<{
            adapter: z.ZodLiteral<"virtual-com">;
            transport: z.ZodLiteral<"pty">;
            link: z.ZodString;
            mode: z.ZodExactOptional<z.ZodString>;
            group: z.ZodExactOptional<z.ZodUnion<readonly [z.ZodString, z.ZodInt]>>;
        }, z.core.$strict>, z.ZodObject<{
            requirePeer: z.ZodDefault<z.ZodEnum<{
                none: "none";
                dsr: "dsr";
                cts: "cts";
            }>>;
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
            adapter: z.ZodLiteral<"virtual-com">;
            transport: z.ZodLiteral<"port">;
            path: z.ZodString;
        }, z.core.$strict>, z.ZodObject<{
            profile: z.ZodExactOptional<z.ZodString>;
            keyDelayMs: z.ZodExactOptional<z.ZodUnion<readonly [z.ZodInt, z.ZodPipe<z.ZodEnum<{
                none: "none";
                off: "off";
            }>, z.ZodTransform<number, "none" | "off">>]>>;
            keysBefore: z.ZodExactOptional<z.ZodArray<z.ZodEnum<{
                Enter: "Enter";
                Tab: "Tab";
                Escape: "Escape";
                Backspace: "Backspace";
                F1: "F1";
                F2: "F2";
                F3: "F3";
                F4: "F4";
                F5: "F5";
                F6: "F6";
                F7: "F7";
                F8: "F8";
                F9: "F9";
                F10: "F10";
                F11: "F11";
                F12: "F12";
            }>>>;
            controls: z.ZodExactOptional<z.ZodArray<z.ZodEnum<{
                ETX: "ETX";
                STX: "STX";
                EOT: "EOT";
                FS: "FS";
                GS: "GS";
                RS: "RS";
                US: "US";
            }>>>;
            alphabet: z.ZodExactOptional<z.ZodEnum<{
                any: "any";
                digits: "digits";
                latin: "latin";
            }>>;
            markedGoods: z.ZodExactOptional<z.ZodBoolean>;
            adapter: z.ZodLiteral<"keyboard">;
            transport: z.ZodLiteral<"sendinput">;
            window: z.ZodExactOptional<z.ZodUnion<readonly [z.ZodObject<{
                title: z.ZodExactOptional<z.ZodString>;
                class: z.ZodExactOptional<z.ZodString>;
                process: z.ZodExactOptional<z.ZodString>;
            }, z.core.$strict>, z.ZodLiteral<"none">]>>;
            mode: z.ZodExactOptional<z.ZodEnum<{
                unicode: "unicode";
                vk: "vk";
            }>>;
            agent: z.ZodExactOptional<z.ZodUnion<readonly [z.ZodBoolean, z.ZodLiteral<"auto">]>>;
        }, z.core.$strict>, z.ZodObject<{
            profile: z.ZodExactOptional<z.ZodString>;
            keyDelayMs: z.ZodExactOptional<z.ZodUnion<readonly [z.ZodInt, z.ZodPipe<z.ZodEnum<{
                none: "none";
                off: "off";
            }>, z.ZodTransform<number, "none" | "off">>]>>;
            keysBefore: z.ZodExactOptional<z.ZodArray<z.ZodEnum<{
                Enter: "Enter";
                Tab: "Tab";
                Escape: "Escape";
                Backspace: "Backspace";
                F1: "F1";
                F2: "F2";
                F3: "F3";
                F4: "F4";
                F5: "F5";
                F6: "F6";
                F7: "F7";
                F8: "F8";
                F9: "F9";
                F10: "F10";
                F11: "F11";
                F12: "F12";
            }>>>;
            controls: z.ZodExactOptional<z.ZodArray<z.ZodEnum<{
                ETX: "ETX";
                STX: "STX";
                EOT: "EOT";
                FS: "FS";
                GS: "GS";
                RS: "RS";
                US: "US";
            }>>>;
            alphabet: z.ZodExactOptional<z.ZodEnum<{
                any: "any";
                digits: "digits";
                latin: "latin";
            }>>;
            markedGoods: z.ZodExactOptional<z.ZodBoolean>;
            adapter: z.ZodLiteral<"keyboard">;
            transport: z.ZodLiteral<"xtest">;
            window: z.ZodExactOptional<z.ZodUnion<readonly [z.ZodObject<{
                title: z.ZodExactOptional<z.ZodString>;
                class: z.ZodExactOptional<z.ZodString>;
                process: z.ZodExactOptional<z.ZodString>;
            }, z.core.$strict>, z.ZodLiteral<"none">]>>;
            display: z.ZodExactOptional<z.ZodString>;
            xauthority: z.ZodExactOptional<z.ZodString>;
            agent: z.ZodExactOptional<z.ZodUnion<readonly [z.ZodBoolean, z.ZodLiteral<"auto">]>>;
        }, z.core.$strict>, z.ZodObject<{
            profile: z.ZodExactOptional<z.ZodString>;
            keyDelayMs: z.ZodExactOptional<z.ZodUnion<readonly [z.ZodInt, z.ZodPipe<z.ZodEnum<{
                none: "none";
                off: "off";
            }>, z.ZodTransform<number, "none" | "off">>]>>;
            keysBefore: z.ZodExactOptional<z.ZodArray<z.ZodEnum<{
                Enter: "Enter";
                Tab: "Tab";
                Escape: "Escape";
                Backspace: "Backspace";
                F1: "F1";
                F2: "F2";
                F3: "F3";
                F4: "F4";
                F5: "F5";
                F6: "F6";
                F7: "F7";
                F8: "F8";
                F9: "F9";
                F10: "F10";
                F11: "F11";
                F12: "F12";
            }>>>;
            controls: z.ZodExactOptional<z.ZodArray<z.ZodEnum<{
                ETX: "ETX";
                STX: "STX";
                EOT: "EOT";
                FS: "FS";
                GS: "GS";
                RS: "RS";
                US: "US";
            }>>>;
            alphabet: z.ZodExactOptional<z.ZodEnum<{
                any: "any";
                digits: "digits";
                latin: "latin";
            }>>;
            markedGoods: z.ZodExactOptional<z.ZodBoolean>;
            adapter: z.ZodLiteral<"keyboard">;
            transport: z.ZodLiteral<"uinput">;
            window: z.ZodLiteral<"none">;
            device: z.ZodDefault<z.ZodString>;
            letters: z.ZodDefault<z.ZodBoolean>;
        }, z.core.$strict>], "transport">;
        nativeIdentifier: z.ZodObject<{
            card: z.ZodExactOptional<z.ZodEnum<{
                rmsDiscountCard: "rmsDiscountCard";
                iikoCardNumber: "iikoCardNumber";
                iikoCardTrack: "iikoCardTrack";
            }>>;
            coupon: z.ZodExactOptional<z.ZodEnum<{
                iikoCardCoupon: "iikoCardCoupon";
            }>>;
            phone: z.ZodExactOptional<z.ZodEnum<{
                iikoCardPhone: "iikoCardPhone";
            }>>;
        }, z.core.$strict>;
    }, z.core.$strict>, z.ZodObject<{
        expireMs: z.ZodDefault<z.ZodInt>;
        duplicateMs: z.ZodDefault<z.ZodUnion<readonly [z.ZodInt, z.ZodPipe<z.ZodEnum<{
            none: "none";
            off: "off";
        }>, z.ZodTransform<number, "none" | "off">>]>>;
        secrets: z.ZodExactOptional<z.ZodObject<{
            token: z.ZodCustom<Secret, Secret>;
        }, z.core.$strict>>;
        cashierMessage: z.ZodDefault<z.ZodEnum<{
            en: "en";
            ru: "ru";
            off: "off";
        }>>;
        watchKey: z.ZodDefault<z.ZodUnion<readonly [z.ZodPipe<z.ZodLiteral<"off">, z.ZodTransform<null, "off">>, z.ZodString]>>;
        gtin: z.ZodDefault<z.ZodEnum<{
            pass: "pass";
            claim: "claim";
        }>>;
        dataFolder: z.ZodExactOptional<z.ZodString>;
        id: z.ZodString;
        adapter: z.ZodLiteral<"iiko">;
        transport: z.ZodLiteral<"externalData">;
        key: z.ZodString;
        isPublic: z.ZodDefault<z.ZodBoolean>;
    }, z.core.$strict>, z.ZodObject<{
        expireMs: z.ZodDefault<z.ZodInt>;
        duplicateMs: z.ZodDefault<z.ZodUnion<readonly [z.ZodInt, z.ZodPipe<z.ZodEnum<{
            none: "none";
            off: "off";
        }>, z.ZodTransform<number, "none" | "off">>]>>;
        nativeIdentifier: z.ZodObject<{
            card: z.ZodExactOptional<z.ZodEnum<{
                iikoCardNumber: "iikoCardNumber";
                iikoCardTrack: "iikoCardTrack";
            }>>;
            phone: z.ZodExactOptional<z.ZodEnum<{
                iikoCardPhone: "iikoCardPhone";
            }>>;
        }, z.core.$strict>;
        readBack: z.ZodExactOptional<z.ZodObject<{
            url: z.ZodDefault<z.ZodString>;
            appId: z.ZodExactOptional<z.ZodGUID>;
            secrets: z.ZodObject<{
                clientSecret: z.ZodExactOptional<z.ZodCustom<Secret, Secret>>;
                apiKey: z.ZodExactOptional<z.ZodCustom<Secret, Secret>>;
                apiLogin: z.ZodExactOptional<z.ZodCustom<Secret, Secret>>;
            }, z.core.$strict>;
            organization: z.ZodExactOptional<z.ZodString>;
            terminalGroup: z.ZodExactOptional<z.ZodString>;
            timeoutMs: z.ZodDefault<z.ZodInt>;
        }, z.core.$strict>>;
        phone: z.ZodDefault<z.ZodEnum<{
            e164: "e164";
            asIs: "asIs";
        }>>;
        url: z.ZodDefault<z.ZodString>;
        user: z.ZodString;
        secrets: z.ZodObject<{
            password: z.ZodCustom<Secret, Secret>;
        }, z.core.$strict>;
        timeoutMs: z.ZodDefault<z.ZodInt>;
        id: z.ZodString;
        adapter: z.ZodLiteral<"iiko">;
        transport: z.ZodLiteral<"pos-server">;
    }, z.core.$strict>, z.ZodObject<{
        expireMs: z.ZodDefault<z.ZodInt>;
        duplicateMs: z.ZodDefault<z.ZodUnion<readonly [z.ZodInt, z.ZodPipe<z.ZodEnum<{
            none: "none";
            off: "off";
        }>, z.ZodTransform<number, "none" | "off">>]>>;
        nativeIdentifier: z.ZodObject<{
            card: z.ZodExactOptional<z.ZodEnum<{
                iikoCardNumber: "iikoCardNumber";
                iikoCardTrack: "iikoCardTrack";
                externalData: "externalData";
            }>>;
            coupon: z.ZodExactOptional<z.ZodEnum<{
                externalData: "externalData";
                iikoCardCoupon: "iikoCardCoupon";
            }>>;
            phone: z.ZodExactOptional<z.ZodEnum<{
                externalData: "externalData";
                iikoCardPhone: "iikoCardPhone";
            }>>;
        }, z.core.$strict>;
        order: z.ZodDefault<z.ZodUnion<readonly [z.ZodLiteral<"context">, z.ZodObject<{
            tables: z.ZodArray<z.ZodGUID>;
        }, z.core.$strict>]>>;
        guestName: z.ZodDefault<z.ZodString>;
        externalData: z.ZodExactOptional<z.ZodObject<{
            key: z.ZodString;
        }, z.core.$strict>>;
        phone: z.ZodDefault<z.ZodEnum<{
            e164: "e164";
            asIs: "asIs";
        }>>;
        url: z.ZodDefault<z.ZodString>;
        appId: z.ZodExactOptional<z.ZodGUID>;
        secrets: z.ZodObject<{
            clientSecret: z.ZodExactOptional<z.ZodCustom<Secret, Secret>>;
            apiKey: z.ZodExactOptional<z.ZodCustom<Secret, Secret>>;
            apiLogin: z.ZodExactOptional<z.ZodCustom<Secret, Secret>>;
        }, z.core.$strict>;
        organization: z.ZodExactOptional<z.ZodString>;
        terminalGroup: z.ZodExactOptional<z.ZodString>;
        timeoutMs: z.ZodDefault<z.ZodInt>;
        id: z.ZodString;
        adapter: z.ZodLiteral<"iiko">;
        transport: z.ZodLiteral<"cloud">;
    }, z.core.$strict>], "transport">, z.ZodDiscriminatedUnion<[z.ZodObject<{
        expireMs: z.ZodDefault<z.ZodInt>;
        duplicateMs: z.ZodDefault<z.ZodUnion<readonly [z.ZodInt, z.ZodPipe<z.ZodEnum<{
            none: "none";
            off: "off";
        }>, z.ZodTransform<number, "none" | "off">>]>>;
        id: z.ZodString;
        adapter: z.ZodLiteral<"rkeeper">;
        transport: z.ZodLiteral<"xml">;
        url: z.ZodString;
        user: z.ZodString;
        secrets: z.ZodObject<{
            password: z.ZodCustom<Secret, Secret>;
        }, z.core.$strict>;
        tls: z.ZodPrefault<z.ZodObject<{
            mode: z.ZodDefault<z.ZodEnum<{
                pin: "pin";
                ca: "ca";
            }>>;
            fingerprint: z.ZodExactOptional<z.ZodString>;
            ca: z.ZodExactOptional<z.ZodString>;
            legacy: z.ZodDefault<z.ZodBoolean>;
        }, z.core.$strict>>;
        station: z.ZodUnion<readonly [z.ZodObject<{
            id: z.ZodInt;
        }, z.core.$strict>, z.ZodObject<{
            code: z.ZodInt;
        }, z.core.$strict>, z.ZodObject<{
            guid: z.ZodString;
        }, z.core.$strict>]>;
        interface: z.ZodUnion<readonly [z.ZodUnion<readonly [z.ZodObject<{
            id: z.ZodInt;
        }, z.core.$strict>, z.ZodObject<{
            code: z.ZodInt;
        }, z.core.$strict>, z.ZodObject<{
            guid: z.ZodString;
        }, z.core.$strict>]>, z.ZodObject<{
            card: z.ZodExactOptional<z.ZodUnion<readonly [z.ZodObject<{
                id: z.ZodInt;
            }, z.core.$strict>, z.ZodObject<{
                code: z.ZodInt;
            }, z.core.$strict>, z.ZodObject<{
                guid: z.ZodString;
            }, z.core.$strict>]>>;
            coupon: z.ZodExactOptional<z.ZodUnion<readonly [z.ZodObject<{
                id: z.ZodInt;
            }, z.core.$strict>, z.ZodObject<{
                code: z.ZodInt;
            }, z.core.$strict>, z.ZodObject<{
                guid: z.ZodString;
            }, z.core.$strict>]>>;
            phone: z.ZodExactOptional<z.ZodUnion<readonly [z.ZodObject<{
                id: z.ZodInt;
            }, z.core.$strict>, z.ZodObject<{
                code: z.ZodInt;
            }, z.core.$strict>, z.ZodObject<{
                guid: z.ZodString;
            }, z.core.$strict>]>>;
        }, z.core.$strict>]>;
        cashier: z.ZodExactOptional<z.ZodUnion<readonly [z.ZodObject<{
            id: z.ZodInt;
        }, z.core.$strict>, z.ZodObject<{
            code: z.ZodInt;
        }, z.core.$strict>, z.ZodObject<{
            guid: z.ZodString;
        }, z.core.$strict>]>>;
        order: z.ZodUnion<readonly [z.ZodEnum<{
            context: "context";
            station: "station";
            onlyOpen: "onlyOpen";
        }>, z.ZodObject<{
            table: z.ZodUnion<readonly [z.ZodObject<{
                id: z.ZodInt;
            }, z.core.$strict>, z.ZodObject<{
                code: z.ZodInt;
            }, z.core.$strict>, z.ZodObject<{
                guid: z.ZodString;
            }, z.core.$strict>]>;
        }, z.core.$strict>, z.ZodObject<{
            waiter: z.ZodUnion<readonly [z.ZodObject<{
                id: z.ZodInt;
            }, z.core.$strict>, z.ZodObject<{
                code: z.ZodInt;
            }, z.core.$strict>, z.ZodObject<{
                guid: z.ZodString;
            }, z.core.$strict>]>;
        }, z.core.$strict>]>;
        conflict: z.ZodDefault<z.ZodEnum<{
            replace: "replace";
            reject: "reject";
        }>>;
        numbers: z.ZodPrefault<z.ZodObject<{
            length: z.ZodExactOptional<z.ZodObject<{
                card: z.ZodExactOptional<z.ZodArray<z.ZodInt>>;
                coupon: z.ZodExactOptional<z.ZodArray<z.ZodInt>>;
                phone: z.ZodExactOptional<z.ZodArray<z.ZodInt>>;
            }, z.core.$strict>>;
            numericInt64: z.ZodDefault<z.ZodBoolean>;
            reserved: z.ZodDefault<z.ZodArray<z.ZodString>>;
            phonePrefix: z.ZodDefault<z.ZodEnum<{
                asIs: "asIs";
                7: "7";
                8: "8";
            }>>;
        }, z.core.$strict>>;
        sample: z.ZodExactOptional<z.ZodObject<{
            number: z.ZodString;
            device: z.ZodDefault<z.ZodEnum<{
                BarCode: "BarCode";
                Keyboard: "Keyboard";
                MagneticCard: "MagneticCard";
                NoTouche: "NoTouche";
                Dallas: "Dallas";
            }>>;
        }, z.core.$strict>>;
        waiterMessage: z.ZodDefault<z.ZodEnum<{
            en: "en";
            ru: "ru";
            off: "off";
        }>>;
        keepReceipts: z.ZodDefault<z.ZodBoolean>;
        timeoutMs: z.ZodDefault<z.ZodInt>;
        readTimeoutMs: z.ZodDefault<z.ZodInt>;
    }, z.core.$strict>, z.ZodObject<{
        expireMs: z.ZodDefault<z.ZodInt>;
        duplicateMs: z.ZodDefault<z.ZodUnion<readonly [z.ZodInt, z.ZodPipe<z.ZodEnum<{
            none: "none";
            off: "off";
        }>, z.ZodTransform<number, "none" | "off">>]>>;
        gapMs: z.ZodDefault<z.ZodUnion<readonly [z.ZodInt, z.ZodPipe<z.ZodEnum<{
            none: "none";
            off: "off";
        }>, z.ZodTransform<number, "none" | "off">>]>>;
        backlogMs: z.ZodDefault<z.ZodUnion<readonly [z.ZodInt, z.ZodPipe<z.ZodEnum<{
            none: "none";
            off: "off";
        }>, z.ZodTransform<number, "none" | "off">>]>>;
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
        id: z.ZodString;
        adapter: z.ZodLiteral<"rkeeper">;
        transport: z.ZodLiteral<"device">;
        device: z.ZodDiscriminatedUnion<[z.ZodObject<{
            adapter: z.ZodLiteral<"virtual-com">;
            transport: z.ZodLiteral<"pty">;
            link: z.ZodString;
            mode: z.ZodExactOptional<z.ZodString>;
            group: z.ZodExactOptional<z.ZodUnion<readonly [z.ZodString, z.ZodInt]>>;
        }, z.core.$strict>, z.ZodObject<{
            requirePeer: z.ZodDefault<z.ZodEnum<{
                none: "none";
                dsr: "dsr";
                cts: "cts";
            }>>;
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
            adapter: z.ZodLiteral<"virtual-com">;
            transport: z.ZodLiteral<"port">;
            path: z.ZodString;
        }, z.core.$strict>, z.ZodObject<{
            profile: z.ZodExactOptional<z.ZodString>;
            keyDelayMs: z.ZodExactOptional<z.ZodUnion<readonly [z.ZodInt, z.ZodPipe<z.ZodEnum<{
                none: "none";
                off: "off";
            }>, z.ZodTransform<number, "none" | "off">>]>>;
            keysBefore: z.ZodExactOptional<z.ZodArray<z.ZodEnum<{
                Enter: "Enter";
                Tab: "Tab";
                Escape: "Escape";
                Backspace: "Backspace";
                F1: "F1";
                F2: "F2";
                F3: "F3";
                F4: "F4";
                F5: "F5";
                F6: "F6";
                F7: "F7";
                F8: "F8";
                F9: "F9";
                F10: "F10";
                F11: "F11";
                F12: "F12";
            }>>>;
            controls: z.ZodExactOptional<z.ZodArray<z.ZodEnum<{
                ETX: "ETX";
                STX: "STX";
                EOT: "EOT";
                FS: "FS";
                GS: "GS";
                RS: "RS";
                US: "US";
            }>>>;
            alphabet: z.ZodExactOptional<z.ZodEnum<{
                any: "any";
                digits: "digits";
                latin: "latin";
            }>>;
            markedGoods: z.ZodExactOptional<z.ZodBoolean>;
            adapter: z.ZodLiteral<"keyboard">;
            transport: z.ZodLiteral<"sendinput">;
            window: z.ZodExactOptional<z.ZodUnion<readonly [z.ZodObject<{
                title: z.ZodExactOptional<z.ZodString>;
                class: z.ZodExactOptional<z.ZodString>;
                process: z.ZodExactOptional<z.ZodString>;
            }, z.core.$strict>, z.ZodLiteral<"none">]>>;
            mode: z.ZodExactOptional<z.ZodEnum<{
                unicode: "unicode";
                vk: "vk";
            }>>;
            agent: z.ZodExactOptional<z.ZodUnion<readonly [z.ZodBoolean, z.ZodLiteral<"auto">]>>;
        }, z.core.$strict>, z.ZodObject<{
            profile: z.ZodExactOptional<z.ZodString>;
            keyDelayMs: z.ZodExactOptional<z.ZodUnion<readonly [z.ZodInt, z.ZodPipe<z.ZodEnum<{
                none: "none";
                off: "off";
            }>, z.ZodTransform<number, "none" | "off">>]>>;
            keysBefore: z.ZodExactOptional<z.ZodArray<z.ZodEnum<{
                Enter: "Enter";
                Tab: "Tab";
                Escape: "Escape";
                Backspace: "Backspace";
                F1: "F1";
                F2: "F2";
                F3: "F3";
                F4: "F4";
                F5: "F5";
                F6: "F6";
                F7: "F7";
                F8: "F8";
                F9: "F9";
                F10: "F10";
                F11: "F11";
                F12: "F12";
            }>>>;
            controls: z.ZodExactOptional<z.ZodArray<z.ZodEnum<{
                ETX: "ETX";
                STX: "STX";
                EOT: "EOT";
                FS: "FS";
                GS: "GS";
                RS: "RS";
                US: "US";
            }>>>;
            alphabet: z.ZodExactOptional<z.ZodEnum<{
                any: "any";
                digits: "digits";
                latin: "latin";
            }>>;
            markedGoods: z.ZodExactOptional<z.ZodBoolean>;
            adapter: z.ZodLiteral<"keyboard">;
            transport: z.ZodLiteral<"xtest">;
            window: z.ZodExactOptional<z.ZodUnion<readonly [z.ZodObject<{
                title: z.ZodExactOptional<z.ZodString>;
                class: z.ZodExactOptional<z.ZodString>;
                process: z.ZodExactOptional<z.ZodString>;
            }, z.core.$strict>, z.ZodLiteral<"none">]>>;
            display: z.ZodExactOptional<z.ZodString>;
            xauthority: z.ZodExactOptional<z.ZodString>;
            agent: z.ZodExactOptional<z.ZodUnion<readonly [z.ZodBoolean, z.ZodLiteral<"auto">]>>;
        }, z.core.$strict>, z.ZodObject<{
            profile: z.ZodExactOptional<z.ZodString>;
            keyDelayMs: z.ZodExactOptional<z.ZodUnion<readonly [z.ZodInt, z.ZodPipe<z.ZodEnum<{
                none: "none";
                off: "off";
            }>, z.ZodTransform<number, "none" | "off">>]>>;
            keysBefore: z.ZodExactOptional<z.ZodArray<z.ZodEnum<{
                Enter: "Enter";
                Tab: "Tab";
                Escape: "Escape";
                Backspace: "Backspace";
                F1: "F1";
                F2: "F2";
                F3: "F3";
                F4: "F4";
                F5: "F5";
                F6: "F6";
                F7: "F7";
                F8: "F8";
                F9: "F9";
                F10: "F10";
                F11: "F11";
                F12: "F12";
            }>>>;
            controls: z.ZodExactOptional<z.ZodArray<z.ZodEnum<{
                ETX: "ETX";
                STX: "STX";
                EOT: "EOT";
                FS: "FS";
                GS: "GS";
                RS: "RS";
                US: "US";
            }>>>;
            alphabet: z.ZodExactOptional<z.ZodEnum<{
                any: "any";
                digits: "digits";
                latin: "latin";
            }>>;
            markedGoods: z.ZodExactOptional<z.ZodBoolean>;
            adapter: z.ZodLiteral<"keyboard">;
            transport: z.ZodLiteral<"uinput">;
            window: z.ZodLiteral<"none">;
            device: z.ZodDefault<z.ZodString>;
            letters: z.ZodDefault<z.ZodBoolean>;
        }, z.core.$strict>], "transport">;
        numbers: z.ZodPrefault<z.ZodObject<{
            length: z.ZodExactOptional<z.ZodObject<{
                card: z.ZodExactOptional<z.ZodArray<z.ZodInt>>;
                coupon: z.ZodExactOptional<z.ZodArray<z.ZodInt>>;
                phone: z.ZodExactOptional<z.ZodArray<z.ZodInt>>;
            }, z.core.$strict>>;
            numericInt64: z.ZodDefault<z.ZodBoolean>;
            reserved: z.ZodDefault<z.ZodArray<z.ZodString>>;
            phonePrefix: z.ZodDefault<z.ZodEnum<{
                asIs: "asIs";
                7: "7";
                8: "8";
            }>>;
        }, z.core.$strict>>;
    }, z.core.$strict>, z.ZodObject<{
        expireMs: z.ZodDefault<z.ZodInt>;
        duplicateMs: z.ZodDefault<z.ZodUnion<readonly [z.ZodInt, z.ZodPipe<z.ZodEnum<{
            none: "none";
            off: "off";
        }>, z.ZodTransform<number, "none" | "off">>]>>;
        id: z.ZodString;
        adapter: z.ZodLiteral<"rkeeper">;
        transport: z.ZodLiteral<"station-script">;
        template: z.ZodPrefault<z.ZodUnion<readonly [z.ZodString, z.ZodObject<{
            card: z.ZodExactOptional<z.ZodString>;
            coupon: z.ZodExactOptional<z.ZodString>;
            phone: z.ZodExactOptional<z.ZodString>;
        }, z.core.$strict>]>>;
        numbers: z.ZodPrefault<z.ZodObject<{
            length: z.ZodExactOptional<z.ZodObject<{
                card: z.ZodExactOptional<z.ZodArray<z.ZodInt>>;
                coupon: z.ZodExactOptional<z.ZodArray<z.ZodInt>>;
                phone: z.ZodExactOptional<z.ZodArray<z.ZodInt>>;
            }, z.core.$strict>>;
            numericInt64: z.ZodDefault<z.ZodBoolean>;
            reserved: z.ZodDefault<z.ZodArray<z.ZodString>>;
            phonePrefix: z.ZodDefault<z.ZodEnum<{
                asIs: "asIs";
                7: "7";
                8: "8";
            }>>;
        }, z.core.$strict>>;
    }, z.core.$strict>, z.ZodObject<{
        expireMs: z.ZodDefault<z.ZodInt>;
        duplicateMs: z.ZodDefault<z.ZodUnion<readonly [z.ZodInt, z.ZodPipe<z.ZodEnum<{
            none: "none";
            off: "off";
        }>, z.ZodTransform<number, "none" | "off">>]>>;
        id: z.ZodString;
        adapter: z.ZodLiteral<"rkeeper">;
        transport: z.ZodLiteral<"farcards">;
        upstream: z.ZodExactOptional<z.ZodObject<{
            url: z.ZodString;
            getCardInfoEx: z.ZodDefault<z.ZodString>;
            transactionsEx: z.ZodDefault<z.ZodString>;
            findEmail: z.ZodDefault<z.ZodString>;
            timeoutMs: z.ZodDefault<z.ZodInt>;
        }, z.core.$strict>>;
        grants: z.ZodPrefault<z.ZodObject<{
            card: z.ZodExactOptional<z.ZodObject<{
                discount: z.ZodExactOptional<z.ZodInt>;
                bonus: z.ZodExactOptional<z.ZodInt>;
            }, z.core.$strict>>;
            coupon: z.ZodExactOptional<z.ZodObject<{
                discount: z.ZodExactOptional<z.ZodInt>;
                bonus: z.ZodExactOptional<z.ZodInt>;
            }, z.core.$strict>>;
            phone: z.ZodExactOptional<z.ZodObject<{
                discount: z.ZodExactOptional<z.ZodInt>;
                bonus: z.ZodExactOptional<z.ZodInt>;
            }, z.core.$strict>>;
        }, z.core.$strict>>;
        coupons: z.ZodDefault<z.ZodArray<z.ZodObject<{
            prefix: z.ZodString;
            name: z.ZodString;
            items: z.ZodArray<z.ZodObject<{
                code: z.ZodInt;
                kind: z.ZodEnum<{
                    summ: "summ";
                    percent: "percent";
                    price: "price";
                }>;
                value: z.ZodInt;
                discount: z.ZodInt;
                max: z.ZodDefault<z.ZodInt>;
            }, z.core.$strict>>;
        }, z.core.$strict>>>;
        language: z.ZodDefault<z.ZodEnum<{
            en: "en";
            ru: "ru";
        }>>;
        numbers: z.ZodPrefault<z.ZodObject<{
            length: z.ZodExactOptional<z.ZodObject<{
                card: z.ZodExactOptional<z.ZodArray<z.ZodInt>>;
                coupon: z.ZodExactOptional<z.ZodArray<z.ZodInt>>;
                phone: z.ZodExactOptional<z.ZodArray<z.ZodInt>>;
            }, z.core.$strict>>;
            numericInt64: z.ZodDefault<z.ZodBoolean>;
            reserved: z.ZodDefault<z.ZodArray<z.ZodString>>;
            phonePrefix: z.ZodDefault<z.ZodEnum<{
                asIs: "asIs";
                7: "7";
                8: "8";
            }>>;
        }, z.core.$strict>>;
        lookUpMs: z.ZodDefault<z.ZodInt>;
        keepReceipts: z.ZodDefault<z.ZodBoolean>;
    }, z.core.$strict>], "transport">, z.ZodDiscriminatedUnion<[z.ZodObject<{
        expireMs: z.ZodDefault<z.ZodInt>;
        duplicateMs: z.ZodDefault<z.ZodUnion<readonly [z.ZodInt, z.ZodPipe<z.ZodEnum<{
            none: "none";
            off: "off";
        }>, z.ZodTransform<number, "none" | "off">>]>>;
        charset: z.ZodDefault<z.ZodEnum<{
            ascii: "ascii";
            digits: "digits";
        }>>;
        gapMs: z.ZodDefault<z.ZodUnion<readonly [z.ZodInt, z.ZodPipe<z.ZodEnum<{
            none: "none";
            off: "off";
        }>, z.ZodTransform<number, "none" | "off">>]>>;
        backlogMs: z.ZodDefault<z.ZodUnion<readonly [z.ZodInt, z.ZodPipe<z.ZodEnum<{
            none: "none";
            off: "off";
        }>, z.ZodTransform<number, "none" | "off">>]>>;
        confirmMs: z.ZodDefault<z.ZodUnion<readonly [z.ZodInt, z.ZodPipe<z.ZodEnum<{
            none: "none";
            off: "off";
        }>, z.ZodTransform<number, "none" | "off">>]>>;
        aimId: z.ZodDefault<z.ZodEnum<{
            keep: "keep";
            strip: "strip";
        }>>;
        odata: z.ZodExactOptional<z.ZodObject<{
            url: z.ZodString;
            user: z.ZodString;
            secrets: z.ZodObject<{
                password: z.ZodCustom<Secret, Secret>;
            }, z.core.$strict>;
            entity: z.ZodDefault<z.ZodString>;
            field: z.ZodDefault<z.ZodString>;
            timeoutMs: z.ZodDefault<z.ZodInt>;
        }, z.core.$strict>>;
        template: z.ZodExactOptional<z.ZodUnion<readonly [z.ZodString, z.ZodObject<{
            card: z.ZodExactOptional<z.ZodString>;
            coupon: z.ZodExactOptional<z.ZodString>;
            phone: z.ZodExactOptional<z.ZodString>;
        }, z.core.$strict>]>>;
        prefix: z.ZodExactOptional<z.ZodString>;
        pad: z.ZodExactOptional<z.ZodInt>;
        track2: z.ZodExactOptional<z.ZodUnion<readonly [z.ZodBoolean, z.ZodString]>>;
        id: z.ZodString;
        adapter: z.ZodLiteral<"1c">;
        transport: z.ZodLiteral<"addin">;
        listen: z.ZodDefault<z.ZodString>;
        secrets: z.ZodObject<{
            token: z.ZodCustom<Secret, Secret>;
        }, z.core.$strict>;
    }, z.core.$strict>, z.ZodObject<{
        expireMs: z.ZodDefault<z.ZodInt>;
        duplicateMs: z.ZodDefault<z.ZodUnion<readonly [z.ZodInt, z.ZodPipe<z.ZodEnum<{
            none: "none";
            off: "off";
        }>, z.ZodTransform<number, "none" | "off">>]>>;
        charset: z.ZodDefault<z.ZodEnum<{
            ascii: "ascii";
            digits: "digits";
        }>>;
        suffix: z.ZodDefault<z.ZodEnum<{
            CR: "CR";
            CRLF: "CRLF";
        }>>;
        gapMs: z.ZodDefault<z.ZodUnion<readonly [z.ZodInt, z.ZodPipe<z.ZodEnum<{
            none: "none";
            off: "off";
        }>, z.ZodTransform<number, "none" | "off">>]>>;
        backlogMs: z.ZodDefault<z.ZodUnion<readonly [z.ZodInt, z.ZodPipe<z.ZodEnum<{
            none: "none";
            off: "off";
        }>, z.ZodTransform<number, "none" | "off">>]>>;
        odata: z.ZodExactOptional<z.ZodObject<{
            url: z.ZodString;
            user: z.ZodString;
            secrets: z.ZodObject<{
                password: z.ZodCustom<Secret, Secret>;
            }, z.core.$strict>;
            entity: z.ZodDefault<z.ZodString>;
            field: z.ZodDefault<z.ZodString>;
            timeoutMs: z.ZodDefault<z.ZodInt>;
        }, z.core.$strict>>;
        template: z.ZodExactOptional<z.ZodUnion<readonly [z.ZodString, z.ZodObject<{
            card: z.ZodExactOptional<z.ZodString>;
            coupon: z.ZodExactOptional<z.ZodString>;
            phone: z.ZodExactOptional<z.ZodString>;
        }, z.core.$strict>]>>;
        prefix: z.ZodExactOptional<z.ZodString>;
        pad: z.ZodExactOptional<z.ZodInt>;
        track2: z.ZodExactOptional<z.ZodUnion<readonly [z.ZodBoolean, z.ZodString]>>;
        id: z.ZodString;
        adapter: z.ZodLiteral<"1c">;
        transport: z.ZodLiteral<"device">;
        device: z.ZodDiscriminatedUnion<[z.ZodObject<{
            adapter: z.ZodLiteral<"virtual-com">;
            transport: z.ZodLiteral<"pty">;
            link: z.ZodString;
            mode: z.ZodExactOptional<z.ZodString>;
            group: z.ZodExactOptional<z.ZodUnion<readonly [z.ZodString, z.ZodInt]>>;
        }, z.core.$strict>, z.ZodObject<{
            requirePeer: z.ZodDefault<z.ZodEnum<{
                none: "none";
                dsr: "dsr";
                cts: "cts";
            }>>;
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
            adapter: z.ZodLiteral<"virtual-com">;
            transport: z.ZodLiteral<"port">;
            path: z.ZodString;
        }, z.core.$strict>, z.ZodObject<{
            profile: z.ZodExactOptional<z.ZodString>;
            keyDelayMs: z.ZodExactOptional<z.ZodUnion<readonly [z.ZodInt, z.ZodPipe<z.ZodEnum<{
                none: "none";
                off: "off";
            }>, z.ZodTransform<number, "none" | "off">>]>>;
            keysBefore: z.ZodExactOptional<z.ZodArray<z.ZodEnum<{
                Enter: "Enter";
                Tab: "Tab";
                Escape: "Escape";
                Backspace: "Backspace";
                F1: "F1";
                F2: "F2";
                F3: "F3";
                F4: "F4";
                F5: "F5";
                F6: "F6";
                F7: "F7";
                F8: "F8";
                F9: "F9";
                F10: "F10";
                F11: "F11";
                F12: "F12";
            }>>>;
            controls: z.ZodExactOptional<z.ZodArray<z.ZodEnum<{
                ETX: "ETX";
                STX: "STX";
                EOT: "EOT";
                FS: "FS";
                GS: "GS";
                RS: "RS";
                US: "US";
            }>>>;
            alphabet: z.ZodExactOptional<z.ZodEnum<{
                any: "any";
                digits: "digits";
                latin: "latin";
            }>>;
            markedGoods: z.ZodExactOptional<z.ZodBoolean>;
            adapter: z.ZodLiteral<"keyboard">;
            transport: z.ZodLiteral<"sendinput">;
            window: z.ZodExactOptional<z.ZodUnion<readonly [z.ZodObject<{
                title: z.ZodExactOptional<z.ZodString>;
                class: z.ZodExactOptional<z.ZodString>;
                process: z.ZodExactOptional<z.ZodString>;
            }, z.core.$strict>, z.ZodLiteral<"none">]>>;
            mode: z.ZodExactOptional<z.ZodEnum<{
                unicode: "unicode";
                vk: "vk";
            }>>;
            agent: z.ZodExactOptional<z.ZodUnion<readonly [z.ZodBoolean, z.ZodLiteral<"auto">]>>;
        }, z.core.$strict>, z.ZodObject<{
            profile: z.ZodExactOptional<z.ZodString>;
            keyDelayMs: z.ZodExactOptional<z.ZodUnion<readonly [z.ZodInt, z.ZodPipe<z.ZodEnum<{
                none: "none";
                off: "off";
            }>, z.ZodTransform<number, "none" | "off">>]>>;
            keysBefore: z.ZodExactOptional<z.ZodArray<z.ZodEnum<{
                Enter: "Enter";
                Tab: "Tab";
                Escape: "Escape";
                Backspace: "Backspace";
                F1: "F1";
                F2: "F2";
                F3: "F3";
                F4: "F4";
                F5: "F5";
                F6: "F6";
                F7: "F7";
                F8: "F8";
                F9: "F9";
                F10: "F10";
                F11: "F11";
                F12: "F12";
            }>>>;
            controls: z.ZodExactOptional<z.ZodArray<z.ZodEnum<{
                ETX: "ETX";
                STX: "STX";
                EOT: "EOT";
                FS: "FS";
                GS: "GS";
                RS: "RS";
                US: "US";
            }>>>;
            alphabet: z.ZodExactOptional<z.ZodEnum<{
                any: "any";
                digits: "digits";
                latin: "latin";
            }>>;
            markedGoods: z.ZodExactOptional<z.ZodBoolean>;
            adapter: z.ZodLiteral<"keyboard">;
            transport: z.ZodLiteral<"xtest">;
            window: z.ZodExactOptional<z.ZodUnion<readonly [z.ZodObject<{
                title: z.ZodExactOptional<z.ZodString>;
                class: z.ZodExactOptional<z.ZodString>;
                process: z.ZodExactOptional<z.ZodString>;
            }, z.core.$strict>, z.ZodLiteral<"none">]>>;
            display: z.ZodExactOptional<z.ZodString>;
            xauthority: z.ZodExactOptional<z.ZodString>;
            agent: z.ZodExactOptional<z.ZodUnion<readonly [z.ZodBoolean, z.ZodLiteral<"auto">]>>;
        }, z.core.$strict>, z.ZodObject<{
            profile: z.ZodExactOptional<z.ZodString>;
            keyDelayMs: z.ZodExactOptional<z.ZodUnion<readonly [z.ZodInt, z.ZodPipe<z.ZodEnum<{
                none: "none";
                off: "off";
            }>, z.ZodTransform<number, "none" | "off">>]>>;
            keysBefore: z.ZodExactOptional<z.ZodArray<z.ZodEnum<{
                Enter: "Enter";
                Tab: "Tab";
                Escape: "Escape";
                Backspace: "Backspace";
                F1: "F1";
                F2: "F2";
                F3: "F3";
                F4: "F4";
                F5: "F5";
                F6: "F6";
                F7: "F7";
                F8: "F8";
                F9: "F9";
                F10: "F10";
                F11: "F11";
                F12: "F12";
            }>>>;
            controls: z.ZodExactOptional<z.ZodArray<z.ZodEnum<{
                ETX: "ETX";
                STX: "STX";
                EOT: "EOT";
                FS: "FS";
                GS: "GS";
                RS: "RS";
                US: "US";
            }>>>;
            alphabet: z.ZodExactOptional<z.ZodEnum<{
                any: "any";
                digits: "digits";
                latin: "latin";
            }>>;
            markedGoods: z.ZodExactOptional<z.ZodBoolean>;
            adapter: z.ZodLiteral<"keyboard">;
            transport: z.ZodLiteral<"uinput">;
            window: z.ZodLiteral<"none">;
            device: z.ZodDefault<z.ZodString>;
            letters: z.ZodDefault<z.ZodBoolean>;
        }, z.core.$strict>], "transport">;
    }, z.core.$strict>], "transport">, z.ZodObject<{
        expireMs: z.ZodDefault<z.ZodInt>;
        duplicateMs: z.ZodDefault<z.ZodUnion<readonly [z.ZodInt, z.ZodPipe<z.ZodEnum<{
            none: "none";
            off: "off";
        }>, z.ZodTransform<number, "none" | "off">>]>>;
        package: z.ZodString;
        options: z.ZodDefault<z.ZodRecord<z.ZodString, z.ZodUnknown>>;
        secrets: z.ZodDefault<z.ZodRecord<z.ZodString, z.ZodCustom<Secret, Secret>>>;
        grant: z.ZodDefault<z.ZodArray<z.ZodEnum<{
            addons: "addons";
            "child-process": "child-process";
            worker: "worker";
            wasi: "wasi";
        }>>>;
        found: z.ZodExactOptional<z.ZodCustom<LocatedPlugin, LocatedPlugin>>;
        id: z.ZodString;
        adapter: z.ZodLiteral<"plugin">;
    }, z.core.$strict>], "adapter">>;
    routes: z.ZodDefault<z.ZodArray<z.ZodObject<{
        readers: z.ZodArray<z.ZodString>;
        till: z.ZodString;
        goods: z.ZodExactOptional<z.ZodString>;
    }, z.core.$strict>>>;
    api: z.ZodPrefault<z.ZodUnion<readonly [z.ZodObject<{
        host: z.ZodDefault<z.ZodString>;
        port: z.ZodDefault<z.ZodInt>;
        origins: z.ZodDefault<z.ZodArray<z.ZodString>>;
        console: z.ZodDefault<z.ZodBoolean>;
    }, z.core.$strict>, z.ZodPipe<z.ZodEnum<{
        none: "none";
        off: "off";
    }>, z.ZodTransform<"off", "none" | "off">>]>>;
    stations: z.ZodPrefault<z.ZodUnion<readonly [z.ZodObject<{
        listen: z.ZodString;
        tls: z.ZodExactOptional<z.ZodObject<{
            cert: z.ZodString;
            key: z.ZodString;
        }, z.core.$strict>>;
        peers: z.ZodArray<z.ZodObject<{
            id: z.ZodString;
            till: z.ZodString;
            allow: z.ZodArray<z.ZodString>;
            secrets: z.ZodObject<{
                token: z.ZodCustom<Secret, Secret>;
            }, z.core.$strict>;
        }, z.core.$strict>>;
    }, z.core.$strict>, z.ZodPipe<z.ZodEnum<{
        none: "none";
        off: "off";
    }>, z.ZodTransform<"off", "none" | "off">>]>>;
    receipts: z.ZodPrefault<z.ZodObject<{
        mode: z.ZodDefault<z.ZodEnum<{
            off: "off";
            report: "report";
        }>>;
        iKnowTheTillDoesNotReport: z.ZodDefault<z.ZodBoolean>;
    }, z.core.$strict>>;
    journal: z.ZodPrefault<z.ZodObject<{
        keepDays: z.ZodDefault<z.ZodInt>;
    }, z.core.$strict>>;
    log: z.ZodPrefault<z.ZodObject<{
        level: z.ZodDefault<z.ZodEnum<{
            error: "error";
            debug: "debug";
            info: "info";
            warn: "warn";
        }>>;
        file: z.ZodDefault<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNull]>, z.ZodTransform<string | null, string | null>>>;
    }, z.core.$strict>>;
}, z.core.$strict>;
type DeepReadonly<T> = unknown extends T ? T : T extends Secret | LocatedPlugin | string | number | boolean | null | undefined ? T : T extends readonly (infer Item)[] ? readonly DeepReadonly<Item>[] : {
    readonly [Key in keyof T]: DeepReadonly<T[Key]>;
};
/** A valid configuration with every default filled in. */
export type Config = DeepReadonly<z.output<typeof configSchema>>;
export type ReaderConfig = Config['readers'][number];
export type SerialReaderConfig = Extract<ReaderConfig, {
    type: 'serial';
}>;
export type HidReaderConfig = Extract<ReaderConfig, {
    type: 'hid';
}>;
export type KeyboardReaderConfig = Extract<ReaderConfig, {
    type: 'keyboard';
}>;
export type NfcReaderConfig = Extract<ReaderConfig, {
    type: 'nfc';
}>;
export type MobileReaderConfig = Extract<ReaderConfig, {
    type: 'mobile';
}>;
export type TillReaderConfig = Extract<ReaderConfig, {
    type: 'till';
}>;
export type TcpReaderConfig = Extract<ReaderConfig, {
    type: 'tcp';
}>;
export type CodeConfig = Config['codes'][number];
export type TranslatorConfig = Config['translators'][number];
export type SyncConfig = Config['sync'][number];
export type RotatingConfig = Extract<TranslatorConfig, {
    type: 'rotating';
}>;
export type TillConfig = Config['tills'][number];
export type VirtualComConfig = Extract<TillConfig, {
    adapter: 'virtual-com';
}>;
export type KeyboardConfig = Extract<TillConfig, {
    adapter: 'keyboard';
}>;
export type ClientConfig = Extract<TillConfig, {
    adapter: 'client';
}>;
export type IikoConfig = Extract<TillConfig, {
    adapter: 'iiko';
}>;
export type RkeeperConfig = Extract<TillConfig, {
    adapter: 'rkeeper';
}>;
export type OnecConfig = Extract<TillConfig, {
    adapter: '1c';
}>;
export type WebhookConfig = Extract<TillConfig, {
    adapter: 'webhook';
}>;
export type PluginReaderConfig = Extract<ReaderConfig, {
    type: 'plugin';
}>;
export type PluginTranslatorConfig = Extract<TranslatorConfig, {
    type: 'plugin';
}>;
export type PluginTillConfig = Extract<TillConfig, {
    adapter: 'plugin';
}>;
export type RouteConfig = Config['routes'][number];
export type ApiConfig = Config['api'];
export type StationsConfig = Exclude<Config['stations'], 'off'>;
export type LogConfig = Config['log'];
export {};
