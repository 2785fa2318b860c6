import { readdirSync, readFileSync } from 'node:fs';
import { Agent } from 'node:http';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { callSocket } from '../support/control.js';
import { startDaemon, type TestDaemon } from '../support/daemon.js';
import { needs } from '../support/needs.js';
import { makeTempFolder } from '../support/temp-folder.js';
import { TillPort } from '../support/till-port.js';
import { waitFor } from '../support/wait-for.js';
import { ask, cardCode, dial, events, freePort, type Answer } from './support.js';

const goodsCode = (number: number): string => `46070${String(number).padStart(8, '0')}\r`;

interface Paired {
  readonly clientId: string;
  readonly token: string;
}

needs('linux')('the process that serves the API', () => {
  const folder = makeTempFolder();
  let daemon: TestDaemon;
  let till: TillPort;
  let scanner: Socket;
  let token: string;
  let race: Paired;
  let frozen: Paired;
  let goods = 0;
  let cards = 0;

  beforeAll(async () => {
    const port = await freePort();
    const link = join(folder.path, 'till');
    daemon = await startDaemon(
      folder.path,
      `version: 1
readers: [{ id: counter, type: tcp, listen: "127.0.0.1:${String(port)}" }, { id: hand, type: tcp, listen: "127.0.0.1:0" }]
codes: [{ name: universal, kind: card, match: "^98(?<value>\\\\d{14})$" }]
translators: [{ type: rule, codes: [universal], number: "29{value:1..11}" }]
tills: [{ id: front, adapter: virtual-com, transport: pty, link: ${link} }]
api: { port: 0 }
`,
    );
    till = TillPort.open(link);
    scanner = connect(port, '127.0.0.1');
    token = await daemon.token('program', 'status:read,scan:read,scan:inject');
    // before the flood: who pairs is a stranger, and strangers share a rate
    race = await pairOver('race');
    frozen = await pairOver('frozen');
  }, 90_000);
  afterAll(async () => {
    scanner.destroy();
    till.close();
    await daemon.stop();
    folder.remove();
  });

  const control = (method: string, path: string, body?: unknown) => callSocket(join(folder.path, 'state', 'control.sock'), method, path, body);
  /** A thread or process may be gone when it is looked at. */
  const readProc = (path: string): string => {
    try {
      return readFileSync(`/proc/${path}`, 'utf8');
    } catch {
      return '';
    }
  };
  const processOf = (): number | undefined =>
    readdirSync(`/proc/${String(daemon.child.pid)}/task`)
      .flatMap((task) => readProc(`${String(daemon.child.pid)}/task/${task}/children`).trim().split(' ').filter(Boolean).map(Number))
      .find((pid) => readProc(`${String(pid)}/cmdline`).includes('api-process'));
  const serving = async (): Promise<boolean> => (await ask(daemon.url, '/v1/health', { token }).catch(() => undefined))?.status === 200;

  /** Goods from the scanner, one every 5 ms, until `over`; all of them and nothing else but numbers must be at the till, in order. */
  async function sell(over: () => boolean): Promise<void> {
    const begin = goods;
    while (!over()) {
      scanner.write(goodsCode((goods += 1)));
      await pause(5);
    }
    const wanted = Array.from({ length: goods - begin }, (_, i) => goodsCode(begin + i + 1)).join('');
    await waitFor('the goods at the till', () => till.text().includes(goodsCode(goods)));
    const sold = till.text().replaceAll(/29\d{11}\r/g, '');
    expect(sold.slice(sold.indexOf(goodsCode(begin + 1)))).toBe(wanted);
  }

  /** A loyalty scan past the API. */
  async function card(): Promise<string> {
    const { body } = await control('POST', '/v1/scans?wait=1', { code: cardCode((cards += 1)), reader: 'hand' });
    expect(body).toMatchObject({ outcome: 'sent' });
    return String(body['scanId']);
  }

  /** Requests without a pause, and what came of them. */
  function hammer(many: number): { readonly statuses: Map<number, number>; stop(): Promise<void> } {
    const agent = new Agent({ keepAlive: true, maxSockets: many });
    const statuses = new Map<number, number>();
    let on = true;
    const loops = Array.from({ length: many }, async () => {
      while (on) {
        const { status } = await ask(daemon.url, '/v1/health', { token, agent }).catch((): Pick<Answer, 'status'> => ({ status: 0 }));
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        if (status !== 200) await pause(10);
      }
    });
    return {
      statuses,
      stop: async () => {
        on = false;
        await Promise.all(loops);
        agent.destroy();
      },
    };
  }

  test('kill -9 under load: the checkout goes on, the API is back on the same port, and who listened hears what he missed', async () => {
    const crowd = hammer(10);
    const stream = await events(daemon.url, token);
    const before = await card();
    const last = await stream.next(({ type, scanId }) => type === 'outcome' && scanId === before);
    const old = processOf() ?? expect.fail('no process');
    let back = false;
    const selling = sell(() => back);
    process.kill(old, 'SIGKILL');
    await stream.closed;
    const missed = await card();
    await waitFor('the API', serving);
    back = true;
    await selling;
    await crowd.stop();
    expect(processOf()).not.toBe(old);
    const again = await events(daemon.url, token, `?since=${String(last['seq'])}`);
    const heard = await again.next(({ type, scanId }) => type === 'outcome' && scanId === missed);
    expect(heard['seq']).toBeGreaterThan(Number(last['seq']));
    expect(again.frames.filter(({ type }) => type === 'gap')).toEqual([]);
    expect(again.frames.filter(({ type, scanId }) => type === 'scan' && scanId === missed)).toHaveLength(1);
    expect((await control('GET', '/v1/health')).body['parts']).toContainEqual(expect.objectContaining({ part: 'api', status: 'ready' }));
  }, 120_000);

  test('one that is frozen costs the API alone, and is replaced', async () => {
    const old = processOf() ?? expect.fail('no process');
    process.kill(old, 'SIGSTOP');
    let back = false;
    const selling = sell(() => back);
    await card();
    await waitFor('another process', () => ![old, undefined].includes(processOf()), 60_000);
    await waitFor('the API', serving, 60_000);
    back = true;
    await selling;
    await card();
  }, 180_000);

  test('a flood of requests, garbage and half-open connections delays nothing at the till, and is counted', async () => {
    const { hostname, port } = new URL(daemon.url);
    let over = false;
    const selling = sell(() => over);
    const floods = Array.from({ length: 60 }, () => dial(daemon.url));
    for (const [i, socket] of floods.entries()) {
      const text = [`GET /hello HTTP/1.1\r\nHost: ${hostname}:${port}\r\n\r\n`.repeat(200), '\u0000\u0001garbage'.repeat(5000), 'GET /hello HT'][i % 3] ?? '';
      socket.on('data', () => undefined).write(text, 'latin1');
    }
    const number = await card();
    expect(number).not.toBe('');
    const metrics = async (): Promise<string> => (await ask(daemon.url, '/metrics', { token }).catch(() => undefined))?.text ?? '';
    await waitFor('the refusals', async () => /tillbridge_api_refusals_total\{reason="rate"\} \d{2,}/.test(await metrics()), 60_000);
    over = true;
    await selling;
    for (const socket of floods) socket.destroy();
    await waitFor('the API', serving);
  }, 120_000);

  test('a revocation does not wait for a frozen process: it is replaced by one that knows', async () => {
    const { clientId, token: theirs } = frozen;
    const stream = await events(daemon.url, theirs);
    const old = processOf() ?? expect.fail('no process');
    process.kill(old, 'SIGSTOP');
    expect((await control('POST', `/v1/clients/${clientId}/revoke`)).status).toBe(200);
    await stream.closed;
    await waitFor('the API', serving, 60_000);
    expect((await ask(daemon.url, '/v1/health', { token: theirs })).status).toBe(401);
  }, 120_000);

  test('what was revoked is over when the answer is there, whatever was under way', async () => {
    const { clientId, token: theirs } = race;
    const stream = await events(daemon.url, theirs);
    const agent = new Agent({ keepAlive: true, maxSockets: 8 });
    let revoked = false;
    const late: number[] = [];
    let open = true;
    const loops = Array.from({ length: 8 }, async () => {
      while (open) {
        const begun = revoked;
        const { status } = await ask(daemon.url, '/v1/health', { token: theirs, agent });
        if (begun) late.push(status);
        if (begun || status === 429) await pause(5);
      }
    });
    await pause(100);
    expect((await control('POST', `/v1/clients/${clientId}/revoke`)).status).toBe(200);
    revoked = true;
    await waitFor('some late ones', () => late.length > 20);
    open = false;
    await Promise.all(loops);
    agent.destroy();
    expect(late.filter((status) => status !== 401 && status !== 429)).toEqual([]);
    expect(await stream.closed).toBe(4001);
  }, 60_000);

  async function pairOver(name: string): Promise<Paired> {
    const { body: offered } = await control('POST', '/v1/clients/pair', { name, scopes: ['status:read', 'scan:read'] });
    return (await ask(daemon.url, '/v1/pair', { body: { code: offered['code'], name } })).body as Paired;
  }
});
