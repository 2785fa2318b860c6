import type { DirectoryGuest, DiscountCard, FrontApiLevel } from './books.js';
import { FrontEditSession } from './edit-session.js';
import { takeFault } from './faults.js';
import { FrontError } from './front-error.js';
import type { OrderView } from './orders.js';
import type { FrontRestaurant } from './restaurant.js';

export interface OperationsContext {
  readonly restaurant: FrontRestaurant;
  readonly terminal: string;
  readonly api: FrontApiLevel;
  /** The order that this service may edit although it is on a screen; absent: the service of `PluginContext`. */
  readonly local?: string;
  /** The screen is still the one that the service was made for. */
  readonly valid: () => boolean;
}

/** `IOperationService`: the global one, or the local one that edit callbacks and scan handlers get. */
export class FrontOperations {
  readonly #context: OperationsContext;

  constructor(context: OperationsContext) {
    this.#context = context;
  }

  get api(): FrontApiLevel {
    return this.#context.api;
  }

  /** @throws {FrontError} `EntityNotFoundException` */
  getOrderById(id: string): OrderView {
    const order = this.#context.restaurant.order(id);
    if (order === undefined) throw new FrontError('EntityNotFoundException', 'There is no such order');
    return order;
  }

  /** Personal cards only. */
  searchDiscountCardByNumber(number: string): DiscountCard | undefined {
    return this.#context.restaurant.discountCards.get(number);
  }

  tryGetClientByPhone(phone: string): DirectoryGuest | undefined {
    this.#refuse();
    const digits = phone.replace(/\D/g, '');
    return this.#context.restaurant.directory().find(({ phones }) => phones.some((each) => each.replace(/\D/g, '') === digits));
  }

  /** @throws {FrontError} `MissingMethodException` before V9 */
  tryGetClientByCardNumber(number: string): DirectoryGuest | undefined {
    this.#since('V9', 'TryGetClientByCardNumber');
    this.#refuse();
    return this.#context.restaurant.directory().find(({ cardNumber }) => cardNumber === number);
  }

  createEditSession(): FrontEditSession {
    return new FrontEditSession(this.#context.restaurant);
  }

  /** V8: `ChangeOrderIikoCard5Coupon`, one; V9 on: `ChangeOrderIikoCard5Coupons`. @throws {FrontError} `MissingMethodException` for several on V8 */
  changeCoupons(session: FrontEditSession, numbers: readonly string[], order: OrderView): void {
    if (numbers.length > 1) this.#since('V9', 'ChangeOrderIikoCard5Coupons');
    session.changeCoupons(numbers, order);
  }

  /** All of it or nothing. @throws {FrontError} */
  submitChanges(session: FrontEditSession): void {
    const { restaurant, terminal } = this.#context;
    const { faults } = restaurant;
    this.#refuse();
    for (const { order } of session.edits) if (takeFault(faults, 'closedMeanwhile')) restaurant.setStatus(order.id, 'Closed');
    if (takeFault(faults, 'entityInUse')) throw inUse('CASH-9');
    if (takeFault(faults, 'wrongRevision')) for (const { order } of session.edits) restaurant.touch(order.id);
    if (takeFault(faults, 'hostError')) throw new FrontError('InvalidOperationException', 'Object reference not set to an instance of an object');
    for (const { order, onBill } of session.edits) this.#check(order, onBill);
    if (faults.ignoreEdits) return;
    for (const { order, edit } of session.edits) restaurant.edit(order.id, edit, 'plugin', terminal);
  }

  /** Not an edit of a session. Gives the guest no discount: iikoFront only asks for one when it is done by hand (front.api.sdk issue 427). */
  addClientToOrder(order: OrderView, client: DirectoryGuest): boolean {
    const { restaurant, terminal } = this.#context;
    this.#refuse();
    if (takeFault(restaurant.faults, 'closedMeanwhile')) restaurant.setStatus(order.id, 'Closed');
    if (takeFault(restaurant.faults, 'entityInUse')) throw inUse('CASH-9');
    this.#check(order, false);
    if (order.customerIds.includes(client.id)) return false;
    if (!restaurant.faults.ignoreEdits) restaurant.edit(order.id, ({ customerIds }) => ({ customerIds: [...customerIds, client.id] }), 'plugin', terminal);
    return true;
  }

  /** Takes a guest off the order; false when he is not on it. */
  removeOrderClient(order: OrderView, clientId: string): boolean {
    const { restaurant, terminal } = this.#context;
    this.#refuse();
    this.#check(order, false);
    if (!order.customerIds.includes(clientId)) return false;
    if (!restaurant.faults.ignoreEdits) restaurant.edit(order.id, ({ customerIds }) => ({ customerIds: customerIds.filter((id) => id !== clientId) }), 'plugin', terminal);
    return true;
  }

  /** @throws {FrontError} `ConstraintViolationException` */
  createClient(guest: DirectoryGuest): void {
    this.#refuse();
    this.#context.restaurant.createGuest(guest);
  }

  #check(seen: OrderView, onBill: boolean): void {
    const { restaurant, local, valid } = this.#context;
    const now = this.getOrderById(seen.id);
    const holder = restaurant.holder(seen.id);
    if (local !== undefined && !valid()) throw new FrontError('InvalidOperationException', 'The operation service is not valid any more');
    if (holder !== undefined && local !== seen.id) throw inUse(holder);
    if (now.revision !== seen.revision) throw new FrontError('EntityModifiedException', 'The order was changed');
    if (now.status !== 'New' && !(onBill && now.status === 'Bill')) throw new FrontError('ConstraintViolationException', `The order has the status ${now.status}`);
  }

  #refuse(): void {
    const { licence, permissionDenied } = this.#context.restaurant.faults;
    if (licence) throw new FrontError('InsufficientLicenseException', 'Plugin module is not licensed');
    if (permissionDenied) throw new FrontError('PermissionDeniedException', 'The user has no right for this');
  }

  #since(level: FrontApiLevel, method: string): void {
    const order: readonly FrontApiLevel[] = ['V8', 'V9', 'V10'];
    if (order.indexOf(this.#context.api) < order.indexOf(level)) throw new FrontError('MissingMethodException', method);
  }
}

function inUse(terminal: string): FrontError {
  return new FrontError('EntityAlreadyInUseException', `The order is being edited on ${terminal}`);
}
