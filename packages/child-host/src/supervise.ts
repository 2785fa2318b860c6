import type { Cancel, Clock, Log } from '@tillbridge/core';
import { forkHost, type HostProcess, type SpawnHost } from './spawn.js';
import { HOST_STATES, type HostEvent, type HostState } from './states.js';
import { CLOSE_MS, type Downward, type HostProtocol, type Upward } from './wire.js';

export interface SuperviseOptions<P extends HostProtocol> {
  /** The built entry of the process; see `hostEntry`. */
  readonly entry: URL;
  /** Handed to each new process first. */
  readonly setup: P['setup'];
  readonly clock: Clock;
  readonly log: Log;
  /** 0 <= x < 1: spreads the restarts. */
  readonly random: () => number;
  /** In the order in which one process sent them; never from a process after its `onDown`. */
  readonly onMessage: (report: P['report']) => void;
  /** A new process is there and answers: it knows of nothing but `setup`. */
  readonly onUp: () => void;
  /** The process is gone or is killed: what was asked of it will not be answered. Called once for each start that went wrong. */
  readonly onDown: (problem: string) => void;
  /** How a process is made; for tests. */
  readonly spawn?: SpawnHost;
}

/** A process that is kept running. */
export interface SupervisedHost<P extends HostProtocol> {
  readonly state: HostState;
  /** How many processes were started after the first. */
  readonly restarts: number;
  /** Hands a command to the process; false when there is none just now. */
  post(command: P['command']): boolean;
  /** Replaces the process at once, for one that beats but does not do its work. */
  recycle(problem: string): void;
  /** Lets the process end in order, kills it after 1 s. Resolves when it is gone, after 1.7 s at the latest. Idempotent. */
  stop(): Promise<void>;
}

/** The first message may take this long, milliseconds: a cold start on a slow till. */
const FIRST_SILENCE_MS = 15_000;
/** A process that got no processor for 2 s is seen on tills that install updates; one that is killed for it loses what is scanned meanwhile. */
const SILENCE_MS = 5000;
const FIRST_DELAY_MS = 200;
const LONGEST_DELAY_MS = 10_000;
/** A process that ran this long was sound: the next restart is quick again. */
const SOUND_MS = 30_000;
/** On a machine that is too slow for these times each silence doubles them, up to so many times: else no process would ever get to its work. */
const MOST_LENIENT = 8;
/** A killed process that stays in the kernel is not waited for longer when closing. */
const STOP_MS = 1700;

/**
 * Keeps a child process running: starts it, kills it when it falls silent (5 s, the first time 15 s; more on a machine that is
 * too slow for that), starts the next after 0.2 s with
 * back-off and jitter to 10 s. Never two at a time: one that the kernel does not let go of is waited for.
 */
export function superviseHost<P extends HostProtocol>(options: SuperviseOptions<P>): SupervisedHost<P> {
  return new Supervisor<P>(options);
}

class Supervisor<P extends HostProtocol> implements SupervisedHost<P> {
  readonly #options: SuperviseOptions<P>;
  readonly #spawn: SpawnHost;
  #state: HostState = 'restarting';
  #process: HostProcess | undefined;
  #delay = FIRST_DELAY_MS;
  #leniency = 1;
  #startedAt = 0;
  #starts = 0;
  #watch: Cancel = () => undefined;
  #restart: Cancel = () => undefined;
  #problem = '';
  /** What the process said last about why it ends. */
  #lastWord: string | undefined;
  #gone: () => void = () => undefined;
  #stopping: Promise<void> | undefined;

  constructor(options: SuperviseOptions<P>) {
    this.#options = options;
    this.#spawn = options.spawn ?? forkHost(options.entry);
    this.#step('due');
  }

  get state(): HostState {
    return this.#state;
  }

  get restarts(): number {
    return this.#starts - 1;
  }

  post(command: P['command']): boolean {
    return this.#state === 'running' && this.#send({ kind: 'command', command });
  }

  recycle(problem: string): void {
    this.#step('silent', problem);
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  #step(event: HostEvent, problem?: string): void {
    const before = this.#state;
    const next = HOST_STATES[before][event];
    this.#state = next;
    if (problem !== undefined && next === 'restarting' && before !== 'restarting') this.#problem = problem;
    if (next === before) return;
    if (next === 'starting') this.#start();
    if (next === 'running') this.#options.onUp();
    if (next === 'restarting') this.#down();
  }

  #start(): void {
    this.#starts += 1;
    this.#startedAt = this.#options.clock.mono();
    this.#lastWord = undefined;
    let child: HostProcess | undefined;
    let early: string | undefined;
    const events = {
      message: (message: unknown) => {
        if (child !== undefined && child === this.#process) this.#heard(message as Upward<P>);
      },
      exit: (problem: string) => {
        if (child === undefined) early = problem;
        else this.#exited(child, problem);
      },
    };
    try {
      child = this.#spawn(events);
    } catch (error) {
      this.#step('exited', error instanceof Error ? error.message : String(error));
      return;
    }
    this.#process = child;
    this.#send({ kind: 'setup', setup: this.#options.setup });
    this.#expect(FIRST_SILENCE_MS);
    if (early !== undefined) this.#exited(child, early);
  }

  #heard(message: Upward<P>): void {
    if (this.#state !== 'starting' && this.#state !== 'running') return;
    this.#expect(SILENCE_MS);
    if (message.kind === 'fatal') this.#lastWord = message.problem;
    this.#step('heard');
    if (message.kind === 'report') this.#options.onMessage(message.report);
  }

  #exited(child: HostProcess, problem: string): void {
    if (child !== this.#process) return;
    this.#process = undefined;
    this.#gone();
    this.#step('exited', this.#lastWord ?? problem);
  }

  /** The process is over, or silent and killed. */
  #down(): void {
    const { clock, log, onDown } = this.#options;
    this.#watch();
    this.#process?.kill();
    if (clock.mono() - this.#startedAt >= SOUND_MS) {
      this.#delay = FIRST_DELAY_MS;
      this.#leniency = 1;
    }
    log.warn('a helper process has to be started again', { problem: this.#problem, delayMs: this.#delay });
    this.#schedule();
    onDown(this.#problem);
  }

  #schedule(): void {
    const { clock, random } = this.#options;
    this.#restart = clock.timer(this.#delay * (1 - 0.2 * random()), () => {
      if (this.#process === undefined) this.#step('due');
      else this.#schedule();
    });
    this.#delay = Math.min(LONGEST_DELAY_MS, this.#delay * 2);
  }

  #expect(normally: number): void {
    const { clock } = this.#options;
    this.#watch();
    const ms = normally * this.#leniency;
    let cancel = clock.timer(ms, () => {
      // when it was this process that was busy, the message is here already and only has to be read
      cancel = clock.afterInput(() => {
        this.#step('silent', `it gave no sign of life for ${String(ms)} ms`);
        this.#leniency = Math.min(MOST_LENIENT, this.#leniency * 2);
      });
    });
    this.#watch = () => cancel();
  }

  async #stop(): Promise<void> {
    const { clock } = this.#options;
    this.#step('stop');
    this.#watch();
    this.#restart();
    const child = this.#process;
    if (child === undefined) return;
    const gone = new Promise<void>((resolve) => (this.#gone = resolve));
    if (!this.#send({ kind: 'stop' })) child.kill();
    const cancelKill = clock.timer(CLOSE_MS, () => child.kill());
    let cancelWait: Cancel = () => undefined;
    await Promise.race([gone, new Promise<void>((resolve) => (cancelWait = clock.timer(STOP_MS, resolve)))]);
    cancelKill();
    cancelWait();
  }

  #send(message: Downward<P>): boolean {
    return this.#process?.send(message) === true;
  }
}
