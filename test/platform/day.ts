import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { systemClock } from '@tillbridge/core';
import { OutboxReader, stateFolderAt } from '@tillbridge/store';
import { startPlatform, type PlatformSimulator, type SimulatedPreset } from '@tillbridge/testkit/platform';
import { startChild, type RunningChild } from '../support/child.js';
import { TestShop } from '../support/shop.js';
import type { TillPort } from '../support/till-port.js';
import { waitFor } from '../support/wait-for.js';
import { Line } from './line.js';

/** So much faster than ours the daemon's clock runs. */
const FACTOR = 10;

export interface DaySettings {
  /** How often the line goes down and comes up again. */
  readonly flaps: number;
  /** How often the daemon is killed. */
  readonly kills: number;
}

/** A sale that the till closed, and what should have come of it. */
interface Sale {
  readonly receiptId: string;
  readonly preset: SimulatedPreset;
  readonly guest: string;
  /** Whether the till got the guest's number: then there is a credit, else none. */
  readonly credited: boolean;
}

export interface DayReport {
  readonly sales: number;
  readonly credited: number;
  readonly goods: number;
  readonly kills: number;
  readonly flaps: number;
  /** Goods that arrived while a look-up hung. */
  readonly overtook: number;
  readonly refusedLookUps: number;
}

/** A guest of each platform, by what he shows. `code`: a new one for each sale. */
const GUESTS: readonly { readonly preset: SimulatedPreset; readonly guest: string; readonly shows: string }[] = [
  { preset: 'uds', guest: '1099511876531', shows: 'code' },
  { preset: 'maxma', guest: '71', shows: '2000000012345' },
  { preset: 'premiumbonus', guest: 'c-701', shows: '7000000000716' },
  { preset: 'universal', guest: 'u-3', shows: '98000000000003' },
  { preset: 'uds', guest: '1099511876532', shows: 'code' },
];

/** A day at a till: guests of several platforms, goods all the time, a line that comes and goes, a daemon that is killed. */
export class Day {
  readonly #shop: TestShop;
  readonly #simulators: ReadonlyMap<SimulatedPreset, PlatformSimulator>;
  readonly #lines: ReadonlyMap<SimulatedPreset, Line>;
  readonly #daemonFile: string;
  readonly #sales: Sale[] = [];
  readonly #codes = new Set<string>();
  readonly #receipts = new Map<string, unknown>();
  #daemon: RunningChild | undefined;
  #till: TillPort | undefined;
  #logs = '';
  #goods = '';
  #arrived = '';
  #goodsCount = 0;
  #overtook = 0;
  #refused = 0;
  #kills = 0;

  private constructor(shop: TestShop, simulators: Day['simulators'], lines: ReadonlyMap<SimulatedPreset, Line>, daemonFile: string) {
    this.#shop = shop;
    this.#simulators = simulators;
    this.#lines = lines;
    this.#daemonFile = daemonFile;
  }

  get simulators(): ReadonlyMap<SimulatedPreset, PlatformSimulator> {
    return this.#simulators;
  }

  static async begin(): Promise<Day> {
    const presets = [...new Set(GUESTS.map(({ preset }) => preset))];
    const simulators = new Map(await Promise.all(presets.map(async (preset) => [preset, await startPlatform(preset, { clock: systemClock })] as const)));
    const lines = new Map(await Promise.all([...simulators].map(async ([preset, { url }]) => [preset, await Line.open(url)] as const)));
    const shop = new TestShop();
    shop.writeConfig({
      codes: presets.map((preset) => ({ name: preset, kind: 'card', match: `^${preset}/(?<value>.+)$`, oneTime: preset === 'uds' })),
      translators: presets.map((preset) => {
        const { site } = simulators.get(preset)!;
        const names = Object.keys(site.secrets);
        return {
          ...{ type: 'http', preset, enabled: true, codes: [preset], baseUrl: lines.get(preset)!.through(site.baseUrl), vars: site.vars, timeoutMs: 12_000 },
          secrets: Object.fromEntries(names.map((name) => [name, `\${env:${secretName(preset, name)}}`])),
          cache: { foundMs: 0, staleMs: 0, notFoundMs: 0 },
        };
      }),
      tills: [shop.till('front', { expireMs: 60_000, duplicateMs: 0 })],
      receipts: { mode: 'report' },
    });
    const day = new Day(shop, simulators, lines, await bundle());
    await shop.scanner();
    await day.#run();
    return day;
  }

  async work({ flaps, kills }: DaySettings): Promise<DayReport> {
    const rounds = flaps * 2;
    for (let round = 0; round < rounds; round += 1) {
      const state = round % 2 === 1 ? 'up' : round % 4 === 0 ? 'cut' : 'silent';
      for (const line of this.#lines.values()) line.set(state);
      await this.#someGoods();
      for (const [i, who] of GUESTS.entries()) if ((round + i) % 3 !== 0) await this.#oneSale(round * 10 + i, who, state === 'silent');
      if (Math.floor(((round + 1) * kills) / rounds) > Math.floor((round * kills) / rounds)) await this.#killWhileSelling(round * 10 + 9);
    }
    for (const line of this.#lines.values()) line.set('up');
    await this.#reported();
    return { sales: this.#sales.length, credited: this.#sales.filter(({ credited }) => credited).length, goods: this.#goodsCount, kills: this.#kills, flaps, overtook: this.#overtook, refusedLookUps: this.#refused };
  }

  /** Sales that did not get exactly the credit that they should have; empty is good. */
  wrongCredits(): readonly string[] {
    const wrong: string[] = [];
    for (const { receiptId, preset, guest, credited } of this.#sales) {
      const found = this.#creditsOf(preset, receiptId);
      const right = credited ? found.length === 1 && found[0]?.phase === 'done' && found[0].guest === guest : found.length === 0;
      if (!right) wrong.push(`${receiptId} at ${preset}: ${credited ? 'one' : 'none'} expected, ${JSON.stringify(found.map(({ phase, guest: of }) => [phase, of]))}`);
    }
    const expected = this.#sales.filter(({ credited }) => credited).length;
    const all = [...this.#simulators.values()].reduce((sum, { world }) => sum + world.credits.size, 0);
    return all === expected ? wrong : [...wrong, `${String(all)} credits for ${String(expected)} sales`];
  }

  /** Goods as they were read and as they came to the till, numbers left out. */
  async goods(): Promise<{ readonly read: string; readonly arrived: string }> {
    await this.#takeGoods();
    return { read: this.#goods, arrived: this.#arrived };
  }

  /** Files and streams in which a one-time code stands; empty is good. */
  leaks(): readonly string[] {
    const files = readdirSync(this.#shop.state, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
    const places = [['log', this.#logs + this.#printed()] as const, ...files.map((file) => [file, readFileSync(file, 'latin1')] as const)];
    const exchanged = [...(this.#simulators.get('uds')?.world.codes.keys() ?? [])].filter((code) => code.length >= 8);
    return places.flatMap(([place, text]) => [...this.#codes, ...exchanged].filter((code) => text.includes(code)).map((code) => `${code.slice(0, 7)}... in ${place}`));
  }

  standing(): Record<string, number> {
    return this.#outbox((reader) => ({ ...reader.counts().states }));
  }

  async close(): Promise<void> {
    if (this.#daemon !== undefined) await this.#daemon.stop();
    await this.#shop.close();
    for (const line of this.#lines.values()) await line.close();
    for (const simulator of this.#simulators.values()) await simulator.close();
    rmSync(this.#daemonFile, { force: true });
  }

  // --- the till

  async #oneSale(n: number, { preset, guest, shows }: (typeof GUESTS)[number], hanging: boolean): Promise<string> {
    const asked = this.#scan(preset, guest, shows, n);
    if (hanging && n % 2 === 0) await this.#goodsOvertake(asked);
    const { scanId, taken } = await asked;
    const receiptId = `day-${String(n).padStart(5, '0')}`;
    this.#sales.push({ receiptId, preset, guest, credited: taken });
    if (taken) await waitFor('who the scan was of to be kept', () => this.#outbox((reader) => reader.scans({ scanIds: [scanId] }).length === 1), 60_000);
    else this.#refused += 1;
    await this.#give(receiptId, scanId);
    return receiptId;
  }

  async #scan(preset: SimulatedPreset, guest: string, shows: string, n: number): Promise<{ readonly scanId: string; readonly taken: boolean }> {
    const text = shows === 'code' ? this.#newCode(guest, n) : shows;
    const { body } = await this.#shop.call('POST', '/v1/scans?wait=1', { code: `${preset}/${text}` });
    const outcome = String((body['outcome'] as { outcome?: unknown } | undefined)?.outcome ?? body['outcome']);
    return { scanId: String(body['scanId']), taken: ['sent', 'applied', 'alreadyApplied', 'unknown'].includes(outcome) };
  }

  #newCode(guest: string, n: number): string {
    const code = `ONETIME${String(n).padStart(5, '0')}${guest.slice(-6)}`;
    this.#simulators.get('uds')?.world.issueCode(guest, 'app', code, 45 * 60_000);
    this.#codes.add(code);
    return code;
  }

  /** As a till does: until it is told that it is kept. */
  async #give(receiptId: string, scanId: string): Promise<void> {
    await waitFor(
      `${receiptId} to be kept`,
      async () => (await this.#shop.call('POST', '/v1/receipts', this.#receipt(receiptId, scanId)).catch(() => ({ status: 0 }))).status === 202,
      60_000,
    );
  }

  /** The same one, however often it is given. */
  #receipt(receiptId: string, scanId: string): unknown {
    const known = this.#receipts.get(receiptId);
    if (known !== undefined) return known;
    const made = receiptOf(receiptId, scanId);
    this.#receipts.set(receiptId, made);
    return made;
  }

  async #killWhileSelling(n: number): Promise<void> {
    const who = GUESTS[n % GUESTS.length] ?? GUESTS[0]!;
    const { scanId, taken } = await this.#scan(who.preset, who.guest, who.shows, n);
    if (taken) await waitFor('who the scan was of to be kept', () => this.#outbox((reader) => reader.scans({ scanIds: [scanId] }).length === 1), 60_000);
    const receiptId = `day-${String(n).padStart(5, '0')}`;
    this.#sales.push({ receiptId, preset: who.preset, guest: who.guest, credited: taken });
    await this.#takeGoods();
    // given while it dies: the answer may be lost, the till gives it again
    const lost = this.#shop.call('POST', '/v1/receipts', this.#receipt(receiptId, scanId)).catch(() => undefined);
    if (n % 4 === 1) await lost;
    await this.#daemon?.kill();
    await lost;
    this.#logs += this.#printed();
    this.#kills += 1;
    this.#till?.close();
    await this.#run();
    await this.#give(receiptId, scanId);
  }

  async #run(): Promise<void> {
    const env = Object.fromEntries([...this.#simulators].flatMap(([preset, { spec }]) => Object.entries(spec.secrets).map(([name, value]) => [secretName(preset, name), value])));
    this.#daemon = startChild(process.execPath, ['--disable-warning=ExperimentalWarning', this.#daemonFile, this.#shop.configFile, this.#shop.state, String(FACTOR)], { env: { ...process.env, ...env }, cwd: this.#shop.folder });
    await this.#daemon.waitForLine(/^READY pid=\d+$/, 90_000).catch((error: unknown) => {
      throw new Error(`the daemon did not start: ${this.#printed().slice(-2000)}`, { cause: error });
    });
    await this.#shop.partUntil('readers', 'counter', ({ status }) => status === 'ready', 60_000);
    this.#till = this.#shop.openTill();
    await this.#shop.partUntil('tills', 'front', ({ status }) => status === 'ready', 60_000);
  }

  #printed(): string {
    return `${this.#daemon?.stdout() ?? ''}${this.#daemon?.stderr() ?? ''}`;
  }

  // --- goods

  async #someGoods(): Promise<void> {
    const scanner = await this.#shop.scanner();
    for (let i = 0; i < 3; i += 1) {
      this.#goodsCount += 1;
      const text = `460${String(this.#goodsCount).padStart(10, '0')}\r`;
      this.#goods += text;
      await scanner.send(text);
    }
  }

  /** Goods that are read while a look-up hangs are at the till before that has an end. */
  async #goodsOvertake(asked: Promise<unknown>): Promise<void> {
    const state = { ended: false };
    const done = asked.finally(() => (state.ended = true));
    await this.#someGoods();
    const last = `460${String(this.#goodsCount).padStart(10, '0')}\r`;
    await waitFor('goods to arrive', () => this.#till?.text().includes(last) === true, 60_000);
    if (!state.ended) this.#overtook += 1;
    await done;
  }

  /** What came to the till since the last time. */
  async #takeGoods(): Promise<void> {
    const last = this.#goods.split('\r').at(-2);
    if (last !== undefined) await waitFor('the last product to arrive', () => this.#till?.text().includes(`${last}\r`) === true || this.#arrived.includes(`${last}\r`), 60_000);
    const text = this.#till?.text() ?? '';
    this.#arrived += text.split('\r').filter((line) => line.startsWith('460')).map((line) => `${line}\r`).join('');
    this.#till?.clear();
  }

  // --- the end of the day

  async #reported(): Promise<void> {
    for (let n = 0; ; n += 1) {
      const open = this.#outbox((reader) => reader.counts().states.waiting ?? 0);
      if (open === 0) return;
      if (n > 240) throw new Error(`${String(open)} receipts still wait: ${JSON.stringify(this.#outbox((reader) => reader.heads(Date.now())))}`);
      const seen = this.#outbox((reader) => reader.counts().states.waiting);
      const moved = (): boolean => this.#outbox((reader) => reader.counts().states.waiting) !== seen;
      // what failed four times waits for a quarter of an hour, or until its platform answers somebody: the next guests
      await waitFor('a receipt to be reported', moved, 30_000).catch(async () => {
        for (const [i, who] of GUESTS.entries()) await this.#oneSale(9000 + n * 10 + i, who, false);
      });
    }
  }

  #creditsOf(preset: SimulatedPreset, receiptId: string) {
    const { credits } = this.#simulators.get(preset)!.world;
    const key = preset === 'uds' ? this.#udsKey(receiptId) : receiptId;
    return [...credits.values()].filter((credit) => credit.key === key);
  }

  #udsKey(receiptId: string): string {
    // by what it was told beside its nonce
    const { exchanges } = this.#simulators.get('uds')!;
    const body = exchanges.map(({ call }) => call.json).find((json) => (json?.['receipt'] as { number?: unknown } | undefined)?.number === receiptId);
    return String(body?.['nonce']);
  }

  #outbox<T>(work: (reader: OutboxReader) => T): T {
    const reader = new OutboxReader(stateFolderAt(this.#shop.state));
    try {
      return work(reader);
    } finally {
      reader.close();
    }
  }
}

function receiptOf(receiptId: string, scanId: string): unknown {
  return {
    receiptId,
    operation: 'sale',
    tillId: 'front',
    closedAt: new Date(systemClock.wall()).toISOString(),
    currency: 'RUB',
    total: 12_500,
    lines: [{ lineId: '1', sku: 'A-1', qty: '1', price: 12_500, total: 12_500 }],
    scanIds: [scanId],
  };
}

const secretName = (preset: string, name: string): string => `T_${preset}_${name}`.toUpperCase().replace(/\W/g, '_');

/** Bundles the daemon's process; what is installed stays outside. */
async function bundle(): Promise<string> {
  const folder = fileURLToPath(new URL('../../node_modules/.cache/tillbridge/day/', import.meta.url));
  mkdirSync(join(folder, 'dist'), { recursive: true });
  // the product reads its version beside its own folder
  copyFileSync(fileURLToPath(new URL('../../packages/bridge/package.json', import.meta.url)), join(folder, 'package.json'));
  const outfile = join(folder, 'dist', `day-daemon-${String(process.pid)}.mjs`);
  // without the compiler's paths: packages are what was built
  await build({ tsconfigRaw: '{}', entryPoints: [fileURLToPath(new URL('./day-daemon.ts', import.meta.url))], outfile, bundle: true, packages: 'external', format: 'esm', platform: 'node', target: 'node22', logLevel: 'silent' });
  return outfile;
}
