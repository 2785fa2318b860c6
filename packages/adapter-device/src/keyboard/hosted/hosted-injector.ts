import { deadline, raceAbort, TillbridgeError, type Clock, type KeyEvent, type Log } from '@tillbridge/core';
import { hostEntry, superviseHost, type SpawnHost, type SupervisedHost } from '@tillbridge/child-host';
import { refused, uncertain, type Injector, type InjectorCapabilities, type InjectorSource, type Look, type Stroke, type TypeResult, type WindowGuard } from '../injector.js';
import type { TypingFailure, TypingProtocol, TypingReport } from './protocol.js';

/** Time budgets in milliseconds: a cold start on a slow till; an answer beyond the pauses asked for; a stroke that was withdrawn. */
const OPEN_MS = 20_000;
const ANSWER_MS = 5000;
const WITHDRAW_MS = 1000;

/** A kind of process that types. */
export interface HostedKind<Setup> {
  /** What it is connected to, in texts. */
  readonly place: string;
  /** Name of the built entry. */
  readonly entry: string;
  readonly setup: Setup;
  readonly capabilities: InjectorCapabilities;
  /** @throws {TillbridgeError} where this system has no such thing. */
  check(platform: NodeJS.Platform): void;
  /** What the process says that it cannot do, in words of the catalogue; undefined: it is gone. */
  failure(failure: TypingFailure, problem: string): TillbridgeError | undefined;
}

export interface HostedOptions {
  readonly clock: Clock;
  readonly log: Log;
  /** 0 <= x < 1. */
  readonly random?: () => number;
  /** How the process is made; for tests. */
  readonly spawn?: SpawnHost;
  /** For tests. */
  readonly platform?: NodeJS.Platform;
}

/** Types from a supervised process of its own: a native call that hangs or kills is given up with it. */
export function hostedSource<Setup>(kind: HostedKind<Setup>, options: HostedOptions): InjectorSource {
  return { place: kind.place, open: (signal) => new HostedInjector(kind, options).open(signal) };
}

/** What waits for an answer of the process. */
interface Waiting {
  readonly done: (result: TypeResult) => void;
  readonly looked: (look: Look | undefined) => void;
}

class HostedInjector<Setup> implements Injector {
  readonly capabilities: InjectorCapabilities;
  readonly ended: Promise<TillbridgeError>;
  readonly #kind: HostedKind<Setup>;
  readonly #options: HostedOptions;
  readonly #clock: Clock;
  readonly #waiting = new Map<number, Waiting>();
  #host: SupervisedHost<TypingProtocol<Setup>> | undefined;
  #calls = 0;
  #over = false;
  #end: (reason: TillbridgeError) => void = () => undefined;
  #opened: () => void = () => undefined;

  constructor(kind: HostedKind<Setup>, options: HostedOptions) {
    this.#kind = kind;
    this.capabilities = kind.capabilities;
    this.#options = options;
    this.#clock = options.clock;
    this.ended = new Promise((resolve) => (this.#end = resolve));
  }

  /** @throws {TillbridgeError} */
  async open(signal: AbortSignal): Promise<Injector> {
    const { clock, log, random = Math.random, spawn, platform = process.platform } = this.#options;
    this.#kind.check(platform);
    const opened = new Promise<undefined>((resolve) => (this.#opened = () => resolve(undefined)));
    this.#host = superviseHost<TypingProtocol<Setup>>({
      entry: hostEntry(import.meta.url, this.#kind.entry),
      setup: this.#kind.setup,
      ...{ clock, log, random },
      onUp: () => undefined,
      onDown: (problem) => this.#finish(this.#lost(problem)),
      onMessage: (report) => this.#heard(report),
      ...(spawn === undefined ? {} : { spawn }),
    });
    const limit = deadline(clock, OPEN_MS, signal);
    const failed = await raceAbort(Promise.race([opened, this.ended]), limit.signal, () => this.#lost('it did not start in time'));
    limit.dispose();
    if (failed === undefined) return this;
    this.#finish(failed);
    await this.#host.stop();
    throw failed;
  }

  async type(stroke: Stroke, signal: AbortSignal): Promise<TypeResult> {
    if (signal.aborted) return refused('withdrawn');
    const call = this.#next();
    const characters = stroke.parts.reduce((sum, part) => sum + ('text' in part ? part.text.length : 1), 0);
    const limit = deadline(this.#clock, ANSWER_MS + characters * stroke.keyDelayMs);
    const answer = this.#answer(call);
    if (!this.#post({ kind: 'type', call, stroke, sentAt: this.#clock.wall() })) return this.#forget(call, refused('notConnected'));
    const withdraw = (): void => {
      this.#post({ kind: 'withdraw', call });
      this.#clock.timer(WITHDRAW_MS, () => this.#waiting.get(call)?.done(uncertain('stopped')), { ref: false });
    };
    signal.addEventListener('abort', withdraw, { once: true });
    const result = await raceAbort(answer, limit.signal, () => this.#hung());
    limit.dispose();
    signal.removeEventListener('abort', withdraw);
    return this.#forget(call, result);
  }

  async replay(keys: readonly KeyEvent[], signal: AbortSignal): Promise<TypeResult> {
    if (signal.aborted) return refused('withdrawn');
    const call = this.#next();
    const limit = deadline(this.#clock, ANSWER_MS);
    const answer = this.#answer(call);
    if (!this.#post({ kind: 'replay', call, keys })) return this.#forget(call, refused('notConnected'));
    const result = await raceAbort(answer, limit.signal, () => this.#hung());
    limit.dispose();
    return this.#forget(call, result);
  }

  async look(guard: WindowGuard | undefined, signal: AbortSignal): Promise<Look> {
    const call = this.#next();
    const looked = new Promise<Look | undefined>((resolve) => this.#waiting.set(call, { done: () => resolve(undefined), looked: resolve }));
    if (!this.#post({ kind: 'look', call, guard })) this.#waiting.get(call)?.looked(undefined);
    const limit = deadline(this.#clock, ANSWER_MS, signal);
    const look = await raceAbort(looked, limit.signal, () => undefined);
    limit.dispose();
    this.#waiting.delete(call);
    return look ?? UNSEEN;
  }

  async close(): Promise<void> {
    this.#finish(this.#lost('closed'));
    await this.#host?.stop();
  }

  #next(): number {
    this.#calls += 1;
    return this.#calls;
  }

  #post(command: TypingProtocol<Setup>['command']): boolean {
    return !this.#over && this.#host?.post(command) === true;
  }

  #answer(call: number): Promise<TypeResult> {
    return new Promise((resolve) => this.#waiting.set(call, { done: resolve, looked: () => undefined }));
  }

  #forget(call: number, result: TypeResult): TypeResult {
    this.#waiting.delete(call);
    return result;
  }

  /** The keys may still go out: nobody can tell, and the process is of no use any more. */
  #hung(): TypeResult {
    this.#host?.recycle('a native call does not return');
    return uncertain('failed');
  }

  #heard(report: TypingReport): void {
    switch (report.kind) {
      case 'opened':
        this.#opened();
        return;
      case 'failed':
        this.#finish(this.#kind.failure(report.failure, report.problem) ?? this.#lost(report.problem));
        return;
      case 'done':
        this.#waiting.get(report.call)?.done(report.result);
        return;
      case 'looked':
        this.#waiting.get(report.call)?.looked(report.look);
    }
  }

  #lost(problem: string): TillbridgeError {
    return new TillbridgeError('TB_TILL_KEYBOARD_LOST', { place: this.#kind.place, problem });
  }

  /** This connection is over: what is under way may or may not have been typed. The next `open` starts another process. */
  #finish(reason: TillbridgeError): void {
    if (this.#over) return;
    this.#over = true;
    this.#end(reason);
    for (const { done } of [...this.#waiting.values()]) done(uncertain('connectionLost'));
    void this.#host?.stop();
  }
}

const UNSEEN: Look = { inFront: false, layouts: [], carries: { digits: false, latin: false, cyrillic: false, controls: false }, rows: [] };
