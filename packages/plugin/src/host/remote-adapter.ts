import {
  deadline,
  elapsed,
  isTillbridgeError,
  outcome,
  PartStatusKeeper,
  raceAbort,
  TillbridgeError,
  withdrawn,
  type Adapter,
  type AdapterCapabilities,
  type DeliveryRequest,
  type DeliveryTrace,
  type GoodsRead,
  type Inbound,
  type Outcome,
  type PartState,
  type ProbeRow,
} from '@tillbridge/core';
import type { WireDelivery } from '../wire/messages.js';
import { outcomeAnswer, probeAnswer } from '../wire/read-report.js';
import { GoodsBacklog } from './goods-backlog.js';
import { FewReasons } from './few-reasons.js';
import { HostedPlugin, Unanswered, type PluginPart, type PluginPorts, type Told } from './hosted-plugin.js';
import { takeState } from './take-state.js';

/** Opening the till's side has this long, ms; the plugin goes on trying by itself. */
const OPEN_MS = 20_000;
/** What waits for a till to be open waits so long, ms: then it goes on being opened behind our back. */
const WAIT_MS = 10_000;
/** Letting go of the till has this long, ms: with the end of the process under 2 s. */
const CLOSE_MS = 900;

/** A till whose adapter is a plugin. Whatever the plugin does, each delivery has one outcome of the closed set, and none is repeated. */
export class RemoteAdapter implements Adapter {
  readonly id: string;
  readonly capabilities: AdapterCapabilities;
  readonly verify?: (delivery: DeliveryTrace, signal: AbortSignal) => Promise<Outcome>;
  readonly goods?: (read: GoodsRead) => void;
  readonly #part: PluginPart;
  readonly #ports: PluginPorts;
  readonly #host: HostedPlugin;
  readonly #status: PartStatusKeeper;
  readonly #backlog: GoodsBacklog;
  readonly #dropReasons = new FewReasons();
  #inbound: Inbound | undefined;
  #opening: Promise<void> | undefined;
  /** Called when the process ended before it was of use: its next start is not waited for. */
  #settled: () => void = () => undefined;
  #closed = false;

  constructor(part: PluginPart, ports: PluginPorts) {
    this.id = part.id;
    this.#part = part;
    this.#ports = ports;
    this.capabilities = capabilitiesOf(part);
    this.#status = new PartStatusKeeper(ports.clock);
    this.#host = new HostedPlugin(part, ports, { up: () => this.#up(), down: (error) => this.#down(error), heard: (told) => this.#heard(told) });
    this.#backlog = new GoodsBacklog({ clock: ports.clock, tell: (command) => this.#host.tell(command), dropped: (reads, reason) => this.#inbound?.goodsDropped(reads, reason) });
    if (this.capabilities.goods) this.goods = (read) => this.#goods(read);
    if (this.capabilities.verify) this.verify = (trace, signal) => this.#verify(trace, signal);
  }

  get state(): PartState {
    return this.#status.state;
  }

  /** Another try for a plugin that was given up. */
  retry(): void {
    if (this.#closed || this.#inbound === undefined || this.#host.givenUp === undefined) return;
    this.#status.set('opening');
    this.#host.retry();
  }

  async open(inbound: Inbound, signal: AbortSignal): Promise<void> {
    this.#inbound = inbound;
    this.#status.attach(inbound);
    this.#status.set('opening');
    signal.addEventListener('abort', () => void this.close(), { once: true });
    const limit = deadline(this.#ports.clock, WAIT_MS, signal);
    // what cannot be used is shown as failed, and `reload` tries it again
    await raceAbort(this.#start().then(() => this.#opening), limit.signal, () => undefined);
    limit.dispose();
  }

  async probe(signal: AbortSignal): Promise<readonly ProbeRow[]> {
    const { name, version } = this.#part.plugin;
    await this.#start();
    const failed = this.#host.givenUp;
    const about: ProbeRow = { level: 'ok', id: `plugin ${this.id}`, text: `${name} ${version}` };
    if (failed !== undefined) return [{ ...about, level: 'fail', text: failed.text('en'), remedy: failed.remedy('en') }];
    try {
      const rows = probeAnswer.parse(await this.#host.ask({ call: 'probe' }, signal));
      return [about, ...rows.map(({ level, id, text, remedy }) => ({ level, id: this.#host.clean(id), text: this.#host.clean(text), ...(remedy === undefined ? (level === 'fail' ? { remedy: `see the documentation of ${name}` } : {}) : { remedy: this.#host.clean(remedy) }) }))];
    } catch (error) {
      const problem = isTillbridgeError(error) ? error : new TillbridgeError('TB_NATIVE_PLUGIN_PROBLEM', { plugin: name, problem: error instanceof Unanswered ? error.message : 'it answered garbage' });
      return [{ ...about, level: 'fail', text: problem.text('en'), remedy: problem.remedy('en') }];
    }
  }

  async deliver(delivery: DeliveryRequest, signal: AbortSignal): Promise<Outcome> {
    if (signal.aborted) return withdrawn(signal);
    if (delivery.expired()) return outcome('expired');
    const { number } = delivery;
    return this.#ask({ call: 'deliver', delivery: this.#wire(delivery) }, signal, [number.reveal()], outcome('failed', 'pluginDown'));
  }

  expect(): void {
    this.#host.tell({ call: 'expect' });
  }

  async close(): Promise<void> {
    if (this.#closed) return this.#host.stop();
    this.#closed = true;
    this.#settled();
    if (this.#host.up) {
      const limit = deadline(this.#ports.clock, CLOSE_MS);
      await this.#host.ask({ call: 'close' }, limit.signal, { forget: true }).catch(() => undefined);
      limit.dispose();
    }
    this.#backlog.clear('closed');
    await this.#host.stop();
    this.#status.set('closed');
  }

  async #ask(call: Parameters<HostedPlugin['ask']>[0], signal: AbortSignal, clear: readonly string[], notSent: Outcome): Promise<Outcome> {
    try {
      const answer = outcomeAnswer.safeParse(await this.#host.ask(call, signal, { clear }));
      if (!answer.success) return outcome('unknown', 'badAnswer');
      return outcome(answer.data.outcome, answer.data.reason, answer.data.evidence);
    } catch (error) {
      if (!(error instanceof Unanswered)) return outcome('unknown', 'pluginFailed');
      if (error.why === 'notSent') return notSent;
      return outcome('unknown', error.why === 'lost' ? 'pluginLost' : 'noAnswer');
    }
  }

  /** A plugin that died over a delivery is waited for, so that it can be asked. */
  async #verify({ id, scanId, till, time }: DeliveryTrace, signal: AbortSignal): Promise<Outcome> {
    await this.#host.whenUp(signal);
    return this.#ask({ call: 'verify', trace: { id, scanId, till, time } }, signal, [], outcome('unknown', 'pluginDown'));
  }

  /** Resolves when the process is there, is given up, or its start went wrong. */
  async #start(): Promise<void> {
    if (this.#closed) return;
    this.#host.start();
    const limit = deadline(this.#ports.clock, OPEN_MS);
    const fell = new Promise<void>((resolve) => (this.#settled = resolve));
    await Promise.race([this.#host.whenUp(limit.signal), fell]);
    limit.dispose();
  }

  #up(): void {
    if (this.#inbound !== undefined) this.#opening = this.#openPart();
    this.#backlog.flush();
  }

  async #openPart(): Promise<void> {
    const limit = deadline(this.#ports.clock, OPEN_MS);
    try {
      await this.#host.ask({ call: 'open' }, limit.signal);
    } catch (error) {
      if (isTillbridgeError(error)) this.#status.set('failed', error);
    } finally {
      limit.dispose();
    }
  }

  #down(error: TillbridgeError): void {
    this.#backlog.lost();
    if (!this.#closed && this.#inbound !== undefined) this.#status.set(error.retryable ? 'retrying' : 'failed', error);
    this.#settled();
  }

  #heard(told: Told): void {
    if (this.#closed) {
      if (told.say === 'goodsTaken') this.#backlog.taken(told.n);
      return;
    }
    if (told.say === 'state') takeState(told.state, this.#status, this.#host);
    else if (told.say === 'order') this.#inbound?.order(told.state, told.orderId);
    else if (told.say === 'goodsDropped') this.#inbound?.goodsDropped(told.reads, this.#dropReasons.of(told.reason));
    else if (told.say === 'goodsTaken') this.#backlog.taken(told.n);
  }

  #goods({ reader, bytes, terminator, withSuffix, at }: GoodsRead): void {
    if (this.#closed) return;
    const wire = { reader, bytes: Buffer.from(bytes).toString('base64'), terminator: Buffer.from(terminator).toString('base64'), withSuffix };
    this.#backlog.put(wire, at);
  }

  #wire({ id, scanId, till, number, at, orderId, ownOrder, accrueOnly }: DeliveryRequest): WireDelivery {
    return {
      id,
      scanId,
      till,
      number: { kind: number.kind, value: number.reveal() },
      age: elapsed(this.#ports.clock, at),
      ...(orderId === undefined ? {} : { orderId }),
      ...(ownOrder === undefined ? {} : { ownOrder }),
      ...(accrueOnly === undefined ? {} : { accrueOnly }),
    };
  }
}

function capabilitiesOf({ plugin }: PluginPart): AdapterCapabilities {
  if (plugin.manifest.kind !== 'adapter') throw new TillbridgeError('TB_NATIVE_PLUGIN_REFUSED', { plugin: plugin.name, problem: 'it is no adapter' });
  const { goods, best, verify, accrueOnly, reportsItself } = plugin.manifest.capabilities;
  return { goods, best, verify, ...(accrueOnly ? { accrueOnly } : {}), ...(reportsItself ? { reportsItself } : {}) };
}
