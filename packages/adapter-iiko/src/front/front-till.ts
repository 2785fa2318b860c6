import {
  isDelivered,
  isTillbridgeError,
  outcome,
  PartStatusKeeper,
  raceAbort,
  TillbridgeError,
  withdrawn,
  type Adapter,
  type AdapterCapabilities,
  type Cancel,
  type DeliveryRequest,
  type DeliveryTrace,
  type Inbound,
  type NumberKind,
  type Outcome,
  type PartState,
  type ProbeRow,
} from '@tillbridge/core';
import { Errands, type Errand } from './errands.js';
import type { FrontOptions, FrontPorts } from './options.js';
import { plan, unsupported } from './plan.js';
import { PluginCalls } from './plugin-calls.js';
import { probeFront } from './probe.js';
import type { PluginCallName, Message } from './contract.js';
import { openOrder, screenRefusal } from './screen.js';
import { SessionKeeper } from './session.js';
import { messageFor } from './texts.js';

/** What goes wrong outside our sight is worth a word for this long, in ms. */
const RECENT_MS = 600_000;

/** What the till remembers for `doctor`. */
export interface Troubles {
  /** Unix time in milliseconds of the last request with a wrong secret. */
  readonly secretAt?: number;
  /** The host's own words about its licence, masked. */
  readonly licence?: string;
}

/**
 * iikoFront through its plugin: the plugin asks, here it is decided. A number is given to it once, for the order that was open at its scan, and
 * what the plugin read back of that order is the outcome.
 */
export class FrontTill implements Adapter {
  readonly id: string;
  /** iiko tells its iikoCard of each sale itself. */
  readonly capabilities: AdapterCapabilities = { goods: false, best: 'applied', verify: true, reportsItself: true };
  readonly #options: FrontOptions;
  readonly #ports: FrontPorts;
  readonly #status: PartStatusKeeper;
  readonly #sessions: SessionKeeper;
  readonly #errands: Errands;
  readonly #calls: PluginCalls;
  /** Waits for results that come after their delivery was given up. */
  readonly #verifying = new Map<string, (result: Outcome) => void>();
  #inbound: Inbound | undefined;
  #order: string | undefined;
  #open = false;
  #troubles: Troubles = {};
  #cancelShow: Cancel = () => undefined;

  constructor(options: FrontOptions, ports: FrontPorts) {
    const { clock, newId } = ports;
    this.id = options.id;
    this.#options = options;
    this.#ports = ports;
    this.#status = new PartStatusKeeper(clock);
    this.#sessions = new SessionKeeper({ till: this.id, clock, newId, changed: (unseen) => this.#sessionChanged(unseen), contested: () => this.#showForNow() });
    const { expireMs } = options;
    this.#errands = new Errands({ clock, newId, expireMs, session: () => this.#sessions.live, claim: (id) => ports.board.claim(id, this.#owner) });
    this.#calls = new PluginCalls(options, ports, {
      sessions: this.#sessions,
      errands: this.#errands,
      screenChanged: (unseen) => this.#screenChanged(unseen),
      ended: (errand, result) => this.#ended(errand, result),
      licence: (licence) => {
        this.#troubles = { ...this.#troubles, licence };
        this.#showState();
      },
      say: (result, kind) => this.#words(result, kind),
    });
  }

  get state(): PartState {
    return this.#status.state;
  }

  open(inbound: Inbound): Promise<void> {
    this.#inbound = inbound;
    this.#status.attach(inbound);
    this.#open = true;
    this.#showState();
    return Promise.resolve();
  }

  probe(signal: AbortSignal): Promise<readonly ProbeRow[]> {
    const { clock, guests } = this.#ports;
    const { dataFolder } = this.#options;
    const { last, live, rival } = this.#sessions;
    return probeFront({ till: this.id, now: clock.wall(), running: this.#open, last, live, rival, troubles: this.#troubles, dataFolder, guests, signal });
  }

  async deliver(request: DeliveryRequest, signal: AbortSignal): Promise<Outcome> {
    const result = await this.#deliver(request, signal);
    const errand = this.#errands.get(request.id);
    // what came as the plugin's own answer was told with it
    if (errand?.result === undefined) this.#tell(request, result);
    return result;
  }

  /** A plugin that was slow may still say what it did; after a restart of ours nobody knows. */
  verify({ id }: DeliveryTrace, signal: AbortSignal): Promise<Outcome> {
    const errand = this.#errands.get(id);
    const unknown = outcome('unknown', 'notReported');
    if (errand?.given !== true) return Promise.resolve(outcome('unknown', 'restart'));
    if (errand.result !== undefined) return Promise.resolve(errand.result);
    const late = new Promise<Outcome>((resolve) => this.#verifying.set(id, resolve));
    return raceAbort(late, signal, () => unknown).finally(() => this.#verifying.delete(id));
  }

  async close(): Promise<void> {
    this.#open = false;
    this.#cancelShow();
    this.#sessions.stop();
    this.#errands.endAll();
    this.#ports.board.giveUp();
    this.#status.set('closed');
    await this.#ports.guests?.close();
  }

  /**
   * Answers one call of the plugin.
   * @param body JSON as it came, nothing of it believed
   * @throws {TillbridgeError} `TB_API_BAD_REQUEST`, `TB_API_NOT_FOUND`, `TB_TILL_IIKO_TWO_PLUGINS`, `TB_TILL_IIKO_HELLO_AGAIN`, `TB_TILL_IIKO_WIRE`
   */
  answer(call: PluginCallName, body: unknown, signal: AbortSignal): Promise<unknown> {
    if (!this.#open) throw new TillbridgeError('TB_API_NOT_FOUND', { what: `till ${this.id}` });
    return this.#calls.answer(call, body, signal);
  }

  /** Somebody asked with a secret that is not the one of this till. */
  wrongSecret(): void {
    this.#troubles = { ...this.#troubles, secretAt: this.#ports.clock.wall() };
    this.#showForNow();
  }

  // --- inside

  get #owner(): string {
    return `plugin:${this.id}`;
  }

  async #deliver(request: DeliveryRequest, signal: AbortSignal): Promise<Outcome> {
    const { board, guests } = this.#ports;
    if (!this.#open) return outcome('failed', 'closed');
    if (signal.aborted || request.expired()) return withdrawn(signal, 'notFetched');
    const planned = plan(request.number, { ...this.#options, posServer: guests !== undefined });
    if ('refused' in planned) return outcome('rejected', planned.refused);
    const session = this.#sessions.live;
    if (session === undefined) return outcome('failed', 'noPlugin');
    if (unsupported(planned, session.hello)) return outcome('rejected', 'unsupportedByApiVersion');
    const { orderId } = request;
    const refusal = request.ownOrder === true ? undefined : screenRefusal(session, orderId);
    if (refusal === 'orderChanged') return outcome('expired', 'orderChanged');
    if (refusal !== undefined || orderId === undefined) return outcome('rejected', refusal ?? 'noOrder');
    const offered = board.offer(request, request.at.wall + this.#options.expireMs, signal);
    this.#errands.add({ request, planned, orderId, ...(request.ownOrder === true ? {} : { screenSeq: session.since }), given: false });
    const ended = await offered;
    this.#errands.end(request.id);
    return ended.reason === 'notClaimed' ? { ...ended, reason: this.#whyNotFetched(orderId) } : ended;
  }

  #whyNotFetched(orderId: string): string {
    const { live } = this.#sessions;
    if (live === undefined) return 'noPlugin';
    return screenRefusal(live, orderId) ?? 'notFetched';
  }

  /** The plugin said what became of an errand. Resolves with whether that counts. @throws {TillbridgeError} `TB_JOURNAL_UNAVAILABLE` */
  async #ended(errand: Errand, result: Outcome): Promise<'ended' | 'late'> {
    const { id } = errand.request;
    this.#licensed(result);
    const verifying = this.#verifying.get(id);
    try {
      if (verifying === undefined) {
        errand.result = result;
        await this.#ports.board.report(id, this.#owner, result);
        return 'ended';
      }
    } catch (error) {
      if (!isTillbridgeError(error) || (error.code !== 'TB_API_GONE' && error.code !== 'TB_API_CONFLICT')) {
        delete errand.result;
        throw error;
      }
      this.#ports.log.warn('the plugin answered too late', { till: this.id, delivery: id, outcome: result.outcome, ...(result.reason === undefined ? {} : { reason: result.reason }) });
      // its verification may begin in this very moment, and finds the result
      return 'late';
    }
    errand.result = result;
    verifying(result);
    return 'ended';
  }

  #screenChanged(unseen: boolean): void {
    const { live } = this.#sessions;
    const order = live === undefined ? undefined : openOrder(live.screen);
    const changed = order !== this.#order || unseen;
    // the same order after others that nobody told of: what was scanned meanwhile may be for one of those
    if (unseen && order !== undefined && order === this.#order) this.#inbound?.order('closed');
    this.#order = order;
    if (changed) this.#inbound?.order(order === undefined ? 'closed' : 'opened', order);
    this.#errands.serve();
  }

  #sessionChanged(unseen: boolean): void {
    // the long poll of a session that is over is of no use to the next one
    this.#errands.endAll();
    this.#screenChanged(unseen);
    this.#showState();
  }

  /** What happened just now stands in the state for a while, and no longer. */
  #showForNow(): void {
    this.#showState();
    this.#cancelShow();
    this.#cancelShow = this.#ports.clock.timer(RECENT_MS, () => this.#showState(), { ref: false });
  }

  /** iikoFront let us do it: whatever it said of the licence before is over. */
  #licensed(result: Outcome): void {
    if (this.#troubles.licence === undefined || !isDelivered(result.outcome)) return;
    const { secretAt } = this.#troubles;
    this.#troubles = secretAt === undefined ? {} : { secretAt };
    this.#showState();
  }

  /** Ready as soon as a plugin is there; what needs somebody's hand stands beside it. */
  #showState(): void {
    if (!this.#open) return;
    const { clock } = this.#ports;
    const { live, rival } = this.#sessions;
    const { secretAt, licence } = this.#troubles;
    const till = this.id;
    const recent = (at: number | undefined): boolean => at !== undefined && clock.wall() - at < RECENT_MS;
    const reason = licence !== undefined
      ? new TillbridgeError('TB_TILL_IIKO_LICENCE', { till, problem: licence })
      : recent(rival?.at)
        ? new TillbridgeError('TB_TILL_IIKO_TWO_PLUGINS', { till, terminal: live?.hello.terminalName ?? live?.hello.terminalId ?? '?' })
        : recent(secretAt)
          ? new TillbridgeError('TB_TILL_IIKO_SECRET', { till })
          : undefined;
    if (live === undefined) this.#status.set('retrying', reason ?? new TillbridgeError('TB_TILL_IIKO_NO_PLUGIN', { till }));
    else this.#status.set('ready', reason);
  }

  #words(result: Outcome, kind: NumberKind = 'card'): Message | undefined {
    const { cashierMessage } = this.#options;
    return cashierMessage === 'off' ? undefined : messageFor(result, cashierMessage, kind);
  }

  /** Tells the cashier how a delivery ended that the plugin does not know of itself: the handler that waits for the scan does it, else the plugin's next call. */
  #tell({ scanId, number }: DeliveryRequest, result: Outcome): void {
    const words = this.#words(result, number.kind);
    if (words === undefined || this.#sessions.live === undefined || this.#calls.handles(scanId)) return;
    this.#errands.tell(words);
  }
}
