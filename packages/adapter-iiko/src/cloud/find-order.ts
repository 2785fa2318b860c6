import { outcome, sleep, type Outcome } from '@tillbridge/core';
import type { z } from 'zod';
import { ordersAnswer, type CloudOrder } from './answers.js';
import { runCommand } from './commands.js';
import type { CloudDesk } from './desk.js';
import type { CloudAnswer } from './judge.js';
import { ON_PROBLEM, onCodes } from './outcomes.js';

/** Which order a number is for: the one that the till named, or the only one at these tables. */
export type OrderTarget = { readonly posOrderId: string } | { readonly tables: readonly string[] };

export type FoundOrder = { readonly order: CloudOrder } | { readonly refused: Outcome };
type Looked = { readonly orders: readonly CloudOrder[] } | { readonly refused: Outcome };

const NO_ORDER = outcome('rejected', 'noOrder');

/** Orders made at the till are invisible to the cloud until somebody initialises them. */
export async function findOrder(desk: CloudDesk, target: OrderTarget, keys: readonly string[], signal: AbortSignal): Promise<FoundOrder> {
  const { organizationId, terminalGroupId } = desk;
  if ('posOrderId' in target) {
    const posOrderIds = [target.posOrderId];
    const look = (): Promise<Looked> => ordersBy(desk, { posOrderIds, ...wanted(keys) }, signal);
    const seen = await look();
    if ('refused' in seen || seen.orders.length > 0) return only(seen);
    return only(await initialised(desk, 'initByPosOrder', { organizationId, terminalGroupId, posOrderIds }, look, signal));
  }
  // an order that was opened since the last time is invisible: at a table one has to ask each time
  const tableIds = target.tables;
  const look = (): Promise<Looked> => ordersAt(desk, tableIds, signal);
  return only(await initialised(desk, 'initByTable', { organizationId, terminalGroupId, tableIds }, look, signal));
}

/** One order by the cloud's own id; undefined where it cannot be seen. */
export async function seeOrder(desk: CloudDesk, orderId: string, keys: readonly string[], signal: AbortSignal): Promise<CloudOrder | undefined> {
  const seen = await ordersBy(desk, { orderIds: [orderId], ...wanted(keys) }, signal);
  return 'refused' in seen ? undefined : seen.orders.find(({ id }) => id === orderId);
}

async function initialised(desk: CloudDesk, name: 'initByPosOrder' | 'initByTable', body: object, look: () => Promise<Looked>, signal: AbortSignal): Promise<Looked> {
  const run = await runCommand(desk, name, body, signal);
  if (run.end === 'notTaken' && !run.answer.sent) return { refused: run.answer.problem === 'declined' ? declined(run.answer.codes) : ON_PROBLEM[run.answer.problem] };
  if (run.end === 'error') return { refused: declined(run.codes) };
  // it changes nothing for the guest: whatever became of it, the order can be seen or not
  const seen = await look();
  if (run.end === 'success' || 'refused' in seen || seen.orders.length > 0 || signal.aborted) return seen;
  await sleep(desk.clock, 1000, signal);
  return look();
}

function declined(codes: readonly string[]): Outcome {
  if (codes.includes('OrderNotFound')) return NO_ORDER;
  const known = onCodes(codes);
  return known === 'wait' ? outcome('rejected', 'orderBusy') : known;
}

function only(looked: Looked): FoundOrder {
  if ('refused' in looked) return looked;
  const [order, second] = looked.orders;
  if (order === undefined) return { refused: NO_ORDER };
  return second === undefined ? { order } : { refused: outcome('rejected', 'severalOrders') };
}

function wanted(keys: readonly string[]): object {
  return keys.length === 0 ? {} : { returnExternalDataKeys: keys };
}

async function ordersBy(desk: CloudDesk, by: object, signal: AbortSignal): Promise<Looked> {
  return visible(await desk.client.call('orderById', { organizationIds: [desk.organizationId], ...by }, ordersAnswer, signal));
}

async function ordersAt(desk: CloudDesk, tableIds: readonly string[], signal: AbortSignal): Promise<Looked> {
  // closed orders of the table are history
  const body = { organizationIds: [desk.organizationId], tableIds, statuses: ['New', 'Bill'] };
  return visible(await desk.client.call('orderByTable', body, ordersAnswer, signal));
}

function visible(asked: CloudAnswer<z.output<typeof ordersAnswer>>): Looked {
  if (!asked.ok) return { refused: ON_PROBLEM[asked.problem] };
  return { orders: asked.value.orders.flatMap(({ id, creationStatus, order }) => (creationStatus === 'Success' && order !== undefined ? [{ ...order, id }] : [])) };
}
