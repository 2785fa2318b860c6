import { TillbridgeError } from '@tillbridge/core';
import { z } from 'zod';
import type { CardImports } from '../desk/card-imports.js';
import { defineCall, ok, type Call } from './http.js';

/** Bytes of a piece: what base64 makes of it fits into a request with room to spare. */
export const PIECE_BYTES = 45 * 1024;

/** Shown to people: one line, no control characters. */
const fileName = z.string().regex(/^[^\p{C}\p{Zl}\p{Zp}]{1,255}$/u, '1 to 255 printable characters');
const beginBody = z.strictObject({
  name: fileName.describe('Name of the file: `.jsonl` and `.ndjson` are JSON Lines, all else is looked at.'),
  size: z.int().min(1).max(Number.MAX_SAFE_INTEGER).describe('Its bytes.'),
  mode: z.enum(['upsert', 'replace']).default('upsert').describe('`replace` swaps the whole table in one step.'),
  strict: z.boolean().default(false).describe('One bad line refuses the file.'),
});
const pieceBody = z.strictObject({ data: z.base64().max(Math.ceil(PIECE_BYTES / 3) * 4).describe(`Base64 of 1 to ${PIECE_BYTES} bytes.`) });
const view = z.looseObject({
  id: z.string(),
  name: z.string(),
  size: z.int(),
  received: z.int(),
  mode: z.enum(['upsert', 'replace']),
  strict: z.boolean(),
  state: z.enum(['receiving', 'importing', 'done', 'failed', 'cancelled']),
  since: z.iso.datetime(),
  progress: z.looseObject({ phase: z.enum(['read', 'merge', 'checkpoint']), rows: z.int() }).optional(),
  result: z
    .object({
      imported: z.int(),
      updated: z.int(),
      skipped: z.int(),
      repeated: z.int(),
      total: z.int(),
      badLines: z.array(z.object({ line: z.int(), reason: z.string(), text: z.string() })).describe('The first hundred.'),
    })
    .optional(),
  error: z.object({ code: z.string(), message: z.string(), remedy: z.string() }).optional(),
});

/** Card files over the API, piece by piece; one at a time. */
export function importCalls(imports: CardImports): readonly Call[] {
  return [
    defineCall({
      method: 'POST',
      path: '/v1/cards/imports',
      summary: 'Begins to take in a card file; a second one at the same time is refused.',
      access: 'cards:write',
      body: beginBody,
      answers: { 201: z.object({ id: z.string(), pieceBytes: z.int().describe('A piece may have this many bytes.') }) },
      handler: async ({ body, caller }) => ({ status: 201, body: { id: await imports.begin(body, caller.id), pieceBytes: PIECE_BYTES } }),
    }),
    defineCall({
      method: 'GET',
      path: '/v1/cards/imports',
      summary: 'The import that is under way, else the one that ended last.',
      access: 'cards:read',
      answers: { 200: z.object({ import: view.nullable() }) },
      handler: ({ language }) => ok({ import: imports.view(language) ?? null }),
    }),
    defineCall({
      method: 'PUT',
      path: '/v1/cards/imports/:id/:offset',
      summary: 'The next piece of the file, by its offset in bytes.',
      access: 'cards:write',
      body: pieceBody,
      answers: { 200: z.object({ received: z.int().describe('Bytes that are here now.') }) },
      handler: async ({ params: { id = '', offset = '' }, body, caller }) => ok({ received: await imports.piece(id, offsetOf(offset), Buffer.from(body.data, 'base64'), caller.id) }),
    }),
    defineCall({
      method: 'POST',
      path: '/v1/cards/imports/:id/finish',
      summary: 'Everything has come: imports it. GET shows how far it is.',
      access: 'cards:write',
      answers: { 202: z.object({ id: z.string() }) },
      handler: ({ params: { id = '' }, caller }) => {
        imports.finish(id, caller.id);
        return { status: 202, body: { id } };
      },
    }),
    defineCall({
      method: 'DELETE',
      path: '/v1/cards/imports/:id',
      summary: 'Takes an import back; the table stays whole.',
      access: 'cards:write',
      answers: { 200: z.object({ id: z.string() }) },
      handler: ({ params: { id = '' } }) => {
        imports.cancel(id);
        return ok({ id });
      },
    }),
  ];
}

/** @throws {TillbridgeError} `TB_API_BAD_REQUEST` */
function offsetOf(text: string): number {
  if (!/^\d{1,12}$/.test(text)) throw new TillbridgeError('TB_API_BAD_REQUEST', { problem: 'the offset is a whole number of bytes' });
  return Number(text);
}
