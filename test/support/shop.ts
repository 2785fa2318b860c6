import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { runCli, startCli, type CliResult, type RunSettings } from './cli.js';
import type { RunningChild } from './child.js';
import { callSocket, type ControlReply } from './control.js';
import { ScannerPort } from './scanner-port.js';
import { makeTempFolder } from './temp-folder.js';
import { TillPort } from './till-port.js';
import { waitFor } from './wait-for.js';

/** A configuration as an object; JSON is YAML. */
export type ConfigObject = Readonly<Record<string, unknown>>;

/** One row of `journal --json`. */
export interface Row {
  readonly seq: number;
  readonly time: string;
  readonly scanId: string;
  readonly reader: string;
  readonly till: string;
  readonly kind: string;
  readonly code: string;
  readonly number: string | null;
  readonly outcome: string;
  readonly reason?: string;
  readonly evidence?: string;
}

/** One part of `status --json`. */
export interface PartRow {
  readonly id: string;
  readonly status: string;
  readonly health: string;
  readonly reason?: string;
  readonly code?: string;
  readonly remedy?: string;
  /** Tills: deliveries without an outcome. */
  readonly underWay?: number;
  readonly counters: Readonly<Record<string, number>>;
}

/** The codes and translators of the test shop: numbers are computed, so that every code has one of its own. */
export const SHOP_RULES = {
  codes: [
    { name: 'universal', kind: 'card', match: '^98(?<value>\\d{14})$' },
    { name: 'club', kind: 'card', match: '^77(?<value>\\d{8})$' },
    { name: 'coupon', kind: 'coupon', match: '^CPN(?<value>\\d{6})$' },
    { name: 'phone', kind: 'phone', match: '^\\+7(?<value>\\d{10})$' },
  ],
  translators: [
    { type: 'rule', codes: ['universal'], number: '2{value:4..14}{ean13}' },
    { type: 'rule', codes: ['coupon'], number: '55{value}' },
    { type: 'rule', codes: ['phone'], number: '8{value}' },
    { type: 'table' },
  ],
  api: 'off',
} as const;

/** A universal code that belongs to nobody. */
export const universal = (n: number): string => `98100${String(n).padStart(11, '0')}`;

/** What the rule of {@link SHOP_RULES} makes of it, computed on its own: 2, digits 4 to 14 of the value, EAN-13 check digit. */
export function numberOf(code: string): string {
  const body = `2${code.slice(2).slice(3, 14)}`;
  const sum = Array.from(body, Number).reduce((total, digit, i) => total + digit * (i % 2 === 0 ? 1 : 3), 0);
  return `${body}${String((10 - (sum % 10)) % 10)}`;
}

/** A little more than the silence that a loyalty read needs around it (`quietMs`, 20). */
const QUIET_MS = 25;

/** A folder with a configuration, a state folder and the ends of its ports, and the built command line to run on them. */
export class TestShop {
  readonly folder: string;
  readonly state: string;
  readonly configFile: string;
  #config: ConfigObject;
  readonly #remove: () => void;
  readonly #daemons: RunningChild[] = [];
  readonly #ports: { close(): void }[] = [];
  readonly #scanners = new Map<string, ScannerPort>();

  constructor(config: ConfigObject = {}) {
    const temp = makeTempFolder();
    this.folder = temp.path;
    this.#remove = temp.remove;
    this.state = join(temp.path, 'state');
    this.configFile = join(temp.path, 'tillbridge.yaml');
    this.#config = { ...this.standard(), ...config };
    this.writeConfig();
  }

  /** One serial scanner `counter`, one virtual-com till `front`. */
  standard(): ConfigObject {
    return { version: 1, readers: [this.reader('counter')], tills: [this.till('front')], ...SHOP_RULES };
  }

  reader(id: string, more: ConfigObject = {}): ConfigObject {
    return { id, type: 'serial', path: this.path(`scanner-${id}`), ...more };
  }

  till(id: string, more: ConfigObject = {}): ConfigObject {
    return { id, adapter: 'virtual-com', transport: 'pty', link: this.path(`till-${id}`), ...more };
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  get socket(): string {
    return join(this.state, 'control.sock');
  }

  /** Writes the configuration, changed in these keys. */
  writeConfig(change: ConfigObject = {}): void {
    this.#config = { ...this.#config, ...change };
    writeFileSync(this.configFile, JSON.stringify(this.#config, null, 2));
  }

  write(name: string, text: string): string {
    const path = this.path(name);
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, text);
    return path;
  }

  /** Plugs a scanner in, where the standard configuration expects it. */
  async scanner(id = 'counter'): Promise<ScannerPort> {
    const known = this.#scanners.get(id);
    if (known !== undefined) return known;
    const port = await ScannerPort.plugIn(this.path(`scanner-${id}`));
    this.#scanners.set(id, port);
    return port;
  }

  /** The cashier program opens its port. The daemon must be up. */
  openTill(id = 'front'): TillPort {
    const port = TillPort.open(this.path(`till-${id}`));
    this.#ports.push(port);
    return port;
  }

  /** Starts the daemon and waits until it is ready, and until the scanners that are plugged in are: what they send earlier may be flushed. */
  async run(args: readonly string[] = [], env: Readonly<Record<string, string | undefined>> = {}): Promise<RunningChild> {
    const daemon = this.start(args, env);
    await daemon.waitForLine(/^READY pid=\d+ api=off$/, 60_000);
    for (const id of this.#scanners.keys()) {
      await this.partUntil('readers', id, ({ status }) => status === 'ready').catch((error: unknown) => {
        throw new Error(`reader ${id} is not ready: ${daemon.stderr()}`, { cause: error });
      });
    }
    return daemon;
  }

  start(args: readonly string[] = [], env: Readonly<Record<string, string | undefined>> = {}): RunningChild {
    const daemon = startCli(['run', '-c', this.configFile, '--state', this.state, ...args], { cwd: this.folder, env });
    this.#daemons.push(daemon);
    return daemon;
  }

  /** Runs a command on this shop's configuration and state. */
  cli(args: readonly string[], settings: RunSettings = {}): Promise<CliResult> {
    return runCli(['-c', this.configFile, '--state', this.state, ...args], { cwd: this.folder, ...settings });
  }

  /** The one JSON document that a command prints. */
  async json<T = Record<string, unknown>>(args: readonly string[], settings: RunSettings = {}): Promise<T> {
    const { stdout, stderr } = await this.cli([...args, '--json'], settings);
    try {
      return JSON.parse(stdout) as T;
    } catch {
      throw new Error(`no JSON: ${stdout} ${stderr}`);
    }
  }

  call(method: string, path: string, body?: unknown): Promise<ControlReply> {
    return callSocket(this.socket, method, path, body);
  }

  async rows(): Promise<Row[]> {
    const { stdout } = await this.cli(['journal', '--json', '--since', '1d']);
    return stdout.split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as Row);
  }

  /** The newest rows (at most 1000), asked of the running daemon: quicker than a command. */
  async scans(): Promise<Row[]> {
    const { body } = await this.call('GET', '/v1/scans?limit=1000');
    return body['scans'] as Row[];
  }

  /**
   * Waits until the daemon has declared the silence after what it was sent so far. A daemon that gets no processor for a while declares it
   * late, and what comes before that counts as goods: so its own word is waited for and not the time alone. What was sent is read in the
   * turn of its event loop in which it answers the first call, at the latest; the silence is due when the second one arrives, and declared
   * in the turn after that.
   */
  async silence(): Promise<void> {
    await this.call('GET', '/hello');
    await pause(QUIET_MS);
    for (let turn = 0; turn < 2; turn += 1) await this.call('GET', '/hello');
  }

  async part(kind: 'readers' | 'tills', id: string): Promise<PartRow> {
    const found = await this.#find(kind, id);
    if (found === undefined) throw new Error(`no part ${id}`);
    return found;
  }

  /** Waits until a part's state or counters are as `wanted` says. */
  async partUntil(kind: 'readers' | 'tills', id: string, wanted: (part: PartRow) => boolean, timeoutMs = 30_000): Promise<PartRow> {
    let last: PartRow | undefined;
    return waitFor(
      `${id} to become as expected`,
      async () => {
        last = await this.#find(kind, id);
        return last !== undefined && wanted(last) && last;
      },
      timeoutMs,
    ).catch((error: unknown) => {
      throw new Error(`last seen: ${JSON.stringify(last)}`, { cause: error });
    });
  }

  async #find(kind: 'readers' | 'tills', id: string): Promise<PartRow | undefined> {
    const { body } = await this.call('GET', `/v1/${kind}`);
    return (body[kind] as PartRow[]).find((part) => part.id === id);
  }

  /** Ends everything that was started here. */
  async close(): Promise<void> {
    for (const port of this.#ports) port.close();
    for (const scanner of this.#scanners.values()) scanner.unplug();
    const running = this.#daemons.filter(({ child }) => child.exitCode === null && child.signalCode === null);
    await Promise.all(running.map((daemon) => daemon.stop(8000)));
    this.#remove();
  }
}
