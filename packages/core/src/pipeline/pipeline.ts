import type { Code } from '../code.js';
import { createTextDecoder } from '../decode/charset.js';
import { decodeScan } from '../decode/decode.js';
import type { Delivery } from '../delivery/delivery.js';
import { TillLane } from '../delivery/lane.js';
import type { Asked, LaneOptions } from '../delivery/lane-ports.js';
import { SpentInMemory, type SpentCodes } from '../delivery/spent.js';
import { refusedTicket, type Ticket } from '../delivery/ticket.js';
import { TillbridgeError } from '../errors/index.js';
import type { KeyEvent } from '../key-event.js';
import { outcome, type Outcome } from '../outcome.js';
import type { Adapter, GoodsRead, Inbound } from '../ports/adapter.js';
import { elapsed, instant, type Instant } from '../ports/clock.js';
import type { PartState } from '../ports/part.js';
import type { DropReason, GuestHint, Reader } from '../ports/reader.js';
import type { Scan } from '../scan.js';
import { translateCode, type Translated } from '../translate.js';
import { askAhead, contextOf } from './ask-ahead.js';
import { AskedCodes } from './asked-codes.js';
import { closePart } from './close-part.js';
import { CounterSet, type Counters } from './counters.js';
import { Emitter, type PipelineEvents, type Unsubscribe } from './events.js';
import { feedBack } from './feed-back.js';
import { byHand, type Explanation, type Injected, type Injection, type SubmitOptions } from './injection.js';
import { lookUp } from './look-up.js';
import { ReaderSession, type SessionTarget, type Wish } from './reader-session.js';
import { recoverOpenScans } from './recover.js';
import { routeOf, takes } from './routes.js';
import { NO_RULES, type PipelinePorts, type ReaderSettings, type Rules } from './settings.js';

/** How long a part may take to close, in ms; then it is left behind. */
const CLOSE_PART_MS = 2000;
/** The same, for each of the two steps after the deliveries have ended when the whole pipeline closes. */
const CLOSE_LAST_MS = 500;

interface ReaderPart {
  readonly reader: Reader;
  readonly settings: ReaderSettings;
  readonly counters: CounterSet;
  readonly stop: AbortController;
}

interface TillPart {
  readonly adapter: Adapter;
  readonly lane: TillLane;
  readonly counters: CounterSet;
  readonly stop: AbortController;
}

/**
 * The whole way of a scan over ports: readers in, tills out. Readers and tills can come and go while it runs; everything that is decided
 * about a scan is decided here and in the parts it is made of.
 */
export class Pipeline implements SessionTarget {
  readonly #ports: PipelinePorts;
  readonly #readers = new Map<string, ReaderPart>();
  readonly #tills = new Map<string, TillPart>();
  readonly #events: Emitter<PipelineEvents>;
  /** Scans that no device read: they have no terminator, whatever their reader. */
  readonly #byHand = new WeakSet<Scan>();
  readonly #spent: SpentCodes;
  readonly #asked: AskedCodes;
  #rules: Rules = NO_RULES;

  constructor(ports: PipelinePorts) {
    this.#ports = ports;
    this.#spent = ports.spent ?? new SpentInMemory(ports.clock);
    this.#asked = new AskedCodes(ports.clock);
    this.#events = new Emitter((error) => ports.log.error('a listener failed', error instanceof Error ? { error } : {}));
  }

  on<Name extends keyof PipelineEvents>(name: Name, listener: (event: PipelineEvents[Name]) => void): Unsubscribe {
    return this.#events.on(name, listener);
  }

  setRules(rules: Rules): void {
    this.#rules = rules;
  }

  /** Gives every scan that the last process left open its outcome. Call once, after the tills were added and before the readers. */
  recover(): Promise<number> {
    return recoverOpenScans(this.#ports, (till) => this.#tills.get(till)?.adapter);
  }

  /** Adds and opens a till. Resolves when it is up or retrying on its own. */
  async addTill(adapter: Adapter, options: LaneOptions): Promise<void> {
    const { clock, journal, log, newId } = this.#ports;
    const counters = new CounterSet();
    const lane = new TillLane(adapter.id, adapter, options, {
      clock,
      journal,
      log,
      newId,
      translate: (asked, signal, known) => this.#translate(asked, signal, known),
      askAhead: (asked) => askAhead(() => this.#rules, asked),
      policies: () => this.#rules.policies,
      spent: this.#spent,
      // where somebody chose another till than the route's, that one gets it as goods too
      passThrough: (scan) => this.#toGoodsTill(scan, this.#byHand.has(scan) || hasNoTerminator(scan, this.#readers.get(scan.reader)), this.#goodsTillOf(scan.reader, this.#tillOf(scan.reader)?.adapter.id === adapter.id ? undefined : adapter.id)),
      onOutcome: (delivery, result) => this.#ended(adapter.id, delivery, result),
    });
    const part: TillPart = { adapter, lane, counters, stop: new AbortController() };
    this.#tills.set(adapter.id, part);
    await adapter.open(this.#inbound(part), part.stop.signal);
  }

  /** Lets what is under way end for at most `ms`, then closes the till. Resolves within `ms` + 2000. */
  async removeTill(id: string, ms: number): Promise<void> {
    await this.#removeTill(id, ms, CLOSE_PART_MS);
  }

  /** Adds and opens a reader. Resolves when it reads or is retrying on its own. */
  async addReader(reader: Reader, settings: ReaderSettings): Promise<void> {
    const part: ReaderPart = { reader, settings, counters: new CounterSet(), stop: new AbortController() };
    this.#readers.set(reader.id, part);
    const session = new ReaderSession({
      reader: reader.id,
      decodeText: createTextDecoder(settings.fallbackCharset),
      classifier: () => this.#rules.classifier,
      newId: this.#ports.newId,
      clock: this.#ports.clock,
      target: this,
    });
    await reader.open(session, part.stop.signal);
  }

  /** Makes a reader known without opening it: enough to explain what its reads would become. */
  knowReader({ reader, settings }: { readonly reader: Reader; readonly settings: ReaderSettings }): void {
    this.#readers.set(reader.id, { reader, settings, counters: new CounterSet(), stop: new AbortController() });
  }

  /** Closes a reader. Resolves within 2000 ms. */
  async removeReader(id: string): Promise<void> {
    const part = this.#readers.get(id);
    if (part === undefined) return;
    this.#readers.delete(id);
    part.stop.abort();
    await closePart(this.#ports, 'reader', id, CLOSE_PART_MS, () => part.reader.close());
  }

  /** Stops reading, lets what is under way end for at most `ms`, closes everything. Never rejects; resolves within `ms` + 1000 (`ms` >= 2000). */
  async close(ms: number): Promise<void> {
    await Promise.all([
      ...[...this.#readers.keys()].map((id) => this.removeReader(id)),
      ...[...this.#tills.keys()].map((id) => this.#removeTill(id, ms, CLOSE_LAST_MS)),
    ]);
    await Promise.all(this.#rules.translators.map((part) => closePart(this.#ports, 'translator', part.id, CLOSE_LAST_MS, () => part.close())));
  }

  readers(): { readonly reader: Reader; readonly counters: Counters }[] {
    return [...this.#readers.values()].map(({ reader, counters }) => ({ reader, counters: counters.snapshot() }));
  }

  tills(): { readonly adapter: Adapter; readonly counters: Counters; readonly underWay: number }[] {
    return [...this.#tills.values()].map(({ adapter, counters, lane }) => ({ adapter, counters: counters.snapshot(), underWay: lane.underWay }));
  }

  /** The till opened or closed an order: numbers that were scanned for another one are dropped. */
  order(till: string, state: 'opened' | 'closed', orderId?: string): void {
    const part = this.#tills.get(till);
    if (part === undefined) throw new TillbridgeError('TB_TILL_UNKNOWN', { till, known: [...this.#tills.keys()].join(', ') });
    // a program's word; an adapter that names none says that no order is on the screen
    this.#order(part, state, orderId ?? (state === 'closed' ? part.lane.openOrder : undefined));
  }

  /** Feeds a read in as if `reader` had read it. */
  inject(injection: Injection): Injected {
    const scan = this.#injected(injection);
    this.#events.emit('injected', injection);
    const code = injection.kind === undefined ? this.#rules.classifier.classify(scan) : byHand(injection.kind, scan);
    if (code === undefined) return { scanId: scan.id, kind: 'goods', handled: this.#goods(scan, this.#readers.get(scan.reader), true) };
    const submitted = this.#submit(scan, code, injection);
    return { scanId: submitted.ticket.scanId, kind: code.kind, ...submitted };
  }

  /** Shows how a code would be classified and translated. Delivers nothing. */
  async explain(injection: Injection, signal: AbortSignal): Promise<Explanation> {
    const scan = this.#injected(injection);
    const { code, steps } =
      injection.kind === undefined ? this.#rules.classifier.explain(scan) : { code: byHand(injection.kind, scan), steps: [] };
    const trace: string[] = [];
    const { detail = false } = injection;
    const context = { scanId: scan.id, reader: scan.reader, trace: (step: string) => void trace.push(step), detail };
    const translated = code === undefined ? undefined : await translateCode(code, this.#rules.translators, context, signal);
    return { scan, rules: steps, code, trace, translated };
  }

  // --- SessionTarget: what readers hand over

  goods(scan: Scan, wish?: Wish): void {
    const handled = this.#goods(scan, this.#readers.get(scan.reader), false, wish?.till);
    wish?.taken?.({ scanId: scan.id, kind: 'goods', handled });
  }

  goodsTail(reader: string, bytes: Uint8Array, at: Instant, keys?: readonly KeyEvent[]): void {
    const part = this.#readers.get(reader);
    if (part?.settings.unmatched === 'reject') return;
    const till = this.#goodsTillOf(reader);
    if (till !== undefined) this.#hand(till, { reader, bytes: new Uint8Array(0), terminator: bytes, withSuffix: false, at, ...(keys === undefined ? {} : { keys }) });
  }

  loyalty(scan: Scan, code: Code, wish?: Wish): void {
    const { ticket, duplicate } = this.#submit(scan, code, wish);
    wish?.taken?.({ scanId: ticket.scanId, kind: code.kind, duplicate, outcome: ticket.outcome });
  }

  expected(scan: Scan, code: Code): void {
    const { reader } = scan;
    const till = this.#tillOf(reader);
    if (till?.lane.expect(scan, code) !== true) {
      this.#ports.journal.expect?.();
      for (const translator of this.#rules.translators) translator.expect?.(code);
    }
    till?.adapter.expect?.();
    this.#events.emit('expected', { reader });
  }

  unexpected(scan: Scan): void {
    this.#tillOf(scan.reader)?.lane.unexpect(scan.id);
  }

  dropped(reader: string, reason: DropReason, byteCount: number): void {
    this.#readers.get(reader)?.counters.add(`dropped_bytes_${reason}`, byteCount);
    this.#readers.get(reader)?.counters.add(`dropped_${reason}`);
    this.#events.emit('dropped', { reader, reason, count: byteCount });
    // a scanner that sends everything twice does so all day
    this.#ports.log[reason === 'copy' ? 'debug' : 'warn']('bytes of a reader were dropped', { reader, reason, bytes: byteCount });
  }

  state(reader: string, state: PartState): void {
    this.#events.emit('reader', { id: reader, state });
  }

  hint(reader: string, hint: GuestHint): void {
    this.#readers.get(reader)?.counters.add(`hint_${hint}`);
    const state = this.#readers.get(reader)?.reader.state;
    if (state !== undefined) this.#events.emit('reader', { id: reader, state, hint });
  }

  // --- inside

  async #removeTill(id: string, ms: number, closeMs: number): Promise<void> {
    const part = this.#tills.get(id);
    if (part === undefined) return;
    await part.lane.close(ms);
    // a reload may have put another one in its place
    if (this.#tills.get(id) === part) this.#tills.delete(id);
    part.stop.abort();
    await closePart(this.#ports, 'till', id, closeMs, () => part.adapter.close());
  }

  #goods(scan: Scan, part: ReaderPart | undefined, byHand: boolean, wished?: string): boolean {
    const till = this.#goodsTillOf(scan.reader, wished);
    const handled = part?.settings.unmatched === 'reject' ? this.#lost(scan.reader, 'unmatched') : this.#toGoodsTill(scan, byHand || hasNoTerminator(scan, part), till);
    // counting and telling come after: goods are on their way by now
    part?.counters.add('goods');
    if (this.#events.heard('scan')) {
      this.#events.emit('scan', { scan, kind: 'goods', rule: undefined, till: till?.adapter.id });
    }
    return handled;
  }

  #toGoodsTill(scan: Scan, withSuffix: boolean, till: TillPart | undefined): boolean {
    const { reader, bytes, terminator, at, keys } = scan;
    if (till === undefined) return this.#lost(reader, 'noGoodsTill');
    this.#hand(till, keys === undefined ? { reader, bytes, terminator, withSuffix, at, scan } : { reader, bytes, terminator, withSuffix, at, scan, keys });
    return true;
  }

  #lost(reader: string, reason: string): false {
    this.#readers.get(reader)?.counters.add(`dropped_${reason}`);
    this.#events.emit('dropped', { reader, reason, count: 1 });
    return false;
  }

  #hand(till: TillPart, read: GoodsRead): void {
    if (!takes(till.adapter, read)) return;
    try {
      till.adapter.goods?.(read);
      till.counters.add('goods');
      if (this.#events.heard('goods')) this.#events.emit('goods', { read, till: till.adapter.id });
    } catch (error) {
      till.counters.add('goods_failed');
      this.#ports.log.error('a till adapter failed on goods', { till: till.adapter.id, ...(error instanceof Error ? { error } : {}) });
    }
  }

  #goodsTillOf(reader: string, wished?: string): TillPart | undefined {
    const route = routeOf(this.#rules.routes, reader);
    if (route === undefined || route.goods === 'none') return undefined;
    const till = this.#tills.get(wished ?? route.goods ?? route.till);
    return till?.adapter.capabilities.goods === true ? till : undefined;
  }

  #tillOf(reader: string, wished?: string): TillPart | undefined {
    return this.#tills.get(wished ?? routeOf(this.#rules.routes, reader)?.till ?? '');
  }

  #submit(scan: Scan, code: Code, { orderId, confirmation, till: wished }: SubmitOptions = {}): { readonly ticket: Ticket; readonly duplicate: boolean } {
    const { reader } = scan;
    const till = this.#tillOf(reader, wished);
    if (till === undefined) {
      // not configured, or its till is being replaced by a reload: nothing was accepted, so nothing is owed
      this.#lost(reader, 'noTill');
      const ticket = refusedTicket(scan, code, new TillbridgeError('TB_SCAN_NO_TILL', { reader }), outcome('failed', 'noTill'));
      return { ticket, duplicate: false };
    }
    const { ticket, duplicate, accepted } = till.lane.submit(scan, code, orderId, confirmation);
    if (!accepted) {
      this.#lost(reader, 'busy');
      return { ticket, duplicate };
    }
    this.#readers.get(reader)?.counters.add(duplicate ? 'duplicates' : 'loyalty');
    if (duplicate) this.#events.emit('dropped', { reader, reason: 'duplicate', count: 1 });
    else {
      // not every reader announces its reads, and a translation may take seconds
      till.adapter.expect?.();
      this.#events.emit('scan', { scan, kind: code.kind, rule: code.rule, till: till.adapter.id });
    }
    return { ticket, duplicate };
  }

  #translate(asked: Asked, signal: AbortSignal, known: Translated | undefined): Translated | Promise<Translated> {
    const { code, scan, till } = asked;
    const translated = known ?? translateCode(code, this.#rules.translators, contextOf(asked), signal);
    if (!this.#events.heard('translated')) return translated;
    const told = (answer: Translated): Translated => {
      this.#events.emit('translated', { scan, code, till, translated: answer });
      return answer;
    };
    return translated instanceof Promise ? translated.then(told) : told(translated);
  }

  #ended(till: string, delivery: Delivery, result: Outcome): void {
    const { scan, code, number } = delivery;
    this.#tills.get(till)?.counters.add(`outcome_${result.outcome}`);
    const reader = this.#readers.get(scan.reader);
    const feedback = reader?.settings.feedback?.[result.outcome];
    if (reader !== undefined && feedback !== undefined) feedBack(reader.reader, feedback, this.#ports.log);
    this.#events.emit('outcome', {
      ...result,
      scanId: scan.id,
      reader: scan.reader,
      till,
      kind: code.kind,
      code: code.text,
      number,
      time: scan.at.wall,
      tookMs: elapsed(this.#ports.clock, scan.at), way: delivery.way,
      ...(delivery.orderId === undefined ? {} : { orderId: delivery.orderId }),
    });
  }

  #order({ adapter, lane }: TillPart, state: 'opened' | 'closed', orderId?: string): void {
    this.#events.emit('order', { till: adapter.id, state, ...(orderId === undefined ? {} : { orderId }) });
    lane.order(state, orderId);
  }

  #inbound(part: TillPart): Inbound {
    const till = part.adapter.id;
    const { clock, newId } = this.#ports;
    const asking = { clock, newId, rules: () => this.#rules, spent: this.#spent, asked: this.#asked, count: (result: string) => part.counters.add(`lookups_${result}`) };
    return {
      lookUp: (text, signal) => lookUp(asking, till, text, signal),
      state: (state) => this.#events.emit('till', { id: till, state }),
      order: (state, orderId) => this.#order(part, state, orderId),
      goodsDropped: (reads, reason) => {
        part.counters.add(`goods_dropped_${reason}`, reads);
        this.#ports.log.warn('goods were dropped: the till could not take them in time', { till, reads, reason });
      },
    };
  }

  #injected({ bytes, reader, symbology }: Injection): Scan {
    const settings = this.#readers.get(reader)?.settings;
    if (settings === undefined) {
      throw new TillbridgeError('TB_SCAN_UNKNOWN_READER', { reader, known: [...this.#readers.keys()].join(', ') });
    }
    const raw = {
      bytes,
      terminator: new Uint8Array(0),
      at: instant(this.#ports.clock),
      silence: 'settled',
      silentBefore: true,
      ...(symbology === undefined ? {} : { symbology }),
    } as const;
    const scan = decodeScan(raw, this.#ports.newId(), reader, createTextDecoder(settings.fallbackCharset));
    this.#byHand.add(scan);
    return scan;
  }
}

function hasNoTerminator(scan: Scan, part: ReaderPart | undefined): boolean {
  return !scan.partial && part?.settings.withSuffix === true;
}
