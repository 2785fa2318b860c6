import { TillbridgeError, type Adapter, type Clock, type Log } from '@tillbridge/core';
import type { ReportTarget } from '@tillbridge/translators/report';
import { compiledPlatform, type HttpConfig } from '../config/platform.js';
import { same, type Config } from '../config/index.js';
import { certificates } from '../daemon/translators/certificates.js';

interface MadeTarget {
  readonly from: readonly unknown[];
  readonly target: ReportTarget;
}

/** Whom receipts can be reported to, and why not to the others that take receipts. */
export interface TargetChoice {
  /** By preset. */
  readonly targets: ReadonlyMap<string, ReportTarget>;
  readonly problems: readonly TillbridgeError[];
}

export interface TargetPorts {
  readonly clock: Clock;
  readonly log: Log;
  /** 0 to 1. */
  readonly random: () => number;
}

/** Makes the reporting side of the configured platforms; one whose part of the configuration stayed is the one that was. */
export class ReportTargets {
  readonly #ports: TargetPorts;
  #made = new Map<string, MadeTarget>();

  constructor(ports: TargetPorts) {
    this.#ports = ports;
  }

  /** What cannot be used is left out, and named in the log and in the health of receipts. */
  async of(config: Config): Promise<TargetChoice> {
    const next = new Map<string, MadeTarget>();
    const problems: TillbridgeError[] = [];
    for (const translator of config.translators) {
      if (translator.type !== 'http') continue;
      const from = [translator, config.store, config.machine];
      const known = [...this.#made.values()].find((made) => same(made.from, from));
      const target = known?.target ?? (await this.#make(translator, config));
      if (target === undefined) continue;
      if (target instanceof TillbridgeError) {
        this.#ports.log.error('a platform cannot be told of receipts', { error: target });
        problems.push(target);
      } else if (next.has(target.preset)) this.#ports.log.warn('two translators ask the same platform: receipts go to the first', { platform: target.preset });
      else next.set(target.preset, { from, target });
    }
    this.#made = next;
    return { targets: new Map([...next].map(([preset, { target }]) => [preset, target])), problems };
  }

  async #make(config: HttpConfig, { store, machine }: Config): Promise<ReportTarget | TillbridgeError | undefined> {
    const { clock, random } = this.#ports;
    try {
      const platform = compiledPlatform(config);
      if (platform?.definition.report === undefined) return undefined;
      const [{ createReportTarget }, ca] = await Promise.all([import('@tillbridge/translators/report'), certificates(config.caFile)]);
      return createReportTarget({ platform, clock, random, ...(store === undefined ? {} : { store }), ...(machine === undefined ? {} : { machine }), ...(ca === undefined ? {} : { ca }) });
    } catch (error) {
      if (!(error instanceof TillbridgeError)) throw error;
      return error;
    }
  }
}

/**
 * The guard against crediting twice, for adapters that say of themselves that their till reports its sales.
 *
 * @throws {TillbridgeError} `TB_CONFIG_DOUBLE_CREDIT`
 */
export function refuseDoubleCredit({ receipts }: Config, adapters: readonly Pick<Adapter, 'id' | 'capabilities'>[]): void {
  if (receipts.mode === 'off' || receipts.iKnowTheTillDoesNotReport) return;
  const till = adapters.find(({ capabilities }) => capabilities.reportsItself === true);
  if (till !== undefined) throw new TillbridgeError('TB_CONFIG_DOUBLE_CREDIT', { till: till.id });
}
