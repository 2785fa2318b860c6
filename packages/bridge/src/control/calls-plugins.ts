import { TillbridgeError } from '@tillbridge/core';
import { z } from 'zod';
import type { LocalPart, StationServices } from '../stations/services.js';
import { defineCall, type Call } from './http.js';
import type { Caller } from './scope.js';

/** Where parts of till programs on this machine call: `/iiko/v1/hello`. */
export const PLUGIN_ROUTE = '/iiko/v1/:call';

/** The calls of the iikoFront plugin. What is in them is the till's matter. */
export function pluginCalls(services: Pick<StationServices, 'of'>): readonly Call[] {
  return [
    defineCall({
      method: 'POST',
      path: PLUGIN_ROUTE,
      summary: 'The plugin of iikoFront: hello, next, result, scan, screen, authorize. Field by field: firmware-docs/iiko-plugin-contract.md. Needs the secret of the till, or the scope delivery:TILL of one iiko till.',
      access: 'client',
      body: z.record(z.string(), z.unknown()),
      answers: { 200: z.record(z.string(), z.unknown()) },
      handler: ({ params: { call = '' }, body, caller, signal }) => partOf(services, caller).answer(call, body, signal),
    }),
  ];
}

/** @throws {TillbridgeError} `TB_TILL_IIKO_WHICH` */
function partOf(services: Pick<StationServices, 'of'>, caller: Caller): LocalPart {
  const scopes = caller.kind === 'client' ? caller.scopes : [];
  const parts = scopes.flatMap((scope) => (scope.startsWith('delivery:') ? (services.of(scope.slice('delivery:'.length))?.local ?? []) : []));
  const [part] = parts;
  if (part === undefined || parts.length > 1) throw new TillbridgeError('TB_TILL_IIKO_WHICH');
  return part;
}
