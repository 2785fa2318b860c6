import { z } from 'zod';
import type { Desk } from '../desk/desk.js';
import { defineCall, ok, type Call } from './http.js';

/** Every till and platform may take its whole time, in ms. */
const LOOK_MS = 60_000;

/** For whoever mends a bridge, here or from far away. */
export function supportCalls(desk: Desk): readonly Call[] {
  return [
    defineCall({
      method: 'GET',
      path: '/v1/doctor',
      summary: 'Everything that could stop a sale, each with what to do. Asks tills and platforms: takes its time.',
      access: 'support:read',
      answers: { 200: z.object({ rows: z.array(z.object({ level: z.enum(['ok', 'warn', 'fail']), id: z.string(), text: z.string(), remedy: z.string().optional() })) }) },
      handler: async ({ language }) => ok(await desk.run('doctor', undefined, { language, budgetMs: LOOK_MS })),
    }),
    defineCall({
      method: 'GET',
      path: '/v1/support',
      summary: 'The support bundle: what is needed to find out what is wrong, without secrets, codes and numbers.',
      access: 'support:read',
      answers: { 200: z.object({ name: z.string().describe('File name.'), data: z.string().describe('Base64 of a .zip file.') }) },
      handler: async ({ language }) => ok(await desk.run('support', undefined, { language, budgetMs: LOOK_MS })),
    }),
  ];
}
