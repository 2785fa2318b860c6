import { randomUUID } from 'node:crypto';

export interface CloudOrganization {
  readonly id: string;
  readonly name: string;
  /** iikoCard is switched on for it. */
  loyalty: boolean;
}

export interface CloudTerminalGroup {
  readonly id: string;
  readonly organizationId: string;
  readonly name: string;
  readonly posVersion: string;
  asleep: boolean;
  /** Not granted to the login: shown with `includeDisabled` only. */
  hidden: boolean;
  alive: boolean;
}

export interface CloudTable {
  readonly id: string;
  readonly number: number;
  readonly terminalGroupId: string;
}

export interface CloudCard {
  readonly id: string;
  readonly track: string;
  readonly number: string;
}

/** A guest of iikoCard. */
export interface CloudGuest {
  readonly id: string;
  name: string;
  surname: string;
  phone: string;
  email: string;
  isDeleted: boolean;
  readonly cards: CloudCard[];
  balance: number;
}

export interface CloudCoupon {
  readonly id: string;
  readonly number: string;
  readonly series: string;
  whenActivated: string | undefined;
  isDeleted: boolean;
}

export interface OrderGuest {
  readonly id: string;
  readonly name: string;
  readonly phone: string;
}

/** An order of the till. The cloud knows it once it was initialised. */
export interface CloudOrder {
  /** Of the cloud. */
  readonly id: string;
  /** `IOrder.Id` of the till. */
  readonly posId: string;
  readonly number: number;
  readonly organizationId: string;
  readonly terminalGroupId: string;
  readonly tableIds: readonly string[];
  initialised: boolean;
  status: 'New' | 'Bill' | 'Closed' | 'Deleted';
  /** A till has it open in an editor: nobody else may change it. */
  busy: boolean;
  guest: OrderGuest | undefined;
  readonly externalData: Map<string, string>;
  timestamp: number;
}

/** One company with one restaurant: what the cloud and the tills know. Tests change it as they like. */
export class CloudWorld {
  readonly organizations: CloudOrganization[] = [];
  readonly terminalGroups: CloudTerminalGroup[] = [];
  readonly tables: CloudTable[] = [];
  readonly guests: CloudGuest[] = [];
  readonly coupons: CloudCoupon[] = [];
  readonly orders: CloudOrder[] = [];
  #time = 1_700_000_000_000;

  constructor() {
    const organization = this.addOrganization('Trattoria');
    const group = this.addTerminalGroup('Hall', organization);
    for (let number = 1; number <= 4; number += 1) this.tables.push({ id: randomUUID(), number, terminalGroupId: group.id });
  }

  addOrganization(name: string): CloudOrganization {
    const organization = { id: randomUUID(), name, loyalty: true };
    this.organizations.push(organization);
    return organization;
  }

  addTerminalGroup(name: string, { id: organizationId }: { readonly id: string }): CloudTerminalGroup {
    const group = { id: randomUUID(), organizationId, name, posVersion: '9.5.6059.0', asleep: false, hidden: false, alive: true };
    this.terminalGroups.push(group);
    return group;
  }

  /** A guest with one card; card number and track differ, as they may. */
  addGuest(over: { readonly phone: string; readonly name?: string; readonly cardNumber?: string; readonly cardTrack?: string }): CloudGuest {
    const { phone, name = 'Guest', cardNumber, cardTrack = cardNumber } = over;
    const cards = cardNumber === undefined || cardTrack === undefined ? [] : [{ id: randomUUID(), number: cardNumber, track: cardTrack }];
    const guest = { id: randomUUID(), name, surname: '', phone, email: '', isDeleted: false, cards, balance: 100 };
    this.guests.push(guest);
    return guest;
  }

  addCoupon(number: string, series = 'Summer'): CloudCoupon {
    const coupon: CloudCoupon = { id: randomUUID(), number, series, whenActivated: undefined, isDeleted: false };
    this.coupons.push(coupon);
    return coupon;
  }

  /** Opens an order at the till; without a table for fast food. */
  openOrder(table?: CloudTable, over: { readonly posId?: string } = {}): CloudOrder {
    const group = this.terminalGroups.find(({ id }) => id === table?.terminalGroupId) ?? this.terminalGroups[0];
    if (group === undefined) throw new Error('there is no terminal group');
    const order: CloudOrder = {
      id: randomUUID(),
      posId: over.posId ?? randomUUID(),
      number: this.orders.length + 1,
      organizationId: group.organizationId,
      terminalGroupId: group.id,
      tableIds: table === undefined ? [] : [table.id],
      initialised: false,
      status: 'New',
      busy: false,
      guest: undefined,
      externalData: new Map(),
      timestamp: this.touch(),
    };
    this.orders.push(order);
    return order;
  }

  /** A new revision. */
  touch(): number {
    this.#time += 1;
    return this.#time;
  }
}
