import { z } from 'zod';
/** `192.168.1.20` or `192.168.1.0/24`, IPv4 or IPv6. */
export declare function isCidr(text: string): boolean;
export declare const stations: z.ZodPrefault<z.ZodUnion<readonly [z.ZodObject<{
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
            token: z.ZodCustom<import("@tillbridge/core").Secret, import("@tillbridge/core").Secret>;
        }, z.core.$strict>;
    }, z.core.$strict>>;
}, z.core.$strict>, z.ZodPipe<z.ZodEnum<{
    none: "none";
    off: "off";
}>, z.ZodTransform<"off", "none" | "off">>]>>;
