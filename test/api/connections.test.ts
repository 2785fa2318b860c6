import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Socket } from 'node:net';
import type { TestDaemon } from '../support/daemon.js';
import { waitFor } from '../support/wait-for.js';
import { ask, cardCode, dial, events, openShop } from './support.js';

/** All of them where the system suites run; a sample in the quick run. */
const HALF_OPEN = process.env['TILLBRIDGE_REQUIRE'] === 'all' ? 10_000 : 1000;

describe('connections that are not used', () => {
  let daemon: TestDaemon;
  let stop: () => Promise<void>;
  let token: string;
  beforeAll(async () => {
    ({ daemon, stop } = await openShop());
    token = await daemon.token('till', 'status:read,scan:read,scan:inject,delivery');
  });
  afterAll(() => stop());

  const head = (): string => `POST /v1/scans HTTP/1.1\r\nHost: ${new URL(daemon.url).host}\r\nContent-Type: application/json\r\n`;
  const closing = (socket: Socket): Promise<number> => {
    const start = performance.now();
    return new Promise((resolve) => {
      socket.resume();
      socket.once('close', () => resolve(performance.now() - start));
    });
  };

  test('headers, a body, a handshake that come a byte at a time are hung up on', async () => {
    const dribble = (text: string): Promise<number> => {
      const socket = dial(daemon.url);
      const closed = closing(socket);
      socket.write(text);
      const timer = setInterval(() => socket.write('x'), 250);
      return closed.finally(() => clearInterval(timer));
    };
    const took = await Promise.all([
      dribble(''),
      dribble('POST /v1/scans HT'),
      dribble(`${head()}X-Slow: `),
      dribble(`${head()}Authorization: Bearer ${token}\r\nContent-Length: 1000\r\n\r\n{"code":"`),
      dribble(`GET /v1/events HTTP/1.1\r\nHost: ${new URL(daemon.url).host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-`),
    ]);
    // after 10 s; a busy machine may take longer
    for (const ms of took) expect(ms).toBeLessThan(40_000);
    expect((await ask(daemon.url, '/v1/health', { token })).status).toBe(200);
  });

  test(`${String(HALF_OPEN)} half-open connections keep no paired client from working`, { timeout: 120_000 }, async () => {
    const stream = await events(daemon.url, token);
    const sockets: Socket[] = [];
    let open = 0;
    try {
      for (let i = 0; i < HALF_OPEN; i += 1) {
        const socket = dial(daemon.url);
        socket.once('connect', () => {
          open += 1;
          if (i % 2 === 0) socket.write(head());
        });
        sockets.push(socket);
        if (i % 100 !== 99) continue;
        expect((await ask(daemon.url, '/v1/health', { token })).status).toBe(200);
      }
      await waitFor('all to have been connected once', () => open >= HALF_OPEN * 0.9, 30_000);
      const { body } = await ask(daemon.url, '/v1/scans', { token, body: { code: cardCode(1), reader: 'counter' } });
      const { scanId } = body as { scanId: string };
      const delivery = await stream.next((frame) => frame.type === 'delivery' && frame['scanId'] === scanId);
      expect((await ask(daemon.url, `/v1/deliveries/${String(delivery['deliveryId'])}/claim`, { token, method: 'POST' })).status).toBe(200);
      expect(stream.socket.readyState).toBe(stream.socket.OPEN);
    } finally {
      for (const socket of sockets) socket.destroy();
    }
    const { text } = await ask(daemon.url, '/metrics', { token });
    expect(Number(/tillbridge_api_refusals_total\{reason="connections"\} (\d+)/.exec(text)?.[1])).toBeGreaterThan(HALF_OPEN / 2);
  });

  test('the daemon stops within its time while somebody holds connections open', async () => {
    const held = Array.from({ length: 20 }, () => dial(daemon.url));
    for (const socket of held) socket.write(head());
    const stream = await events(daemon.url, token);
    const start = performance.now();
    await daemon.stop();
    expect(performance.now() - start).toBeLessThan(30_000);
    expect(await stream.closed).toBe(1012);
    for (const socket of held) socket.destroy();
  });
});
