import { NativeNumber, TillbridgeError, type NumberKind, type Outcome } from '@tillbridge/core';
import type { z } from 'zod';
import { cardText, isGtin, stripRead } from '../normalise.js';
import {
  MAX_NEXT_WAIT_MS,
  PLUGIN_CALLS,
  PLUGIN_WIRE,
  type AuthorizeAnswer,
  type HelloAnswer,
  type Message,
  type PluginCallName,
  type Recorded,
  type ResultAnswer,
  type ScanAnswer,
  type ScreenState,
} from './contract.js';
import type { Errand, Errands } from './errands.js';
import type { FrontOptions, FrontPorts } from './options.js';
import { hostWords, outcomeOf } from './outcomes.js';
import type { SessionKeeper } from './session.js';

/** What a handler of the plugin is asked to wait for the daemon, in ms: the cashier's screen stands still meanwhile. */
const SCAN_WAIT_MS = 1500;
/** Reads are remembered this many, so that one that is told twice is one. */
const REMEMBERED_SCANS = 64;

type Bodies = { readonly [Name in PluginCallName]: z.output<(typeof PLUGIN_CALLS)[Name]['body']> };

/** What the till does about what the plugin says. */
export interface CallTarget {
  readonly sessions: SessionKeeper;
  readonly errands: Errands;
  /** `unseen`: there were screens in between that never arrived here. */
  readonly screenChanged: (unseen: boolean) => void;
  /** @throws {TillbridgeError} `TB_JOURNAL_UNAVAILABLE` */
  readonly ended: (errand: Errand, result: Outcome) => Promise<'ended' | 'late'>;
  readonly licence: (text: string) => void;
  readonly say: (result: Outcome, kind?: NumberKind) => Message | undefined;
}

/** The calls of the plugin. */
export class PluginCalls {
  readonly #options: FrontOptions;
  readonly #ports: FrontPorts;
  readonly #target: CallTarget;
  /** Scans whose handler waits. */
  readonly #handled = new Set<string>();
  readonly #scans = new Map<string, Promise<ScanAnswer>>();

  constructor(options: FrontOptions, ports: FrontPorts, target: CallTarget) {
    this.#options = options;
    this.#ports = ports;
    this.#target = target;
  }

  /** Whether a handler waits for what becomes of this scan. */
  handles(scanId: string): boolean {
    return this.#handled.has(scanId);
  }

  async answer(call: PluginCallName, body: unknown, signal: AbortSignal): Promise<unknown> {
    switch (call) {
      case 'hello':
        return this.#hello(parse('hello', wired(body, this.#options.id)));
      case 'next':
        return this.#next(parse('next', body), signal);
      case 'result':
        return this.#result(parse('result', body));
      case 'scan':
        return this.#scan(parse('scan', body), signal);
      case 'screen':
        return this.#screen(parse('screen', body));
      case 'authorize':
        return this.#authorize(parse('authorize', body), signal);
    }
  }

  #hello(hello: Bodies['hello']): HelloAnswer {
    const { id, cashierMessage, watchKey } = this.#options;
    const { log, scans, version } = this.#ports;
    const { id: session } = this.#target.sessions.hello(hello);
    const { terminalName, terminalId, apiVersion, appVersion, pluginVersion } = hello;
    log.info('the plugin said hello', { till: id, terminal: terminalName ?? terminalId, apiVersion, appVersion, pluginVersion });
    return {
      product: 'tillbridge',
      version,
      wire: PLUGIN_WIRE,
      till: id,
      session,
      nextWaitMs: MAX_NEXT_WAIT_MS,
      scanWaitMs: SCAN_WAIT_MS,
      scans: scans(),
      ...(!scans() || watchKey === undefined ? {} : { watchKey }),
      language: cashierMessage === 'off' ? 'ru' : cashierMessage,
    };
  }

  async #next({ session, waitMs }: Bodies['next'], signal: AbortSignal): Promise<{ readonly action: unknown }> {
    const { sessions, errands } = this.#target;
    sessions.call(session);
    return { action: (await errands.next(waitMs, signal)) ?? null };
  }

  #screen({ session, ...screen }: Bodies['screen']): { readonly session: string } {
    this.#target.sessions.call(session);
    this.#shows(screen);
    return { session };
  }

  #shows(screen: ScreenState): void {
    const { sessions, screenChanged } = this.#target;
    const news = sessions.screen(screen);
    if (news !== 'old') screenChanged(news === 'afterUnseen');
  }

  async #result({ session, id, hostText, ...said }: Bodies['result']): Promise<ResultAnswer> {
    const { sessions, errands, ended, licence, say } = this.#target;
    const { log } = this.#ports;
    sessions.call(session);
    if (said.detail === 'licence') licence(hostText === undefined ? 'licence' : hostWords(hostText));
    const errand = errands.get(id);
    const answer = (recorded: Recorded, message?: Message): ResultAnswer => ({ id, recorded, ...(message === undefined ? {} : { message }) });
    if (errand?.given !== true) {
      // of a message for the cashier, or of a run before this one: the journal calls that unknown, and keeps it
      if (said.evidence !== 'shown') log.warn('the plugin tells of an action that is not known here', { till: this.#options.id, delivery: id, outcome: said.outcome });
      return answer('unknown');
    }
    if (errand.result !== undefined) return answer('again');
    const result = outcomeOf(said, errand.orderId);
    const recorded = await ended(errand, result);
    return answer(recorded, recorded === 'ended' ? say(result, errand.request.number.kind) : undefined);
  }

  #scan(body: Bodies['scan'], signal: AbortSignal): Promise<ScanAnswer> {
    const { since } = this.#target.sessions.call(body.session);
    if (body.screen !== undefined) this.#shows(body.screen);
    const again = this.#scans.get(body.scan);
    // the same read told twice: its action was given, once
    if (again !== undefined) return again.then(({ handled }) => ({ handled }));
    // overtaken by the report of a later screen: the order of this read is not the open one any more, and its handler is over
    if (body.screen !== undefined && body.screen.seq < since) return Promise.resolve({ handled: false });
    const answer = this.#takeScan(body, signal);
    this.#scans.set(body.scan, answer);
    const oldest = this.#scans.keys().next();
    if (this.#scans.size > REMEMBERED_SCANS && oldest.done !== true) this.#scans.delete(oldest.value);
    return answer;
  }

  async #takeScan({ kind, raw, tracks, orderId, waitMs }: Bodies['scan'], signal: AbortSignal): Promise<ScanAnswer> {
    const { take, scans } = this.#ports;
    const { errands, say } = this.#target;
    const text = kind === 'card' && tracks !== undefined ? cardText(tracks) || stripRead(raw) : stripRead(raw);
    const ours = text !== '' && !(this.#options.gtin === 'pass' && isGtin(text));
    if (!scans() || !ours || (kind === 'externalData' && orderId === undefined)) return { handled: false };
    const taken = take(text, kind === 'externalData' ? orderId : undefined);
    if (!taken.handled) return { handled: false };
    const { scanId } = taken;
    this.#handled.add(scanId);
    let message: Message | undefined;
    void taken.outcome.then((result) => {
      message = say(result);
      errands.endHandler(scanId);
    });
    const action = await errands.forScan(scanId, waitMs, signal);
    this.#handled.delete(scanId);
    if (action !== undefined) return { handled: true, scanId, action };
    // without a message it has not ended: what becomes of it comes with `next`
    return { handled: true, scanId, ...(message === undefined ? {} : { message }) };
  }

  async #authorize({ session, id, orderId }: Bodies['authorize'], signal: AbortSignal): Promise<AuthorizeAnswer> {
    const { sessions, errands } = this.#target;
    const { guests } = this.#ports;
    sessions.call(session);
    const errand = errands.get(id);
    if (errand?.given !== true || errand.result !== undefined || errand.planned.kind !== 'authorizeIikoCard') return { done: false, reason: 'unknownAction' };
    if (guests === undefined) return { done: false, reason: 'noPosServer' };
    if (errand.orderId !== orderId) return { done: false, reason: 'wrongOrder' };
    if (errand.request.expired()) return { done: false, reason: 'expired' };
    const { credential, scope } = errand.planned;
    errand.authorizing ??= guests.authorize({ credential: new NativeNumber(errand.request.number.kind, credential), scope }, orderId, signal);
    return errand.authorizing;
  }
}

/** @throws {TillbridgeError} `TB_TILL_IIKO_WIRE` before any field is looked at: another version may have others */
function wired(body: unknown, till: string): unknown {
  const wire = typeof body === 'object' && body !== null && 'wire' in body ? body.wire : undefined;
  if (typeof wire === 'number' && wire !== PLUGIN_WIRE) throw new TillbridgeError('TB_TILL_IIKO_WIRE', { till, theirs: wire, ours: PLUGIN_WIRE });
  return body;
}

/** @throws {TillbridgeError} `TB_API_BAD_REQUEST` naming fields, never their values */
function parse<Name extends PluginCallName>(call: Name, body: unknown): Bodies[Name] {
  const schema: z.ZodType = PLUGIN_CALLS[call].body;
  const parsed = schema.safeParse(body ?? {});
  if (parsed.success) return parsed.data as Bodies[Name];
  const problem = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.code}`).slice(0, 8).join('; ');
  throw new TillbridgeError('TB_API_BAD_REQUEST', { problem });
}

