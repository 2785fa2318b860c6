import { z } from 'zod';
export declare const translator: z.ZodDiscriminatedUnion<[z.ZodObject<{
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
    secrets: z.ZodDefault<z.ZodRecord<z.ZodString, z.ZodCustom<import("@tillbridge/core").Secret, import("@tillbridge/core").Secret>>>;
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
            password: z.ZodExactOptional<z.ZodCustom<import("@tillbridge/core").Secret, import("@tillbridge/core").Secret>>;
            token: z.ZodExactOptional<z.ZodCustom<import("@tillbridge/core").Secret, import("@tillbridge/core").Secret>>;
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
    secrets: z.ZodDefault<z.ZodRecord<z.ZodString, z.ZodCustom<import("@tillbridge/core").Secret, import("@tillbridge/core").Secret>>>;
    grant: z.ZodDefault<z.ZodArray<z.ZodEnum<{
        addons: "addons";
        "child-process": "child-process";
        worker: "worker";
        wasi: "wasi";
    }>>>;
    found: z.ZodExactOptional<z.ZodCustom<import("@tillbridge/plugin/manifest").LocatedPlugin, import("@tillbridge/plugin/manifest").LocatedPlugin>>;
    type: z.ZodLiteral<"plugin">;
    codes: z.ZodExactOptional<z.ZodArray<z.ZodString>>;
    timeoutMs: z.ZodDefault<z.ZodInt>;
}, z.core.$strict>], "type">;
/** Translator types of the product that this version does not have. */
export declare const LATER_TRANSLATORS: readonly string[];
export declare const reactions: z.ZodPrefault<z.ZodObject<{
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
