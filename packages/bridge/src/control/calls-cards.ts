import { maskText, NUMBER_KINDS, parseIsoTime, TillbridgeError, type Language } from '@tillbridge/core';
import { CARD_STATES } from '@tillbridge/store';
import { z } from 'zod';
import type { Desk } from '../desk/desk.js';
import type { ClearCard } from '../desk/jobs.js';
import { defineCall, integerParam, ok, type Call } from './http.js';
import { requireScope } from './scope.js';

const MAX_PAGE = 500;

const codeText = z.string().min(1).max(512);
const kind = z.enum(NUMBER_KINDS);
const state = z.enum(CARD_STATES as readonly ['active', 'inactive', 'blocked']);
const cardFields = { kind, state, expires: z.iso.datetime().optional() };
const found = z.object({
  card: z.object({ code: z.string().describe('Masked unless revealed.'), card: z.string().describe('Masked unless revealed.'), ...cardFields }).nullable(),
});
const addBody = z.strictObject({
  code: codeText.describe('The whole text of the code, without its AIM id.'),
  card: z.string().min(1).max(256).describe('The native number.'),
  kind: kind.optional(),
  state: state.optional(),
  expires: z.string().max(40).optional().describe('ISO 8601; from then on the code counts as expired.'),
});
const exportQuery = z.strictObject({
  after: z.string().max(3000).optional().describe('`next` of the page before.'),
  limit: integerParam(1, MAX_PAGE).optional().describe('Default 500.'),
});

/** The card table. Reading and writing both go beside the main thread: a slow disk holds no goods up. */
export function cardCalls(desk: Desk): readonly Call[] {
  return [
    defineCall({
      method: 'GET',
      path: '/v1/cards',
      summary: 'What the card table says about a code; masked, with reveal=1 in clear (scope number:reveal).',
      access: 'cards:read',
      query: z.strictObject({ code: codeText, reveal: z.enum(['0', '1']).optional() }),
      answers: { 200: found },
      handler: async ({ query: { code, reveal }, caller, language }) => {
        if (reveal === '1') requireScope(caller, 'number:reveal');
        const row = await desk.run('cards.get', { code }, { language });
        return ok({ card: row === undefined ? null : reveal === '1' ? row : masked(row) });
      },
    }),
    defineCall({
      method: 'GET',
      path: '/v1/cards/stats',
      summary: 'How many cards the table has.',
      access: 'cards:read',
      answers: { 200: z.object({ total: z.int(), active: z.int(), inactive: z.int(), blocked: z.int() }) },
      handler: async ({ language }) => ok(await desk.run('cards.stats', undefined, { language })),
    }),
    defineCall({
      method: 'POST',
      path: '/v1/cards',
      summary: 'Adds or rewrites one card, durably.',
      access: 'cards:write',
      body: addBody,
      answers: { 200: z.object({ result: z.enum(['added', 'updated']) }) },
      handler: async ({ body: { code, card, expires, ...rest }, language }) => {
        const when = expiry(expires);
        const entry = { code, card, kind: rest.kind ?? ('card' as const), state: rest.state ?? ('active' as const), ...(when === undefined ? {} : { expires: when }) };
        return ok({ result: await desk.run('cards.add', entry, { language }) });
      },
    }),
    defineCall({
      method: 'POST',
      path: '/v1/cards/remove',
      summary: 'Removes one card, durably.',
      access: 'cards:write',
      body: z.strictObject({ code: codeText }),
      answers: { 200: z.object({ removed: z.boolean() }) },
      handler: async ({ body, language }) => ok({ removed: await desk.run('cards.remove', body, { language }) }),
    }),
    exportCall(desk),
  ];
}

function exportCall(desk: Desk): Call {
  return defineCall({
    method: 'GET',
    path: '/v1/cards/export',
    summary: 'The table in pages, in clear; needs number:reveal too. What is changed meanwhile may be in it or not.',
    access: 'cards:read',
    query: exportQuery,
    answers: {
      200: z.object({
        rows: z.array(z.object({ code: z.string(), card: z.string(), ...cardFields })),
        next: z.string().nullable().describe('`after` of the next page; null after the last.'),
      }),
    },
    handler: async ({ query: { after, limit = MAX_PAGE }, caller, language }) => {
      requireScope(caller, 'number:reveal');
      const rows = await exportPage(desk, cursorText(after), limit, language);
      const last = rows.at(-1);
      return ok({ rows, next: rows.length < limit || last === undefined ? null : Buffer.from(last.code).toString('base64url') });
    },
  });
}

function exportPage(desk: Desk, after: string, limit: number, language: Language): Promise<readonly ClearCard[]> {
  return desk.run('cards.page', { after, limit }, { language });
}

/** A code in an address would lie in logs and histories: it goes as an opaque word. */
function cursorText(after: string | undefined): string {
  return after === undefined ? '' : Buffer.from(after, 'base64url').toString();
}

/** @throws {TillbridgeError} `TB_API_BAD_REQUEST` */
function expiry(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const time = parseIsoTime(text);
  if (time === undefined) throw new TillbridgeError('TB_API_BAD_REQUEST', { problem: 'expires: not a time of ISO 8601' });
  return time;
}

function masked(row: ClearCard): ClearCard {
  return { ...row, code: maskText(row.code), card: maskText(row.card) };
}
