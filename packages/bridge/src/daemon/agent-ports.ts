import type { InjectorSource } from '@tillbridge/adapter-device/keyboard';
import type { SpawnHost } from '@tillbridge/child-host';
import type { Clock, Log, OutcomeName, PartState } from '@tillbridge/core';
import type { StateFolder } from '@tillbridge/store';
import type { AgentDesk } from '../agent/desk.js';
import type { KeyboardWish } from '../agent/messages.js';
import type { AgentServer } from '../agent/server.js';

export interface AgentPortsOptions {
  readonly clock: Clock;
  readonly log: Log;
  readonly version: string;
  readonly state: StateFolder;
}

interface Opened {
  readonly desk: AgentDesk;
  readonly server: AgentServer;
}

/** The place where the agent of the cashier's session connects: opened with the first till or reader that goes through it. */
export class AgentPorts {
  readonly #options: AgentPortsOptions;
  #opened: Promise<Opened> | undefined;
  #desk: AgentDesk | undefined;

  constructor(options: AgentPortsOptions) {
    this.#options = options;
  }

  /** How the agent is doing; undefined where nothing goes through one. */
  get state(): PartState | undefined {
    return this.#desk?.state;
  }

  /** A keyboard in the cashier's session. Opening it opens the place too. @throws nothing by itself */
  keyboard(wish: KeyboardWish): InjectorSource {
    let source: Promise<InjectorSource> | undefined;
    const opened = (): Promise<InjectorSource> =>
      (source ??= this.#open().then(({ desk }) => desk.keyboard(wish))).catch((error: unknown) => {
        source = undefined;
        throw error;
      });
    return { place: `the agent (${wish.transport})`, open: async (signal) => (await opened()).open(signal), arrival: async (signal) => (await opened()).arrival?.(signal) };
  }

  /** What makes the process that takes a scanner's keys, in the cashier's session. @throws {TillbridgeError} `TB_TILL_AGENT_SOCKET` */
  async capture(): Promise<SpawnHost> {
    return (await this.#open()).desk.capture();
  }

  /** Lets the cashier know how a number ended; says nothing where there is no agent. */
  say(till: string, outcome: OutcomeName, reason: string): void {
    this.#desk?.say(till, outcome, reason);
  }

  async close(): Promise<void> {
    const opened = await this.#opened?.catch(() => undefined);
    await opened?.server.close();
  }

  #open(): Promise<Opened> {
    this.#opened ??= this.#start().catch((error: unknown) => {
      // another try may find the place free
      this.#opened = undefined;
      throw error;
    });
    return this.#opened;
  }

  async #start(): Promise<Opened> {
    const { clock, log, version, state } = this.#options;
    const [{ AgentDesk }, { startAgentServer }, { openPipeToCashier }, { AGENT_KEY, listenPlace }] = await Promise.all([
      import('../agent/desk.js'),
      import('../agent/server.js'),
      import('../agent/pipe-access.js'),
      import('../agent/place.js'),
    ]);
    const desk = new AgentDesk(clock, version);
    const server = await startAgentServer({ place: listenPlace(state.path), key: state.key(AGENT_KEY), version, clock, log, desk, grant: openPipeToCashier });
    this.#desk = desk;
    return { desk, server };
  }
}
