import { z } from 'zod';
import { requestSchema, templateText } from './request-schema.js';
import { FORMATS, conditionsOnly, pathText } from './response-schema.js';

const headerName = z.string().regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/);

export const authSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('none') }),
  z.strictObject({ type: z.literal('header'), name: headerName, value: templateText }),
  z.strictObject({ type: z.literal('basic'), user: templateText, password: templateText }),
  z.strictObject({ type: z.literal('digest'), user: templateText, password: templateText }),
  z.strictObject({ type: z.literal('bearer'), token: templateText }),
  z.strictObject({
    type: z.literal('login'),
    request: requestSchema.describe('The request that gives the token.'),
    format: z.enum(FORMATS).default('json'),
    token: pathText.describe('Where the token stands in its answer.'),
    expires: z
      .strictObject({ path: pathText, unit: z.enum(['epochSeconds', 'epochMs', 'ttlSeconds', 'ttlMs', 'iso']) })
      .exactOptional()
      .describe('Where its end of life stands.'),
    lifeMs: z.int().min(1000).max(86_400_000).default(600_000).describe('Life of a token whose answer names none, in ms.'),
    use: z.discriminatedUnion('in', [
      z.strictObject({ in: z.literal('header'), name: headerName, value: templateText }),
      z.strictObject({ in: z.literal('query'), name: z.string().min(1).max(100) }),
    ]).describe('How requests carry it: a header whose template names {{token}}, or a query parameter.'),
    refreshOn: z.array(conditionsOnly).max(10).default([{ http: 401 }]).describe('Answers that mean that the token is too old: one new login, one repeat.'),
  }),
]);
export type AuthDefinition = z.infer<typeof authSchema>;
