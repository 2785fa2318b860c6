import { NUMBER_KINDS, OUTCOMES, parseIsoTime, TillbridgeError } from '@tillbridge/core';
import { problemText } from '@tillbridge/store';
import { z } from 'zod';
import type { Desk } from '../desk/desk.js';
import { defineCall, integerParam, ok, type Call } from './http.js';

/** The chain of five million entries takes half of this, in ms. */
const VERIFY_MS = 60_000;

const time = z.string().max(40).describe('ISO 8601.');
const part = z.string().min(1).max(64);
const searchQuery = z.strictObject({
  since: time.optional(),
  until: time.optional(),
  outcome: z.enum(OUTCOMES).optional(),
  reader: part.optional(),
  till: part.optional(),
  text: z.string().max(200).optional().describe('Stands somewhere in the row as it is shown.'),
  before: integerParam(1, Number.MAX_SAFE_INTEGER).optional().describe('`next` of the page before.'),
  limit: integerParam(1, 500).optional().describe('Default 50.'),
});
const row = z.object({
  seq: z.int(),
  time: z.iso.datetime(),
  scanId: z.string(),
  reader: z.string(),
  till: z.string(),
  kind: z.enum(NUMBER_KINDS),
  code: z.string().describe('Masked.'),
  number: z.string().nullable().describe('Masked.'),
  outcome: z.enum(OUTCOMES),
  reason: z.string().optional(),
  evidence: z.string().optional(),
});
const entry = z.object({
  seq: z.int(),
  time: z.iso.datetime(),
  type: z.enum(['captured', 'delivering', 'outcome', 'discarded', 'segment']),
  deliveryId: z.string().optional(),
  reader: z.string().optional(),
  till: z.string().optional(),
  kind: z.string().optional(),
  code: z.string().optional(),
  number: z.string().optional(),
  outcome: z.string().optional(),
  reason: z.string().optional(),
  evidence: z.string().optional(),
});

/** The journal, searched and proved beside the main thread. */
export function journalCalls(desk: Desk, slow: Desk): readonly Call[] {
  return [
    defineCall({
      method: 'GET',
      path: '/v1/journal',
      summary: 'Searches the journal, newest first; masked.',
      access: 'scan:read',
      query: searchQuery,
      answers: { 200: z.object({ rows: z.array(row), next: z.int().nullable().describe('`before` of the next page; null at the beginning of the journal.') }) },
      handler: async ({ query: { since, until, limit = 50, ...rest }, language }) => {
        const from = momentOf('since', since);
        const to = momentOf('until', until);
        const wanted = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
        return ok(await desk.run('journal.search', { ...wanted, limit, ...(from === undefined ? {} : { since: from }), ...(to === undefined ? {} : { until: to }) }, { language }));
      },
    }),
    defineCall({
      method: 'GET',
      path: '/v1/journal/entries/:seq',
      summary: 'Every entry of the scan whose outcome stands at this place; masked.',
      access: 'scan:read',
      query: z.strictObject({ scan: z.string().min(1).max(64).describe('Its `scanId`.') }),
      answers: { 200: z.object({ entries: z.array(entry) }) },
      handler: async ({ params: { seq = '' }, query: { scan }, language }) => {
        if (!/^\d{1,15}$/.test(seq)) throw new TillbridgeError('TB_API_BAD_REQUEST', { problem: 'seq is a whole number' });
        return ok({ entries: await desk.run('journal.scan', { scanId: scan, seq: Number(seq) }, { language }) });
      },
    }),
    defineCall({
      method: 'GET',
      path: '/v1/journal/verify',
      summary: 'Proves the hash chain and its checkpoints.',
      access: 'scan:read',
      answers: {
        200: z.object({
          ok: z.boolean(),
          entries: z.int().optional(),
          firstBad: z.object({ seq: z.int(), problem: z.string(), text: z.string() }).optional(),
        }),
      },
      handler: async ({ language }) => {
        const result = await slow.run('journal.verify', undefined, { language, budgetMs: VERIFY_MS });
        return ok(result.ok ? result : { ok: false, firstBad: { ...result.firstBad, text: problemText(result.firstBad.problem, language) } });
      },
    }),
  ];
}

/** @throws {TillbridgeError} `TB_API_BAD_REQUEST` */
function momentOf(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const moment = parseIsoTime(text);
  if (moment === undefined) throw new TillbridgeError('TB_API_BAD_REQUEST', { problem: `${name}: not a time of ISO 8601` });
  return moment;
}
