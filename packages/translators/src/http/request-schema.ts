import { z } from 'zod';

/** A text with `{{name|filter}}` in it; see `template.ts` for names and filters. */
export const templateText = z.string().max(20_000);

/** JSON whose texts are templates. A member of one optional placeholder (`{{vars.point?}}`) is left out where the value is missing. */
export type JsonTemplate = string | number | boolean | null | readonly JsonTemplate[] | { readonly [name: string]: JsonTemplate };

export const jsonTemplate: z.ZodType<JsonTemplate, JsonTemplate> = z.lazy(() =>
  z.union([z.string().max(20_000), z.number(), z.boolean(), z.null(), z.array(jsonTemplate).max(200), z.record(z.string().max(200), jsonTemplate)]),
);

/** A header name as RFC 9110 has it. */
const headerName = z.string().regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/);

const pairs = z.record(z.string().min(1).max(200), templateText);

/** One request to the platform. At most one of `json`, `xml` and `form`. */
export const requestSchema = z
  .strictObject({
    method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']).exactOptional().describe('Default: POST with a body, else GET.'),
    path: z.string().min(1).max(2000).regex(/^\//).describe('Template of the path below `baseUrl`, beginning with a slash; values are percent-encoded.'),
    query: pairs.exactOptional().describe('Parameters of the address; values are percent-encoded, a plus too.'),
    headers: z.record(headerName, templateText).exactOptional().describe('Headers. A value with a line break refuses the request.'),
    json: jsonTemplate.exactOptional().describe('JSON body; texts in it are templates.'),
    xml: templateText.exactOptional().describe('XML body; values are escaped.'),
    form: pairs.exactOptional().describe('Form body (application/x-www-form-urlencoded).'),
    contentType: z.string().min(3).max(200).exactOptional().describe('Content-Type where it is not the usual one of the body.'),
    idempotent: z.boolean().exactOptional().describe('Whether it may be sent again after a lost answer; default true for look-ups.'),
  })
  .refine(({ json, xml, form }) => [json, xml, form].filter((body) => body !== undefined).length <= 1, { error: 'only one of json, xml and form' });

export type RequestDefinition = z.infer<typeof requestSchema>;
