import { z } from 'zod';
export declare const webhookTill: z.ZodObject<{
    expireMs: z.ZodDefault<z.ZodInt>;
    duplicateMs: z.ZodDefault<z.ZodUnion<readonly [z.ZodInt, z.ZodPipe<z.ZodEnum<{
        none: "none";
        off: "off";
    }>, z.ZodTransform<number, "none" | "off">>]>>;
    id: z.ZodString;
    adapter: z.ZodLiteral<"webhook">;
    url: z.ZodString;
    secrets: z.ZodObject<{
        key: z.ZodCustom<import("@tillbridge/core").Secret, import("@tillbridge/core").Secret>;
    }, z.core.$strict>;
    timeoutMs: z.ZodDefault<z.ZodInt>;
}, z.core.$strict>;
export declare const clientTill: z.ZodObject<{
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
}, z.core.$strict>;
export declare const till: z.ZodDiscriminatedUnion<[z.ZodDiscriminatedUnion<[z.ZodObject<{
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
        key: z.ZodCustom<import("@tillbridge/core").Secret, import("@tillbridge/core").Secret>;
    }, z.core.$strict>;
    timeoutMs: z.ZodDefault<z.ZodInt>;
}, z.core.$strict>, z.ZodDiscriminatedUnion<[z.ZodObject<{
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
            clientSecret: z.ZodExactOptional<z.ZodCustom<import("@tillbridge/core").Secret, import("@tillbridge/core").Secret>>;
            apiKey: z.ZodExactOptional<z.ZodCustom<import("@tillbridge/core").Secret, import("@tillbridge/core").Secret>>;
            apiLogin: z.ZodExactOptional<z.ZodCustom<import("@tillbridge/core").Secret, import("@tillbridge/core").Secret>>;
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
        password: z.ZodCustom<import("@tillbridge/core").Secret, import("@tillbridge/core").Secret>;
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
        clientSecret: z.ZodExactOptional<z.ZodCustom<import("@tillbridge/core").Secret, import("@tillbridge/core").Secret>>;
        apiKey: z.ZodExactOptional<z.ZodCustom<import("@tillbridge/core").Secret, import("@tillbridge/core").Secret>>;
        apiLogin: z.ZodExactOptional<z.ZodCustom<import("@tillbridge/core").Secret, import("@tillbridge/core").Secret>>;
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
        password: z.ZodCustom<import("@tillbridge/core").Secret, import("@tillbridge/core").Secret>;
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
            password: z.ZodCustom<import("@tillbridge/core").Secret, import("@tillbridge/core").Secret>;
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
        token: z.ZodCustom<import("@tillbridge/core").Secret, import("@tillbridge/core").Secret>;
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
            password: z.ZodCustom<import("@tillbridge/core").Secret, import("@tillbridge/core").Secret>;
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
    secrets: z.ZodDefault<z.ZodRecord<z.ZodString, z.ZodCustom<import("@tillbridge/core").Secret, import("@tillbridge/core").Secret>>>;
    grant: z.ZodDefault<z.ZodArray<z.ZodEnum<{
        addons: "addons";
        "child-process": "child-process";
        worker: "worker";
        wasi: "wasi";
    }>>>;
    found: z.ZodExactOptional<z.ZodCustom<import("@tillbridge/plugin/manifest").LocatedPlugin, import("@tillbridge/plugin/manifest").LocatedPlugin>>;
    id: z.ZodString;
    adapter: z.ZodLiteral<"plugin">;
}, z.core.$strict>], "adapter">;
/** Adapters of the product that this version does not have. */
export declare const LATER_ADAPTERS: readonly string[];
