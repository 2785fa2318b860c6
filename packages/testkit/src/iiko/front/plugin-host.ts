import type { Clock } from '@tillbridge/core';
import type { FrontPlugin, FrontPluginContext, MakePlugin } from './plugin.js';

/** The fifth crash within this time disables a plugin until iikoFront starts again, in ms. */
const HOUR_MS = 3_600_000;
const CRASHES_TO_DISABLE = 5;
/** Without `RestartOnCrash` in the manifest a plugin is started again only when it ran this long, in ms. */
const PROVEN_MS = 10_000;
/** Until the host process is there again, in ms. */
const RESTART_MS = 1000;

export type PluginStatus = 'running' | 'restarting' | 'stopped' | 'disabled';

export interface PluginHostOptions {
  readonly clock: Clock;
  readonly make: MakePlugin;
  /** Gives the plugin its context; its watchers die with the process. */
  readonly context: (unhandled: (error: unknown) => void) => { readonly context: FrontPluginContext; readonly release: () => void };
  /** `RestartOnCrash` of the manifest. */
  readonly restartOnCrash?: boolean;
}

/** `Resto.Front.Api.Host.exe`: one process a plugin, with the crash rules of iikoFront. */
export class PluginHost {
  /** Every crash since iikoFront started, oldest first: what the log would show. */
  readonly crashes: { readonly at: number; readonly error: unknown }[] = [];
  readonly #options: PluginHostOptions;
  #status: PluginStatus = 'stopped';
  #plugin: FrontPlugin | undefined;
  #release: () => void = () => undefined;
  #startedAt = 0;
  #cancelRestart: () => void = () => undefined;

  constructor(options: PluginHostOptions) {
    this.#options = options;
    this.#start();
  }

  get status(): PluginStatus {
    return this.#status;
  }

  /** Asks the plugin; false when it is not running, or dies over the question. */
  async ask(question: (plugin: FrontPlugin) => boolean | Promise<boolean>): Promise<boolean> {
    const plugin = this.#plugin;
    if (plugin === undefined) return false;
    try {
      return await question(plugin);
    } catch (error) {
      this.#crash(plugin, error);
      return false;
    }
  }

  /** Unloads it in good order. */
  async stop(): Promise<void> {
    const plugin = this.#plugin;
    this.#cancelRestart();
    this.#end('stopped');
    await plugin?.dispose();
  }

  #start(): void {
    const { clock, context, make } = this.#options;
    const born: { plugin?: FrontPlugin } = {};
    const { context: given, release } = context((error) => this.#crash(born.plugin, error));
    this.#release = release;
    this.#startedAt = clock.mono();
    this.#status = 'running';
    try {
      this.#plugin = born.plugin = make(given);
    } catch (error) {
      this.#crash(undefined, error);
    }
  }

  #crash(plugin: FrontPlugin | undefined, error: unknown): void {
    // the threads of a process that is dead already
    if (this.#status !== 'running' || plugin !== this.#plugin) return;
    const { clock, restartOnCrash } = this.#options;
    const now = clock.mono();
    this.crashes.push({ at: now, error });
    // the process is gone: nothing of it goes on
    this.#end('stopped');
    void (async () => plugin?.dispose())().catch(() => undefined);
    if (this.crashes.filter(({ at }) => now - at < HOUR_MS).length >= CRASHES_TO_DISABLE) this.#status = 'disabled';
    else if (restartOnCrash ?? now - this.#startedAt >= PROVEN_MS) {
      this.#status = 'restarting';
      this.#cancelRestart = clock.timer(RESTART_MS, () => this.#start());
    }
  }

  #end(status: PluginStatus): void {
    this.#release();
    this.#release = () => undefined;
    this.#plugin = undefined;
    this.#status = status;
  }
}
