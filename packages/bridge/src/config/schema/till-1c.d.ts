import { z } from 'zod';
export declare const onecAddinTill: z.ZodObject<{
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
}, z.core.$strict>;
export declare const onecDeviceTill: z.ZodObject<{
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
}, z.core.$strict>;
