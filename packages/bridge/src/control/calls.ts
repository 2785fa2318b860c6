import { healthOf, isoTime, NUMBER_KINDS, SYMBOLOGIES, TillbridgeError, type Injection, type Language, type PartState, type Symbology, type CodeKind } from '@tillbridge/core';
import { z } from 'zod';
import type { Daemon } from '../daemon/daemon.js';
import { explanationView } from '../daemon/explanation.js';
import { productVersion, WIRE_VERSION } from '../version.js';
import type { ApiRequest, Call } from './http.js';

/** A code may have this many bytes: the largest read that any reader hands over. */
const MAX_CODE_BYTES = 8192;

const kind = z.enum([...NUMBER_KINDS, 'goods']);
const scanFields = {
  code: z.string().optional(),
  hex: z.string().optional(),
  reader: z.string().max(64).optional(),
  kind: kind.optional(),
  symbology: z.enum(SYMBOLOGIES).optional(),
};
const scanBody = z.strictObject(scanFields);
const translateBody = z.strictObject({ ...scanFields, reveal: z.boolean().optional() });
const orderBody = z.strictObject({ state: z.enum(['opened', 'closed']), orderId: z.string().min(1).max(128).optional() });

/** The calls of the local protocol, whatever listener they come by. */
export function createCalls(daemon: Daemon): readonly Call[] {
  return [
    { method: 'GET', path: '/hello', handler: () => ok({ product: 'tillbridge', version: productVersion(), wire: WIRE_VERSION }) },
    { method: 'GET', path: '/v1/health', handler: ({ language }) => ok(daemon.health(language)) },
    { method: 'GET', path: '/v1/readers', handler: ({ language }) => ok({ readers: daemon.readers(language) }) },
    { method: 'GET', path: '/v1/tills', handler: ({ language }) => ok({ tills: daemon.tills(language) }) },
    { method: 'POST', path: '/v1/translate', handler: (request) => translate(daemon, request) },
    { method: 'POST', path: '/v1/scans', handler: (request) => scan(daemon, request) },
    { method: 'GET', path: '/v1/scans', handler: ({ query }) => ok({ scans: daemon.journalRows(query) }) },
    { method: 'POST', path: '/v1/tills/:id/order', handler: (request, { id = '' }) => order(daemon, request, id) },
    { method: 'GET', path: '/v1/daemon', handler: ({ language }) => ok(daemon.status(language)) },
    { method: 'POST', path: '/v1/daemon/stop', handler: () => stop(daemon) },
    { method: 'POST', path: '/v1/daemon/reload', handler: async ({ language }) => ok(await daemon.reload(language)) },
  ];
}

const ok = (body: unknown) => ({ status: 200, body });

function stop(daemon: Daemon): { status: number; body: unknown } {
  daemon.requestStop();
  return { status: 202, body: { stopping: true, pid: process.pid } };
}

function order(daemon: Daemon, { body }: ApiRequest, till: string): { status: number; body: unknown } {
  const { state, orderId } = parse(orderBody, body);
  daemon.pipeline.order(till, state, orderId);
  return { status: 200, body: { till, state } };
}

async function scan(daemon: Daemon, { body, query, signal }: ApiRequest): Promise<{ status: number; body: unknown }> {
  const injected = daemon.pipeline.inject(injection(daemon, parse(scanBody, body)));
  if (!('ticket' in injected)) return { status: 202, body: { scanId: injected.scanId, kind: injected.kind, handled: injected.handled } };
  const { ticket, duplicate } = injected;
  // 202 acknowledges: the scan must survive a power cut from here on
  await ticket.captured;
  const answer = { scanId: ticket.scanId, kind: ticket.kind, ...(duplicate ? { duplicate } : {}) };
  if (query.get('wait') !== '1') return { status: 202, body: answer };
  const hungUp = new Promise<undefined>((resolve) => signal.addEventListener('abort', () => resolve(undefined), { once: true }));
  const outcome = await Promise.race([ticket.outcome, hungUp]);
  return { status: 200, body: { ...answer, ...(outcome ?? {}) } };
}

async function translate(daemon: Daemon, { body, signal }: ApiRequest): Promise<{ status: number; body: unknown }> {
  const { reveal, ...fields } = parse(translateBody, body);
  const explanation = await daemon.pipeline.explain(injection(daemon, fields), signal);
  return ok(explanationView(explanation, reveal === true));
}

interface ScanFields {
  readonly code?: string | undefined;
  readonly hex?: string | undefined;
  readonly reader?: string | undefined;
  readonly kind?: CodeKind | undefined;
  readonly symbology?: Symbology | undefined;
}

function injection(daemon: Daemon, fields: ScanFields): Injection {
  const reader = fields.reader ?? daemon.pipeline.readers()[0]?.reader.id ?? '';
  return {
    bytes: codeBytes(fields),
    reader,
    ...(fields.kind === undefined ? {} : { kind: fields.kind }),
    ...(fields.symbology === undefined ? {} : { symbology: fields.symbology }),
  };
}

/** The bytes of a code given as text or in hexadecimal. @throws {TillbridgeError} area SCAN */
export function codeBytes({ code, hex }: { readonly code?: string | undefined; readonly hex?: string | undefined }): Uint8Array {
  if (code !== undefined && hex !== undefined) throw new TillbridgeError('TB_API_BAD_REQUEST', { problem: 'give code or hex, not both' });
  if (hex !== undefined && !/^(?:[0-9A-Fa-f]{2})*$/.test(hex)) throw new TillbridgeError('TB_SCAN_BAD_HEX');
  const bytes = hex === undefined ? new TextEncoder().encode(code ?? '') : Uint8Array.from(Buffer.from(hex, 'hex'));
  if (bytes.length === 0) throw new TillbridgeError('TB_SCAN_EMPTY');
  if (bytes.length > MAX_CODE_BYTES) throw new TillbridgeError('TB_SCAN_TOO_LONG', { max: MAX_CODE_BYTES });
  return bytes;
}

function parse<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body ?? {});
  if (result.success) return result.data;
  const problem = result.error.issues.map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`).join('; ');
  throw new TillbridgeError('TB_API_BAD_REQUEST', { problem });
}

/** A part's state as health reports show it. */
export function stateView(state: PartState, language: Language): Readonly<Record<string, string>> {
  const { reason } = state;
  return {
    status: state.status,
    health: healthOf(state),
    since: isoTime(state.since),
    ...(reason === undefined ? {} : { reason: reason.text(language), code: reason.code, remedy: reason.remedy(language) }),
  };
}
