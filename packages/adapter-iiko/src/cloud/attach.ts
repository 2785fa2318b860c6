import { outcome, sleep, withdrawn, type Outcome } from '@tillbridge/core';
import { samePhone, type Remembered } from '../memory/index.js';
import type { NativeIdentifier } from '../native-identifier.js';
import type { CloudGuest, CloudOrder } from './answers.js';
import { runCommand } from './commands.js';
import type { CloudDesk } from './desk.js';
import { checkCoupon, findGuest, type GuestKey } from './find-guest.js';
import { findOrder, seeOrder, type OrderTarget } from './find-order.js';
import { ON_PROBLEM, onCodes } from './outcomes.js';

/** One number for one order. */
export interface CloudJob {
  readonly identifier: NativeIdentifier;
  readonly number: string;
  readonly target: OrderTarget;
  /** Key of the order's external data, for numbers that are nothing to iiko. */
  readonly dataKey: string;
  /** What a guest without a name is called: iikoCloud takes nobody without. At most 60 characters. */
  readonly nameless: string;
  readonly expired: () => boolean;
  /** The order was found; called before the command that changes it. */
  readonly chosen: (seen: { readonly orderId: string; readonly shows: (order: CloudOrder) => boolean }) => void;
  /** Numbers whose command ended in silence, by order and number. */
  readonly unanswered: Remembered;
}

/** What is to be on the order, how it is put there, and what shows that it is. */
interface Change {
  readonly operation: 'addCustomer' | 'changeExternalData';
  readonly fields: object;
  readonly keys: readonly string[];
  readonly shows: (order: CloudOrder) => boolean;
  /** The same of an order that had nobody before: weaker signs are enough. */
  readonly appeared: (order: CloudOrder) => boolean;
  /** Somebody else's is there. */
  readonly conflicts: (order: CloudOrder) => boolean;
  readonly evidence: string;
}

const GUEST_KEYS: Readonly<Partial<Record<NativeIdentifier, GuestKey>>> = { iikoCardNumber: 'cardNumber', iikoCardTrack: 'cardTrack', iikoCardPhone: 'phone' };
const LONGEST_NAME = 60;
/** An order that a till is editing becomes free in a moment; asking more often would be a flood. */
const MOST_TRIES = 4;
const TRY_AGAIN_MS = 2000;
/** The cloud shows a change a moment after the command has ended. */
const READ_BACK_MS = [0, 700, 1500, 3000] as const;

/**
 * Puts a number on an order and shows that it is there: the guest, the order, the command, the order again. A refusal may be tried again,
 * silence never.
 */
export async function attach(job: CloudJob, desk: CloudDesk, signal: AbortSignal): Promise<Outcome> {
  const result = await tryAll(job, desk, signal);
  // nothing has left for the till so far: whoever took the number back has it back
  return signal.aborted && result === ON_PROBLEM.aborted ? withdrawn(signal, 'notSent') : result;
}

async function tryAll(job: CloudJob, desk: CloudDesk, signal: AbortSignal): Promise<Outcome> {
  if (job.identifier === 'iikoCardCoupon') return checkCoupon(desk, job.number, signal);
  const change = await changeFor(job, desk, signal);
  if ('refused' in change) return change.refused;
  const found = await findOrder(desk, job.target, change.keys, signal);
  if ('refused' in found) return found.refused;
  const { order } = found;
  const standing = judgeOrder(order, change);
  if (standing !== undefined) return standing;
  job.chosen({ orderId: order.id, shows: change.appeared });
  if (job.unanswered.has(order.id, job.number)) return readBack(order.id, change, desk, outcome('unknown', 'notAnswered'), signal);
  return put(job, order.id, change, desk, signal);
}

async function changeFor(job: CloudJob, desk: CloudDesk, signal: AbortSignal): Promise<Change | { readonly refused: Outcome }> {
  if (job.identifier === 'externalData') return dataChange(job.dataKey, job.number);
  const key = GUEST_KEYS[job.identifier];
  if (key === undefined) return { refused: outcome('rejected', 'notByThisTransport') };
  const found = await findGuest(desk, key, job.number, signal);
  return 'refused' in found ? found : guestChange(found.guest, job.nameless);
}

function dataChange(key: string, value: string): Change {
  const hasPair = ({ externalData = [] }: CloudOrder): boolean => externalData.some((pair) => pair.key === key && pair.value === value);
  return {
    ...{ operation: 'changeExternalData', fields: { externalData: [{ key, value, isPublic: false }] }, keys: [key], evidence: 'orderShowsData' },
    shows: hasPair,
    appeared: hasPair,
    conflicts: () => false,
  };
}

/** By phone and name: the id of a guest of iikoCard is not that of the restaurant's server, which `customer.id` would mean. */
function guestChange({ id, name = '', surname = '', phone = '' }: CloudGuest, nameless: string): Change | { readonly refused: Outcome } {
  if (phone.trim() === '') return { refused: outcome('rejected', 'guestHasNoPhone') };
  const first = name.trim().slice(0, LONGEST_NAME);
  const last = surname.trim().slice(0, LONGEST_NAME);
  const customer = { phone, name: first === '' ? nameless : first, ...(last === '' ? {} : { surname: last }) };
  const isGuest = (order: CloudOrder): boolean => order.customer?.id === id || samePhone(order.phone ?? '', phone);
  return {
    ...{ operation: 'addCustomer', fields: { customer }, keys: [], evidence: 'orderShowsGuest', shows: isGuest },
    // the contract allows an order without the phone of its guest
    appeared: (order) => isGuest(order) || (order.phone === undefined && order.customer?.name === customer.name),
    conflicts: (order) => order.customer !== undefined && !isGuest(order),
  };
}

function judgeOrder(order: CloudOrder, change: Change): Outcome | undefined {
  if (order.status === 'Closed' || order.status === 'Deleted') return outcome('expired', 'orderClosed');
  if (change.shows(order)) return outcome('alreadyApplied', undefined, change.evidence);
  // the bill fixes the discounts
  if (order.status === 'Bill') return outcome('rejected', 'billPrinted');
  return change.conflicts(order) ? outcome('rejected', 'otherGuest') : undefined;
}

async function put(job: CloudJob, orderId: string, change: Change, desk: CloudDesk, signal: AbortSignal): Promise<Outcome> {
  for (let tries = 1; ; tries += 1) {
    if (signal.aborted) return withdrawn(signal, 'notSent');
    if (job.expired()) return outcome('expired', 'notSent');
    const run = await runCommand(desk, change.operation, { organizationId: desk.organizationId, orderId, ...change.fields }, signal);
    if (run.end === 'success') return readBack(orderId, change, desk, outcome('unknown', 'notShown'), signal);
    const silent = run.end === 'lost' || (run.end === 'notTaken' && run.answer.sent);
    if (silent) {
      job.unanswered.add(orderId, job.number);
      return readBack(orderId, change, desk, outcome('unknown', 'notAnswered'), signal);
    }
    const refused = run.end === 'notTaken' && run.answer.problem !== 'declined' ? ON_PROBLEM[run.answer.problem] : onCodes(run.end === 'error' ? run.codes : run.answer.codes);
    if (refused !== 'wait') return refused;
    if (tries === MOST_TRIES) return outcome('rejected', 'orderBusy');
    await sleep(desk.clock, TRY_AGAIN_MS, signal);
  }
}

/** `Success` of a command does not prove that the order has it. */
async function readBack(orderId: string, change: Change, desk: CloudDesk, otherwise: Outcome, signal: AbortSignal): Promise<Outcome> {
  for (const wait of READ_BACK_MS) {
    await sleep(desk.clock, wait, signal);
    if (signal.aborted) break;
    const order = await seeOrder(desk, orderId, change.keys, signal);
    if (order !== undefined && change.appeared(order)) return outcome('applied', undefined, change.evidence);
  }
  return otherwise;
}
