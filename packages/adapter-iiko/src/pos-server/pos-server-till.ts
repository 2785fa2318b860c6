import {
  outcome,
  sleep,
  withdrawn,
  type Adapter,
  type AdapterCapabilities,
  type DeliveryRequest,
  type DeliveryTrace,
  type Inbound,
  type Outcome,
  type PartState,
  type ProbeRow,
} from '@tillbridge/core';
import { e164 } from '../front/plan.js';
import { Recent, Remembered } from '../memory/index.js';
import type { NativeIdentifier } from '../native-identifier.js';
import { namedOrder } from '../order-id.js';
import { serverUrl } from '../server-url.js';
import { Upkeep } from '../upkeep.js';
import { PosServerClient, type PosAnswer, type SearchScope } from './client.js';
import { errorOfPos, type PosServerName } from './errors.js';
import type { OrderSight, PosServerContext, PosServerTillOptions } from './options.js';
import { ON_POS_PROBLEM } from './outcomes.js';
import { probePosServer } from './probe.js';

const SCOPES: Readonly<Partial<Record<NativeIdentifier, SearchScope>>> = { iikoCardPhone: 'phone', iikoCardNumber: 'cardNumber', iikoCardTrack: 'cardTrack' };
/** How long an `authorize` without an answer may still be carried out. */
const MAY_STILL_COME_MS = 60_000;
/** The order shows the guest a moment later. */
const READ_BACK_MS = [0, 700, 1500] as const;
const SHOWN = 'orderShowsGuest';

interface Work {
  readonly credential: string;
  readonly scope: SearchScope;
  readonly orderId: string;
  /** The guest's phone as the POS server knows it; empty where it knows none. */
  readonly phone: string;
  readonly expired: () => boolean;
}

/**
 * A till through its iikoCard POS server: the guest is put on the order that a program named for this till (`POST /v1/tills/ID/order`). The POS
 * server does not show orders: without a {@link OrderSight} a yes of it is `sent`, no more.
 *
 * @throws {TillbridgeError} `TB_TILL_BAD_URL`
 */
export function createPosServerTill(options: PosServerTillOptions, context: PosServerContext): Adapter {
  return new PosServerTill(options, context);
}

class PosServerTill implements Adapter {
  readonly id: string;
  readonly capabilities: AdapterCapabilities;
  readonly #options: PosServerTillOptions;
  readonly #context: PosServerContext;
  readonly #client: PosServerClient;
  readonly #name: PosServerName;
  readonly #upkeep: Upkeep;
  readonly #recent = new Recent<{ readonly orderId: string; readonly shows: (sight: OrderSight, signal: AbortSignal) => Promise<boolean | undefined> }>();
  readonly #unanswered: Remembered;

  constructor(options: PosServerTillOptions, context: PosServerContext) {
    const { id, url, user, password, timeoutMs } = options;
    const { clock, log, sight, random = Math.random } = context;
    const address = serverUrl(options);
    this.id = id;
    this.#options = options;
    this.#context = context;
    this.#name = { till: id, host: address.host };
    this.capabilities = { goods: false, best: sight === undefined ? 'sent' : 'applied', verify: sight !== undefined, reportsItself: true };
    this.#client = new PosServerClient({ url: new URL(url), user, password, ...(timeoutMs === undefined ? {} : { timeoutMs }) }, clock);
    this.#unanswered = new Remembered(clock, MAY_STILL_COME_MS);
    const prepare = async (signal: AbortSignal): Promise<ReturnType<typeof errorOfPos> | undefined> => {
      const login = await this.#client.login(signal);
      return login.ok ? undefined : errorOfPos(login.problem, this.#name);
    };
    this.#upkeep = new Upkeep({ id, clock, log, random, prepare });
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
    const named = namedOrder(delivery.orderId);
    if ('refused' in named) return named.refused;
    const { orderId } = named;
    const identifier = this.#options.nativeIdentifier[number.kind];
    if (identifier === undefined) return outcome('rejected', 'noNativeIdentifier');
    const scope = SCOPES[identifier];
    if (scope === undefined) return outcome('rejected', 'notByThisTransport');
    const value = number.reveal();
    const credential = scope === 'phone' && this.#options.phone === 'e164' ? e164(value) : value;
    const stop = AbortSignal.any([signal, this.#upkeep.closing.signal]);
    const guest = this.#noted(await this.#client.guest(credential, scope, stop));
    if (!guest.ok) return takenBack(ON_POS_PROBLEM[guest.problem], signal);
    const phone = guest.value.phone ?? '';
    this.#recent.put(delivery.id, { orderId, shows: (sight, until) => sight.shows(orderId, { phone }, until) });
    return this.#put({ credential, scope, orderId, phone, expired: () => delivery.expired() }, signal, stop);
  }

  /** Looks at the order where something can; never asks the POS server to do it again. */
  async verify(trace: DeliveryTrace, signal: AbortSignal): Promise<Outcome> {
    const recent = this.#recent.get(trace.id);
    const { sight } = this.#context;
    if (recent === undefined || sight === undefined) return outcome('unknown', recent === undefined ? 'notRemembered' : 'notVerified');
    const shown = await recent.shows(sight, signal);
    if (shown === true) return outcome('applied', undefined, SHOWN);
    return outcome('unknown', shown === undefined ? 'notVerified' : 'notShown');
  }

  probe(signal: AbortSignal): Promise<readonly ProbeRow[]> {
    return probePosServer(this.#client, this.#name, signal);
  }

  close(): Promise<void> {
    if (this.#upkeep.close()) {
      this.#client.close();
      this.#context.sight?.close();
      this.#recent.clear();
      this.#unanswered.clear();
    }
    return Promise.resolve();
  }

  async #put(work: Work, signal: AbortSignal, stop: AbortSignal): Promise<Outcome> {
    const { credential, scope, orderId } = work;
    if ((await this.#shows(work, stop)) === true) return outcome('alreadyApplied', undefined, SHOWN);
    // it may be on its way yet: it is looked for, and not sent a second time
    if (this.#unanswered.has(orderId, credential)) return outcome('unknown', 'notAnswered');
    if (signal.aborted) return withdrawn(signal, 'notSent');
    if (work.expired()) return outcome('expired', 'notSent');
    const done = this.#noted(await this.#client.authorize(credential, scope, orderId, stop));
    if (!done.ok && !done.sent) return takenBack(ON_POS_PROBLEM[done.problem], signal);
    if (!done.ok) this.#unanswered.add(orderId, credential);
    return this.#readBack(work, done.ok, stop);
  }

  /** A yes of the POS server is known to change nothing on some versions. */
  async #readBack(work: Work, saidYes: boolean, stop: AbortSignal): Promise<Outcome> {
    let shown: boolean | undefined;
    for (const wait of this.#context.sight === undefined ? [] : READ_BACK_MS) {
      await sleep(this.#context.clock, wait, stop);
      if (stop.aborted) break;
      shown = await this.#shows(work, stop);
      if (shown === true) return outcome('applied', undefined, SHOWN);
    }
    if (!saidYes) return outcome('unknown', 'notAnswered');
    return shown === false ? outcome('unknown', 'notShown') : outcome('sent', undefined, 'authorized');
  }

  async #shows({ orderId, phone }: Work, signal: AbortSignal): Promise<boolean | undefined> {
    const { sight } = this.#context;
    return sight === undefined || phone === '' ? undefined : sight.shows(orderId, { phone }, signal);
  }

  /** Every answer and every silence says how the server is. */
  #noted<T>(answer: PosAnswer<T>): PosAnswer<T> {
    if (answer.ok || answer.problem === 'notFound' || answer.problem === 'fault') this.#upkeep.good();
    else if (answer.problem !== 'aborted') this.#upkeep.bad(errorOfPos(answer.problem, this.#name));
    return answer;
  }
}

/** Nothing was done: whoever took the number back has it back. */
function takenBack(result: Outcome, signal: AbortSignal): Outcome {
  return signal.aborted && result === ON_POS_PROBLEM.aborted ? withdrawn(signal, 'notSent') : result;
}
