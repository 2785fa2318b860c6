import { instant, type Clock } from '@tillbridge/core';
import { SEARCH_SCOPE, standardProducts, type DirectoryGuest, type DiscountCard, type IikoCardGuest, type Product } from './books.js';
import { noFrontFaults, type FrontFaults } from './faults.js';
import { FrontError } from './front-error.js';
import type { ChangeBy, ChangeKind, OrderChange, OrderCoupon, OrderStatus, OrderView } from './orders.js';

export interface FrontRestaurantOptions {
  readonly clock: Clock;
  /** How long a guest of iikoCard takes to reach the till's own directory, in ms. Default 300,000. */
  readonly directorySyncMs?: number;
  readonly faults?: FrontFaults;
}

/** One change that is to be made to an order. */
export type OrderEdit = (order: OrderView) => Partial<Pick<OrderView, 'customerIds' | 'discounts' | 'priceCategory' | 'coupons' | 'externalData'>>;

/** Orders that are kept, the newest; changes likewise. */
const MAX_ORDERS = 10_000;

/** What the terminals of one restaurant share: orders, cards, guests. Deterministic on the injected clock. */
export class FrontRestaurant {
  readonly faults: FrontFaults;
  readonly discountCards = new Map<string, DiscountCard>();
  /** Coupons of iikoCard: false for a used one. */
  readonly coupons = new Map<string, boolean>();
  readonly products: Product[] = standardProducts();
  /** Service barcodes of the kitchen. */
  readonly kitchenCodes = new Set<string>();
  readonly employeeCards = new Set<string>();
  /** Everything that was really put on an order, oldest first. */
  readonly changes: OrderChange[] = [];
  readonly #clock: Clock;
  readonly #syncMs: number;
  readonly #orders = new Map<string, OrderView>();
  readonly #guests: { readonly guest: IikoCardGuest; readonly since: number }[] = [];
  readonly #directory = new Map<string, DirectoryGuest>();
  readonly #watchers = new Set<(order: OrderView) => void>();
  /** Which terminal shows which order. */
  readonly #shown = new Map<string, string>();
  #numbers = 0;

  constructor({ clock, directorySyncMs = 300_000, faults = noFrontFaults() }: FrontRestaurantOptions) {
    this.#clock = clock;
    this.#syncMs = directorySyncMs;
    this.faults = faults;
  }

  get orders(): readonly OrderView[] {
    return [...this.#orders.values()];
  }

  order(id: string): OrderView | undefined {
    return this.#orders.get(id);
  }

  openOrder(table = 1): OrderView {
    const number = (this.#numbers += 1);
    const id = `0de20000-0000-4000-8000-${String(number).padStart(12, '0')}`;
    const order: OrderView = { id, number, revision: 1, status: 'New', table, customerIds: [], discounts: [], priceCategory: undefined, coupons: [], externalData: new Map() };
    this.#orders.set(id, order);
    const oldest = this.#orders.keys().next();
    if (this.#orders.size > MAX_ORDERS && oldest.done !== true) this.#orders.delete(oldest.value);
    this.#changed(order);
    return order;
  }

  setStatus(id: string, status: OrderStatus): void {
    this.#put({ ...this.#need(id), status });
  }

  /** Somebody else touched the order: nothing but the revision moves. */
  touch(id: string): void {
    this.#put(this.#need(id));
  }

  /** Applies an edit and writes down what it put there. @throws {FrontError} `EntityNotFoundException` */
  edit(id: string, edit: OrderEdit, by: ChangeBy, terminal?: string): OrderView {
    const before = this.#need(id);
    const after = { ...before, ...edit(before) };
    for (const [kind, value] of newThings(before, after)) this.changes.push({ order: id, kind, value, by, terminal, at: this.#clock.mono() });
    return this.#put(after);
  }

  /** Called with every order that changed. Returns what ends it. */
  onOrderChanged(watcher: (order: OrderView) => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  /** A terminal shows an order on its edit screen, or none any more. */
  shows(terminal: string, order: string | undefined): void {
    if (order === undefined) this.#shown.delete(terminal);
    else this.#shown.set(terminal, order);
  }

  /** The terminal that has the order on its screen. */
  holder(order: string): string | undefined {
    return [...this.#shown].find(([, shown]) => shown === order)?.[0];
  }

  registerGuest(guest: IikoCardGuest): void {
    this.#guests.push({ guest, since: instant(this.#clock).mono });
  }

  /** A guest that iikoCard knows, by `searchScope` 1, 2 or 4. */
  iikoCardGuest(credential: string, scope: number): IikoCardGuest | undefined {
    return this.#guests.find(({ guest }) => matches(guest, credential, scope))?.guest;
  }

  /** The guests that the till's own directory has by now. */
  directory(): readonly DirectoryGuest[] {
    const { directoryStale } = this.faults;
    const synchronised = this.#guests.filter(({ since }) => !directoryStale && this.#clock.mono() - since >= this.#syncMs);
    return [...this.#directory.values(), ...synchronised.map(({ guest: { id, name, phone, cardNumber } }) => ({ id, name, phones: [phone], cardNumber }))];
  }

  /** @throws {FrontError} `ConstraintViolationException` with the id of the guest who has the card: public plugins parse it out of the text */
  createGuest(guest: DirectoryGuest): void {
    const other = guest.cardNumber === undefined ? undefined : this.directory().find(({ cardNumber }) => cardNumber === guest.cardNumber);
    if (other !== undefined) throw new FrontError('ConstraintViolationException', `Client with the same card number already exists: ${other.id}`);
    if (guest.cardNumber === undefined && guest.phones.length === 0) throw new FrontError('ConstraintViolationException', 'A client needs a card number or a phone');
    this.#directory.set(guest.id, guest);
  }

  /** What the POS server of iikoCard does for `authorize`: puts the guest on the order, or only says so. */
  authorize(order: string, credential: string, scope: number): 'authorized' | 'guestNotFound' | 'orderNotFound' {
    const guest = this.iikoCardGuest(credential, scope);
    if (guest === undefined) return 'guestNotFound';
    if (this.#orders.get(order)?.status !== 'New') return 'orderNotFound';
    if (!this.faults.authorizeIgnored) this.edit(order, ({ customerIds }) => ({ customerIds: [...new Set([...customerIds, guest.id])] }), 'iikoCard');
    return 'authorized';
  }

  coupon(number: string): OrderCoupon {
    return { number, applied: this.coupons.get(number) === true };
  }

  #put(order: OrderView): OrderView {
    const next = { ...order, revision: order.revision + 1 };
    this.#orders.set(order.id, next);
    this.#changed(next);
    return next;
  }

  #changed(order: OrderView): void {
    for (const watcher of [...this.#watchers]) watcher(order);
  }

  #need(id: string): OrderView {
    const order = this.#orders.get(id);
    if (order === undefined) throw new FrontError('EntityNotFoundException', 'There is no such order');
    return order;
  }
}

function matches(guest: IikoCardGuest, credential: string, scope: number): boolean {
  if (scope === SEARCH_SCOPE.phone) return guest.phone.replace(/\D/g, '') === credential.replace(/\D/g, '');
  if (scope === SEARCH_SCOPE.cardNumber) return guest.cardNumber === credential;
  return scope === SEARCH_SCOPE.cardTrack && guest.cardTrack === credential;
}

/** What is on the second and was not on the first. A thing that is there twice counts twice. */
function newThings(before: OrderView, after: OrderView): readonly (readonly [ChangeKind, string])[] {
  const cards = (order: OrderView): readonly string[] => order.discounts.flatMap(({ cardNumber }) => (cardNumber === undefined ? [] : [cardNumber]));
  const data = (order: OrderView): readonly string[] => [...order.externalData].map(([key, { value }]) => `${key}=${value}`);
  return [
    ...added(cards(before), cards(after)).map((value) => ['discountCard', value] as const),
    ...added(before.coupons.map(({ number }) => number), after.coupons.map(({ number }) => number)).map((value) => ['coupon', value] as const),
    ...added(before.customerIds, after.customerIds).map((value) => ['customer', value] as const),
    ...added(data(before), data(after)).map((value) => ['externalData', value] as const),
    ...(after.priceCategory !== undefined && before.priceCategory !== after.priceCategory ? [['priceCategory', after.priceCategory] as const] : []),
  ];
}

function added(before: readonly string[], after: readonly string[]): readonly string[] {
  const left = [...before];
  return after.filter((value) => {
    const at = left.indexOf(value);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}
