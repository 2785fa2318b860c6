import { createServer, type AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { startCli } from '../support/cli.js';

/** `tillbridge sim till-1c` as an integrator runs it. */
export interface WorkplaceProcess {
  readonly odata: string;
  /** A control call; the parsed answer. @throws Error for anything but 200 */
  call(method: string, path: string, body?: unknown): Promise<Record<string, unknown>>;
  /** The data of the events so far. */
  events(): Promise<readonly string[]>;
  stop(): Promise<void>;
}

export async function startWorkplace(driver: string, ...args: readonly string[]): Promise<WorkplaceProcess> {
  const child = startCli(['sim', 'till-1c', '--driver', driver, ...args]);
  const stop = async (): Promise<void> => {
    await child.stop();
  };
  onTestFinished(stop);
  const [, control = '', odata = ''] = await child.waitForLine(/^READY pid=\d+ control=(\S+) odata=(\S+)$/, 60_000);
  const call: WorkplaceProcess['call'] = async (method, path, body) => {
    const json = body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
    const response = await fetch(`${control}${path}`, { method, ...json });
    const answer = (await response.json()) as Record<string, unknown>;
    if (response.status !== 200) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
    return answer;
  };
  return {
    odata,
    call,
    events: async () => ((await call('GET', '/events'))['events'] as { data: string }[]).map(({ data }) => data),
    stop,
  };
}

/** A port of this machine that nobody uses at the moment: the till's configuration and the driver's settings must name the same one. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => void server.close(() => resolve()));
  return port;
}
