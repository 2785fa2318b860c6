import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { systemClock } from '@tillbridge/core';
import { describe, expect, it } from 'vitest';
import { DeliveryBoard } from '../client-adapter/index.js';
import { listenerCalls } from '../control/calls.js';
import type { Access, Call } from '../control/http.js';
import { isScope } from '../control/scope.js';
import type { Daemon } from '../daemon/daemon.js';
import { testRegistry } from './clients/test-support.js';
import { openApiDocument } from './openapi.js';

/** Handlers are not called here: what they work on need not be there. */
const daemon = { board: new DeliveryBoard(), clock: systemClock } as unknown as Daemon;
const calls = listenerCalls({
  daemon, clients: testRegistry(systemClock).registry, metrics: () => { throw new Error('not here'); }, addresses: () => ({ api: 'off', stations: 'off' }),
});
const reachable = calls.filter(({ access }) => access !== 'control');

/** Of a call as the page shows it. */
function accessText(access: Access): string {
  if (access === 'public') return 'none';
  if (access === 'client') return 'any client';
  return typeof access === 'function' ? access({ id: '{id}' }) : access;
}
const braced = ({ path }: Call): string => path.replace(/:(\w+)/g, '{$1}');

interface Operation {
  readonly operationId: string;
  readonly security: readonly unknown[];
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required: boolean }[];
  readonly responses: Record<string, { readonly content?: Record<string, { readonly schema: unknown }> }>;
}
const document = openApiDocument(calls) as unknown as { readonly openapi: string; readonly paths: Record<string, Record<string, Operation>> };
const operations = Object.entries(document.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ path, method, operation })));

describe('the description of the API', () => {
  it('has every call that a client can reach, and no other', () => {
    expect(operations.map(({ method, path }) => `${method.toUpperCase()} ${path}`).sort()).toEqual(reachable.map((call) => `${call.method} ${braced(call)}`).sort());
    expect(Object.keys(document.paths).filter((path) => /daemon|clients/.test(path))).toEqual([]);
  });

  it('is plain JSON of OpenAPI 3.1 without loose ends', () => {
    expect(document.openapi).toBe('3.1.0');
    const text = JSON.stringify(document);
    expect(JSON.parse(text)).toEqual(document);
    for (const [, name] of text.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)) expect(name).toBe('Error');
    expect(text).not.toContain('"$schema"');
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-z][A-Za-z0-9]*$/);
  });

  it('names every parameter of a path, and who may call', () => {
    for (const { path, operation } of operations) {
      const named = operation.parameters?.filter((parameter) => parameter.in === 'path').map(({ name }) => name) ?? [];
      expect(named).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
      expect(operation.responses['default']?.content?.['application/json']?.schema).toEqual({ $ref: '#/components/schemas/Error' });
    }
    const open = operations.filter(({ operation }) => operation.security.length === 0).map(({ path }) => path);
    expect(open.sort()).toEqual(['/hello', '/openapi.json', '/v1/pair']);
  });

  it('says of a query what the check says', () => {
    const rows = document.paths['/v1/scans']?.['get']?.parameters?.find(({ name }) => name === 'limit');
    expect(rows).toMatchObject({ in: 'query', required: false, schema: { type: 'integer', minimum: 1, maximum: 1000 } });
  });

  it('asks for scopes that can be given', () => {
    for (const { access } of reachable) {
      if (access === 'public' || access === 'client') continue;
      const scope = typeof access === 'function' ? access({ id: 'front' }) : access;
      expect(isScope(scope)).toBe(true);
    }
  });
});

describe('docs/api.md', () => {
  const page = readFileSync(fileURLToPath(new URL('../../../../docs/api.md', import.meta.url)), 'utf8');

  it('lists every call with its scope, and nothing that is not there', () => {
    const rows = [...page.matchAll(/^\| `(GET|POST|PATCH|DELETE) (\/[^`]*)` \| ([^|]+) \|/gm)].map(([, method, path, scope]) => `${method ?? ''} ${path ?? ''} ${scope?.trim().replaceAll('`', '') ?? ''}`);
    expect(rows.sort()).toEqual(reachable.map((call) => `${call.method} ${braced(call)} ${documentedAccess(call)}`).sort());
  });

  /** Calls on a delivery look at the till of that delivery. */
  const documentedAccess = (call: Call): string => (call.path.startsWith('/v1/deliveries/') ? 'delivery:{till}' : accessText(call.access));
});
