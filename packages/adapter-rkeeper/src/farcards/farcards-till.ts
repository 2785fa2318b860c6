import {
  deadline,
  outcome,
  PartStatusKeeper,
  raceAbort,
  TillbridgeError,
  withdrawn,
  type Adapter,
  type AdapterCapabilities,
  type Clock,
  type DeliveryRequest,
  type Inbound,
  type Log,
  type NativeNumber,
  type Outcome,
  type PartState,
  type ProbeRow,
} from '@tillbridge/core';
import type { Exchanged } from '../connection/exchange.js';
import { isInt64 } from '../number-rules.js';
import { readXmlStream, xml, XmlProblem, xmlDocument, type XmlElement } from '../xml/index.js';
import { knownCard, lockedCard, noEmail, noImage, transactionsDone, transactionsRefused, unknownCard } from './answers.js';
import { CardMemory } from './card-memory.js';
import { CheckMemory, type CheckAnswer } from './check-memory.js';
import { couponContent, offerFor } from './coupon.js';
import { cardAnswer, type CardAnswer } from './look-up-card.js';
import type { FarcardsOptions, StoreSale } from './options.js';
import { DOCUMENT_LIMITS, queriedCard, transactionsOf, type FarcardsCall, type Transaction } from './request.js';
import { rewriteCards } from './rewrite.js';
import { saleOf } from './sale.js';
import type { LockReason } from './texts.js';
import { Upstream } from './upstream.js';

export interface FarcardsContext {
  readonly clock: Clock;
  readonly log: Log;
  /** Absent: closed sales are not kept. */
  readonly store?: StoreSale;
}

/** Why one of several cards of a check keeps all its transactions from being done. */
type Translated = { readonly ok: true; readonly number: string } | { readonly ok: false; readonly reason: LockReason };

/**
 * A till that asks instead of being told: r_keeper reads the code, FarCards asks its processing server over HTTP (ExtDllHTTP.dll), and that
 * is us. Nothing can be delivered to it. Every answer is one that the cashier understands, whatever fails behind it.
 */
export class FarcardsTill implements Adapter {
  readonly id: string;
  readonly capabilities: AdapterCapabilities;
  readonly #options: FarcardsOptions;
  readonly #context: FarcardsContext;
  readonly #status: PartStatusKeeper;
  readonly #cards: CardMemory;
  readonly #checks = new CheckMemory();
  readonly #upstream: Upstream | undefined;
  readonly #closing = new AbortController();
  #inbound: Inbound | undefined;

  constructor(options: FarcardsOptions, context: FarcardsContext) {
    this.id = options.id;
    // a processing server behind us is told of each check; without one we are who is told
    this.capabilities = { goods: false, best: 'rejected', verify: false, ...(options.upstream === undefined ? {} : { reportsItself: true }) };
    this.#options = options;
    this.#context = context;
    this.#status = new PartStatusKeeper(context.clock);
    this.#cards = new CardMemory(context.clock);
    this.#upstream = options.upstream === undefined ? undefined : new Upstream(options.upstream, context.clock);
  }

  get state(): PartState {
    return this.#status.state;
  }

  open(inbound: Inbound): Promise<void> {
    this.#inbound = inbound;
    this.#status.attach(inbound);
    this.#status.set('ready');
    return Promise.resolve();
  }

  /** With a processing server: asks it for the card of no e-mail, the one question that touches no guest. */
  async probe(signal: AbortSignal): Promise<readonly ProbeRow[]> {
    const { upstream } = this.#options;
    const id = `till.${this.id}`;
    if (upstream === undefined || this.#upstream === undefined) return [{ level: 'ok', id, text: 'answers the look-ups of FarCards itself' }];
    const { host } = new URL(upstream.url);
    const answered = await this.#upstream.send('findEmail', xml('ROOT', {}, xml('QRY', { Email: '' })), signal);
    if (answered.ok) return [{ level: 'ok', id, text: `translates the look-ups of FarCards for ${host}, which answers` }];
    const error = new TillbridgeError('TB_TILL_RK_PROCESSING', { till: this.id, host, problem: answered.detail ?? answered.problem });
    return [{ level: 'fail', id, text: error.text('en'), remedy: error.remedy('en') }];
  }

  deliver(request: DeliveryRequest, signal: AbortSignal): Promise<Outcome> {
    if (signal.aborted) return Promise.resolve(withdrawn(signal));
    return Promise.resolve(request.expired() ? outcome('expired') : outcome('rejected', 'answersOnly'));
  }

  close(): Promise<void> {
    this.#closing.abort();
    this.#upstream?.close();
    this.#cards.clear();
    this.#status.set('closed');
    return Promise.resolve();
  }

  /**
   * Answers one document of FarCards with another. Never rejects for what the document says; rejects when its bytes stop coming.
   *
   * @param signal Aborts when FarCards hangs up: a look-up is given up then, transactions that have begun are not.
   */
  async answer(call: FarcardsCall, chunks: AsyncIterable<Uint8Array>, contentType: string | undefined, signal: AbortSignal): Promise<string> {
    const root = await readXmlStream(chunks, contentType, DOCUMENT_LIMITS).catch((error: unknown) => {
      if (error instanceof XmlProblem) return error;
      throw error;
    });
    const given = AbortSignal.any([signal, this.#closing.signal]);
    if (root instanceof XmlProblem) {
      this.#context.log.warn('a document of FarCards cannot be read', { till: this.id, call, problem: root.problem });
      return this.#unreadable(call);
    }
    switch (call) {
      case 'getcardinfoex':
        return this.#cardInfo(root, given);
      case 'transactionsex':
        return this.#transactions(root);
      case 'findemail':
        return this.#findEmail(root, given);
      case 'getcardimageex':
        return noImage();
    }
  }

  #unreadable(call: FarcardsCall): string {
    const { language } = this.#options;
    if (call === 'getcardinfoex') return lockedCard('', 'badRequest', language);
    if (call === 'transactionsex') return transactionsRefused('badRequest', language);
    return call === 'findemail' ? noEmail() : noImage();
  }

  // --- GetCardInfoEx

  async #cardInfo(root: XmlElement, signal: AbortSignal): Promise<string> {
    const { language } = this.#options;
    const card = queriedCard(root);
    if (card === undefined || !isInt64(card)) return lockedCard('', 'badRequest', language);
    const found = await this.#ask(card, signal);
    if (found.as === 'locked') return lockedCard(card, found.reason, language);
    if (found.as === 'unknown') return unknownCard();
    if (found.as === 'number') this.#cards.put(card, found.number);
    if (this.#upstream === undefined) return found.as === 'notOurs' ? unknownCard() : this.#grant(found.number, found.accrueOnly);
    const native = found.as === 'number' ? found.number.reveal() : card;
    // the other cards of the order stand in INPBUF as they were scanned
    const swap = (given: string): string => (given === card ? native : (this.#cards.get(given)?.reveal() ?? given));
    const answered = await this.#upstream.send('getCardInfoEx', rewriteCards(root, swap), signal);
    if (!answered.ok) {
      this.#failed('GetCardInfoEx', answered);
      return lockedCard(card, 'unavailable', language);
    }
    return xmlDocument(rewriteCards(answered.root, (given) => (given === native ? card : given)));
  }

  #grant(number: NativeNumber, accrueOnly: boolean): string {
    const { grants, coupons } = this.#options;
    const value = number.reveal();
    const { discount, bonus } = grants[number.kind] ?? {};
    const offer = number.kind === 'coupon' ? offerFor(value, coupons) : undefined;
    const granted = { ...(discount === undefined || accrueOnly ? {} : { discount }), ...(bonus === undefined ? {} : { bonus }) };
    return knownCard(value, granted, offer === undefined ? [] : [couponContent(offer)]);
  }

  /** Within its budget, and never longer than FarCards waits. */
  async #ask(card: string, signal: AbortSignal): Promise<CardAnswer> {
    const { clock } = this.#context;
    const inbound = this.#inbound;
    if (inbound?.lookUp === undefined || this.state.status === 'closed') return { as: 'locked', reason: 'unavailable' };
    const limit = deadline(clock, this.#options.lookUpMs, signal);
    try {
      const late = () => ({ as: 'locked', reason: 'unavailable' }) as const;
      const asked = inbound.lookUp(card, limit.signal).then((found) => cardAnswer(found, { ...this.#options.numbers, numericInt64: true }));
      return await raceAbort<CardAnswer>(asked, limit.signal, late);
    } finally {
      limit.dispose();
    }
  }

  // --- TransactionsEx

  async #transactions(root: XmlElement): Promise<string> {
    const { language } = this.#options;
    const transactions = transactionsOf(root);
    if (transactions === undefined) return transactionsRefused('badRequest', language);
    // FarCards hanging up does not undo what was begun: only closing gives up
    const { body } = await this.#checks.run(transactions, () => this.#settle(root, transactions, this.#closing.signal));
    return body;
  }

  async #settle(root: XmlElement, transactions: readonly Transaction[], signal: AbortSignal): Promise<CheckAnswer> {
    const refused = (reason: LockReason): CheckAnswer => ({ done: false, body: transactionsRefused(reason, this.#options.language) });
    // we keep no accounts: who pays with a card needs a server that does
    if (this.#upstream === undefined && transactions.some(({ kind }) => kind === 'payment')) return refused('paymentsNotKept');
    const natives = new Map<string, string>();
    for (const { card } of transactions) {
      if (natives.has(card)) continue;
      const translated = await this.#translated(card, signal);
      if (!translated.ok) return refused(translated.reason);
      natives.set(card, translated.number);
    }
    const answer = this.#upstream === undefined ? { done: true, body: transactionsDone() } : await this.#forward(this.#upstream, root, natives, signal);
    if (answer === undefined) return refused('unavailable');
    if (answer.done && !(await this.#keep(transactions)) && this.#upstream === undefined) return refused('notStored');
    return answer;
  }

  /** What the card was when it was looked up; asked again where that is forgotten. */
  async #translated(card: string, signal: AbortSignal): Promise<Translated> {
    const known = this.#cards.get(card);
    if (known !== undefined) return { ok: true, number: known.reveal() };
    if (!isInt64(card)) return { ok: false, reason: 'badRequest' };
    const found = await this.#ask(card, signal);
    if (found.as === 'locked') return { ok: false, reason: found.reason };
    if (found.as === 'unknown' || (found.as === 'notOurs' && this.#upstream === undefined)) return { ok: false, reason: 'unknownCard' };
    if (found.as === 'notOurs') return { ok: true, number: card };
    this.#cards.put(card, found.number);
    return { ok: true, number: found.number.reveal() };
  }

  async #forward(upstream: Upstream, root: XmlElement, natives: ReadonlyMap<string, string>, signal: AbortSignal): Promise<CheckAnswer | undefined> {
    const swap = (card: string): string => natives.get(card) ?? this.#cards.get(card)?.reveal() ?? card;
    const back = new Map([...natives].map(([card, native]) => [native, card]));
    const answered = await upstream.send('transactionsEx', rewriteCards(root, swap), signal);
    if (!answered.ok) {
      this.#failed('TransactionsEx', answered);
      return undefined;
    }
    return { done: isDone(answered.root), body: xmlDocument(rewriteCards(answered.root, (card) => back.get(card) ?? card)) };
  }

  /** Whether the sale is kept, where sales are kept at all. */
  async #keep(transactions: readonly Transaction[]): Promise<boolean> {
    const { store, log } = this.#context;
    const sale = store === undefined ? undefined : saleOf(transactions, (card) => this.#cards.get(card));
    if (store === undefined || sale === undefined) return true;
    try {
      await store(sale);
      return true;
    } catch (error) {
      log.error('a closed check could not be stored', { till: this.id, ...(error instanceof Error ? { error } : {}) });
      return false;
    }
  }

  // --- FindEmail

  async #findEmail(root: XmlElement, signal: AbortSignal): Promise<string> {
    const answered = await this.#upstream?.send('findEmail', rewriteCards(root, (card) => card), signal);
    if (answered === undefined) return noEmail();
    if (answered.ok) return xmlDocument(rewriteCards(answered.root, (card) => card));
    this.#failed('FindEmail', answered);
    return noEmail();
  }

  #failed(call: string, { problem, detail }: Extract<Exchanged, { ok: false }>): void {
    this.#context.log.warn('the processing server gives no answer', { till: this.id, call, problem, ...(detail === undefined ? {} : { detail }) });
  }
}

/** `Result="0"` says that all was done; what says nothing was not. */
function isDone(root: XmlElement): boolean {
  return [root, ...root.children].some((element) => [...element.attributes].some(([name, value]) => name.toLowerCase() === 'result' && value.trim() === '0'));
}
