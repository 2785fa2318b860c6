import { z } from 'zod';
/** Settings of a serial port, as its device's manual names them. */
export declare const portSettings: {
    baudRate: z.ZodDefault<z.ZodInt>;
    dataBits: z.ZodDefault<z.ZodLiteral<7 | 6 | 8 | 5>>;
    parity: z.ZodDefault<z.ZodEnum<{
        none: "none";
        even: "even";
        odd: "odd";
        mark: "mark";
        space: "space";
    }>>;
    stopBits: z.ZodDefault<z.ZodLiteral<1 | 2 | 1.5>>;
    rtscts: z.ZodDefault<z.ZodBoolean>;
};
