import { randomInt } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import type { Clock, Log, PartState, Translator } from '@tillbridge/core';
import { importCards, readSources, type StateFolder } from '@tillbridge/store';
import type { CardLookup } from '@tillbridge/translators';
import type { KeyRing } from '@tillbridge/translators/rotating';
import type { DownloadAuth, DownloadOptions, FeedTable, SyncRunner, SyncStatus, SyncWork } from '@tillbridge/translators/sync';
import { same, type Config, type RotatingConfig, type SyncConfig, type TranslatorConfig } from '../../config/index.js';
import { certificates } from './certificates.js';
import { osmiPlatform } from './osmi-platform.js';
import { keyCopyOf, ringOf } from './rotating-keys.js';
import { stateOfJob } from './sync-view.js';

export interface SyncPorts {
  readonly clock: Clock;
  readonly log: Log;
  readonly state: StateFolder;
  readonly cards: CardLookup;
}

interface Running {
  readonly from: unknown;
  readonly runner: SyncRunner;
}

/** One of these at a time needs no more: a key set is small. */
const KEYS_TIMEOUT_MS = 30_000;
const TEMPORARY = /^sync-[0-9a-f]+\.part$/;

/** The jobs that fetch cards and keys by themselves. Nothing of it is loaded where none is configured. */
export class SyncDesk {
  readonly #ports: SyncPorts;
  #running = new Map<string, Running>();
  #cleaned = false;
  readonly #rings = new Map<string, { readonly from: unknown; readonly ring: KeyRing }>();
  readonly #translators = new Map<string, Translator>();

  constructor(ports: SyncPorts) {
    this.#ports = ports;
  }

  /** Makes the translators of rotating codes. What the state folder has of their keys is known to them at once. */
  async prepare(config: Config, idOf: (index: number, type: TranslatorConfig['type']) => string): Promise<void> {
    for (const [index, translator] of config.translators.entries()) {
      if (translator.type !== 'rotating') continue;
      const id = idOf(index, 'rotating');
      const from = [translator.issuer, translator.keysMaxAgeMs];
      if (!same(this.#rings.get(id)?.from, from)) this.#rings.set(id, { from, ring: await ringOf(translator, this.#ports) });
      const ring = this.#ring(id);
      if (ring !== undefined) this.#translators.set(id, await this.#translator(id, translator, ring));
    }
  }

  /** Of the configuration that was prepared last. */
  of(id: string): Translator | undefined {
    return this.#translators.get(id);
  }

  /** Starts what the configuration has, ends what it does not have any more; what stayed the same goes on. @throws {TillbridgeError} */
  async settle(config: Config, idOf: (index: number, type: TranslatorConfig['type']) => string): Promise<void> {
    await this.#cleanUp();
    const wanted = new Map<string, { readonly from: unknown; readonly make: () => Promise<SyncRunner> }>();
    for (const job of config.sync) wanted.set(`sync ${job.id}`, { from: job, make: () => this.#cards(job) });
    for (const [index, translator] of config.translators.entries()) {
      const ring = translator.type === 'rotating' ? this.#ring(idOf(index, 'rotating')) : undefined;
      if (translator.type === 'rotating' && ring !== undefined) wanted.set(`keys ${translator.issuer}`, { from: [translator.keys, ring], make: () => this.#keys(translator, ring) });
    }
    const old = [...this.#running].filter(([id, { from }]) => !sameJob(from, wanted.get(id)?.from));
    await Promise.all(old.map(([id, { runner }]) => runner.close().finally(() => this.#running.delete(id))));
    for (const [id, { from, make }] of wanted) {
      if (this.#running.has(id)) continue;
      const runner = await make();
      this.#running.set(id, { from, runner });
      runner.start();
    }
  }

  statuses(): readonly SyncStatus[] {
    return [...this.#running.values()].map(({ runner }) => runner.status());
  }

  /** For health reports: a feed that fails makes nothing stop, what it brought stays. */
  states(): readonly { readonly id: string; readonly state: PartState }[] {
    return this.statuses().map((status) => ({ id: status.id, state: stateOfJob(status, this.#ports.clock.wall()) }));
  }

  /** Idempotent. */
  async close(): Promise<void> {
    await Promise.all([...this.#running.values()].map(({ runner }) => runner.close()));
  }

  /** A process that was killed may have left a half-fetched file behind: it holds codes and numbers. */
  async #cleanUp(): Promise<void> {
    if (this.#cleaned) return;
    this.#cleaned = true;
    const { state } = this.#ports;
    const left = (await readdir(state.path)).filter((name) => TEMPORARY.test(name));
    await Promise.all(left.map((name) => rm(state.file(name), { force: true })));
  }

  #ring(id: string): KeyRing | undefined {
    return this.#rings.get(id)?.ring;
  }

  async #translator(id: string, { codes, skewSteps, number, table, kind }: RotatingConfig, keys: KeyRing): Promise<Translator> {
    const { createRotatingTranslator } = await import('@tillbridge/translators/rotating');
    const { clock, cards } = this.#ports;
    return createRotatingTranslator({ id, codes, keys, clock, skewSteps, ...(number === undefined ? {} : { number }), ...(table ? { cards } : {}), ...(kind === undefined ? {} : { kind }) });
  }

  async #cards(job: SyncConfig): Promise<SyncRunner> {
    const [{ SyncRunner: Runner }, work] = await Promise.all([import('@tillbridge/translators/sync'), this.#work(job)]);
    return new Runner({ ...this.#common(), work, everyMs: job.everyMs, timeoutMs: job.timeoutMs, fullHour: job.fullHour });
  }

  async #work(job: SyncConfig): Promise<SyncWork> {
    const { Download, feedJob, KOSHELEK_PAIRS, osmiJob } = await import('@tillbridge/translators/sync');
    const table = tableOf(this.#ports.state);
    const { id, keepShare } = job;
    if (job.type === 'osmi') {
      const client = await osmiPlatform(job, { ...this.#common(), ca: await certificates(job.caFile) });
      return osmiJob({ id, client, table, numberPath: job.number, template: job.template, keepShare, maxPages: job.maxPages });
    }
    const download = new Download({ ...(await documentOptions(job)), source: id, maxBytes: job.maxBytes });
    if (job.type === 'koshelek') return feedJob({ id, type: job.type, download, table, format: 'json', mapping: KOSHELEK_PAIRS, keepShare });
    const { columns, rows } = job;
    return feedJob({ id, type: job.type, download, table, format: job.format, mapping: columns === undefined ? undefined : { rows, ...columns }, keepShare });
  }

  async #keys({ issuer, keys }: RotatingConfig, ring: KeyRing): Promise<SyncRunner> {
    const { Download, keysJob, MAX_KEY_SET, SyncRunner: Runner } = await import('@tillbridge/translators/sync');
    const from = 'file' in keys ? { file: keys.file } : new Download({ ...(await documentOptions(keys)), source: `keys of ${issuer}`, maxBytes: MAX_KEY_SET });
    const work = keysJob({ id: `keys-${issuer}`, ring, clock: this.#ports.clock, copy: keyCopyOf(this.#ports.state, issuer), from });
    const runner = new Runner({ ...this.#common(), work, everyMs: keys.everyMs, timeoutMs: KEYS_TIMEOUT_MS });
    ring.onWanted(() => runner.soon());
    return runner;
  }

  #common() {
    const { clock, log } = this.#ports;
    return { clock, log, random: (): number => randomInt(2 ** 32) / 2 ** 32 };
  }
}

/** A ring that was made anew is another one, whatever the configuration says. */
function sameJob(old: unknown, next: unknown): boolean {
  if (Array.isArray(old) && Array.isArray(next)) return same(old[0], next[0]) && old[1] === next[1];
  return same(old, next);
}

function tableOf(state: StateFolder): FeedTable {
  const database = state.file('cards.db');
  return {
    import: async ({ file, format, mode, mapping, source, signal }) => importCards({ file, database, format, mode, source, signal, ...(mapping === undefined ? {} : { mapping }) }),
    note: (source) => readSources(database).find(({ name }) => name === source)?.note ?? '',
    temporary: (source) => state.file(`sync-${Buffer.from(source).toString('hex')}.part`),
  };
}

type Fetched = Exclude<SyncConfig, { type: 'osmi' }> | Extract<RotatingConfig['keys'], { url: string }>;

async function documentOptions(config: Fetched): Promise<Pick<DownloadOptions, 'url' | 'auth' | 'ca'>> {
  return { url: new URL(config.url), auth: authOf(config), ca: await certificates(config.caFile) };
}

function authOf({ user, header, secrets: { password, token } }: Fetched): DownloadAuth {
  if (user !== undefined && password !== undefined) return { type: 'basic', user, password };
  if (token === undefined) return { type: 'none' };
  return header === undefined ? { type: 'bearer', token } : { type: 'header', name: header, value: token };
}
