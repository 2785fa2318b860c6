import { isoTime, NUMBER_KINDS } from '@tillbridge/core';
import { z } from 'zod';
import type { Offer } from '../client-adapter/index.js';
import { reportedOutcome } from '../control/calls-deliveries.js';
import { defineCall, integerParam, ok, type ApiResponse, type Call } from '../control/http.js';
import { productVersion, WIRE_VERSION } from '../version.js';
import type { StationLeases } from './leases.js';
import type { Station } from './station.js';

/** A peer may ask to be kept waiting for this long, in ms: below the time after which proxies and old HTTP libraries give up. */
const MAX_WAIT_MS = 25_000;

const id = z.string().min(1).max(128);
const deliveryView = z.strictObject({
  lease: id,
  deliveryId: id,
  scanId: id,
  till: id,
  kind: z.enum(NUMBER_KINDS),
  number: z.string(),
  orderId: id.exactOptional(),
  expiresAt: z.iso.datetime(),
});

/** `text`: lines of ASCII, for scripts that cannot take JSON apart. */
const form = z.enum(['json', 'text']).exactOptional();

/** Tells the till's lane about its order. @throws {TillbridgeError} `TB_TILL_UNKNOWN` */
export type OrderContext = (till: string, state: 'opened' | 'closed', orderId?: string) => void;

export interface StationCallsOptions {
  readonly station: Station;
  readonly leases: StationLeases;
  readonly order: OrderContext;
}

/** The calls of one station, below the part of the path that says who it is. */
export function createStationCalls({ station, leases, order }: StationCallsOptions): readonly Call[] {
  const { till } = station;
  return [
    defineCall({
      method: 'GET',
      path: '/hello',
      summary: 'Shows that address and secret are right.',
      access: 'client',
      answers: { 200: z.strictObject({ product: z.literal('tillbridge'), version: z.string(), wire: z.int(), station: id, till: id }) },
      handler: () => ok({ product: 'tillbridge', version: productVersion(), wire: WIRE_VERSION, station: station.id, till }),
    }),
    defineCall({
      method: 'GET',
      path: '/next',
      summary: 'The next number for the till, or null when none came within `wait` ms. The same one again until it is answered or over.',
      access: `delivery:${till}`,
      query: z.strictObject({ wait: integerParam(0, MAX_WAIT_MS).exactOptional(), after: id.exactOptional(), form }),
      answers: { 200: z.union([z.strictObject({ delivery: deliveryView.nullable() }), z.string()]) },
      handler: async ({ query, signal }) => {
        const held = await leases.next({ waitMs: query.wait ?? 0, signal, ...(query.after === undefined ? {} : { after: query.after }) });
        if (query.form === 'text') return plain(textOf(held));
        return ok({ delivery: held === undefined ? null : viewOf(held) });
      },
    }),
    defineCall({
      method: 'POST',
      path: '/result',
      summary: 'Ends a lease with what the till program saw. Answered when it is durable.',
      access: `delivery:${till}`,
      body: reportedOutcome.extend({ lease: id }),
      answers: { 200: z.strictObject({ lease: id, outcome: reportedOutcome.shape.outcome }) },
      handler: async ({ body }) => {
        await leases.result(body.lease, body.outcome, body.reason);
        return ok({ lease: body.lease, outcome: body.outcome });
      },
    }),
    defineCall({
      method: 'GET',
      path: '/result',
      summary: 'The same for peers that can only read: changes nothing but the lease that it names. Answers the plain text `ok`.',
      access: `delivery:${till}`,
      query: reportedOutcome.extend({ lease: id }),
      answers: { 200: z.string() },
      handler: async ({ query }) => {
        await leases.result(query.lease, query.outcome, query.reason);
        return plain('ok\r\n');
      },
    }),
    defineCall({
      method: 'POST',
      path: '/order',
      summary: 'The till opened or closed an order: numbers that were scanned for another one are dropped.',
      access: `till:${till}`,
      body: z.strictObject({ state: z.enum(['opened', 'closed']), orderId: id.exactOptional() }),
      answers: { 200: z.strictObject({ till: id, state: z.enum(['opened', 'closed']) }) },
      handler: ({ body }) => {
        order(till, body.state, body.orderId);
        return ok({ till, state: body.state });
      },
    }),
  ];
}

function plain(body: string): ApiResponse {
  return { status: 200, body, contentType: 'text/plain; charset=us-ascii' };
}

/** `none`, or four lines: `number`, the lease, the kind, the number. A number beyond ASCII has no place here: its till refuses it before. */
function textOf(held: Offer | undefined): string {
  if (held === undefined) return 'none\r\n';
  const { lease, kind, number } = viewOf(held);
  return ['number', lease, kind, number, ''].join('\r\n');
}

function viewOf({ request, expiresAt }: Offer): z.input<typeof deliveryView> {
  const { id: lease, scanId, till, number, orderId } = request;
  // the one place where a station gets the number in clear
  const view = { lease, deliveryId: lease, scanId, till, kind: number.kind, number: number.reveal(), expiresAt: isoTime(expiresAt) };
  return orderId === undefined ? view : { ...view, orderId };
}
