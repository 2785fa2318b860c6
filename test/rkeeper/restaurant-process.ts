import { onTestFinished } from 'vitest';
import { startCli } from '../support/cli.js';

/** `tillbridge sim till-rkeeper` as an integrator runs it. */
export interface RestaurantProcess {
  /** What the till's configuration wants. */
  readonly url: string;
  readonly control: string;
  /** A control call; the parsed answer. @throws Error for anything but 200 */
  call(method: string, path: string, body?: unknown): Promise<Record<string, unknown>>;
  /** Opens an order; its GUID. */
  openOrder(body?: object): Promise<string>;
  /** The order as it stands. */
  order(guid: string): Promise<{ readonly guestCards: readonly string[]; readonly discountCards: readonly string[]; readonly dishes: number; readonly lockedBy: unknown }>;
}

export async function startRestaurant(...args: readonly string[]): Promise<RestaurantProcess> {
  const child = startCli(['sim', 'till-rkeeper', ...args]);
  onTestFinished(async () => {
    await child.stop();
  });
  const [, control = '', url = ''] = await child.waitForLine(/^READY pid=\d+ control=(\S+) url=(\S+)$/, 20_000);
  const call: RestaurantProcess['call'] = async (method, path, body) => {
    const json = body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
    const response = await fetch(`${control}${path}`, { method, ...json });
    const answer = (await response.json()) as Record<string, unknown>;
    if (response.status !== 200) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
    return answer;
  };
  return {
    url,
    control,
    call,
    openOrder: async (body = {}) => (await call('POST', '/orders', body))['order'] as string,
    order: async (guid) => {
      const { orders } = (await call('GET', '/state')) as { orders: (Awaited<ReturnType<RestaurantProcess['order']>> & { order: string })[] };
      const found = orders.find(({ order }) => order === guid);
      if (found === undefined) throw new Error('no such order');
      return found;
    },
  };
}
