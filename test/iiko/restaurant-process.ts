import { startCli } from '../support/cli.js';
import type { RunningChild } from '../support/child.js';

export interface OrderView {
  readonly order: string;
  readonly status: string;
  readonly discountCards: readonly string[];
  readonly customers: readonly string[];
  readonly coupons: readonly { readonly number: string }[];
  readonly externalData: Readonly<Record<string, string>>;
}

/** `tillbridge sim till-iiko` as an integrator runs it. */
export class RestaurantProcess {
  /** What a till's configuration wants. */
  readonly pos: string;
  readonly cloud: string;
  readonly #child: RunningChild;
  readonly #control: string;

  private constructor(child: RunningChild, [, control = '', pos = '', cloud = '']: readonly string[]) {
    this.#child = child;
    this.#control = control;
    this.pos = pos;
    this.cloud = cloud;
  }

  static async start(...args: readonly string[]): Promise<RestaurantProcess> {
    const child = startCli(['sim', 'till-iiko', ...args]);
    return new RestaurantProcess(child, await child.waitForLine(/^READY pid=\d+ control=(\S+) pos=(\S+) cloud=(\S+)$/, 30_000));
  }

  /** A control call; the parsed answer. @throws Error for anything but 200 */
  async call<T = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<T> {
    const json = body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
    const response = await fetch(`${this.#control}${path}`, { method, ...json });
    const answer: unknown = await response.json();
    if (response.status !== 200) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
    return answer as T;
  }

  /** A new order on the screen of a terminal. */
  async openOrder(terminal = 'CASH-1'): Promise<string> {
    return (await this.call<OrderView>('POST', '/orders', { terminal })).order;
  }

  async order(id: string): Promise<OrderView> {
    const { orders } = await this.call<{ orders: readonly OrderView[] }>('GET', '/state');
    const found = orders.find(({ order }) => order === id);
    if (found === undefined) throw new Error('no such order');
    return found;
  }

  /** Codes of what the daemon has refused the plugin of a terminal. */
  async refusals(terminal: string): Promise<readonly string[]> {
    const { terminals } = await this.call<{ terminals: readonly { terminal: string; plugin: { refusals: readonly string[] } | null }[] }>('GET', '/state');
    return terminals.find((each) => each.terminal === terminal)?.plugin?.refusals ?? [];
  }

  async stop(): Promise<void> {
    await this.#child.stop();
  }
}
