import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { maskText, silentLog, sleep, systemClock, TillbridgeError, type OutcomeEvent } from '@tillbridge/core';
import { openCards, openStateFolder } from '@tillbridge/store';
import { parseConfig } from '../../config/index.js';
import { Daemon } from '../../daemon/daemon.js';
import { createLog } from '../../log/logger.js';
import { ExitError, type Cli } from '../cli.js';
import { table } from '../format.js';
import { DEMO_CARDS, DEMO_RULES, SCRIPT, type Step } from './script.js';
import { ptyWorld, tcpWorld, type World } from './world.js';

/** How long one scan of the script may take to reach the till, in ms. */
const STEP_MS = 20_000;
/** Pause between scans when the demo runs on, in ms: a shop's pace. */
const PACE_MS = 1500;
/** Silence before each scan, in ms: no scanner reads two codes faster, and closer together they would count as lines of one. */
const BETWEEN_MS = 50;
/** Turns of the event loop in which a silence that is due is declared: its timer, what had arrived, its word; and one to spare. */
const DECLARING_TURNS = 4;
/** After a read that must not reach the till, the demo waits this long to see that it does not, in ms. */
const NOTHING_MS = 150;

/** The whole job with nothing configured: the real daemon between a simulated scanner and a simulated till. */
export async function demo(cli: Cli, options: { readonly once?: boolean }): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'tillbridge-demo-'));
  const stop = new AbortController();
  const interrupt = (): void => stop.abort();
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  try {
    const world = process.platform === 'linux' && process.env['TILLBRIDGE_DEMO'] !== 'tcp' ? await ptyWorld(folder) : await tcpWorld();
    const checkout = await Checkout.open(cli, folder, world);
    try {
      if (options.once === true) await runOnce(cli, checkout);
      else await runOn(cli, checkout, stop.signal);
    } finally {
      await checkout.close();
    }
  } finally {
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What one scan did. */
interface Result {
  readonly step: Step;
  readonly received: string;
  readonly outcome: OutcomeEvent | undefined;
  /** From the scanner's write to the till's read (or to the outcome, where the till gets nothing), in ms. */
  readonly ms: number;
  readonly ok: boolean;
}

/** The daemon with its simulated surroundings. */
class Checkout {
  readonly world: World;
  readonly #daemon: Daemon;
  #received = '';
  #outcome: OutcomeEvent | undefined;
  #changed: () => void = () => undefined;

  private constructor(world: World, daemon: Daemon) {
    this.world = world;
    this.#daemon = daemon;
  }

  static async open(cli: Cli, folder: string, world: World): Promise<Checkout> {
    const state = openStateFolder(join(folder, 'state'));
    const cards = openCards({ file: state.file('cards.db') });
    for (const card of DEMO_CARDS) cards.add(card);
    cards.close();
    const loaded = parseConfig(`version: 1\n${world.config}${DEMO_RULES}`, { path: 'demo', env: {}, readFile: () => new Uint8Array(0), language: cli.lang });
    if (!loaded.ok) throw new TillbridgeError('TB_CONFIG_INVALID', { path: 'demo', count: loaded.problems.length });
    const level = cli.options.logLevel;
    const log = level === undefined ? { ...silentLog, setLevel: () => undefined } : createLog({ level, file: null });
    const { config } = loaded;
    const daemon = await Daemon.start({ config, loadConfig: () => loaded, configPath: 'demo', state, clock: systemClock, log, parts: world.parts });
    const checkout = new Checkout(world, daemon);
    await world.openTill((bytes) => checkout.#take(Buffer.from(bytes).toString('latin1')));
    daemon.pipeline.on('outcome', (event) => {
      checkout.#outcome = event;
      checkout.#changed();
    });
    return checkout;
  }

  async close(): Promise<void> {
    await this.#daemon.close();
    await this.world.close();
  }

  /** Scans and waits until the till has what it must get. */
  async scan(step: Step): Promise<Result> {
    await sleep(systemClock, BETWEEN_MS);
    // scanner and daemon live in one process: where it got no processor for a while the silence is over in time, but not yet declared
    for (let turn = 0; turn < DECLARING_TURNS; turn += 1) await new Promise<void>((resolve) => systemClock.afterInput(resolve));
    this.#received = '';
    this.#outcome = undefined;
    const start = systemClock.mono();
    this.world.scan(Buffer.from(step.scan, 'latin1'));
    let ms = Number.NaN;
    await this.#until(() => {
      if (step.till !== '' && this.#received.length >= step.till.length && Number.isNaN(ms)) ms = systemClock.mono() - start;
      return this.#received.length >= step.till.length && (step.outcome === undefined || this.#outcome !== undefined);
    });
    if (Number.isNaN(ms)) ms = systemClock.mono() - start;
    if (step.till === '') await sleep(systemClock, NOTHING_MS);
    return this.#resultOf(step, ms);
  }

  #resultOf(step: Step, ms: number): Result {
    const outcome = this.#outcome;
    return { step, received: this.#received, outcome, ms, ok: this.#received === step.till && outcome?.outcome === step.outcome };
  }

  #take(text: string): void {
    this.#received += text;
    this.#changed();
  }

  #until(done: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => {
        cancel();
        this.#changed = () => undefined;
        resolve();
      };
      const cancel = systemClock.timer(STEP_MS, end);
      this.#changed = () => {
        if (done()) end();
      };
      this.#changed();
    });
  }
}

async function runOnce(cli: Cli, checkout: Checkout): Promise<void> {
  const results: Result[] = [];
  for (const step of SCRIPT) {
    const result = await checkout.scan(step);
    results.push(result);
    if (!cli.json) cli.out(wayOf(cli, result, results.length));
  }
  const ok = results.every((result) => result.ok);
  cli.result({ ok, transport: checkout.world.how, steps: results.map((result) => jsonOf(cli, result)) }, () => summary(cli, results, checkout.world.how));
  if (!ok) throw new ExitError(1);
}

/** Scans at a shop's pace until Ctrl-C; on a terminal a typed line is scanned too. */
async function runOn(cli: Cli, checkout: Checkout, signal: AbortSignal): Promise<void> {
  cli.err(
    cli.say({
      en: 'a scan every 1.5 s; type a code and press Enter to scan it yourself; Ctrl-C ends',
      ru: 'сканирование каждые 1,5 с; введите код и нажмите Enter, чтобы отсканировать его; Ctrl-C — выход',
    }),
  );
  const lines = process.stdin.isTTY ? createInterface({ input: process.stdin }) : undefined;
  lines?.on('line', (line) => checkout.world.scan(Buffer.from(`${line}\r`, 'utf8')));
  try {
    for (let count = 1; !signal.aborted; count += 1) {
      const step = SCRIPT[(count - 1) % SCRIPT.length];
      if (step === undefined) return;
      const result = await checkout.scan(step);
      if (cli.json) cli.out(JSON.stringify(jsonOf(cli, result)));
      else cli.out(wayOf(cli, result, count));
      await sleep(systemClock, PACE_MS, signal);
    }
  } finally {
    lines?.close();
  }
}

/** A code as it may be shown: goods in full with GS made visible, loyalty codes masked. */
function shown(step: Step, text: string): string {
  const bare = text.replace(/\r$/, '');
  if (step.outcome !== undefined) return bare === '' ? '-' : maskText(bare);
  const visible = bare.replaceAll('\u001d', '<GS>');
  return visible.length > 46 ? `${visible.slice(0, 43)}...` : visible;
}

function fate(cli: Cli, result: Result): string {
  if (result.outcome === undefined) return cli.say({ en: 'through, byte for byte', ru: 'прошёл байт в байт' });
  const { outcome, reason, evidence } = result.outcome;
  const why = [reason, evidence].filter((word) => word !== undefined).join(', ');
  return why === '' ? outcome : `${outcome} (${why})`;
}

function wayOf(cli: Cli, result: Result, count: number): string {
  const { step } = result;
  const till = step.till === '' ? cli.say({ en: 'nothing', ru: 'ничего' }) : shown(step, result.received);
  const scanner = cli.say({ en: 'scanner', ru: 'сканер' });
  const tillWord = cli.say({ en: 'till', ru: 'касса' });
  return `${String(count).padStart(2)}. ${cli.say(step.name)}: ${scanner} ${shown(step, step.scan)} -> ${fate(cli, result)} -> ${tillWord} ${till}  [${result.ms.toFixed(1)} ms]${result.ok ? '' : '  !!!'}`;
}

function summary(cli: Cli, results: readonly Result[], how: string): string {
  const head = ['', ...[{ en: 'scan', ru: 'скан' }, { en: 'scanner', ru: 'сканер' }, { en: 'what happened', ru: 'что стало' }, { en: 'till read', ru: 'касса прочла' }, { en: 'ms', ru: 'мс' }].map((t) => cli.say(t))];
  const rows = results.map((result) => [
    result.ok ? 'ok' : '!!',
    cli.say(result.step.name),
    shown(result.step, result.step.scan),
    fate(cli, result),
    result.step.till === '' ? '-' : shown(result.step, result.received),
    result.ms.toFixed(1),
  ]);
  const good = results.filter((result) => result.ok).length;
  const words = cli.say({ en: `${good} of ${results.length} as they must be (over ${how})`, ru: `${good} из ${results.length} как должно быть (через ${how})` });
  return `\n${table([head, ...rows])}\n\n${words}`;
}

function jsonOf(cli: Cli, { step, received, outcome, ms, ok }: Result): Record<string, unknown> {
  return {
    name: cli.say(step.name),
    kind: outcome?.kind ?? 'goods',
    scanned: shown(step, step.scan),
    received: shown(step, received),
    outcome: outcome?.outcome ?? null,
    ms: Math.round(ms * 1000) / 1000,
    ok,
  };
}
