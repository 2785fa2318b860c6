import { z } from 'zod';
export declare const iikoCloudTill: z.ZodObject<{
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
}, z.core.$strict>;
export declare const iikoPosServerTill: z.ZodObject<{
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
}, z.core.$strict>;
