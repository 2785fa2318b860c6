import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startChild, type Exit, type RunningChild } from '../../support/child.js';

export interface Handled {
  readonly handled: boolean;
  readonly ms: number;
}

/** What an order of the simulated till has on it. */
export interface Seen {
  readonly discounts: readonly string[];
  readonly guests: readonly string[];
  readonly coupons: readonly string[];
  readonly data: readonly string[];
  readonly price: string;
  /** Edits that the till took so far, on any order. */
  readonly submitted: number;
}

/** The real plugin, under mono, on a simulated till that is steered from here. */
export class PluginProcess {
  readonly #folder: string;
  readonly #exe: string;
  #child: RunningChild | undefined;
  #commands = 0;

  /** @param folder the plugin's configuration folder on this till */
  constructor(exe: string, folder: string) {
    this.#exe = exe;
    this.#folder = folder;
  }

  configure(url: string, secret: string, more: Readonly<Record<string, unknown>> = {}): void {
    writeFileSync(join(this.#folder, 'tillbridge.json'), JSON.stringify({ url, ...more }));
    writeFileSync(join(this.#folder, 'tillbridge.secret'), `${secret}\r\n`);
  }

  /** @param faults pairs of a member of the host and the exception that its first call throws */
  start(...faults: readonly string[]): void {
    // no interpreter of what the machine's language is: messages are compared
    this.#child = startChild('mono', [this.#exe, this.#folder, ...faults], { env: { ...process.env, LC_ALL: 'C.UTF-8' } });
  }

  get running(): RunningChild {
    if (this.#child === undefined) throw new Error('not started');
    return this.#child;
  }

  async do(command: string, ...args: readonly string[]): Promise<string> {
    this.#commands += 1;
    const n = String(this.#commands);
    this.running.child.stdin.write(`${[n, command, ...args.map(encodeURIComponent)].join(' ')}\n`);
    const [, answer = ''] = await this.running.waitForLine(new RegExp(`^${n} (.*)$`), 60_000);
    if (answer.startsWith('THROWN')) throw new Error(`${command}: ${answer}`);
    return answer;
  }

  async scan(command: 'barcode' | 'slide' | 'any', text: string): Promise<Handled> {
    const [what, ms] = (await this.do(command, text, ...(command === 'slide' ? ['', ''] : []))).split(' ');
    return { handled: what === 'handled', ms: Number(ms) };
  }

  /** Opens an order and shows it. */
  async open(number: number): Promise<string> {
    const id = await this.do('order', String(number));
    await this.do('screen', 'edit', id);
    return id;
  }

  async see(order: string): Promise<Seen> {
    const fields = new Map((await this.do('see', order)).split(';').map((part) => [part.slice(0, part.indexOf('=')), part.slice(part.indexOf('=') + 1)] as const));
    const list = (name: string): string[] => (fields.get(name) ?? '').split(',').filter((text) => text !== '');
    return { discounts: list('discounts'), guests: list('guests'), coupons: list('coupons'), data: list('data'), price: fields.get('price') ?? '', submitted: Number(fields.get('submitted')) };
  }

  async messages(): Promise<readonly string[]> {
    return (await this.do('messages')).split('|').filter((text) => text !== '');
  }

  /** Everything that the plugin wrote: no number may be in it. */
  written(): string {
    return `${this.log()}\n${this.#read('tillbridge-actions.txt')}`;
  }

  /** What it wrote for people. */
  log(): string {
    return this.#read('tillbridge.log', 'tillbridge.log.1');
  }

  #read(...names: readonly string[]): string {
    return names
      .map((name) => join(this.#folder, name))
      .filter((path) => existsSync(path))
      .map((path) => readFileSync(path, 'utf8'))
      .join('\n');
  }

  spoilBook(text: string): void {
    appendFileSync(join(this.#folder, 'tillbridge-actions.txt'), text);
  }

  /** As iikoFront stops a plugin. */
  async quit(): Promise<Exit> {
    const { child, exited } = this.running;
    await this.do('quit').catch(() => undefined);
    // what hangs is killed, and the exit says so: no process is left behind
    const timer = setTimeout(() => child.kill('SIGKILL'), 20_000);
    return exited.finally(() => {
      clearTimeout(timer);
    });
  }

  async kill(): Promise<void> {
    await this.running.kill();
  }
}
