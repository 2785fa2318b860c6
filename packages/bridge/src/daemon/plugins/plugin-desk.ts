import type { Clock, Log, PartState, Translator } from '@tillbridge/core';
import type { RemoteTranslator } from '@tillbridge/plugin/host';
import { same, type Config, type PluginTranslatorConfig, type TranslatorConfig } from '../../config/index.js';
import { pluginPart } from './plugin-part.js';

/** A part that can be given another chance. */
export interface Retried {
  /** Starts a plugin again that was given up; does nothing otherwise. */
  retry(): void;
}

export interface PluginDeskPorts {
  readonly clock: Clock;
  readonly log: Log;
  readonly random: () => number;
}

interface Made {
  readonly from: PluginTranslatorConfig;
  readonly translator: RemoteTranslator;
}

/** The plugins of a bridge: its translators, which outlive a reload that does not concern them, and who is tried again by one. */
export class PluginDesk {
  readonly #ports: PluginDeskPorts;
  readonly #parts = new Map<string, Retried>();
  #made = new Map<string, Made>();
  #next = new Map<string, Made>();

  constructor(ports: PluginDeskPorts) {
    this.#ports = ports;
  }

  get random(): () => number {
    return this.#ports.random;
  }

  /** A reader or a till that is a plugin; the one before of that name is forgotten. */
  put(key: string, part: Retried): void {
    this.#parts.set(key, part);
  }

  /** What was given up is started again. */
  retry(): void {
    for (const part of this.#parts.values()) part.retry();
    for (const { translator } of this.#made.values()) translator.retry();
  }

  /** Makes the translators of a configuration; what runs goes on until `settle`. */
  async prepare(config: Config, idOf: (index: number, type: TranslatorConfig['type']) => string): Promise<void> {
    const next = new Map<string, Made>();
    for (const [index, translator] of config.translators.entries()) {
      if (translator.type !== 'plugin') continue;
      const id = idOf(index, 'plugin');
      const known = [this.#made.get(id), this.#next.get(id)].find((made) => made !== undefined && same(made.from, translator));
      next.set(id, known ?? (await this.#make(id, translator)));
    }
    const unused = without(this.#next, this.#made, next);
    this.#next = next;
    await closeAll(unused);
  }

  /** The configuration that was prepared holds now. */
  async settle(): Promise<void> {
    const old = without(this.#made, this.#next);
    this.#made = this.#next;
    await closeAll(old);
  }

  /** Of the configuration that was prepared last. */
  of(id: string): Translator | undefined {
    return this.#next.get(id)?.translator;
  }

  all(): readonly RemoteTranslator[] {
    return [...this.#made.values()].map(({ translator }) => translator);
  }

  states(): readonly { readonly id: string; readonly state: PartState }[] {
    return this.all().map(({ id, state }) => ({ id, state }));
  }

  async close(): Promise<void> {
    await closeAll(new Set([...this.#made.values(), ...this.#next.values()]));
  }

  async #make(id: string, config: PluginTranslatorConfig): Promise<Made> {
    const { RemoteTranslator: Remote } = await import('@tillbridge/plugin/host');
    const { codes, timeoutMs } = config;
    const translator = new Remote({ ...pluginPart(id, config), timeoutMs, ...(codes === undefined ? {} : { codes }) }, this.#ports);
    translator.open();
    return { from: config, translator };
  }
}

function without(all: ReadonlyMap<string, Made>, ...others: readonly ReadonlyMap<string, Made>[]): readonly Made[] {
  return [...all].filter(([id, made]) => others.every((other) => other.get(id) !== made)).map(([, made]) => made);
}

async function closeAll(made: Iterable<Made>): Promise<void> {
  await Promise.all([...made].map(({ translator }) => translator.close()));
}
