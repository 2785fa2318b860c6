import { z } from 'zod';
declare const rkeeper: z.ZodLiteral<"rkeeper">;
/** What a number must be like; the same for every transport. */
declare const numbers: z.ZodPrefault<z.ZodObject<{
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
export declare const rkeeperXmlTill: z.ZodObject<{
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
}, z.core.$strict>;
export declare const rkeeperDeviceTill: z.ZodObject<{
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
}, z.core.$strict>;
export declare const rkeeperScriptTill: z.ZodObject<{
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
}, z.core.$strict>;
export declare const rkeeperFarcardsTill: z.ZodObject<{
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
}, z.core.$strict>;
export { numbers as rkeeperNumbers, rkeeper as rkeeperAdapter };
