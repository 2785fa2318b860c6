import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecure, type Server as SecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createHash, X509Certificate } from 'node:crypto';
import { systemClock } from '@tillbridge/core';
import { MAX_ENVELOPE } from '@tillbridge/phone-link';
import { makeCertificate } from '@tillbridge/testkit/rkeeper';
import { afterEach, describe, expect, it } from 'vitest';
import { Relay } from './relay.js';
import { MAX_UNDER_WAY, type RelayedTill } from './till-line.js';

const ID = 'AAAAAAAAAAAAAAAA';
const never = new AbortController().signal;

const open: { readonly servers: (Server | SecureServer)[]; readonly relays: Relay[] } = { servers: [], relays: [] };
afterEach(async () => {
  for (const relay of open.relays.splice(0)) relay.close();
  for (const server of open.servers.splice(0)) {
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  }
});

interface Heard {
  readonly path: string;
  readonly body: Buffer;
}

type Answer = (heard: Heard, response: ServerResponse) => void;

/** Another daemon, as far as a relay can see. */
async function till(answer: Answer, tls?: { readonly cert: string; readonly key: string }): Promise<{ readonly url: string; readonly heard: Heard[] }> {
  const heard: Heard[] = [];
  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const one = { path: request.url ?? '', body: Buffer.concat(chunks) };
      heard.push(one);
      answer(one, response);
    });
  };
  const server = tls === undefined ? createServer(listener) : createSecure(tls, listener);
  open.servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${(server.address() as AddressInfo).port}`, heard };
}

function relayTo(...tills: RelayedTill[]): Relay {
  const relay = new Relay({ tills, clock: systemClock, random: () => 0.5 });
  open.relays.push(relay);
  return relay;
}

const echo: Answer = ({ body }, response) => {
  response.end(Buffer.from(body).reverse());
};

describe('a relay', () => {
  it('carries bytes there and back unchanged, to the till that they name and to no other', async () => {
    const [first, second] = [await till(echo), await till(echo)];
    const relay = relayTo({ id: ID, url: first.url }, { id: 'BBBBBBBBBBBBBBBB', url: second.url });
    const body = Uint8Array.from({ length: 256 }, (_, i) => i);
    expect(await relay.carry('BBBBBBBBBBBBBBBB', 'msg', body, never)).toEqual({ status: 200, body: body.slice().reverse() });
    expect(second.heard).toEqual([{ path: '/v1/at/BBBBBBBBBBBBBBBB/msg', body: Buffer.from(body) }]);
    expect(first.heard).toEqual([]);
    expect(await relay.carry('CCCCCCCCCCCCCCCC', 'msg', body, never)).toMatchObject({ status: 404, refusal: 'noSuchTill' });
  });

  it('passes the till\'s refusals on, and nothing that is none', async () => {
    const answers: Answer[] = [
      (_, response) => response.writeHead(401).end('noSession'),
      (_, response) => response.writeHead(403).end('noSession'),
      (_, response) => response.writeHead(500).end('<html>'),
      (_, response) => response.writeHead(302, { location: 'http://192.0.2.1/' }).end(),
      (_, response) => response.end(Buffer.alloc(MAX_ENVELOPE + 1)),
      (_, response) => response.destroy(),
    ];
    const refusals = [];
    for (const answer of answers) {
      const { url } = await till(answer);
      refusals.push((await relayTo({ id: ID, url }).carry(ID, 'msg', new Uint8Array(40), never)).refusal);
    }
    expect(refusals).toEqual(['noSession', 'tillAway', 'tillAway', 'tillAway', 'tillAway', 'tillAway']);
  });

  it('says nothing twice: what is lost the phone says again', async () => {
    const { url, heard } = await till((_, response) => response.destroy());
    await relayTo({ id: ID, url }).carry(ID, 'msg', new Uint8Array(40), never);
    expect(heard).toHaveLength(1);
  });

  it('gives up on a till that is not there, and leaves it alone for a while', async () => {
    const { url } = await till(echo);
    const [server] = open.servers.splice(0);
    await new Promise<void>((resolve) => server!.close(() => resolve()));
    const relay = relayTo({ id: ID, url });
    for (let i = 0; i < 5; i += 1) expect(await relay.carry(ID, 'msg', new Uint8Array(40), never)).toMatchObject({ status: 502, refusal: 'tillAway' });
  });

  it('ends with whoever asked, and does not hold that against the till', async () => {
    const { url } = await till(() => undefined);
    const hangUp = new AbortController();
    const relay = relayTo({ id: ID, url });
    const carried = relay.carry(ID, 'msg', new Uint8Array(40), hangUp.signal);
    hangUp.abort();
    expect((await carried).refusal).toBe('tillAway');
  });

  it('carries so many at a time and no more', async () => {
    const waiting: ServerResponse[] = [];
    let all: () => void = () => undefined;
    const arrived = new Promise<void>((resolve) => (all = resolve));
    const { url } = await till((_, response) => {
      waiting.push(response);
      if (waiting.length === MAX_UNDER_WAY) all();
    });
    const relay = relayTo({ id: ID, url });
    const carried = Array.from({ length: MAX_UNDER_WAY }, () => relay.carry(ID, 'msg', new Uint8Array(40), never));
    await arrived;
    expect((await relay.carry(ID, 'msg', new Uint8Array(40), never)).refusal).toBe('busy');
    for (const response of waiting) response.end('x');
    expect((await Promise.all(carried)).every(({ status }) => status === 200)).toBe(true);
  });

  it('uses a line to the pinned certificate, and sends nothing to another one', async () => {
    const [right, wrong] = [0, 1].map(() => makeCertificate({ name: 'localhost', key: 'ec', wall: systemClock.wall() }));
    const pin = createHash('sha256').update(new X509Certificate(right!.cert).raw).digest('hex');
    const good = await till(echo, right);
    const bad = await till(echo, wrong);
    const colons = pin.toUpperCase().match(/../g)!.join(':');
    expect(await relayTo({ id: ID, url: good.url, fingerprint: colons }).carry(ID, 'msg', Uint8Array.of(1, 2), never)).toMatchObject({ status: 200, body: Uint8Array.of(2, 1) });
    expect((await relayTo({ id: ID, url: bad.url, fingerprint: pin }).carry(ID, 'msg', Uint8Array.of(1, 2), never)).refusal).toBe('tillAway');
    expect(bad.heard).toEqual([]);
    expect(await relayTo({ id: ID, url: bad.url }).carry(ID, 'msg', Uint8Array.of(1, 2), never)).toMatchObject({ status: 200 });
  });
});
