import {
  deadline,
  isTillbridgeError,
  NativeNumber,
  PartStatusKeeper,
  TillbridgeError,
  type Code,
  type PartState,
  type ProbeRow,
  type Translation,
  type TranslationContext,
  type Translator,
  type TranslatorCapabilities,
} from '@tillbridge/core';
import type { z } from 'zod';
import type { WireCode, WireContext } from '../wire/messages.js';
import { probeAnswer, translateAnswer } from '../wire/read-report.js';
import { namedHosts } from '../manifest/check-options.js';
import { HostedPlugin, Unanswered, type PluginPart, type PluginPorts } from './hosted-plugin.js';

export interface RemoteTranslatorOptions extends PluginPart {
  /** Only for these codes; default all. */
  readonly codes?: readonly string[];
  /** Time for one answer, ms. */
  readonly timeoutMs: number;
}

/** A translator that ignores its signal is left alone this long, ms: others wait for its next answer. */
const GRACE_MS = 5000;
const CLOSE_MS = 900;

/** A translator that is a plugin: answers from the closed set, in its time, whatever the plugin does. */
export class RemoteTranslator implements Translator {
  readonly id: string;
  readonly type: string;
  readonly capabilities: TranslatorCapabilities;
  readonly #options: RemoteTranslatorOptions;
  readonly #ports: PluginPorts;
  readonly #host: HostedPlugin;
  readonly #status: PartStatusKeeper;
  #closed = false;

  constructor(options: RemoteTranslatorOptions, ports: PluginPorts) {
    this.id = options.id;
    this.type = options.plugin.name;
    // even a look-up in the plugin's own memory goes to another process
    this.capabilities = { remote: true, hosts: namedHosts(options.plugin.manifest.hosts, options.options) };
    this.#options = options;
    this.#ports = ports;
    this.#status = new PartStatusKeeper(ports.clock);
    this.#host = new HostedPlugin(options, ports, {
      up: () => this.#status.set('ready'),
      down: (error) => this.#status.set(error.retryable ? 'retrying' : 'failed', error),
      heard: () => undefined,
    });
  }

  get state(): PartState {
    return this.#status.state;
  }

  /** Starts the process, so that the first code does not wait for it. */
  open(): void {
    if (this.#closed) return;
    this.#status.set('opening');
    this.#host.start();
  }

  retry(): void {
    this.#host.retry();
  }

  translate(code: Code, context: TranslationContext, signal: AbortSignal): Translation | Promise<Translation> {
    const { codes } = this.#options;
    if (codes !== undefined && (code.rule === undefined || !codes.includes(code.rule))) {
      context.trace?.(`${this.id}: not for this code`);
      return { result: 'notFound' };
    }
    if (this.#closed) return { result: 'unavailable', reason: 'closed' };
    return this.#ask(code, context, signal);
  }

  async probe(signal: AbortSignal): Promise<readonly ProbeRow[]> {
    const { name, version } = this.#options.plugin;
    const about: ProbeRow = { level: 'ok', id: `translator ${this.id}`, text: `${name} ${version}` };
    await this.#ready(signal);
    const failed = this.#host.givenUp;
    if (failed !== undefined) return [{ ...about, level: 'fail', text: failed.text('en'), remedy: failed.remedy('en') }];
    try {
      const rows = probeAnswer.parse(await this.#host.ask({ call: 'probe' }, signal));
      return [about, ...rows.map(({ level, id, text, remedy }) => ({ level, id: this.#host.clean(id), text: this.#host.clean(text), ...(remedy === undefined ? {} : { remedy: this.#host.clean(remedy) }) }))];
    } catch (error) {
      const problem = isTillbridgeError(error) ? error : new TillbridgeError('TB_NATIVE_PLUGIN_PROBLEM', { plugin: name, problem: error instanceof Unanswered ? error.message : 'it answered garbage' });
      return [{ ...about, level: 'fail', text: problem.text('en'), remedy: problem.remedy('en') }];
    }
  }

  async close(): Promise<void> {
    if (this.#closed) return this.#host.stop();
    this.#closed = true;
    if (this.#host.up) {
      const limit = deadline(this.#ports.clock, CLOSE_MS);
      await this.#host.ask({ call: 'close' }, limit.signal, { forget: true }).catch(() => undefined);
      limit.dispose();
    }
    await this.#host.stop();
    this.#status.set('closed');
  }

  async #ask(code: Code, context: TranslationContext, signal: AbortSignal): Promise<Translation> {
    const limit = deadline(this.#ports.clock, this.#options.timeoutMs, signal);
    try {
      await this.#ready(limit.signal);
      const clear = [code.text.reveal(), code.value.reveal()];
      const asked = this.#host.ask({ call: 'translate', code: wireCode(code), context: wireContext(context) }, limit.signal, { clear, graceMs: GRACE_MS });
      asked.catch(() => undefined);
      // what comes after its time is nobody's answer
      const late = new Promise<undefined>((resolve) => {
        if (limit.signal.aborted) resolve(undefined);
        limit.signal.addEventListener('abort', () => resolve(undefined), { once: true });
      });
      const answer = await Promise.race([asked.then((value) => ({ value })), late]);
      if (answer === undefined) return { result: 'unavailable', reason: 'timeout' };
      const parsed = translateAnswer.safeParse(answer.value);
      if (!parsed.success) return { result: 'badResponse', reason: 'badAnswer' };
      const translation = translationFrom(parsed.data.translation);
      if ('number' in translation) this.#host.remember(translation.number.reveal());
      for (const step of parsed.data.steps) context.trace?.(this.#host.clean(step));
      context.trace?.(`${this.id}: ${translation.result}`);
      return translation;
    } catch (error) {
      context.trace?.(`${this.id}: no answer`);
      if (!(error instanceof Unanswered)) return { result: 'unavailable', reason: 'pluginFailed' };
      return { result: 'unavailable', reason: error.why === 'notSent' ? 'pluginDown' : 'pluginLost' };
    } finally {
      limit.dispose();
    }
  }

  /** A process that is just being started is worth waiting for; one that was given up is not. */
  async #ready(signal: AbortSignal): Promise<void> {
    this.#host.start();
    await this.#host.whenUp(signal);
  }
}

function wireCode({ kind, rule, text, value, payload, oneTime }: Code): WireCode {
  return { kind, text: text.reveal(), value: value.reveal(), oneTime, ...(rule === undefined ? {} : { rule }), ...(payload === undefined ? {} : { payload: payload.reveal() }) };
}

function wireContext({ scanId, reader, till, confirmation, detail }: TranslationContext): WireContext {
  return {
    scanId,
    reader,
    ...(till === undefined ? {} : { till }),
    ...(confirmation === undefined ? {} : { confirmation: confirmation.reveal() }),
    ...(detail === undefined ? {} : { detail }),
  };
}

type Answered = z.output<typeof translateAnswer>['translation'];

/** A number that no till can take is a bad response. */
function translationFrom(answer: Answered): Translation {
  try {
    switch (answer.result) {
      case 'found':
        return { result: 'found', number: new NativeNumber(answer.number.kind, answer.number.value), ...(answer.state === undefined ? {} : { state: answer.state }) };
      case 'coupon':
        if (answer.number.kind !== 'coupon') return { result: 'badResponse', reason: 'notACoupon' };
        return { result: 'coupon', number: new NativeNumber('coupon', answer.number.value), ...(answer.state === undefined ? {} : { state: answer.state }), ...(answer.gives === undefined ? {} : { gives: answer.gives }) };
      case 'confirmRequired':
        return { result: 'confirmRequired', ...(answer.channel === undefined ? {} : { channel: answer.channel }) };
      case 'rateLimited':
        return { result: 'rateLimited', ...(answer.retryAfterMs === undefined ? {} : { retryAfterMs: answer.retryAfterMs }) };
      case 'unavailable':
      case 'badResponse':
        return { result: answer.result, ...(answer.reason === undefined ? {} : { reason: answer.reason }) };
      default:
        return { result: answer.result };
    }
  } catch {
    return { result: 'badResponse', reason: 'badNumber' };
  }
}
