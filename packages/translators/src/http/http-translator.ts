import { createHash, randomInt } from 'node:crypto';
import {
  elapsed, instant, raceAbort,
  type BreakerState, type Clock, type Code, type Log, type PlatformNote, type ProbeRow, type Translation, type TranslationContext, type Translator, type TranslatorCapabilities,
} from '@tillbridge/core';
import { numberOf, serves, step } from '../support.js';
import { acceptCode, type Accepted } from './accept.js';
import { translationOf, type Read } from './answer-translation.js';
import { LookUpCache, type CacheFile, type Remembered } from './cache.js';
import { PlatformClient, type Sent } from './client.js';
import type { CompiledPlatform } from './compile.js';
import { Confirmations } from './confirmations.js';
import { writeRequest } from './request.js';
import { describeCall, describeRule } from './describe.js';
import { StatsKeeper, type HttpStats } from './stats.js';
import { renderTemplateText } from './template.js';
import { lookUpValues } from './values.js';

export interface HttpTranslatorOptions {
  readonly id: string;
  /** Names of the codes that this platform is for; default: every code that it accepts. */
  readonly codes?: readonly string[];
  readonly platform: CompiledPlatform;
  readonly clock: Clock;
  readonly log: Log;
  /** Time of one look-up in ms, whatever happens in it; default the platform's. */
  readonly timeoutMs?: number;
  /** What happens to a card whose number is remembered while the platform cannot be asked: deliver it marked accrueOnly and stale, or not at all. */
  readonly offline?: 'deliver' | 'reject';
  readonly store?: string;
  readonly machine?: string;
  /** PEM certificates of who may sign the platform's, beside the well-known ones. */
  readonly ca?: string;
  /** Where found numbers survive a restart. */
  readonly cacheFile?: CacheFile;
  /** A code that `probe` may ask about. */
  readonly sample?: Code;
  readonly random?: () => number;
  /** Told after each look-up how long it took, in ms. */
  readonly onAsked?: (ms: number) => void;
}

/** What `status` and `/metrics` show of a platform. */
export interface PlatformView extends HttpStats {
  readonly id: string;
  readonly preset: string;
  readonly host: string;
  readonly breaker: BreakerState;
  readonly remembered: number;
  /** Unix time in ms of the last answer, of whatever kind; undefined: none yet. */
  readonly lastAnswer: number | undefined;
}

/** Asks a loyalty platform over HTTP, as its description says. */
export interface HttpTranslator extends Translator {
  readonly type: 'http';
  /** For whoever reports receipts to the same platform. */
  readonly client: PlatformClient;
  /** Reads what the last process remembered. Never rejects. */
  open(): Promise<void>;
  view(): PlatformView;
}

/** @throws {TillbridgeError} area TRANSLATE where the way to log in is wrong */
export function createHttpTranslator(options: HttpTranslatorOptions): HttpTranslator {
  return new PlatformTranslator(options);
}

interface Asked {
  readonly code: Code;
  readonly accepted: Accepted;
  readonly context: TranslationContext;
  readonly key: string;
}

/** Look-ups of one code that go on together; the request is given up when nobody waits for it any more. */
interface Flight {
  readonly answer: Promise<Translation>;
  readonly stop: AbortController;
  waiting: number;
}

class PlatformTranslator implements HttpTranslator {
  readonly id: string;
  readonly type = 'http';
  readonly capabilities: TranslatorCapabilities;
  readonly client: PlatformClient;
  readonly #options: HttpTranslatorOptions;
  readonly #cache: LookUpCache;
  readonly #confirmations: Confirmations;
  readonly #stats = new StatsKeeper();
  readonly #flights = new Map<string, Flight>();
  #lastAnswer: number | undefined;

  constructor(options: HttpTranslatorOptions) {
    const { platform, clock, log, ca, timeoutMs, cacheFile, random = () => randomInt(2 ** 32) / 2 ** 32 } = options;
    this.id = options.id;
    this.#options = options;
    this.capabilities = { remote: true, hosts: [platform.baseUrl.host] };
    this.client = new PlatformClient({ platform, clock, random, ...(ca === undefined ? {} : { ca }), ...(timeoutMs === undefined ? {} : { timeoutMs }) });
    this.#cache = new LookUpCache({ clock, log, times: platform.definition.cache, fingerprint: fingerprintOf(options), ...(cacheFile === undefined ? {} : { file: cacheFile }) });
    this.#confirmations = new Confirmations(clock);
  }

  open(): Promise<void> {
    return this.#cache.load();
  }

  translate(code: Code, context: TranslationContext, signal: AbortSignal): Translation | Promise<Translation> {
    const { codes, platform } = this.#options;
    if (!serves(codes, code)) {
      step(context, this.id, `not a code of this translator (${codes?.join(', ') ?? ''})`);
      return { result: 'notFound' };
    }
    const accepted = acceptCode(platform.accepts, code);
    if (accepted === undefined) {
      step(context, this.id, `not a code that ${platform.definition.id} takes: nothing is asked`);
      return { result: 'notFound' };
    }
    step(context, this.id, `${code.kind} ${code.text.masked} is ${accepted.accept.name} for ${platform.definition.id}${accepted.oneTime ? ', for one time' : ''}`);
    const asked: Asked = { code, accepted, context, key: this.#cache.keyOf(code.kind, partsOf(accepted, code).join('\u0000')) };
    if (accepted.accept.answer !== undefined) return this.#computed(asked);
    if (context.confirmation !== undefined) return this.#confirmed(asked, signal);
    return this.#remembered(asked) ?? this.#flown(asked, signal);
  }

  /** Asks about the sample code, where there is one. Rows are masked. */
  async probe(signal: AbortSignal): Promise<readonly ProbeRow[]> {
    const { sample, clock, platform } = this.#options;
    const id = `translator ${this.id}`;
    const host = platform.baseUrl.host;
    if (sample === undefined) {
      return [{ level: 'ok', id, text: `${platform.definition.id} at ${host}: not asked, because the configuration has no sample code`, remedy: 'set `sample: { code: ... }` of this translator to have it tried' }];
    }
    const steps: string[] = [];
    const context: TranslationContext = { scanId: 'doctor', reader: 'doctor', trace: (text) => void steps.push(text) };
    const began = instant(clock);
    const accepted = acceptCode(platform.accepts, sample);
    const asked = accepted === undefined ? undefined : await raceAbort(this.#ask({ code: sample, accepted, context, key: '' }, signal), signal, () => ({ result: 'unavailable', reason: 'timeout' }) as const);
    const took = Math.round(elapsed(clock, began));
    if (asked === undefined) return [{ level: 'warn', id, text: `${platform.definition.id} does not take the sample code`, remedy: 'give a sample code of a kind that the platform knows' }];
    const text = `${platform.definition.id} at ${host}: the sample code is ${asked.result}${reasonOf(asked)}, ${took} ms; ${steps.at(-1) ?? ''}`;
    return [{ level: PROBE_LEVELS[asked.result], id, text, ...(PROBE_LEVELS[asked.result] === 'ok' ? {} : { remedy: 'check the address, the secrets and the variables of this translator; `tillbridge translate CODE --trace` shows each step' }) }];
  }

  view(): PlatformView {
    const { platform } = this.#options;
    return { ...this.#stats.snapshot(), id: this.id, preset: platform.definition.id, host: platform.baseUrl.host, breaker: this.client.breaker, remembered: this.#cache.size, lastAnswer: this.#lastAnswer };
  }

  async close(): Promise<void> {
    for (const { stop } of this.#flights.values()) stop.abort();
    await Promise.all([this.client.close(), this.#cache.close()]);
  }

  /** A number that stands in the code itself, as in a QR of card number and temporary part. */
  #computed({ accepted, code, context }: Asked): Translation {
    const { answer } = accepted.accept;
    const text = answer === undefined ? undefined : renderTemplateText(answer, this.#values({ accepted, code, context }), 'none');
    const number = text === undefined ? undefined : numberOf(code.kind, text);
    if (number === undefined) {
      step(context, this.id, 'the code does not give a number that a till can take');
      return { result: 'badResponse', reason: 'badNumber' };
    }
    step(context, this.id, `${code.kind} ${number.masked} stands in the code: nothing is asked`);
    return code.kind === 'coupon' ? { result: 'coupon', number } : { result: 'found', number, platform: this.#note(context) };
  }

  #remembered({ accepted, context, key }: Asked): Translation | undefined {
    if (accepted.oneTime) return undefined;
    const known = this.#cache.get(key);
    if (known?.age !== 'fresh') return undefined;
    this.#stats.cacheHits += 1;
    step(context, this.id, `remembered: ${known.remembered.result}`);
    return this.#recalled(known.remembered, context, false);
  }

  #flown(asked: Asked, signal: AbortSignal): Promise<Translation> {
    const known = this.#flights.get(asked.key);
    // one that was given up a moment ago has nothing to say any more
    const flight = known === undefined || known.stop.signal.aborted ? this.#takeOff(asked) : known;
    flight.waiting += 1;
    const left = (): void => {
      flight.waiting -= 1;
      if (flight.waiting === 0) flight.stop.abort();
    };
    return raceAbort(flight.answer, signal, () => ({ result: 'unavailable', reason: 'timeout' }) as const).finally(left);
  }

  #takeOff(asked: Asked): Flight {
    const stop = new AbortController();
    const answer = this.#ask(asked, stop.signal).then((translation) => this.#landed(asked, translation)).finally(() => {
      if (this.#flights.get(asked.key)?.stop === stop) this.#flights.delete(asked.key);
    });
    const flight: Flight = { answer, stop, waiting: 0 };
    this.#flights.set(asked.key, flight);
    return flight;
  }

  /** Asks the calls of the entry one after the other, until one knows the code. */
  async #ask(asked: Asked, signal: AbortSignal): Promise<Translation> {
    const { clock } = this.#options;
    const began = instant(clock);
    let translation: Translation = { result: 'notFound' };
    for (const call of asked.accepted.accept.calls) {
      // the time is for all of them together
      translation = await this.#call(call, asked, signal, this.client.timeoutMs - elapsed(clock, began));
      if (translation.result !== 'notFound' || signal.aborted) break;
    }
    this.#asked(translation, elapsed(clock, began));
    return translation;
  }

  async #call(name: string, asked: Asked, signal: AbortSignal, budgetMs = this.client.timeoutMs): Promise<Translation> {
    const { platform } = this.#options;
    const { context, accepted, code, key } = asked;
    const request = platform.calls.get(name);
    const written = request === undefined ? undefined : writeRequest(request, this.#values(asked));
    if (request === undefined || written === undefined) {
      step(context, this.id, `${name}: the code cannot stand in the request, or a value is missing: nothing is sent`);
      return { result: 'badResponse', reason: 'requestRefused' };
    }
    if (context.detail === true) step(context, this.id, `${name}: ${describeCall(platform.definition, name)} to ${platform.baseUrl.host}`);
    const { format, contentTypes } = platform.responseOf(name);
    const sent = await this.client.send(written, { format, contentTypes, repeat: request.idempotent && !accepted.oneTime, budgetMs }, signal);
    if (sent.kind !== 'answer') {
      step(context, this.id, `${name}: no answer (${sent.reason})`);
      return unanswered(sent);
    }
    this.#lastAnswer = this.#options.clock.wall();
    const read: Read = translationOf(platform, name, accepted, code, sent.answer, this.#note(context));
    step(context, this.id, `${name}: ${read.why}${sent.tries > 1 ? `, after ${sent.tries} tries` : ''}`);
    if (context.detail === true && read.rule !== undefined) step(context, this.id, `${name}: rule ${read.rule} is ${describeRule(platform.definition, name, read.rule)}`);
    if (read.translation.result === 'confirmRequired') this.#confirmations.sent(key, read.confirmation);
    return read.translation;
  }

  /** The guest named the code that the platform sent him. */
  async #confirmed(asked: Asked, signal: AbortSignal): Promise<Translation> {
    const { confirm } = this.#options.platform.definition;
    const { context, key } = asked;
    if (confirm === undefined || context.confirmation === undefined) {
      step(context, this.id, 'this platform takes no confirmation codes');
      return this.#remembered(asked) ?? this.#flown(asked, signal);
    }
    if (confirm.check === 'local') {
      const checked = this.#confirmations.check(key, context.confirmation);
      step(context, this.id, `the confirmation code is ${checked === 'none' ? 'none that was asked for' : checked}`);
      if (checked === 'none') return this.#flown(asked, signal);
      if (checked === 'wrong') return { result: 'confirmRequired', channel: confirm.channel };
    }
    const began = instant(this.#options.clock);
    const translation = await this.#call(confirm.call, asked, signal);
    this.#asked(translation, elapsed(this.#options.clock, began));
    return translation;
  }

  #asked({ result }: Translation, ms: number): void {
    this.#stats.asked(result, this.#options.clock.wall());
    this.#options.onAsked?.(ms);
  }

  /** Remembers an answer, or answers from memory where there is none. */
  #landed({ accepted, code, context, key }: Asked, translation: Translation): Translation {
    const { offline = 'deliver' } = this.#options;
    if (accepted.oneTime || code.kind === 'coupon') return translation;
    const memorable = rememberable(translation);
    if (memorable !== undefined) {
      this.#cache.put(key, code.kind, memorable);
      return translation;
    }
    if (!DOWN.has(translation.result)) {
      // an answer that is not to be remembered still overrules what was
      if (translation.result !== 'badResponse' && translation.result !== 'authError') this.#cache.forget(key);
      return translation;
    }
    const known = this.#cache.get(key);
    if (known?.remembered.result !== 'found') return translation;
    step(context, this.id, `the platform cannot be asked; its number is remembered${offline === 'reject' ? ', but offline is reject' : ': stale, accrueOnly'}`);
    if (offline === 'reject') return translation;
    this.#stats.staleHits += 1;
    return this.#recalled(known.remembered, context, true);
  }

  #recalled(known: Remembered, context: TranslationContext, stale: boolean): Translation {
    if (known.result !== 'found') return known;
    const { number, customer } = known;
    const platform: PlatformNote = { ...this.#note(context), ...(customer === undefined ? {} : { customer }), ...(stale ? { stale: true as const } : {}) };
    return { result: 'found', number, ...(stale || known.state === 'accrueOnly' ? { state: 'accrueOnly' as const } : {}), platform };
  }

  #values({ accepted, code, context }: Pick<Asked, 'accepted' | 'code' | 'context'>): ReturnType<typeof lookUpValues> {
    const { clock, platform, store = '', machine = '' } = this.#options;
    return lookUpValues({ id: accepted.id, code: code.text.reveal(), groups: accepted.groups, context, store, machine }, clock, platform.values);
  }

  #note(context: TranslationContext): PlatformNote {
    return { preset: this.#options.platform.definition.id, translator: this.id, lookupId: context.scanId };
  }
}

const PROBE_LEVELS: Readonly<Record<Translation['result'], ProbeRow['level']>> = {
  found: 'ok',
  coupon: 'ok',
  foundNoNumber: 'warn',
  notFound: 'ok',
  blocked: 'ok',
  codeExpired: 'ok',
  codeUsed: 'ok',
  ambiguous: 'ok',
  confirmRequired: 'ok',
  rateLimited: 'warn',
  authError: 'fail',
  unavailable: 'warn',
  badResponse: 'fail',
};

function reasonOf(translation: Translation): string {
  const reason = 'reason' in translation ? translation.reason : undefined;
  return reason === undefined ? '' : ` (${reason})`;
}

/** Results that mean that nobody could be asked. */
const DOWN: ReadonlySet<Translation['result']> = new Set(['unavailable', 'rateLimited']);

function unanswered(sent: Extract<Sent, { readonly kind: 'lost' | 'unsent' }>): Translation {
  const { reason, retryAfterMs } = sent;
  if (reason === 'rateLimited') return { result: 'rateLimited', ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
  if (reason === 'authError' || reason === 'secretUnusable' || reason === 'badToken') return { result: 'authError' };
  if (reason === 'badAnswer') return { result: 'badResponse', reason: 'notHttp' };
  return { result: 'unavailable', reason };
}

function rememberable(translation: Translation): Remembered | undefined {
  switch (translation.result) {
    case 'found': {
      const { number, state, platform } = translation;
      // a value for this sale alone must not come back in the next one
      if (platform?.session !== undefined) return undefined;
      return { result: 'found', number, ...(state === 'accrueOnly' ? { state } : {}), ...(platform?.customer === undefined ? {} : { customer: platform.customer }) };
    }
    case 'notFound':
      return { result: 'notFound' };
    case 'blocked':
      // forged codes are the business of who verifies them, and come from no platform
      return translation.reason === 'inactive' || translation.reason === undefined ? { result: 'blocked', ...(translation.reason === undefined ? {} : { reason: translation.reason }) } : undefined;
    default:
      return undefined;
  }
}

/** What a look-up is of. Of a one-time code all of it: two may hold the same card and not the same right to it. */
function partsOf({ accept, id, oneTime }: Accepted, { text }: Code): readonly string[] {
  return oneTime ? [accept.name, id, text.reveal()] : [accept.name, id];
}

/** Of everything whose change makes old answers wrong. */
function fingerprintOf({ platform, id, store = '' }: HttpTranslatorOptions): string {
  const { definition, baseUrl, values, settingNames } = platform;
  const hash = createHash('sha256').update(JSON.stringify([id, store, definition, baseUrl.href]));
  // also those that a description of one's own uses without naming them under `settings`
  for (const key of settingNames) hash.update(`\u0000${key}\u0000${values(key) ?? ''}`);
  return hash.digest('base64');
}
