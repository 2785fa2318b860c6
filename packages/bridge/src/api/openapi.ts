import { z } from 'zod';
import { defineCall, ok, type Access, type Call } from '../control/http.js';
import { productVersion } from '../version.js';

type Json = Readonly<Record<string, unknown>>;

const errorSchema = z.object({
  error: z.object({
    code: z.string().describe('TB_..., see the page of errors.'),
    message: z.string(),
    retryable: z.boolean().describe('Whether the same call can succeed later without anybody changing anything.'),
    details: z.record(z.string(), z.unknown()),
  }),
});

/** `/openapi.json`: made of the same schemas that check every request. */
export function openApiCall(calls: readonly Call[]): Call {
  const self: Call = defineCall({
    method: 'GET',
    path: '/openapi.json',
    summary: 'This description.',
    access: 'public',
    answers: { 200: z.looseObject({ openapi: z.string() }) },
    handler: () => ok(openApiDocument([...calls, self])),
  });
  return self;
}

/** OpenAPI 3.1 of the calls that clients can reach. */
export function openApiDocument(calls: readonly Call[]): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const call of calls) {
    if (call.access === 'control') continue;
    const path = call.path.replace(/:(\w+)/g, '{$1}');
    (paths[path] ??= {})[call.method.toLowerCase()] = operation(call);
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Tillbridge local API', version: productVersion(), description: 'Loopback only. Pair with `tillbridge clients pair`.' },
    paths,
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      schemas: { Error: schemaOf(errorSchema, 'output') },
    },
  };
}

function operation(call: Call): Json {
  const { summary, access, method, path, body } = call;
  const parameters = [
    ...[...path.matchAll(/:(\w+)/g)].map(([, name]) => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
    ...queryParameters(call.query),
  ];
  const answers = Object.entries(call.answers).map(([status, schema]) => [status, answerOf(schema)] as const);
  return {
    summary,
    operationId: `${method.toLowerCase()}${path.replace(/[^A-Za-z0-9]+(\w?)/g, (_, next: string) => next.toUpperCase())}`,
    ...(access === 'public' ? { security: [] } : { security: [{ token: [] }], ...scopeNote(access) }),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === undefined ? {} : { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(body, 'input') } } } }),
    responses: {
      // what answers nothing by itself becomes a WebSocket
      ...(answers.length === 0 ? { 101: { description: 'The WebSocket is open.' } } : Object.fromEntries(answers)),
      default: errorAnswer(),
    },
  };
}

/** A scope with the path's parameter in it, as it is written in the documentation: `till:{id}`. */
function scopeNote(access: Exclude<Access, 'public'>): Json {
  if (access === 'client') return {};
  return { 'x-scope': typeof access === 'function' ? access({ id: '{id}' }) : access };
}

function queryParameters(query: z.ZodType): Json[] {
  const { properties = {}, required = [] } = schemaOf(query, 'output') as { properties?: Record<string, Json>; required?: string[] };
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
    ...(description === undefined ? {} : { description }),
  }));
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const written: Record<string, unknown> = { ...z.toJSONSchema(schema, { io, unrepresentable: 'any' }) };
  delete written['$schema'];
  return written;
}

function answerOf(schema: z.ZodType): Json {
  const type = schema instanceof z.ZodString ? 'text/plain' : 'application/json';
  return { description: 'Done.', content: { [type]: { schema: schemaOf(schema, 'output') } } };
}

function errorAnswer(): Json {
  return { description: 'An error.', content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } } };
}
