import { NUMBER_KINDS, OUTCOMES, Secret, SYMBOLOGIES, type CodeKind, type Injection, type Symbology } from '@tillbridge/core';
import { z } from 'zod';
import type { Daemon } from '../daemon/daemon.js';
import { explanationView } from '../daemon/explanation.js';
import { codeBytes } from './code-bytes.js';
import { defineCall, integerParam, ok, type ApiRequest, type ApiResponse, type Call } from './http.js';
import { requireScope } from './scope.js';

const kind = z.enum([...NUMBER_KINDS, 'goods']);
const scanFields = {
  code: z.string().optional().describe('The code as text; or give `hex`.'),
  hex: z.string().optional().describe('The bytes of the code, two digits each.'),
  reader: z.string().max(64).optional().describe('As if this reader had read it; default the first.'),
  kind: kind.optional().describe('Take the code for this, whatever the rules say.'),
  symbology: z.enum(SYMBOLOGIES).optional().describe('What a scanner would report.'),
};
const scanBody = z.strictObject({
  ...scanFields,
  confirmation: z.string().min(1).max(40).optional().describe('What the guest named after the first read of this code ended as rejected (confirmRequired): the code that the platform sent him. Kept in memory, shown nowhere.'),
});
const translateBody = z.strictObject({ ...scanFields, reveal: z.boolean().optional().describe('Show code and number in full; needs the scope number:reveal.') });
const waitQuery = z.strictObject({ wait: z.enum(['0', '1']).optional().describe('1: answer when the outcome is known.') });
const rowsQuery = z.strictObject({
  since: z.string().min(1).max(40).optional().describe('Only rows after this `seq`, or from this time on (ISO 8601, or a span such as 15m).'),
  outcome: z.enum(OUTCOMES).optional().describe('Only this outcome.'),
  limit: integerParam(1, 1000).optional().describe('The newest so many (after `since`: the next so many); default 100.'),
});
const orderBody = z.strictObject({ state: z.enum(['opened', 'closed']), orderId: z.string().min(1).max(128).optional() });

const outcomeFields = { outcome: z.enum(OUTCOMES), reason: z.string().optional(), evidence: z.string().optional() };
const accepted = z.object({
  scanId: z.string(),
  kind,
  duplicate: z.boolean().optional().describe('The same code is being handled already; this is its scan.'),
  handled: z.boolean().optional().describe('Goods: whether a till took them.'),
});
const row = z.object({
  seq: z.int(),
  time: z.string(),
  scanId: z.string(),
  reader: z.string(),
  till: z.string(),
  kind: z.enum(NUMBER_KINDS),
  code: z.string().describe('Masked.'),
  number: z.string().nullable().describe('Masked; null where none was found.'),
  ...outcomeFields,
});
const translation = z.object({
  kind,
  value: z.string().describe('Masked unless revealed.'),
  steps: z.array(z.string()),
  result: z.string().describe('A translation result, or goods.'),
  number: z.string().nullable().describe('Masked unless revealed.'),
  reason: z.string().optional(),
});

/** Scans in, what became of them, and the sale that they belong to. */
export function scanCalls(daemon: Daemon): readonly Call[] {
  return [
    defineCall({
      method: 'POST',
      path: '/v1/translate',
      summary: 'How a code is classified and translated; delivers nothing.',
      access: 'scan:read',
      body: translateBody,
      answers: { 200: translation },
      handler: async ({ body: { reveal, ...fields }, caller, signal }) => {
        if (reveal === true) requireScope(caller, 'number:reveal');
        return ok(explanationView(await daemon.pipeline.explain(injection(daemon, fields), signal), reveal === true));
      },
    }),
    defineCall({
      method: 'POST',
      path: '/v1/scans',
      summary: 'Feeds a scan in.',
      access: 'scan:inject',
      body: scanBody,
      query: waitQuery,
      answers: { 202: accepted, 200: accepted.extend(z.object(outcomeFields).partial().shape) },
      handler: (request) => scan(daemon, request),
    }),
    defineCall({
      method: 'GET',
      path: '/v1/scans',
      summary: 'What happened to each loyalty scan, masked.',
      access: 'scan:read',
      query: rowsQuery,
      answers: { 200: z.object({ scans: z.array(row) }) },
      handler: ({ query }) => ok({ scans: daemon.journalRows(query) }),
    }),
    defineCall({
      method: 'POST',
      path: '/v1/tills/:id/order',
      summary: 'The till opened or closed an order: what was scanned for another one is dropped.',
      access: ({ id = '' }) => `till:${id}`,
      body: orderBody,
      answers: { 200: z.object({ till: z.string(), state: z.enum(['opened', 'closed']) }) },
      handler: ({ params: { id = '' }, body: { state, orderId } }) => {
        daemon.pipeline.order(id, state, orderId);
        return ok({ till: id, state });
      },
    }),
  ];
}

type ScanRequest = ApiRequest<z.output<typeof scanBody>, z.output<typeof waitQuery>>;

async function scan(daemon: Daemon, { body, query, signal }: ScanRequest): Promise<ApiResponse> {
  const injected = daemon.pipeline.inject(injection(daemon, body));
  if (!('ticket' in injected)) return { status: 202, body: { scanId: injected.scanId, kind: injected.kind, handled: injected.handled } };
  const { ticket, duplicate } = injected;
  // 202 acknowledges: the scan must survive a power cut from here on
  await ticket.captured;
  const answer = { scanId: ticket.scanId, kind: ticket.kind, ...(duplicate ? { duplicate } : {}) };
  if (query.wait !== '1') return { status: 202, body: answer };
  const hungUp = new Promise<undefined>((resolve) => signal.addEventListener('abort', () => resolve(undefined), { once: true }));
  const outcome = await Promise.race([ticket.outcome, hungUp]);
  return { status: 200, body: { ...answer, ...(outcome ?? {}) } };
}

interface ScanFields {
  readonly code?: string | undefined;
  readonly hex?: string | undefined;
  readonly reader?: string | undefined;
  readonly kind?: CodeKind | undefined;
  readonly symbology?: Symbology | undefined;
  readonly confirmation?: string | undefined;
}

function injection(daemon: Daemon, fields: ScanFields): Injection {
  const reader = fields.reader ?? daemon.pipeline.readers()[0]?.reader.id ?? '';
  return {
    bytes: codeBytes(fields),
    reader,
    ...(fields.kind === undefined ? {} : { kind: fields.kind }),
    ...(fields.symbology === undefined ? {} : { symbology: fields.symbology }),
    ...(fields.confirmation === undefined ? {} : { confirmation: new Secret(fields.confirmation) }),
  };
}
