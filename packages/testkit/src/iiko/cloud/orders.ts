import { randomUUID } from 'node:crypto';
import type { JsonReply } from '../http/index.js';
import type { CommandQueue } from './commands.js';
import type { CloudFaults } from './faults.js';
import { correlated, done, refusal } from './reply.js';
import type { RequestBody } from './request.js';
import type { CloudOrder, CloudWorld, OrderGuest } from './world.js';

/** Orders as the cloud sees them, and the commands that go to the tills. */
export class OrderDesk {
  readonly #world: CloudWorld;
  readonly #faults: CloudFaults;
  readonly #commands: CommandQueue;
  /** What the last change took the place of. */
  readonly #before = new Map<string, OrderGuest | undefined>();

  constructor(world: CloudWorld, faults: CloudFaults, commands: CommandQueue) {
    this.#world = world;
    this.#faults = faults;
    this.#commands = commands;
  }

  byId(body: RequestBody): JsonReply {
    body.uuids('organizationIds');
    const [ids, posIds] = [body.optionalUuids('orderIds'), body.optionalUuids('posOrderIds')];
    if ((ids === undefined) === (posIds === undefined)) return refusal(400, 'Validation_Common', 'Either orderIds or posOrderIds.');
    const keys = body.texts('returnExternalDataKeys') ?? [];
    return this.#show((order) => ids?.includes(order.id) ?? posIds?.includes(order.posId) ?? false, body, keys);
  }

  byTable(body: RequestBody): JsonReply {
    const tables = body.uuids('tableIds');
    const statuses = body.texts('statuses');
    return this.#show((order) => order.tableIds.some((id) => tables.includes(id)) && (statuses?.includes(order.status) ?? true), body, []);
  }

  initByTable(body: RequestBody): JsonReply {
    const tables = body.uuids('tableIds');
    return this.#init(body, (order) => order.tableIds.some((id) => tables.includes(id)) && (order.status === 'New' || order.status === 'Bill'));
  }

  initByPosOrder(body: RequestBody): JsonReply {
    const ids = body.uuids('posOrderIds');
    return this.#init(body, (order) => ids.includes(order.posId));
  }

  addCustomer(body: RequestBody): JsonReply {
    const customer = body.part('customer');
    const [id, phone, name] = [customer.optionalText('id'), customer.optionalText('phone'), customer.optionalText('name', 60)];
    if (id === undefined && ((phone ?? '') === '' || (name ?? '') === '')) return refusal(400, 'Validation_Common', 'Customer phone and name are required without an id.');
    return this.#change(body, (order) => {
      this.#before.set(order.id, order.guest);
      order.guest = { id: id ?? randomUUID(), name: name ?? 'Guest', phone: phone ?? '' };
    });
  }

  changeExternalData(body: RequestBody): JsonReply {
    const pairs = body.parts('externalData').map((pair) => [pair.text('key', 256), pair.text('value')] as const);
    return this.#change(body, (order) => {
      for (const [key, value] of pairs) order.externalData.set(key, value);
    });
  }

  status(body: RequestBody): JsonReply {
    const status = this.#commands.status(body.uuid('organizationId'), body.uuid('correlationId'));
    return status === undefined ? refusal(410, 'Command_Gone', 'The correlation id is not kept any longer.') : done(status);
  }

  #init(body: RequestBody, belongs: (order: CloudOrder) => boolean): JsonReply {
    const [organizationId, terminalGroupId] = [body.uuid('organizationId'), body.uuid('terminalGroupId')];
    return this.#queue(organizationId, terminalGroupId, () => {
      const found = this.#world.orders.filter((order) => order.terminalGroupId === terminalGroupId && belongs(order));
      for (const order of found) order.initialised = true;
      return found.length === 0 ? 'OrderNotFound' : undefined;
    });
  }

  #change(body: RequestBody, change: (order: CloudOrder) => void): JsonReply {
    const [organizationId, orderId] = [body.uuid('organizationId'), body.uuid('orderId')];
    const order = this.#world.orders.find(({ id, initialised }) => id === orderId && initialised);
    if (order === undefined) return refusal(400, 'OrderNotFound', 'There is no such order.');
    return this.#queue(organizationId, order.terminalGroupId, () => {
      if (order.busy) return 'EntityAlreadyInUse';
      if (order.status !== 'New') return 'OrderStatusChangedInIikoFront';
      change(order);
      order.timestamp = this.#world.touch();
      return undefined;
    });
  }

  #queue(organizationId: string, groupId: string, effect: () => string | undefined): JsonReply {
    const group = this.#world.terminalGroups.find(({ id }) => id === groupId);
    if (group?.organizationId !== organizationId) return refusal(400, 'TerminalGroupUnregistered', 'There is no such terminal group.');
    return done({ correlationId: this.#commands.add(organizationId, () => (group.alive && !group.asleep ? effect() : 'TerminalGroupDisabled')) });
  }

  #show(wanted: (order: CloudOrder) => boolean, body: RequestBody, keys: readonly string[]): JsonReply {
    const organizations = body.uuids('organizationIds');
    const stale = this.#faults.staleReads > 0;
    if (stale) this.#faults.staleReads -= 1;
    const found = this.#world.orders.filter((order) => order.initialised && organizations.includes(order.organizationId) && wanted(order));
    return correlated({ orders: found.map((order) => this.#shown(order, stale, keys)) });
  }

  #shown(order: CloudOrder, stale: boolean, keys: readonly string[]): object {
    const { id, posId, organizationId, timestamp } = order;
    const guest = stale ? this.#before.get(id) : order.guest;
    return {
      ...{ id, posId, externalNumber: null, organizationId, timestamp, creationStatus: 'Success', errorInfo: null },
      order: {
        tableIds: order.tableIds,
        customer: guest === undefined ? null : { type: 'regular', id: guest.id, name: guest.name, surname: null, comment: null, gender: 'NotSpecified', inBlacklist: false, blacklistReason: null, birthdate: null },
        phone: this.#faults.hidePhones ? null : (guest?.phone ?? null),
        ...{ status: order.status, whenCreated: '2026-01-10 12:00:00.000', waiter: null, sum: 0, number: order.number, sourceKey: null, guestsInfo: null, items: [] },
        ...{ payments: [], discounts: [], orderType: null, terminalGroupId: order.terminalGroupId, processedPaymentsSum: 0, loyaltyInfo: null },
        externalData: keys.flatMap((key) => {
          const value = stale ? undefined : order.externalData.get(key);
          return value === undefined ? [] : [{ key, value }];
        }),
      },
    };
  }
}
