import { z } from 'zod';

/** How a closed receipt is reported to the platform. */
export const reportSchema = z.strictObject({});
export type ReportDefinition = z.infer<typeof reportSchema>;
