import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { NativeNumber, Secret, silentLog, systemClock, instant, Withdrawal, type Adapter, type DeliveryRequest, type Inbound } from '@tillbridge/core';
import { afterEach, describe, expect, it } from 'vitest';
import { createWebhook, webhookHosts } from './index.js';

interface Received {
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  readonly url: string | undefined;
  readonly method: string | undefined;
}

const inbound: Inbound = { state: () => undefined, goodsDropped: () => undefined, order: () => undefined };
const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** A real server that answers as told, and what it received. */
async function serverThat(answer: (response: ServerResponse, request: IncomingMessage) => void): Promise<{ url: string; received: Received[]; server: Server }> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      received.push({ headers: request.headers, body, url: request.url, method: request.method });
      answer(response, request);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  ends.push(async () => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/till`, received, server };
}

async function till(url: string, timeoutMs = 3000): Promise<Adapter> {
  const adapter = createWebhook({ id: 'front', url, key: new Secret('k3y'), timeoutMs }, { clock: systemClock, log: silentLog });
  await adapter.open(inbound, new AbortController().signal);
  ends.push(() => adapter.close());
  return adapter;
}

function request(over: Partial<DeliveryRequest> = {}): DeliveryRequest {
  return {
    id: 'd-1',
    scanId: 's-1',
    till: 'front',
    number: new NativeNumber('card', '2912345678901'),
    at: instant(systemClock),
    expired: () => false,
    ...over,
  };
}

const never = new AbortController().signal;
const json = (body: unknown, status = 200) => (response: ServerResponse): void => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
};

describe('webhook request', () => {
  it('carries the contract body, the idempotency key and a signature over what was sent', async () => {
    const { url, received } = await serverThat(json({}));
    await (await till(url)).deliver(request(), never);
    const [got] = received;
    expect(got?.method).toBe('POST');
    expect(got?.url).toBe('/till');
    const body = JSON.parse(got!.body) as Record<string, unknown>;
    expect(Object.keys(body)).toEqual(['deliveryId', 'scanId', 'till', 'kind', 'number', 'time']);
    expect(body).toMatchObject({ deliveryId: 'd-1', scanId: 's-1', till: 'front', kind: 'card', number: '2912345678901' });
    expect(new Date(String(body['time'])).toISOString()).toBe(body['time']);
    const stamp = String(got?.headers['tillbridge-timestamp']);
    expect(Math.abs(Number(stamp) - Date.now() / 1000)).toBeLessThan(5);
    expect(got?.headers['idempotency-key']).toBe('d-1');
    expect(got?.headers['tillbridge-signature']).toBe(`v1=${createHmac('sha256', 'k3y').update(`${stamp}.${got!.body}`).digest('hex')}`);
  });
});

describe('webhook outcome', () => {
  it.each([
    ['a named outcome', json({ outcome: 'applied' }), { outcome: 'applied' }],
    ['a named outcome with a reason', json({ outcome: 'rejected', reason: 'shiftClosed' }), { outcome: 'rejected', reason: 'shiftClosed' }],
    ['a reason that is foreign text', json({ outcome: 'rejected', reason: 'card 2912345678901 <b>' }), { outcome: 'rejected' }],
    ['an outcome that does not exist', json({ outcome: 'wonderful' }), { outcome: 'sent' }],
    ['a 204', (r: ServerResponse) => void r.writeHead(204).end(), { outcome: 'sent' }],
    ['garbage', (r: ServerResponse) => void r.end('<html>{{'), { outcome: 'sent' }],
    ['JSON null', json(null), { outcome: 'sent' }],
    ['a redirect', (r: ServerResponse) => void r.writeHead(307, { location: '/elsewhere' }).end(), { outcome: 'rejected', reason: 'redirect' }],
    ['a 404', json({ outcome: 'applied' }, 404), { outcome: 'rejected', reason: 'http404' }],
    ['a 500', json({ outcome: 'applied' }, 500), { outcome: 'unknown', reason: 'http500' }],
    ['a 10 MB answer', (r: ServerResponse) => void r.end(Buffer.alloc(10_000_000, 'x')), { outcome: 'sent' }],
    ['a dropped connection after the work was done', (r: ServerResponse) => void r.destroy(), { outcome: 'unknown', reason: 'connectionLost' }],
    [
      'an answer that breaks off',
      (r: ServerResponse) => {
        r.writeHead(200, { 'content-length': '100' });
        r.write('{"outcome":', () => r.destroy());
      },
      { outcome: 'unknown', reason: 'connectionLost' },
    ],
  ])('%s', async (_, answer, expected) => {
    const { url, received } = await serverThat(answer);
    expect(await (await till(url)).deliver(request(), never)).toEqual(expected);
    expect(received).toHaveLength(1);
  });

  it('a server that never answers, or never ends its answer, costs the time budget and is unknown', async () => {
    for (const answer of [() => undefined, (r: ServerResponse) => void r.writeHead(200).write('{')]) {
      const { url } = await serverThat(answer);
      const start = performance.now();
      expect(await (await till(url, 150)).deliver(request(), never)).toEqual({ outcome: 'unknown', reason: 'timeout' });
      expect(performance.now() - start).toBeLessThan(20_000);
    }
  });

  it('a refused connection and an unknown host are failed: nothing left', async () => {
    const { url, server } = await serverThat(json({}));
    server.close();
    await once(server, 'close');
    const adapter = await till(url);
    expect(await adapter.deliver(request(), never)).toEqual({ outcome: 'failed', reason: 'notConnected' });
    expect(adapter.state.status).toBe('retrying');
    expect(adapter.state.reason?.code).toBe('TB_TILL_UNREACHABLE');
    expect(await (await till('http://tillbridge.invalid/')).deliver(request(), never)).toEqual({ outcome: 'failed', reason: 'notConnected' });
  });

  it('a reset by a server that accepted the connection is unknown', async () => {
    const server = createTcpServer((socket) => socket.once('data', () => socket.resetAndDestroy()));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    ends.push(async () => void server.close());
    const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
    expect(await (await till(url)).deliver(request(), never)).toEqual({ outcome: 'unknown', reason: 'connectionLost' });
  });
});

describe('webhook withdrawal', () => {
  it('before anything was sent: withdrawn; after: unknown', async () => {
    const { url, received } = await serverThat(() => undefined);
    const adapter = await till(url);
    expect(await adapter.deliver(request(), AbortSignal.abort(new Withdrawal('superseded')))).toEqual({ outcome: 'superseded', reason: 'notSent' });
    expect(await adapter.deliver(request({ expired: () => true }), never)).toEqual({ outcome: 'expired', reason: 'notSent' });
    expect(received).toHaveLength(0);

    const controller = new AbortController();
    const { url: slow } = await serverThat(() => controller.abort(new Withdrawal('expired')));
    expect(await (await till(slow)).deliver(request(), controller.signal)).toEqual({ outcome: 'unknown', reason: 'notAnswered' });
  });
});

describe('webhook configuration', () => {
  it('names its host, refuses other addresses, and warns of plain http beyond this machine', async () => {
    expect(webhookHosts({ id: 't', url: 'https://till.example:8443/x?token=1' })).toEqual(['till.example:8443']);
    for (const url of ['ftp://x/', 'not a url', 'https://user:pass@x/']) {
      expect(() => webhookHosts({ id: 't', url })).toThrow(expect.objectContaining({ code: 'TB_TILL_BAD_URL' }) as Error);
    }
    const { url } = await serverThat(json({}));
    expect((await (await till(url)).probe(never)).map((row) => row.level)).toEqual(['ok']);
    expect((await (await till('http://tillbridge.invalid/', 500)).probe(never)).map((row) => row.level)).toEqual(['fail', 'warn']);
  });
});
