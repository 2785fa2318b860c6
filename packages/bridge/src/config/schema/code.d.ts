import { z } from 'zod';
export declare const code: z.ZodObject<{
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
}, z.core.$strict>;
