import {
  asTillbridgeError,
  outcome,
  type Adapter,
  type AdapterCapabilities,
  type DeliveryRequest,
  type DeliveryTrace,
  type Inbound,
  type Outcome,
  type PartState,
  type ProbeRow,
  type TillbridgeError,
} from '@tillbridge/core';
import { e164 } from '../front/plan.js';
import { Recent, Remembered } from '../memory/index.js';
import { namedOrder } from '../order-id.js';
import { serverUrl } from '../server-url.js';
import { Upkeep } from '../upkeep.js';
import type { CloudOrder } from './answers.js';
import { attach } from './attach.js';
import { CloudClient } from './client.js';
import type { CloudDesk } from './desk.js';
import { errorOfCloud, type CloudName } from './errors.js';
import { seeOrder, type OrderTarget } from './find-order.js';
import type { CloudContext, CloudTillOptions } from './options.js';
import { findPlace, type FoundPlace } from './place.js';
import { probeCloud } from './probe.js';

/** A command may reach a till late; nobody documents how late. */
const MAY_STILL_COME_MS = 120_000;
/** How long a number that no guest has is not asked about again. */
const MISS_MS = 10_000;

interface Seen {
  readonly orderId: string;
  readonly shows: (order: CloudOrder) => boolean;
}

/**
 * A till through iikoCloud: the guest is looked up there and put on an order of the till by a command, shown by reading the order back. Needs
 * the internet, takes seconds, and suits waiter service: an order is known by the till's own id or by its table.
 *
 * @throws {TillbridgeError} `TB_TILL_BAD_URL`
 */
export function createCloudTill(options: CloudTillOptions, context: CloudContext): Adapter {
  return new CloudTill(options, context);
}

class CloudTill implements Adapter {
  readonly id: string;
  /** iiko tells its iikoCard of each sale itself. */
  readonly capabilities: AdapterCapabilities = { goods: false, best: 'applied', verify: true, reportsItself: true };
  readonly #options: CloudTillOptions;
  readonly #context: CloudContext;
  readonly #client: CloudClient;
  readonly #name: CloudName;
  readonly #upkeep: Upkeep;
  readonly #recent = new Recent<Seen>();
  readonly #unanswered: Remembered;
  readonly #misses: Remembered;
  #place: FoundPlace | undefined;

  constructor(options: CloudTillOptions, context: CloudContext) {
    const { id, login, timeoutMs } = options;
    const { clock, log, random = Math.random } = context;
    const url = serverUrl(options);
    this.id = id;
    this.#options = options;
    this.#context = context;
    this.#name = { till: id, host: url.host };
    this.#client = new CloudClient({ url, login, clock, random, ...(timeoutMs === undefined ? {} : { timeoutMs }) });
    this.#unanswered = new Remembered(clock, MAY_STILL_COME_MS);
    this.#misses = new Remembered(clock, MISS_MS);
    this.#upkeep = new Upkeep({ id, clock, log, random, prepare: (signal) => this.#prepare(signal) });
  }

  get state(): PartState {
    return this.#upkeep.state;
  }

  open(inbound: Inbound, signal: AbortSignal): Promise<void> {
    return this.#upkeep.open(inbound, signal, () => void this.close());
  }

  async deliver(delivery: DeliveryRequest, signal: AbortSignal): Promise<Outcome> {
    const early = this.#upkeep.early(delivery, signal);
    if (early !== undefined) return early;
    const { number } = delivery;
    const identifier = this.#options.nativeIdentifier[number.kind];
    if (identifier === undefined) return outcome('rejected', 'noNativeIdentifier');
    // a coupon is only checked, whatever order is open
    const target = identifier === 'iikoCardCoupon' ? { tables: [] } : this.#target(delivery);
    if ('refused' in target) return target.refused;
    if (this.#place === undefined) return outcome('unavailable', this.state.reason?.code === 'TB_TILL_IIKO_CLOUD_LOGIN' ? 'login' : 'notConnected');
    const { nameless, dataKey = '', phone } = this.#options;
    const value = number.reveal();
    const job = {
      ...{ identifier, target, dataKey, nameless, unanswered: this.#unanswered },
      number: identifier === 'iikoCardPhone' && phone === 'e164' ? e164(value) : value,
      expired: () => delivery.expired(),
      chosen: (seen: Seen) => this.#recent.put(delivery.id, seen),
    };
    return attach(job, this.#desk(this.#place), AbortSignal.any([signal, this.#upkeep.closing.signal]));
  }

  /** Looks at the order that the number was for. One that does not show may still come. */
  async verify(trace: DeliveryTrace, signal: AbortSignal): Promise<Outcome> {
    const seen = this.#recent.get(trace.id);
    if (seen === undefined || this.#place === undefined) return outcome('unknown', 'notRemembered');
    const keys = this.#options.dataKey === undefined ? [] : [this.#options.dataKey];
    const order = await seeOrder(this.#desk(this.#place), seen.orderId, keys, signal);
    if (order === undefined) return outcome('unknown', 'notVerified');
    return seen.shows(order) ? outcome('applied', undefined, 'orderShowsNumber') : outcome('unknown', 'notShown');
  }

  /** A token may be needed in a moment. */
  expect(): void {
    if (this.#place !== undefined) void this.#client.warm();
  }

  probe(signal: AbortSignal): Promise<readonly ProbeRow[]> {
    return probeCloud(this.#client, this.#options, this.#name, signal);
  }

  close(): Promise<void> {
    if (this.#upkeep.close()) {
      this.#client.close();
      this.#recent.clear();
      this.#unanswered.clear();
      this.#misses.clear();
    }
    return Promise.resolve();
  }

  #target({ orderId }: DeliveryRequest): OrderTarget | { readonly refused: Outcome } {
    const { order } = this.#options;
    if (order.by === 'tables') return { tables: order.tables };
    const named = namedOrder(orderId);
    return 'refused' in named ? named : { posOrderId: named.orderId };
  }

  #desk({ organizationId, terminalGroupId }: FoundPlace): CloudDesk {
    return { organizationId, terminalGroupId, client: { call: this.#call }, clock: this.#context.clock, misses: this.#misses };
  }

  /** Every answer and every silence says how the cloud is. */
  readonly #call: CloudClient['call'] = async (name, body, schema, signal) => {
    const answer = await this.#client.call(name, body, schema, signal);
    if (answer.ok || answer.problem === 'declined' || answer.problem === 'gone') this.#upkeep.good();
    else if (answer.problem !== 'aborted') this.#upkeep.bad(errorOfCloud(answer, this.#name, name));
    return answer;
  };

  /** Finds organisation and terminal group, which stay the same. */
  async #prepare(signal: AbortSignal): Promise<TillbridgeError | undefined> {
    try {
      this.#place = await findPlace(this.#client, this.#options, this.#name, signal);
      return undefined;
    } catch (error) {
      return asTillbridgeError(error, 'TB_TILL_UNREACHABLE', { ...this.#name });
    }
  }
}
