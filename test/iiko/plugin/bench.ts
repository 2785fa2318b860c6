import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { makeTempFolder } from '../../support/temp-folder.js';
import { compileHarness, type Api } from './build.js';
import { FakeDaemon, type Body } from './fake-daemon.js';
import { PluginProcess } from './plugin-process.js';

export const SECRET = 'a-secret-of-the-till-0123';
export const CARD = '2000000012345';
/** A guest's code as scanned; made up. */
export const CODE = '9810000000000001';

/** Programs and folders of one test file; compiles each version once. */
export class Yard {
  readonly #temp = makeTempFolder();
  readonly #built = new Map<Api, string>();
  #folders = 0;

  program(api: Api): string {
    const known = this.#built.get(api) ?? compileHarness(this.#temp.path, api);
    this.#built.set(api, known);
    return known;
  }

  folder(): string {
    this.#folders += 1;
    const path = join(this.#temp.path, `till-${String(this.#folders)}`);
    mkdirSync(path);
    return path;
  }

  remove(): void {
    this.#temp.remove();
  }
}

/** A till with the plugin beside a scripted daemon. */
export class Bench {
  readonly daemon: FakeDaemon;
  readonly plugin: PluginProcess;

  #actions = 0;

  constructor(yard: Yard, api: Api = 'V9', tls?: { readonly cert: string; readonly key: string }) {
    this.daemon = new FakeDaemon(tls);
    this.plugin = new PluginProcess(yard.program(api), yard.folder());
  }

  action(kind: string, orderId: string, more: Body = {}): Body {
    this.#actions += 1;
    return { id: `action-${String(this.#actions)}`, kind, expiresInMs: 30_000, place: 'screen', orderId, screenSeq: this.screenSeq, ...more };
  }

  /** The newest screen that the daemon was told of. */
  get screenSeq(): number {
    const told = this.daemon.calls.flatMap(({ name, body }) => (name === 'screen' ? [body] : name === 'hello' || name === 'scan' ? [body['screen']] : [])) as ({ readonly seq: number } | undefined)[];
    return told.findLast((screen) => screen !== undefined)?.seq ?? 0;
  }

  /** The card that all of these tests put on an order. */
  card(orderId: string, more: Body = {}): Body {
    return this.action('applyDiscountCard', orderId, { number: CARD, ...more });
  }

  async start(settings: Body = {}, ...faults: readonly string[]): Promise<void> {
    await this.daemon.start();
    this.plugin.configure(this.daemon.url, SECRET, settings);
    this.plugin.start(...faults);
  }

  async connected(): Promise<void> {
    await this.daemon.saw('the long poll', ({ name, body }) => name === 'next' && Number(body['waitMs']) > 0);
  }

  /** The order on the screen, known to the daemon. */
  async order(number: number): Promise<string> {
    const id = await this.plugin.open(number);
    await this.daemon.saw('the screen', ({ name, body }) => name === 'screen' && body['orderId'] === id);
    return id;
  }

  /** Ends it and holds it to what is true whatever happened. */
  async close(): Promise<void> {
    const exit = await this.plugin.quit().finally(() => this.daemon.stop());
    expect(this.plugin.running.stdout()).not.toContain('CRASH');
    expect(exit).toEqual({ code: 0, signal: null });
    expect(this.daemon.broken).toEqual([]);
    const written = this.plugin.written();
    // five digits in a row only in the book, as its times
    expect(this.plugin.log()).not.toMatch(/\d{5}/);
    for (const clear of [CARD, SECRET, '79991234567', CODE]) expect(written).not.toContain(clear);
  }
}
