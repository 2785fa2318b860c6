import { outcome, soundOutcome, withdrawn, type Outcome } from '../outcome.js';
import { Withdrawal, type Adapter, type DeliveryRequest, type WithdrawCause } from '../ports/adapter.js';
import { deadline, raceAbort, type Cancel, type Clock } from '../ports/clock.js';
import type { Log } from '../ports/log.js';

/** How long an adapter may take to answer after its delivery was withdrawn, in ms. */
const WITHDRAW_GRACE_MS = 2000;
/** How long a till may take to say what became of an unknown delivery, in ms. */
const VERIFY_BUDGET_MS = 5000;

/**
 * Gives an adapter one delivery at a time and makes one sound answer of whatever the adapter does: a rejection, an answer that is none,
 * silence. An adapter that hangs stays busy: no second number is handed to it before the first call has ended.
 */
export class Handover {
  readonly #adapter: Adapter;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #onFree: () => void;
  #current: { readonly controller: AbortController; readonly onWithdraw: () => void } | undefined;
  #busy = false;

  constructor(adapter: Adapter, clock: Clock, log: Log, onFree: () => void) {
    this.#adapter = adapter;
    this.#clock = clock;
    this.#log = log;
    this.#onFree = onFree;
  }

  get busy(): boolean {
    return this.#busy;
  }

  /** Calls `answered` exactly once. */
  start(request: DeliveryRequest, answered: (outcome: Outcome) => void): void {
    const controller = new AbortController();
    let cancelGrace: Cancel = () => undefined;
    const onWithdraw = (): void => {
      cancelGrace = this.#clock.timer(WITHDRAW_GRACE_MS, () => {
        this.#log.error('the till adapter did not answer after its delivery was withdrawn', { till: request.till, scanId: request.scanId });
        this.#verify(request, outcome('unknown', 'adapterHung')).then(answer, () => undefined);
      });
    };
    let open = true;
    // from the adapter's answer on there is nothing left to withdraw: what it answered may still be verified, which has a budget of its own
    const settle = (): void => {
      cancelGrace();
      if (this.#current?.controller === controller) this.#current = undefined;
    };
    const answer = (result: Outcome): void => {
      if (!open) return;
      open = false;
      settle();
      answered(result);
    };
    this.#busy = true;
    this.#current = { controller, onWithdraw };
    this.#deliver(request, controller.signal)
      .then((result) => {
        if (!open || result.outcome !== 'unknown') return result;
        settle();
        return this.#verify(request, result);
      })
      .then((result) => {
        this.#busy = false;
        answer(result);
        this.#onFree();
      })
      .catch((error: unknown) => {
        this.#log.error('a delivery ended in an unexpected error', error instanceof Error ? { error } : {});
      });
  }

  /** Asks for the current delivery back. */
  withdraw(cause: WithdrawCause): void {
    const current = this.#current;
    if (current === undefined) return;
    current.onWithdraw();
    current.controller.abort(new Withdrawal(cause));
  }

  async #deliver(request: DeliveryRequest, signal: AbortSignal): Promise<Outcome> {
    if (request.expired()) return withdrawn(signal);
    try {
      return soundOutcome(await this.#adapter.deliver(request, signal));
    } catch (error) {
      this.#log.error('the till adapter failed', { till: request.till, scanId: request.scanId, ...(error instanceof Error ? { error } : {}) });
      return outcome('unknown', 'adapterFailed');
    }
  }

  async #verify(request: DeliveryRequest, unknown: Outcome): Promise<Outcome> {
    const adapter = this.#adapter;
    if (adapter.verify === undefined || !adapter.capabilities.verify) return unknown;
    const budget = deadline(this.#clock, VERIFY_BUDGET_MS);
    const trace = { id: request.id, scanId: request.scanId, till: request.till, time: request.at.wall };
    try {
      return soundOutcome(await raceAbort(adapter.verify(trace, budget.signal), budget.signal, () => unknown));
    } catch {
      return unknown;
    } finally {
      budget.dispose();
    }
  }
}
