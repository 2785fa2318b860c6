import {
  NativeNumber,
  outcome,
  PartStatusKeeper,
  renderOutput,
  withdrawn,
  type Adapter,
  type AdapterCapabilities,
  type DeliveryRequest,
  type Inbound,
  type Outcome,
  type OutputTemplates,
  type PartState,
  type ProbeRow,
} from '@tillbridge/core';
import { offerDelivery, type OfferPorts } from './offer-delivery.js';

export interface ScriptTillOptions {
  readonly id: string;
  /** For those who look at what waits, in ms from the scan; the lane keeps the time itself. */
  readonly expireMs: number;
  /** The number as the till wants it, or the word for why it cannot have it. */
  readonly fit: (number: NativeNumber) => { readonly value: string } | { readonly refused: string };
  /** What the script hands to the till's own way of reading. */
  readonly output: OutputTemplates;
}

/** A text that a script can take over a line of ASCII as it is. */
const PRINTABLE = /^[\x20-\x7e]{1,200}$/;

/**
 * A till whose own script fetches the number by HTTP when the cashier presses a button, and hands it to the till as if it had been read.
 * What waits is on the same board as for connected programs. Nobody is connected between two presses: that is no fault.
 */
export class ScriptTill implements Adapter {
  readonly id: string;
  readonly capabilities: AdapterCapabilities = { goods: false, best: 'sent', verify: false };
  readonly #options: ScriptTillOptions;
  readonly #ports: OfferPorts;
  readonly #status: PartStatusKeeper;
  readonly #offered = new Set<string>();

  constructor(options: ScriptTillOptions, ports: OfferPorts) {
    this.id = options.id;
    this.#options = options;
    this.#ports = ports;
    this.#status = new PartStatusKeeper(ports.clock);
  }

  get state(): PartState {
    return this.#status.state;
  }

  open(inbound: Inbound): Promise<void> {
    this.#status.attach(inbound);
    this.#status.set('ready');
    return Promise.resolve();
  }

  probe(): Promise<readonly ProbeRow[]> {
    return Promise.resolve([{ level: 'ok', id: `till.${this.id}`, text: 'waits for the script of the station: see `stations`' }]);
  }

  async deliver(request: DeliveryRequest, signal: AbortSignal): Promise<Outcome> {
    if (this.state.status === 'closed') return outcome('failed', 'closed');
    if (signal.aborted || request.expired()) return withdrawn(signal, 'notFetched');
    const written = this.#write(request.number);
    if (typeof written === 'string') return outcome('rejected', written);
    const { id, scanId, till, at, orderId } = request;
    const offered = { id, scanId, till, at, number: written, expired: () => request.expired(), ...(orderId === undefined ? {} : { orderId }) };
    const ended = await offerDelivery(this.#ports, offered, at.wall + this.#options.expireMs, signal, this.#offered);
    // the script says that it handed the number to the till's algorithms; what those made of it, it cannot know
    if (ended.outcome === 'sent' || ended.outcome === 'applied' || ended.outcome === 'alreadyApplied') return outcome('sent', ended.reason, 'performed');
    return ended.reason === 'notClaimed' ? { ...ended, reason: 'notFetched' } : ended;
  }

  close(): Promise<void> {
    for (const id of [...this.#offered]) this.#ports.board.giveUp(id);
    this.#status.set('closed');
    return Promise.resolve();
  }

  /** What the script gets, or why it gets nothing. */
  #write(number: NativeNumber): NativeNumber | string {
    const fitted = this.#options.fit(number);
    if ('refused' in fitted) return fitted.refused;
    try {
      const bytes = renderOutput(this.#options.output, new NativeNumber(number.kind, fitted.value));
      if (bytes === undefined) return 'noTemplate';
      const text = new TextDecoder().decode(bytes);
      return PRINTABLE.test(text) ? new NativeNumber(number.kind, text) : 'numberNotPrintable';
    } catch {
      return 'numberDoesNotFit';
    }
  }
}
