import { isoTime, NUMBER_KINDS, TillbridgeError, within, type Clock, type Outcome, type Pipeline } from '@tillbridge/core';
import { z } from 'zod';
import type { DeliveryBoard } from '../client-adapter/index.js';
import { defineCall, ok, type ApiResponse, type Call } from './http.js';
import { may, requireScope, type Caller } from './scope.js';

/** How cashier software may say that a delivery ended. */
export const REPORTED_OUTCOMES = ['applied', 'alreadyApplied', 'sent', 'rejected', 'notFound', 'failed', 'unknown'] as const;

/** How long a reported outcome may take to become durable, in ms: the journal's own budget is shorter. */
const DURABLE_MS = 4000;

/** What cashier software says about a delivery. */
export const reportedOutcome = z.strictObject({
  outcome: z.enum(REPORTED_OUTCOMES).describe('What the cashier program saw.'),
  reason: z
    .string()
    .regex(/^[A-Za-z][\w.-]{0,63}$/, 'one short word')
    .exactOptional()
    .describe('Why, in one word of letters, digits, `.`, `_`, `-`; never text that could hold a number.'),
});

const claimed = z.strictObject({
  deliveryId: z.string(),
  scanId: z.string(),
  till: z.string(),
  kind: z.enum(NUMBER_KINDS),
  number: z.string().describe('In clear.'),
  orderId: z.string().exactOptional().describe('The order that was open at the scan, where the till tells.'),
  accrueOnly: z.literal(true).exactOptional().describe('The number may only earn points: nobody could ask the platform, or it says so. Do not spend.'),
  expiresAt: z.iso.datetime().describe('Do not use the number after this time.'),
});

export interface DeliveryCallsPorts {
  readonly board: DeliveryBoard;
  readonly pipeline: Pipeline;
  readonly clock: Clock;
}

/** Numbers for cashier software: to exactly one caller each, who says what became of it. */
export function deliveryCalls(ports: DeliveryCallsPorts): readonly Call[] {
  const { board } = ports;
  return [
    defineCall({
      method: 'POST',
      path: '/v1/deliveries/:id/claim',
      summary: 'Gives the native number to the first caller, and to nobody else. Needs the scope delivery:TILL.',
      access: 'client',
      answers: { 200: claimed },
      handler: ({ params: { id = '' }, caller }) => {
        checkScope(board, caller, id);
        return claim(board, id, caller.id);
      },
    }),
    defineCall({
      method: 'POST',
      path: '/v1/deliveries/:id/outcome',
      summary: 'Ends a delivery; only for who claimed it. Answered when it is durable. Needs the scope delivery:TILL.',
      access: 'client',
      body: reportedOutcome,
      answers: { 200: z.strictObject({ deliveryId: z.string(), outcome: z.enum(REPORTED_OUTCOMES) }) },
      handler: async ({ params: { id = '' }, caller, body: { outcome, reason } }) => {
        checkScope(board, caller, id);
        await reportDurably(ports, id, caller.id, { outcome, ...(reason === undefined ? {} : { reason }) });
        return ok({ deliveryId: id, outcome });
      },
    }),
  ];
}

/**
 * Ends a delivery that `owner` has claimed; resolves when that is durable.
 * @throws {TillbridgeError} `TB_API_CONFLICT`, `TB_API_GONE`, `TB_JOURNAL_UNAVAILABLE`
 */
export async function reportDurably({ board, pipeline, clock }: DeliveryCallsPorts, id: string, owner: string, ended: Outcome): Promise<void> {
  await durable(pipeline, clock, board.scanOf(id), () => board.report(id, owner, ended));
}

function claim(board: DeliveryBoard, id: string, owner: string): ApiResponse {
  const { request, expiresAt } = board.claim(id, owner);
  const { scanId, till, number, orderId, accrueOnly } = request;
  return ok({
    deliveryId: id,
    scanId,
    till,
    kind: number.kind,
    number: number.reveal(),
    ...(orderId === undefined ? {} : { orderId }),
    ...(accrueOnly === undefined ? {} : { accrueOnly }),
    expiresAt: isoTime(expiresAt),
  });
}

/** @throws {TillbridgeError} `TB_API_SCOPE`; `TB_API_GONE` to who may take deliveries of some till, for one that nobody knows */
function checkScope(board: DeliveryBoard, caller: Caller, id: string): void {
  const till = board.tillOf(id);
  if (till !== undefined) requireScope(caller, `delivery:${till}`);
  else if (caller.kind === 'client' && !caller.scopes.some((scope) => scope.startsWith('delivery:') && may(caller, scope))) {
    throw new TillbridgeError('TB_API_SCOPE', { scope: 'delivery:TILL' });
  }
}

/** Does `work`, and resolves when the outcome of the scan is durable; at once where the scan has ended before. */
function durable(pipeline: Pipeline, clock: Clock, scanId: string | undefined, work: () => void): Promise<void> {
  if (scanId === undefined) {
    work();
    return Promise.resolve();
  }
  let stop = (): void => undefined;
  const ended = new Promise<void>((resolve) => {
    stop = pipeline.on('outcome', (event) => {
      if (event.scanId === scanId) resolve();
    });
  });
  const wait = async (): Promise<void> => {
    work();
    await ended;
  };
  return within(clock, DURABLE_MS, wait, () => new TillbridgeError('TB_JOURNAL_UNAVAILABLE', { problem: `no answer within ${DURABLE_MS} ms` })).finally(stop);
}
