import { mkdirSync, rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { GOODS_TILL, READERS, type ReaderId, type TillId } from '../plan/codes.js';
import { bin, runCli, type CliResult } from '../../support/cli.js';
import { startChild, type RunningChild } from '../../support/child.js';
import { TestShop } from '../../support/shop.js';
import { waitFor } from '../../support/wait-for.js';
import { configuration, SECRET_NAMES } from './configuration.js';
import { SmallDisk } from './disk.js';
import { Logbook } from './logbook.js';
import { NetScanner } from './net-scanner.js';
import { Preload } from './preload.js';
import { Simulators } from './simulators.js';
import { TillEnd } from './till-end.js';

export interface WorldOptions {
  /** The state folder on a small disk of its own (the part `root`). */
  readonly disk: boolean;
  /** The library in front of the C library (the parts `root` and `gcc`). */
  readonly preload: boolean;
  /** A USB reader that is never plugged in, for the process that looks for it. */
  readonly hid: boolean;
  readonly logLevel: 'debug' | 'info';
}

/** Milliseconds that a machine may take for what is quick on a free one. */
const PATIENCE_MS = 60_000;
const PTY_READERS = ['left', 'right', 'hall'] as const;
const PTY_TILLS = ['front', 'back'] as const;

/** A shop around the built daemon: its scanners, cashier programs, platform, restaurant, disk and clock. */
export class World {
  readonly record = new Logbook();
  readonly simulators: Simulators;
  readonly net: NetScanner;
  readonly shop: TestShop;
  readonly disk: SmallDisk | undefined;
  readonly preload: Preload | undefined;
  readonly tills: Readonly<Record<'front' | 'back', TillEnd>>;
  readonly #options: WorldOptions;
  #daemon: RunningChild | undefined;
  #api = '';
  #up: Promise<void> = Promise.resolve();
  #starts = 0;
  #sinceSeq = 0;

  private constructor(options: WorldOptions, shop: TestShop, simulators: Simulators, net: NetScanner) {
    this.#options = options;
    this.shop = shop;
    this.simulators = simulators;
    this.net = net;
    if (options.preload) {
      mkdirSync(shop.path('preload/etc'), { recursive: true });
      this.preload = Preload.make(shop.path('preload'), shop.state);
    }
    if (options.disk) this.disk = SmallDisk.mount(shop.state);
    const end = (till: 'front' | 'back'): TillEnd => new TillEnd(shop.path(`till-${till}`), { frame: (text, at) => this.record.frame(till, text, at), rest: (text, at) => this.record.rest(till, text, at) });
    this.tills = { front: end('front'), back: end('back') };
    shop.writeConfig(configuration(shop, simulators, net.address, options.hid));
  }

  /** Everything is up when this resolves. */
  static async open(options: WorldOptions): Promise<World> {
    const world = new World(options, new TestShop(), await Simulators.start(), await NetScanner.listen());
    try {
      for (const id of PTY_READERS) await world.shop.scanner(id);
      await world.start();
      return world;
    } catch (error) {
      await world.close();
      throw error;
    }
  }

  get daemon(): RunningChild {
    if (this.#daemon === undefined) throw new Error('there is no daemon');
    return this.#daemon;
  }

  /** The address of its API. */
  get api(): string {
    return this.#api;
  }

  /** Resolves when there is a daemon that works. */
  whenUp(): Promise<void> {
    return this.#up;
  }

  /** Nobody begins anything until `work` is done. */
  async down(work: () => Promise<void>): Promise<void> {
    const before = this.#up;
    let up: () => void = () => undefined;
    this.#up = new Promise((resolve) => (up = resolve));
    await before;
    try {
      await work();
    } finally {
      up();
    }
  }

  /** Starts the daemon and waits for all of its parts; the cashier programs open their ports. */
  async start(): Promise<void> {
    this.#starts += 1;
    const argv = [process.execPath, bin, 'run', '-c', this.shop.configFile, '--state', this.shop.state, '--log-level', this.#options.logLevel];
    const [command = '', ...rest] = this.preload?.command(argv) ?? argv;
    const daemon = startChild(command, rest, { cwd: this.shop.folder, env: this.#env() });
    this.#daemon = daemon;
    const [, api = ''] = await daemon.waitForLine(/^READY pid=\d+ api=(\S+)$/, PATIENCE_MS);
    this.#api = api;
    for (const till of PTY_TILLS) this.tills[till].open();
    for (const id of READERS) await this.untilReady('readers', id);
    for (const id of PTY_TILLS) await this.untilReady('tills', id);
  }

  async untilReady(kind: 'readers' | 'tills', id: string): Promise<void> {
    // a daemon that is killed meanwhile answers nothing: the next one does
    await waitFor(`${id} to be ready`, () => this.shop.part(kind, id).then(({ status }) => status === 'ready', () => false), PATIENCE_MS);
  }

  /** SIGKILL, and a new daemon. */
  async kill(): Promise<void> {
    await this.down(async () => {
      const over = this.record.trouble('kill-main');
      await this.daemon.kill();
      this.#buried();
      await this.start();
      over();
    });
  }

  /** SIGTERM or SIGKILL, then `between` with no daemon, and a new one. */
  async stopped(how: 'stop' | 'kill', between: () => Promise<void>): Promise<void> {
    await this.down(async () => {
      const over = this.record.trouble('stop');
      await this.collectRows();
      await this.end(how);
      await between();
      await this.start();
      over();
    });
  }

  async end(how: 'stop' | 'kill'): Promise<void> {
    const exit = how === 'kill' ? await this.daemon.kill() : await this.daemon.stop(15_000);
    this.#buried();
    if (how === 'stop' && exit.code !== 0) throw new Error(`the daemon ended with ${String(exit.code ?? exit.signal)}`);
  }

  cli(...args: string[]): Promise<CliResult> {
    return runCli(['-c', this.shop.configFile, '--state', this.shop.state, ...args], { cwd: this.shop.folder, env: this.#env() });
  }

  /** The metrics, as a watcher that was let in reads them. */
  async metrics(): Promise<string> {
    const { stdout } = await this.cli('--json', 'clients', 'pair', '--name', 'watcher', '--scope', 'status:read', '--till', 'front');
    const { code } = JSON.parse(stdout) as { code: string };
    const paired = await fetch(`${this.api}/v1/pair`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ code, name: 'watcher' }) });
    const { token } = (await paired.json()) as { token?: string };
    const answer = await fetch(`${this.api}/metrics`, { headers: { authorization: `Bearer ${token ?? ''}` } });
    return answer.text();
  }

  async send(reader: ReaderId, text: string): Promise<void> {
    if (reader === 'net') await this.net.send(text);
    else await (await this.shop.scanner(reader)).send(text);
  }

  goodsTill(reader: ReaderId): TillEnd {
    return this.tills[GOODS_TILL[reader]];
  }

  /** Waits until nothing is under way at any till. */
  async idle(): Promise<void> {
    for (const till of ['front', 'back', 'hall'] satisfies TillId[]) {
      await this.shop.partUntil('tills', till, ({ underWay }) => underWay === 0, PATIENCE_MS);
    }
  }

  /** Reads what the journal has since the last time. */
  async collectRows(): Promise<void> {
    for (;;) {
      const { body } = await this.shop.call('GET', `/v1/scans?since=${String(this.#sinceSeq)}&limit=1000`);
      const rows = body['scans'] as (typeof this.record.rows)[number][];
      this.record.rows.push(...rows);
      const last = rows.at(-1);
      if (last !== undefined) this.#sinceSeq = last.seq;
      if (rows.length < 1000) return;
    }
  }

  async close(): Promise<void> {
    this.disk?.empty();
    if (this.#daemon !== undefined && this.#daemon.child.exitCode === null && this.#daemon.child.signalCode === null) await this.#daemon.stop(8000);
    for (const till of PTY_TILLS) this.tills[till].close();
    await this.net.close();
    await this.simulators.close();
    this.preload?.close();
    this.disk?.unmount();
    await this.shop.close();
    rmSync(this.shop.folder, { recursive: true, force: true });
  }

  /** What the daemon printed in its life is kept; the cashier programs see a hang-up. */
  #buried(): void {
    this.record.printed.push({ where: `stdout of start ${String(this.#starts)}`, text: this.daemon.stdout() }, { where: `stderr of start ${String(this.#starts)}`, text: this.daemon.stderr() });
    for (const till of PTY_TILLS) this.tills[till].close();
  }

  #env(): NodeJS.ProcessEnv {
    const [password = '', token = ''] = this.simulators.secrets;
    return { ...process.env, LC_ALL: 'C.UTF-8', LANG: 'C.UTF-8', [SECRET_NAMES.cash]: password, [SECRET_NAMES.platform]: token };
  }
}

/** A moment, in ms of real time. */
export const moment = (ms: number): Promise<void> => pause(ms);
