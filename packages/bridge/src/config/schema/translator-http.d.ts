import { z } from 'zod';
type Some<Shape extends z.ZodRawShape> = {
    [Name in keyof Shape]?: Exclude<z.output<Shape[Name]>, undefined>;
};
export declare const httpTranslator: z.ZodObject<{
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
    limits: z.ZodExactOptional<z.ZodType<Some<{
        connectMs: z.ZodDefault<z.ZodInt>;
        totalMs: z.ZodDefault<z.ZodInt>;
        maxBodyBytes: z.ZodDefault<z.ZodInt>;
        concurrent: z.ZodDefault<z.ZodInt>;
        perSecond: z.ZodExactOptional<z.ZodNumber>;
        burst: z.ZodExactOptional<z.ZodInt>;
        waiting: z.ZodDefault<z.ZodInt>;
    }>, Some<{
        connectMs: z.ZodDefault<z.ZodInt>;
        totalMs: z.ZodDefault<z.ZodInt>;
        maxBodyBytes: z.ZodDefault<z.ZodInt>;
        concurrent: z.ZodDefault<z.ZodInt>;
        perSecond: z.ZodExactOptional<z.ZodNumber>;
        burst: z.ZodExactOptional<z.ZodInt>;
        waiting: z.ZodDefault<z.ZodInt>;
    }>, z.core.$ZodTypeInternals<Some<{
        connectMs: z.ZodDefault<z.ZodInt>;
        totalMs: z.ZodDefault<z.ZodInt>;
        maxBodyBytes: z.ZodDefault<z.ZodInt>;
        concurrent: z.ZodDefault<z.ZodInt>;
        perSecond: z.ZodExactOptional<z.ZodNumber>;
        burst: z.ZodExactOptional<z.ZodInt>;
        waiting: z.ZodDefault<z.ZodInt>;
    }>, Some<{
        connectMs: z.ZodDefault<z.ZodInt>;
        totalMs: z.ZodDefault<z.ZodInt>;
        maxBodyBytes: z.ZodDefault<z.ZodInt>;
        concurrent: z.ZodDefault<z.ZodInt>;
        perSecond: z.ZodExactOptional<z.ZodNumber>;
        burst: z.ZodExactOptional<z.ZodInt>;
        waiting: z.ZodDefault<z.ZodInt>;
    }>>>>;
    cache: z.ZodExactOptional<z.ZodType<Some<{
        foundMs: z.ZodDefault<z.ZodInt>;
        notFoundMs: z.ZodDefault<z.ZodInt>;
        blockedMs: z.ZodDefault<z.ZodInt>;
        phoneMs: z.ZodDefault<z.ZodInt>;
        staleMs: z.ZodDefault<z.ZodInt>;
    }>, Some<{
        foundMs: z.ZodDefault<z.ZodInt>;
        notFoundMs: z.ZodDefault<z.ZodInt>;
        blockedMs: z.ZodDefault<z.ZodInt>;
        phoneMs: z.ZodDefault<z.ZodInt>;
        staleMs: z.ZodDefault<z.ZodInt>;
    }>, z.core.$ZodTypeInternals<Some<{
        foundMs: z.ZodDefault<z.ZodInt>;
        notFoundMs: z.ZodDefault<z.ZodInt>;
        blockedMs: z.ZodDefault<z.ZodInt>;
        phoneMs: z.ZodDefault<z.ZodInt>;
        staleMs: z.ZodDefault<z.ZodInt>;
    }>, Some<{
        foundMs: z.ZodDefault<z.ZodInt>;
        notFoundMs: z.ZodDefault<z.ZodInt>;
        blockedMs: z.ZodDefault<z.ZodInt>;
        phoneMs: z.ZodDefault<z.ZodInt>;
        staleMs: z.ZodDefault<z.ZodInt>;
    }>>>>;
    retry: z.ZodExactOptional<z.ZodType<Some<{
        on: z.ZodDefault<z.ZodArray<z.ZodEnum<{
            network: "network";
            "5xx": "5xx";
        }>>>;
        times: z.ZodDefault<z.ZodInt>;
    }>, Some<{
        on: z.ZodDefault<z.ZodArray<z.ZodEnum<{
            network: "network";
            "5xx": "5xx";
        }>>>;
        times: z.ZodDefault<z.ZodInt>;
    }>, z.core.$ZodTypeInternals<Some<{
        on: z.ZodDefault<z.ZodArray<z.ZodEnum<{
            network: "network";
            "5xx": "5xx";
        }>>>;
        times: z.ZodDefault<z.ZodInt>;
    }>, Some<{
        on: z.ZodDefault<z.ZodArray<z.ZodEnum<{
            network: "network";
            "5xx": "5xx";
        }>>>;
        times: z.ZodDefault<z.ZodInt>;
    }>>>>;
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
    response: z.ZodExactOptional<z.ZodType<Some<{
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
    }>, Some<{
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
    }>, z.core.$ZodTypeInternals<Some<{
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
    }>, Some<{
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
    }>>>>;
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
}, z.core.$strict>;
export {};
