import { z } from 'zod';
import type { Daemon } from '../daemon/daemon.js';
import { productVersion, WIRE_VERSION } from '../version.js';
import { defineCall, ok, type Call } from './http.js';
import { healthSchema, stateFields } from './part-view.js';

const counters = z.record(z.string(), z.int()).describe('Counters that rise from 0 with the process.');

const hello = z.object({ product: z.literal('tillbridge'), version: z.string(), wire: z.int() });
const health = z.object({
  status: healthSchema,
  parts: z.array(z.object({ part: z.enum(['reader', 'till', 'agent', 'api', 'sync', 'receipts']), id: z.string(), ...stateFields })),
});
const readers = z.object({ readers: z.array(z.object({ id: z.string(), type: z.string(), ...stateFields, counters })) });
const tills = z.object({
  tills: z.array(
    z.object({
      id: z.string(),
      adapter: z.string(),
      ...stateFields,
      goods: z.boolean().describe('Whether it takes goods.'),
      underWay: z.int().describe('Loyalty scans that have no outcome yet.'),
      counters,
    }),
  ),
});

/** What is there and how it is doing. */
export function statusCalls(daemon: Daemon): readonly Call[] {
  return [
    defineCall({
      method: 'GET',
      path: '/hello',
      summary: 'What answers here.',
      access: 'public',
      answers: { 200: hello },
      handler: () => ok({ product: 'tillbridge', version: productVersion(), wire: WIRE_VERSION }),
    }),
    defineCall({
      method: 'GET',
      path: '/v1/health',
      summary: 'Health overall and of every part.',
      access: 'status:read',
      answers: { 200: health },
      handler: ({ language }) => ok(daemon.health(language)),
    }),
    defineCall({
      method: 'GET',
      path: '/v1/readers',
      summary: 'State and counters of the readers.',
      access: 'status:read',
      answers: { 200: readers },
      handler: ({ language }) => ok({ readers: daemon.readers(language) }),
    }),
    defineCall({
      method: 'GET',
      path: '/v1/tills',
      summary: 'State and counters of the tills.',
      access: 'status:read',
      answers: { 200: tills },
      handler: ({ language }) => ok({ tills: daemon.tills(language) }),
    }),
  ];
}
