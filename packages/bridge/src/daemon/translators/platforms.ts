import { codeOf, type Clock, type Log, type Translator } from '@tillbridge/core';
import type { SealedFile, StateFolder } from '@tillbridge/store';
import type { CompiledPlatform } from '@tillbridge/translators/presets';
import type { HttpTranslator, PlatformView } from '@tillbridge/translators/http';
import { compiledPlatform, type HttpConfig } from '../../config/platform.js';
import { same, type Config, type TranslatorConfig } from '../../config/index.js';
import { certificates } from './certificates.js';

export interface PlatformPorts {
  readonly clock: Clock;
  readonly log: Log;
  /** Where numbers are remembered over a restart; absent for commands that only look. */
  readonly state?: StateFolder;
}

interface Made {
  readonly from: readonly unknown[];
  readonly translator: HttpTranslator;
  /** What it must not leave behind: it is told to remember nothing. */
  readonly forget?: SealedFile;
}

/**
 * The translators that ask loyalty platforms. They outlive a reload that does not concern them: logins, what they remember and what they
 * know of an ill platform stay. The engine is loaded when one is configured.
 */
export class Platforms {
  readonly #ports: PlatformPorts;
  #made = new Map<string, Made>();
  #next = new Map<string, Made>();
  #told: ((translator: string, ms: number) => void) | undefined;

  constructor(ports: PlatformPorts) {
    this.#ports = ports;
  }

  /** Makes what a configuration has; what runs goes on until `settle`. @throws {TillbridgeError} area TRANSLATE; nothing is changed then */
  async prepare(config: Config, idOf: (index: number, type: TranslatorConfig['type']) => string): Promise<void> {
    const next = new Map<string, Made>();
    try {
      for (const [index, translator] of config.translators.entries()) {
        if (translator.type !== 'http') continue;
        const id = idOf(index, 'http');
        const from = [translator, config.store, config.machine];
        const known = [this.#made.get(id), this.#next.get(id)].find((made) => made !== undefined && same(made.from, from));
        const made = known ?? (await this.#make(id, index, translator, config, from));
        if (made !== undefined) next.set(id, made);
      }
    } catch (error) {
      await closeAll(without(next, this.#made, this.#next));
      throw error;
    }
    // what was prepared before and never came to hold
    const unused = without(this.#next, this.#made, next);
    this.#next = next;
    await closeAll(unused);
  }

  /** The configuration that was prepared holds now: what it does not have is closed. */
  async settle(): Promise<void> {
    const old = without(this.#made, this.#next);
    this.#made = this.#next;
    await closeAll(old);
    // after the old one has written its last
    for (const { forget } of this.#made.values()) await forget?.clear().catch(() => undefined);
  }

  /** Of the configuration that was prepared last. */
  of(id: string): HttpTranslator | undefined {
    return this.#next.get(id)?.translator;
  }

  all(): readonly HttpTranslator[] {
    return [...this.#made.values()].map(({ translator }) => translator);
  }

  /** Calls `listener` after each look-up. There is one who listens. */
  onAsked(listener: (translator: string, ms: number) => void): void {
    this.#told = listener;
  }

  views(): readonly PlatformView[] {
    return this.all().map((translator) => translator.view());
  }

  async close(): Promise<void> {
    await closeAll(new Set([...this.#made.values(), ...this.#next.values()]));
  }

  async #make(id: string, index: number, config: HttpConfig, { store, machine }: Config, from: readonly unknown[]): Promise<Made | undefined> {
    const platform = compiledPlatform(config);
    if (platform === undefined) return undefined;
    const [{ createHttpTranslator }, ca, file] = await Promise.all([import('@tillbridge/translators/http'), certificates(config.caFile), this.#file(index)]);
    const translator = createHttpTranslator({ ...this.#ports, ...optionsOf(id, config, platform), store: store ?? '', machine: machine ?? '', onAsked: (ms) => this.#told?.(id, ms), ...(ca === undefined ? {} : { ca }), ...(file === undefined || !config.remember ? {} : { cacheFile: file }) });
    await translator.open();
    return { from, translator, ...(file === undefined || config.remember ? {} : { forget: file }) };
  }

  async #file(index: number): Promise<SealedFile | undefined> {
    const { state } = this.#ports;
    if (state === undefined) return undefined;
    const { SealedFile: File } = await import('@tillbridge/store');
    return new File(state, `look-ups-${index + 1}`);
  }
}

type Few = ReadonlyMap<string, Made>;

/** What is in the first and in none of the others. */
function without(all: Few, ...others: readonly Few[]): readonly Made[] {
  return [...all].filter(([id, made]) => others.every((other) => other.get(id) !== made)).map(([, made]) => made);
}

async function closeAll(made: Iterable<Made>): Promise<void> {
  await Promise.all([...made].map(({ translator }) => translator.close()));
}

function optionsOf(id: string, config: HttpConfig, platform: CompiledPlatform) {
  const { codes, timeoutMs, offline, sample } = config;
  return {
    id,
    platform,
    offline,
    ...(codes === undefined ? {} : { codes }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    // as a code that has the first name of the list, so that this translator takes it
    ...(sample === undefined ? {} : { sample: codeOf(sample.kind, sample.code, codes?.[0] === undefined ? {} : { rule: codes[0] }) }),
  } as const;
}

/** In the place of a translator that the configuration leaves out (`enabled: false`): the next one is asked. */
export function leftOut(id: string, type = 'http'): Translator {
  return { id, type, capabilities: { remote: false, hosts: [] }, translate: () => ({ result: 'notFound' }), close: () => Promise.resolve() };
}
