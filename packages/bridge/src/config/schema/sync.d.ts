import { z } from 'zod';
/** How a server that only hands documents out is reached. */
export declare const documentSource: {
    readonly url: z.ZodString;
    readonly allowInsecureLan: z.ZodDefault<z.ZodBoolean>;
    readonly caFile: z.ZodExactOptional<z.ZodString>;
    readonly user: z.ZodExactOptional<z.ZodString>;
    readonly header: z.ZodExactOptional<z.ZodString>;
    readonly secrets: z.ZodDefault<z.ZodObject<{
        password: z.ZodExactOptional<z.ZodCustom<import("@tillbridge/core").Secret, import("@tillbridge/core").Secret>>;
        token: z.ZodExactOptional<z.ZodCustom<import("@tillbridge/core").Secret, import("@tillbridge/core").Secret>>;
    }, z.core.$strict>>;
};
export declare const syncJob: z.ZodDiscriminatedUnion<[z.ZodObject<{
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
        password: z.ZodExactOptional<z.ZodCustom<import("@tillbridge/core").Secret, import("@tillbridge/core").Secret>>;
        token: z.ZodExactOptional<z.ZodCustom<import("@tillbridge/core").Secret, import("@tillbridge/core").Secret>>;
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
        password: z.ZodExactOptional<z.ZodCustom<import("@tillbridge/core").Secret, import("@tillbridge/core").Secret>>;
        token: z.ZodExactOptional<z.ZodCustom<import("@tillbridge/core").Secret, import("@tillbridge/core").Secret>>;
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
        id: z.ZodCustom<import("@tillbridge/core").Secret, import("@tillbridge/core").Secret>;
        key: z.ZodCustom<import("@tillbridge/core").Secret, import("@tillbridge/core").Secret>;
    }, z.core.$strict>;
    number: z.ZodDefault<z.ZodString>;
    template: z.ZodExactOptional<z.ZodString>;
    maxPages: z.ZodDefault<z.ZodInt>;
}, z.core.$strict>], "type">;
