import { z } from 'zod';
declare const iiko: z.ZodLiteral<"iiko">;
/** What waiters' terminals of the vendor's partner write their scans to (its documentation of external loyalty). */
export declare const WAITER_KEY = "arbus.iikowaiter.checkinscannedvalue";
/** The iikoCard POS server, on the till or on the main till. */
export declare const posServer: z.ZodObject<{
    url: z.ZodDefault<z.ZodString>;
    user: z.ZodString;
    secrets: z.ZodObject<{
        password: z.ZodCustom<import("@tillbridge/core").Secret, import("@tillbridge/core").Secret>;
    }, z.core.$strict>;
    timeoutMs: z.ZodDefault<z.ZodInt>;
}, z.core.$strict>;
export declare const iikoFrontTill: z.ZodObject<{
    expireMs: z.ZodDefault<z.ZodInt>;
    duplicateMs: z.ZodDefault<z.ZodUnion<readonly [z.ZodInt, z.ZodPipe<z.ZodEnum<{
        none: "none";
        off: "off";
    }>, z.ZodTransform<number, "none" | "off">>]>>;
    secrets: z.ZodExactOptional<z.ZodObject<{
        token: z.ZodCustom<import("@tillbridge/core").Secret, import("@tillbridge/core").Secret>;
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
            password: z.ZodCustom<import("@tillbridge/core").Secret, import("@tillbridge/core").Secret>;
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
}, z.core.$strict>;
export declare const iikoExternalDataTill: z.ZodObject<{
    expireMs: z.ZodDefault<z.ZodInt>;
    duplicateMs: z.ZodDefault<z.ZodUnion<readonly [z.ZodInt, z.ZodPipe<z.ZodEnum<{
        none: "none";
        off: "off";
    }>, z.ZodTransform<number, "none" | "off">>]>>;
    secrets: z.ZodExactOptional<z.ZodObject<{
        token: z.ZodCustom<import("@tillbridge/core").Secret, import("@tillbridge/core").Secret>;
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
}, z.core.$strict>;
export declare const iikoDeviceTill: z.ZodObject<{
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
}, z.core.$strict>;
export { iiko as iikoAdapter };
