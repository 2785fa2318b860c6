import { randomUUID } from 'node:crypto';
import type { DirectoryGuest } from '../front/books.js';
import type { FrontEditSession } from '../front/edit-session.js';
import { FrontError } from '../front/front-error.js';
import type { FrontOperations } from '../front/operations.js';
import type { OrderView } from '../front/orders.js';
import type { AuthorizeAnswer, Done, GuestKey, OrderAction } from './wire.js';

/** What an edit of an order has at hand. */
export interface EditTools {
  readonly operations: FrontOperations;
  /** The order of the screen, of the handler, or of the id. */
  readonly orderId: string;
  /** Whether that order alone was open since the action was bound to it. */
  readonly unbroken: () => boolean;
  readonly expired: () => boolean;
  /** Asks the daemon to authorise the guest at the POS server of iikoCard. */
  readonly authorize: () => Promise<AuthorizeAnswer>;
}

type Kind<K extends OrderAction['kind']> = Extract<OrderAction, { readonly kind: K }>;

/** Does an action on an order: looks again first, changes, reads back. Never rejects. */
export async function editOrder(action: OrderAction, tools: EditTools): Promise<Done> {
  const done = await attempt(action, tools);
  // one more try, which looks again itself
  return done.outcome === 'conflict' && done.detail === 'modified' ? attempt(action, tools) : done;
}

async function attempt(action: OrderAction, tools: EditTools): Promise<Done> {
  const { operations, orderId, expired } = tools;
  try {
    if (expired()) return { outcome: 'expired' };
    if (orderId !== action.orderId) return { outcome: 'wrongOrder' };
    const order = operations.getOrderById(orderId);
    if (order.status !== 'New') return { outcome: 'orderClosed' };
    if (!tools.unbroken()) return { outcome: 'wrongOrder' };
    return withOrder(await change(action, order, tools), operations, orderId);
  } catch (error) {
    return refusalOf(error, tools);
  }
}

function change(action: OrderAction, order: OrderView, tools: EditTools): Done | Promise<Done> {
  switch (action.kind) {
    case 'applyDiscountCard':
      return discountCard(action, order, tools);
    case 'setCoupons':
      return coupons(action, order, tools);
    case 'bindGuest':
      return bindGuest(action, order, tools, action.createName);
    case 'authorizeIikoCard':
      return authorizeIikoCard(action, order, tools);
    case 'setExternalData':
      return externalData(action, order, tools);
  }
}

function discountCard({ number }: Kind<'applyDiscountCard'>, order: OrderView, tools: EditTools): Done {
  const { operations } = tools;
  const card = operations.searchDiscountCardByNumber(number);
  if (card === undefined) return { outcome: 'notFound' };
  if (card.discountType?.canApplyByCardNumber === false) return { outcome: 'notAllowed', detail: 'cardType' };
  const shows = ({ discounts, priceCategory }: OrderView): boolean =>
    card.discountType === undefined ? priceCategory === card.priceCategory : discounts.some(({ cardNumber }) => cardNumber === number);
  if (shows(order)) return { outcome: 'alreadyApplied' };
  return submitted(tools, (session) => session.addDiscountByCardNumber(number, order, card), shows, 'orderShowsCard');
}

function coupons({ numbers }: Kind<'setCoupons'>, order: OrderView, tools: EditTools): Done {
  const { operations } = tools;
  const present = order.coupons.map(({ number }) => number);
  const missing = numbers.filter((number) => !present.includes(number));
  if (missing.length === 0) return { outcome: 'alreadyApplied' };
  if (operations.api === 'V8' && missing.length > 1) return { outcome: 'unsupportedByApiVersion' };
  if (operations.api === 'V8' && present.length > 0) return { outcome: 'conflict', detail: 'couponPresent' };
  const shows = ({ coupons: now }: OrderView): boolean => numbers.every((number) => now.some((coupon) => coupon.number === number));
  return submitted(tools, (session) => operations.changeCoupons(session, [...present, ...missing], order), shows, 'orderShowsCoupon');
}

function externalData({ key, value, isPublic }: Kind<'setExternalData'>, order: OrderView, tools: EditTools): Done {
  const shows = ({ externalData: data }: OrderView): boolean => data.get(key)?.value === value;
  if (shows(order)) return { outcome: 'alreadyApplied' };
  return submitted(tools, (session) => session.addOrderExternalData(key, { value, isPublic }, order), shows, 'orderShowsData');
}

function submitted({ operations, orderId }: EditTools, plan: (session: FrontEditSession) => void, shows: (order: OrderView) => boolean, evidence: NonNullable<Done['evidence']>): Done {
  const session = operations.createEditSession();
  plan(session);
  const before = operations.getOrderById(orderId).revision;
  try {
    operations.submitChanges(session);
  } catch (error) {
    if (!(error instanceof FrontError) || error.kind !== 'InvalidOperationException') throw error;
    // it may have happened all the same: only the order can tell
    const now = operations.getOrderById(orderId);
    if (shows(now)) return { outcome: 'applied', evidence };
    return now.revision === before ? { outcome: 'hostError' } : { outcome: 'unknown' };
  }
  return shows(operations.getOrderById(orderId)) ? { outcome: 'applied', evidence } : { outcome: 'noEffect' };
}

/** Undefined: this API cannot look for it. */
function findGuest(key: GuestKey, operations: FrontOperations): DirectoryGuest | 'none' | undefined {
  if (key.phone !== undefined) return operations.tryGetClientByPhone(key.phone) ?? 'none';
  if (key.cardNumber === undefined || operations.api === 'V8') return undefined;
  return operations.tryGetClientByCardNumber(key.cardNumber) ?? 'none';
}

function bindGuest(key: GuestKey & { readonly replace: boolean }, seen: OrderView, { operations, orderId }: EditTools, createName?: string): Done {
  let guest = findGuest(key, operations);
  if (guest === undefined) return { outcome: 'unsupportedByApiVersion' };
  if (guest !== 'none' && seen.customerIds.includes(guest.id)) return { outcome: 'alreadyApplied' };
  if (seen.customerIds.length > 0 && !key.replace) return { outcome: 'conflict', detail: 'otherGuest' };
  if (guest === 'none') {
    if (createName === undefined) return { outcome: 'notFound' };
    guest = { id: randomUUID(), name: createName, phones: key.phone === undefined ? [] : [key.phone], cardNumber: key.cardNumber };
    operations.createClient(guest);
  }
  for (const other of seen.customerIds) operations.removeOrderClient(operations.getOrderById(orderId), other);
  operations.addClientToOrder(operations.getOrderById(orderId), guest);
  return operations.getOrderById(orderId).customerIds.includes(guest.id) ? { outcome: 'applied', evidence: 'orderShowsGuest' } : { outcome: 'noEffect' };
}

async function authorizeIikoCard(action: Kind<'authorizeIikoCard'>, before: OrderView, tools: EditTools): Promise<Done> {
  const { operations, orderId, expired } = tools;
  const { fallback, replace } = action;
  if (before.customerIds.length > 0 && !replace) {
    const known = fallback === undefined ? undefined : findGuest(fallback, operations);
    return known !== undefined && known !== 'none' && before.customerIds.includes(known.id) ? { outcome: 'alreadyApplied' } : { outcome: 'conflict', detail: 'otherGuest' };
  }
  const { done, reason } = await tools.authorize();
  const now = operations.getOrderById(orderId);
  if (now.customerIds.some((id) => !before.customerIds.includes(id))) {
    // only now: a guest who cannot be authorised must not cost the order the one that it has
    return { outcome: 'applied', evidence: 'orderShowsGuest', ...(removed(before.customerIds, tools) ? {} : { detail: 'otherGuestStays' }) };
  }
  if (fallback !== undefined) {
    // the POS server took its time
    if (expired()) return { outcome: 'expired' };
    if (now.status !== 'New') return { outcome: 'orderClosed' };
    const bound = bindGuest({ ...fallback, replace }, now, tools);
    if (bound.outcome !== 'notFound' && bound.outcome !== 'unsupportedByApiVersion') return bound;
  }
  if (done) return { outcome: 'noEffect' };
  return reason === 'notFound' ? { outcome: 'notFound' } : { outcome: 'hostError', ...(reason === undefined ? {} : { detail: reason }) };
}

/** The new guest is there, whatever becomes of the older ones. */
function removed(others: readonly string[], { operations, orderId }: EditTools): boolean {
  try {
    for (const other of others) operations.removeOrderClient(operations.getOrderById(orderId), other);
    return true;
  } catch (error) {
    if (error instanceof FrontError) return false;
    throw error;
  }
}

function withOrder(done: Done, operations: FrontOperations, id: string): Done {
  const { id: orderId, number: orderNumber, revision } = operations.getOrderById(id);
  return { ...done, orderId, orderNumber, revision };
}

/** The vendor's exceptions in words of the contract. */
function refusalOf(error: unknown, { operations, orderId }: EditTools): Done {
  if (!(error instanceof FrontError)) return { outcome: 'hostError' };
  switch (error.kind) {
    case 'PermissionDeniedException':
      return { outcome: 'notAllowed', detail: 'permission' };
    case 'InsufficientLicenseException':
      return { outcome: 'notAllowed', detail: 'licence', hostText: error.message.replace(/\d{4,}/g, '****') };
    case 'EntityAlreadyInUseException':
      return { outcome: 'conflict', detail: 'inUse' };
    case 'EntityModifiedException':
      return { outcome: 'conflict', detail: 'modified' };
    case 'EntityNotFoundException':
      return { outcome: 'orderClosed' };
    case 'ConstraintViolationException':
      return isOpen(operations, orderId) ? { outcome: 'notAllowed', detail: 'status' } : { outcome: 'orderClosed' };
    case 'MissingMethodException':
      return { outcome: 'unsupportedByApiVersion' };
    case 'NotSupportedException':
    case 'OperationCanceledException':
      return { outcome: 'wrongScreen' };
    case 'InvalidOperationException':
      return { outcome: 'hostError' };
  }
}

function isOpen(operations: FrontOperations, id: string): boolean {
  try {
    return operations.getOrderById(id).status === 'New';
  } catch {
    return false;
  }
}
