import { pathToFileURL } from 'node:url';
import { superviseHost, type SupervisedHost } from '@tillbridge/child-host';
import { TillbridgeError, TokenBucket, type Cancel, type Clock, type Log, type Secret, type WithdrawCause, Withdrawal } from '@tillbridge/core';
import type { PluginPermission } from '../manifest/manifest.js';
import type { PluginCall, PluginCommand, PluginProtocol, PluginSetup } from '../wire/messages.js';
import type { ReadProblem, ReadReport } from '../wire/read-report.js';
import { abilitiesProblem } from './abilities.js';
import { childEntry, MEMORY_BYTES, providedModules, spawnPlugin } from './launch.js';
import type { LocatedPlugin } from '../manifest/located.js';
import { errorFrom } from './problems.js';
import { Scrubber } from './scrub.js';

export interface PluginPorts {
  readonly clock: Clock;
  readonly log: Log;
  /** 0 <= x < 1. */
  readonly random: () => number;
  /** What the plugin prints is shown: for its author. */
  readonly prints?: boolean;
}

/** One plugin part of the configuration. */
export interface PluginPart {
  /** The name of the part in the configuration. */
  readonly id: string;
  readonly plugin: LocatedPlugin;
  /** Checked against the plugin's schema. */
  readonly options: unknown;
  readonly secrets: Readonly<Record<string, Secret>>;
  /** What the configuration allows of what the manifest asks for. */
  readonly grant: readonly PluginPermission[];
}

/** Who uses the process. */
export interface PluginUser {
  /** The part is made: a new process, which knows of nothing yet. */
  up(): void;
  /** The process is gone: nothing that was asked will be answered. `error` says whether it is tried again. */
  down(error: TillbridgeError): void;
  /** What it tells unasked. */
  heard(report: Told): void;
}

export type Told = Exclude<ReadReport, { say: 'hello' | 'refused' | 'answer' | 'failed' | 'log' }>;

/** So often may a process end before it is given up, and in this time, ms. */
const CRASH_BUDGET = 5;
const CRASH_WINDOW_MS = 5 * 60_000;
/** Loading the package and making the part has this long, ms. */
const LOAD_MS = 20_000;
/** A plugin that does not answer even this long after it was told to stop is started anew, ms. */
const GRACE_MS = 1000;
const LOG_RATE = { perSecond: 20, burst: 100 } as const;

/** What became of a call that has no answer. */
export class Unanswered extends Error {
  /** `notSent`: nothing of it left. `lost`: the process ended. `late`: it was not answered in time. */
  readonly why: 'notSent' | 'lost' | 'late';

  constructor(why: Unanswered['why']) {
    super(`the plugin did not answer (${why})`);
    this.name = 'Unanswered';
    this.why = why;
  }
}

interface Waiting {
  readonly settle: (result: { readonly value: unknown } | { readonly error: Error }) => void;
}

/** A plugin in its process: started when it is wanted, supervised, given up when it keeps ending, tried again when it is told to. */
export class HostedPlugin {
  readonly #part: PluginPart;
  readonly #ports: PluginPorts;
  readonly #user: PluginUser;
  readonly #scrubber = new Scrubber();
  readonly #waiting = new Map<number, Waiting>();
  readonly #watchers = new Set<() => void>();
  #host: SupervisedHost<PluginProtocol> | undefined;
  #falls: number[] = [];
  #up = false;
  #calls = 0;
  #stopped = false;
  #error: TillbridgeError | undefined;
  #cancelLoad: Cancel = () => undefined;
  #lines: TokenBucket;

  constructor(part: PluginPart, ports: PluginPorts, user: PluginUser) {
    this.#part = part;
    this.#ports = ports;
    this.#user = user;
    this.#lines = new TokenBucket(LOG_RATE, ports.clock.mono());
    this.#scrubber.remember(...Object.values(part.secrets).map((secret) => secret.reveal()));
  }

  get up(): boolean {
    return this.#up;
  }

  /** Why it is not running and will not be by itself. */
  get givenUp(): TillbridgeError | undefined {
    return this.#host === undefined ? this.#error : undefined;
  }

  /** Takes what a plugin says out of foreign hands: masked, one line, bounded. */
  clean(text: string): string {
    return this.#scrubber.clean(text);
  }

  /** Texts in clear that the plugin knows: taken out of what it says from now on. */
  remember(...texts: readonly string[]): void {
    this.#scrubber.remember(...texts);
  }

  /** Resolves when the part is made, when it is given up, or when `signal` aborts. */
  whenUp(signal: AbortSignal): Promise<void> {
    if (this.#up || this.#host === undefined || signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => {
        this.#watchers.delete(done);
        signal.removeEventListener('abort', done);
        resolve();
      };
      this.#watchers.add(done);
      signal.addEventListener('abort', done, { once: true });
    });
  }

  /** Starts the process where there is none. */
  start(): void {
    if (this.#host !== undefined || this.#stopped || this.#error !== undefined) return;
    const { clock, log, random, prints = false } = this.#ports;
    const { plugin, options, grant } = this.#part;
    this.#host = superviseHost<PluginProtocol>({
      entry: childEntry(),
      setup: this.#setup(),
      clock,
      log: log.child({ plugin: plugin.name }),
      random,
      spawn: spawnPlugin({ plugin, options, grant, clock, prints, clean: (text) => this.clean(text) }),
      onMessage: (report) => this.#heard(report as ReadReport),
      onUp: () => {
        this.#cancelLoad = clock.timer(LOAD_MS, () => this.#host?.recycle('it was not loaded in time'));
      },
      onDown: (problem) => this.#down(problem),
    });
  }

  /** Another chance for one that was given up. */
  retry(): void {
    if (this.givenUp === undefined) return;
    this.#error = undefined;
    this.#falls = [];
    this.start();
  }

  /** Tells it something that is not answered; false where there is nobody to be told. */
  tell(command: Extract<PluginCommand, { call: 'goods' | 'expect' }>): boolean {
    return this.#up && this.#host?.post(command) === true;
  }

  /**
   * Asks, and waits until it is answered or `signal` aborts and `graceMs` after that have passed; then the process is started anew. With
   * `forget` it is waited for until `signal` aborts, and left alone.
   * `clear`: texts in clear that go along. @throws {Unanswered}, {TillbridgeError} what the plugin rejected with
   */
  ask(call: PluginCall, signal: AbortSignal, options: { readonly clear?: readonly string[]; readonly graceMs?: number; readonly forget?: boolean } = {}): Promise<unknown> {
    const { graceMs = GRACE_MS, clear = [], forget = false } = options;
    this.#scrubber.remember(...clear);
    this.#calls += 1;
    const n = this.#calls;
    return new Promise((resolve, reject) => {
      let cancelGrace: Cancel = () => undefined;
      const aborted = (): void => {
        const reason: unknown = signal.reason;
        const cause: WithdrawCause | undefined = reason instanceof Withdrawal ? reason.withdraw : undefined;
        this.#host?.post({ call: 'abort', n, ...(cause === undefined ? {} : { cause }) });
        if (forget) {
          settle({ error: new Unanswered('late') });
          return;
        }
        cancelGrace = this.#ports.clock.timer(graceMs, () => {
          settle({ error: new Unanswered('late') });
          this.#host?.recycle(`it did not answer ${call.call} in time`);
        });
      };
      const settle: Waiting['settle'] = (result) => {
        this.#waiting.delete(n);
        cancelGrace();
        signal.removeEventListener('abort', aborted);
        if ('error' in result) reject(result.error);
        else resolve(result.value);
      };
      if (!this.#up || this.#host?.post({ ...call, n }) !== true) {
        reject(new Unanswered('notSent'));
        return;
      }
      this.#waiting.set(n, { settle });
      signal.addEventListener('abort', aborted, { once: true });
      if (signal.aborted) aborted();
    });
  }

  /** Ends the process: 1.7 s at the latest. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#end();
  }

  async #end(): Promise<void> {
    const host = this.#host;
    this.#host = undefined;
    this.#up = false;
    this.#cancelLoad();
    this.#tellWatchers();
    await host?.stop();
    this.#lose();
  }

  #setup(): PluginSetup {
    const { id, plugin, options, secrets } = this.#part;
    return {
      kind: plugin.kind,
      id,
      entry: entryOf(plugin),
      options,
      secrets: Object.fromEntries(Object.entries(secrets).map(([name, secret]) => [name, secret.reveal()])),
      modules: providedModules(),
      memoryBytes: MEMORY_BYTES,
    };
  }

  #heard(report: ReadReport): void {
    switch (report.say) {
      case 'hello':
        this.#hello(report);
        return;
      case 'refused':
        this.#refuse(report.problem);
        return;
      case 'answer':
        this.#waiting.get(report.n)?.settle({ value: report.value });
        return;
      case 'failed':
        this.#waiting.get(report.n)?.settle({ error: this.error(report.problem) });
        return;
      case 'log':
        this.#line(report);
        return;
      default:
        if (this.#up) this.#user.heard(report);
    }
  }

  /** What a plugin reports as an error: of the catalogue, its foreign texts cleaned. */
  error(problem: ReadProblem): TillbridgeError {
    return errorFrom(problem, this.#part.plugin.name, (text) => this.clean(text));
  }

  #hello({ kind, abilities }: Extract<ReadReport, { say: 'hello' }>): void {
    this.#cancelLoad();
    const { plugin } = this.#part;
    const lie = kind === plugin.kind ? abilitiesProblem(plugin.manifest, abilities) : 'another kind than its manifest says';
    if (lie !== undefined) {
      this.#refuse(lie);
      return;
    }
    this.#up = true;
    this.#user.up();
    this.#tellWatchers();
  }

  #refuse(problem: string): void {
    const { name } = this.#part.plugin;
    this.#giveUp(new TillbridgeError('TB_NATIVE_PLUGIN_REFUSED', { plugin: name, problem: this.clean(problem) }));
  }

  #down(problem: string): void {
    const { clock } = this.#ports;
    const { name } = this.#part.plugin;
    this.#up = false;
    this.#cancelLoad();
    this.#lose();
    const now = clock.mono();
    this.#falls = [...this.#falls.filter((at) => now - at < CRASH_WINDOW_MS), now];
    const params = { plugin: name, problem: this.clean(problem), count: this.#falls.length };
    if (this.#falls.length >= CRASH_BUDGET) this.#giveUp(new TillbridgeError('TB_NATIVE_PLUGIN_GIVEN_UP', params));
    else this.#user.down(new TillbridgeError('TB_NATIVE_PLUGIN_ENDED', params));
  }

  #giveUp(error: TillbridgeError): void {
    this.#error = error;
    this.#ports.log.error('a plugin is not started again', { plugin: this.#part.plugin.name, error });
    void this.#end();
    this.#user.down(error);
    this.#tellWatchers();
  }

  #tellWatchers(): void {
    for (const watcher of [...this.#watchers]) watcher();
  }

  /** Nobody will answer any more. */
  #lose(): void {
    for (const { settle } of [...this.#waiting.values()]) settle({ error: new Unanswered('lost') });
  }

  #line({ level, event, fields }: Extract<ReadReport, { say: 'log' }>): void {
    if (this.#lines.take(this.#ports.clock.mono()) > 0) return;
    const clean = Object.fromEntries(Object.entries(fields).map(([name, value]) => [this.clean(name), typeof value === 'number' || typeof value === 'string' ? this.clean(String(value)) : value]));
    this.#ports.log[level]('a plugin says', { ...clean, plugin: this.#part.plugin.name, part: this.#part.id, says: this.clean(event) });
  }
}

function entryOf({ folder, manifest }: LocatedPlugin): string {
  return new URL(manifest.entry, `${pathToFileURL(folder).href}/`).href;
}
