import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openPty } from '@tillbridge/adapter-device';
import { isoTime, sleep, systemClock } from '@tillbridge/core';
import { importCards, openCards, openStateFolder } from '@tillbridge/store';
import { writeCards } from './cards-file.js';
import { driverCommand, drivers, type Driver, type DriverFactory } from './driver.js';
import { goodsRounds, startNodeRelay, startSocat } from './goods.js';
import { sampler } from './lookups.js';
import { loyaltyFigures, loyaltyRounds, startCommits } from './loyalty.js';
import { machine, type Machine } from './machine.js';
import { notesOf, type Note } from './notes.js';
import { makeRunFolder } from './place.js';
import type { Plan } from './plan.js';
import { goodsPromises, judged, lookupPromise, loyaltyPromises, type Judged } from './promises.js';
import { idleFigures, startFigures } from './rest.js';
import { startDaemon, writeShop, type Shop, type ShopDaemon } from './shop.js';

/** The parts of a run, in their order. */
export type Part = 'cards' | 'lookups' | 'start' | 'idle' | 'goods' | 'loyalty';

export interface BenchSettings {
  readonly plan: Plan;
  /** Where to measure; a folder of the run's own is made in it and removed. */
  readonly dir: string;
  /** How `tillbridge` is called. */
  readonly command: readonly [string, ...string[]];
  /** Whether `socat` can be called. */
  readonly socat: boolean;
  readonly linux: boolean;
  readonly daemonRuns: boolean;
  readonly signal: AbortSignal;
  readonly onPart: (part: Part) => void;
}

export interface BenchResult {
  /** ISO 8601. */
  readonly time: string;
  readonly machine: Machine;
  readonly plan: Plan;
  readonly promises: readonly Judged[];
  /** What was measured, by part; times in microseconds. */
  readonly figures: Readonly<Partial<Record<Part, unknown>>>;
  readonly broken: readonly { readonly part: Part; readonly problem: string }[];
  readonly notes: readonly Note[];
}

/** A daemon runs for weeks: what is hot is compiled from 10 s after READY on, and that is how it is measured. */
const WARM_MS = 12_000;
/** From here on the speed of an import is judged. */
const ENOUGH_ROWS = 100_000;

type Stop = () => Promise<void> | void;

/** Measures this machine. A part that breaks is named, and the others go on. @throws {TillbridgeError} `TB_NATIVE_MISSING` without koffi on Linux */
export async function runBench(settings: BenchSettings): Promise<BenchResult> {
  const { linux, signal, plan } = settings;
  // no PTY, no measurement: better said before anything was started
  if (linux) (await openPty()).close();
  const begun = systemClock.wall();
  const folder = makeRunFolder(settings.dir);
  const about = machine(folder);
  const run = new Run(settings, folder);
  const interrupt = (): void => void run.close();
  signal.addEventListener('abort', interrupt, { once: true });
  try {
    await run.all();
  } finally {
    signal.removeEventListener('abort', interrupt);
    await run.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
  const { rounds, perRound } = plan.loyalty;
  const notes = notesOf({ ...settings, disk: about.disk, load: about.loadAtStart[0] ?? 0, cores: about.cores, loyaltyScans: rounds * perRound });
  return { time: isoTime(begun), machine: about, plan, promises: run.promises, figures: run.figures, broken: run.broken, notes };
}

class Run {
  readonly promises: Judged[] = [];
  readonly figures: Partial<Record<Part, unknown>> = {};
  readonly broken: { part: Part; problem: string }[] = [];
  readonly #settings: BenchSettings;
  readonly #folder: string;
  readonly #makeDriver: DriverFactory;
  readonly #stops: Stop[] = [];
  #closing = Promise.resolve();

  constructor(settings: BenchSettings, folder: string) {
    this.#settings = settings;
    this.#folder = folder;
    this.#makeDriver = drivers(driverCommand(), folder);
  }

  async all(): Promise<void> {
    const { linux, plan, command, signal } = this.#settings;
    const driver = linux ? await this.#kept(() => this.#makeDriver()) : undefined;
    const shop = writeShop({ folder: join(this.#folder, 'shop'), command, ...(driver === undefined ? {} : { tty: driver.in }) });
    await this.#part('cards', () => this.#cards(shop));
    await this.#part('lookups', () => this.#lookups(shop));
    await this.#part('start', async () => {
      const start = await startFigures(shop, plan.starts, { pty: linux, signal });
      return [start, [judged('start', start.ratio)]];
    });
    if (driver === undefined) return;
    let daemon: ShopDaemon | undefined;
    let warm = 0;
    await this.#part('idle', async () => {
      daemon = await this.#kept(() => startDaemon(shop));
      warm = systemClock.mono() + WARM_MS;
      await driver.open(shop.link);
      return this.#idle(daemon);
    });
    if (daemon === undefined) return;
    await sleep(systemClock, Math.max(0, warm - systemClock.mono()), signal);
    await this.#part('goods', () => this.#goods(driver));
    await this.#part('loyalty', () => this.#loyalty(driver));
  }

  /** Ends everything that was started, the last one first. Resolves when all of it is gone, whoever asked first. */
  close(): Promise<void> {
    this.#closing = this.#closing.then(async () => {
      for (let stop = this.#stops.pop(); stop !== undefined; stop = this.#stops.pop()) await stop();
    });
    return this.#closing;
  }

  async #kept<T extends { stop(): Promise<void> }>(open: () => Promise<T>): Promise<T> {
    const opened = await open();
    this.#stops.push(() => opened.stop());
    return opened;
  }

  async #part(part: Part, work: () => Promise<readonly [unknown, readonly Judged[]]>): Promise<void> {
    if (this.#settings.signal.aborted) return;
    this.#settings.onPart(part);
    try {
      const [figures, promises] = await work();
      this.figures[part] = figures;
      this.promises.push(...promises);
    } catch (error) {
      this.broken.push({ part, problem: error instanceof Error ? error.message : String(error) });
    }
  }

  async #cards(shop: Shop): Promise<readonly [unknown, readonly Judged[]]> {
    const { rows } = this.#settings.plan;
    const file = join(this.#folder, 'cards.csv');
    await writeCards(file, rows, 'random');
    const start = systemClock.mono();
    mkdirSync(shop.state, { recursive: true });
    const { peakRssBytes } = await importCards({ file, database: openStateFolder(shop.state).file('cards.db'), signal: this.#settings.signal });
    rmSync(file);
    const seconds = (systemClock.mono() - start) / 1000;
    const figures = { rows, rowsPerSecond: Math.round(rows / seconds), peakRssMiB: Math.round(peakRssBytes / 2 ** 20) };
    // of a small table it would be the start of the importing process that is measured
    const speed = rows >= ENOUGH_ROWS ? [judged('import', figures.rowsPerSecond, { rows })] : [];
    return [figures, [...speed, judged('importRss', figures.peakRssMiB)]];
  }

  #lookups(shop: Shop): Promise<readonly [unknown, readonly Judged[]]> {
    const { rows, lookups } = this.#settings.plan;
    const cards = openCards({ file: openStateFolder(shop.state).file('cards.db') });
    try {
      sampler(cards, rows).sample(lookups);
      const measured = sampler(cards, rows);
      measured.sample(lookups);
      const figures = measured.result();
      return Promise.resolve([figures, [lookupPromise(figures.p99Us, rows), judged('lookupWrong', figures.wrong)]]);
    } finally {
      cards.close();
    }
  }

  async #idle(daemon: ShopDaemon): Promise<readonly [unknown, readonly Judged[]]> {
    const figures = await idleFigures(daemon.pid, this.#settings.plan.idleSeconds, this.#settings.signal);
    const { mainRssMiB, childrenRssMiB, cpuPercent } = figures;
    return [figures, [judged('mainRss', mainRssMiB), judged('childRss', Math.max(0, ...childrenRssMiB)), judged('cpu', cpuPercent)]];
  }

  async #goods(driver: Driver): Promise<readonly [unknown, readonly Judged[]]> {
    const { socat, plan } = this.#settings;
    const kind = socat ? 'socat' : 'bare';
    const relay = await (socat ? startSocat(this.#makeDriver, this.#folder) : startNodeRelay(this.#makeDriver, this.#folder, 'blocking'));
    try {
      const nodeRelay = await startNodeRelay(this.#makeDriver, this.#folder, 'events');
      try {
        const times = await goodsRounds({ tillbridge: { driver }, relay, nodeRelay }, plan.goods);
        return [{ relayIs: kind, ...times }, goodsPromises(times.tillbridge, times.relay, kind)];
      } finally {
        await nodeRelay.stop();
      }
    } finally {
      await relay.stop();
    }
  }

  async #loyalty(driver: Driver): Promise<readonly [unknown, readonly Judged[]]> {
    const { rows, loyalty } = this.#settings.plan;
    const commits = await startCommits(this.#folder);
    try {
      const figures = loyaltyFigures(await loyaltyRounds(driver, commits, { ...loyalty, rows, warmUp: 10 }));
      return [figures, loyaltyPromises(figures, rows)];
    } finally {
      await commits.stop();
    }
  }
}
