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
const translators = z.object({
  translators: z.array(
    z.object({
      id: z.string(),
      type: z.string(),
      health: healthSchema,
      since: z.iso.datetime().optional().describe('Since when it is so; absent where it has not been asked yet, or asks nobody.'),
      reason: z.string().optional(),
      code: z.string().optional().describe('Code of the error behind the reason.'),
      remedy: z.string().optional().describe('What to do about it.'),
      preset: z.string().optional().describe('Of a platform that is asked: its description.'),
      host: z.string().optional(),
      breaker: z.enum(['closed', 'trying', 'open']).optional().describe('open: the platform is left alone for a while; trying: one look-up is out to see whether it works again.'),
      lastAnswer: z.iso.datetime().nullable().optional(),
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
    defineCall({
      method: 'GET',
      path: '/v1/translators',
      summary: 'State and counters of the translators, in the order in which they are asked.',
      access: 'status:read',
      answers: { 200: translators },
      handler: ({ language }) => ok({ translators: daemon.translators(language) }),
    }),
  ];
}
