import { z } from 'zod';
import { requestSchema, templateText } from './request-schema.js';
import { FORMATS, conditionsOnly, pathText } from './response-schema.js';

const headerName = z.string().regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/);

export const authSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('none').describe('Nobody has to log in.') }),
  z.strictObject({ type: z.literal('header').describe('A header with a key.'), name: headerName.describe('Name of the header.'), value: templateText.describe('Template of its value, such as {{secrets.key}}.') }),
  z.strictObject({ type: z.literal('basic').describe('HTTP Basic.'), user: templateText.describe('Template of the user.'), password: templateText.describe('Template of the password.') }),
  z.strictObject({ type: z.literal('digest').describe('HTTP Digest (RFC 7616).'), user: templateText.describe('Template of the user.'), password: templateText.describe('Template of the password.') }),
  z.strictObject({ type: z.literal('bearer').describe('Authorization: Bearer.'), token: templateText.describe('Template of the token.') }),
  z.strictObject({
    type: z.literal('login').describe('A request of its own gives a token.'),
    request: requestSchema.describe('The request that gives the token.'),
    format: z.enum(FORMATS).default('json').describe('How its answer is written.'),
    token: pathText.describe('Where the token stands in its answer.'),
    expires: z
      .strictObject({ path: pathText.describe('Place in its answer.'), unit: z.enum(['epochSeconds', 'epochMs', 'ttlSeconds', 'ttlMs', 'iso']).describe('What stands there: a moment, or how long it lives.') })
      .exactOptional()
      .describe('Where its end of life stands.'),
    lifeMs: z.int().min(1000).max(86_400_000).default(600_000).describe('Life of a token whose answer names none, in ms.'),
    use: z.discriminatedUnion('in', [
      z.strictObject({ in: z.literal('header').describe('In a header.'), name: headerName.describe('Name of the header.'), value: templateText.describe('Template of its value, with {{token}}.') }),
      z.strictObject({ in: z.literal('query').describe('In the address.'), name: z.string().min(1).max(100).describe('Name of the parameter.') }),
    ]).describe('How requests carry it: a header whose template names {{token}}, or a query parameter.'),
    refreshOn: z.array(conditionsOnly).max(10).default([{ http: 401 }]).describe('Answers that mean that the token is too old: one new login, one repeat.'),
  }),
]);
export type AuthDefinition = z.infer<typeof authSchema>;
