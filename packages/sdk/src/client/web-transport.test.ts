import { isTillbridgeError } from '@tillbridge/core';
import { describe, expect, it } from 'vitest';
import { errorBody } from '../testing/fake-transport.js';
import { BridgeError } from './bridge-error.js';
import { WebTransport, type Answered, type FetchInit } from './web-transport.js';

const TOKEN = 'tb_c1_AAAA-_aaaa';
const never = new AbortController().signal;

class FakeSocket {
  readonly listeners: Record<string, ((event: never) => void)[]> = {};
  closedWith: number | undefined;

  addEventListener(type: string, listener: (event: never) => void): void {
    (this.listeners[type] ??= []).push(listener);
  }

  emit(type: string, event: object): void {
    for (const listener of this.listeners[type] ?? []) listener(event as never);
  }

  close(code?: number): void {
    this.closedWith = code;
  }
}

function setUp(answer: (url: string, init: FetchInit) => Answered | Promise<Answered>, token?: string) {
  const sockets: { url: string; protocols: readonly string[]; socket: FakeSocket }[] = [];
  const fetched: { url: string; init: FetchInit }[] = [];
  const transport = new WebTransport({
    url: 'http://127.0.0.1:7843/',
    ...(token === undefined ? {} : { token }),
    runtime: {
      fetch: async (url, init) => {
        fetched.push({ url, init });
        return answer(url, init);
      },
      socket: (url, protocols) => {
        const socket = new FakeSocket();
        sockets.push({ url, protocols, socket });
        return socket;
      },
    },
  });
  return { transport, sockets, fetched };
}
const answered = (status: number, body: unknown): Answered => ({ status, text: () => Promise.resolve(typeof body === 'string' ? body : JSON.stringify(body)) });
const ending = (transport: WebTransport, since?: number) => {
  const frames: unknown[] = [];
  let leave: () => void = () => undefined;
  const ended = new Promise<BridgeError | undefined>((resolve) => {
    leave = transport.events(since, { frame: (frame) => frames.push(frame), ended: resolve });
  });
  return { frames, ended, leave };
};

describe('the address', () => {
  it.each(['', 'file:///x', 'http://u:p@127.0.0.1:1', 'http://127.0.0.1:1/path', 'http://127.0.0.1:1?token=x', 'javascript:1'])('%s is refused', (url) => {
    expect(() => new WebTransport({ url, runtime: { fetch: () => Promise.reject(new Error('no')), socket: () => new FakeSocket() } })).toThrow(BridgeError);
  });
});

describe('the token', () => {
  it('goes in a header and a subprotocol, never in an address', async () => {
    const { transport, sockets, fetched } = setUp(() => answered(200, { ok: true }), TOKEN);
    expect(await transport.call({ method: 'POST', path: '/v1/scans?wait=1', body: { code: '1' } }, never)).toEqual({ status: 200, body: { ok: true } });
    ending(transport, 17);
    expect(fetched[0]?.init.headers).toEqual({ authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' });
    expect(sockets[0]).toMatchObject({ url: 'ws://127.0.0.1:7843/v1/events?since=17', protocols: ['tillbridge.v1', `bearer.${TOKEN}`] });
    expect(fetched[0]?.url).not.toContain(TOKEN);
  });

  it('is not sent at all when it cannot be one', async () => {
    const { transport, sockets, fetched } = setUp(() => answered(401, errorBody('TB_API_UNAUTHORIZED')), 'a b\r\nx: y');
    await transport.call({ method: 'GET', path: '/v1/health' }, never);
    ending(transport);
    expect(fetched[0]?.init.headers).toEqual({});
    expect(sockets[0]?.protocols).toEqual(['tillbridge.v1']);
  });
});

describe('an answer', () => {
  it.each(['<html>', '{', 'x'.repeat(9 * 1024 * 1024)])('that is not ours is an error', async (text) => {
    const { transport } = setUp(() => answered(200, text));
    await expect(transport.call({ method: 'GET', path: '/hello' }, never)).rejects.toMatchObject({ code: 'TB_API_BAD_ANSWER' });
  });

  it('that does not come is an error that core knows, or what the page knows about it', async () => {
    const { transport } = setUp(() => Promise.reject(new TypeError('fetch failed')));
    const error: unknown = await transport.call({ method: 'GET', path: '/hello' }, never).catch((thrown: unknown) => thrown);
    expect(isTillbridgeError(error)).toBe(true);
    expect(error).toMatchObject({ code: 'TB_API_UNREACHABLE', retryable: true });
    expect((error as BridgeError).text('ru')).toMatch(/не отвечает/);
    expect((error as BridgeError).body('ru').error.details['remedy']).toMatch(/проверьте/);
    const denied = new WebTransport({
      url: 'http://127.0.0.1:1',
      runtime: { fetch: () => Promise.reject(new Error('x')), socket: () => new FakeSocket(), diagnose: () => Promise.resolve(BridgeError.own('TB_API_LNA_DENIED')) },
    });
    await expect(denied.call({ method: 'GET', path: '/hello' }, never)).rejects.toMatchObject({ code: 'TB_API_LNA_DENIED' });
  });
});

describe('events', () => {
  it('are JSON texts; other frames are passed over; a loss is a loss', async () => {
    const { transport, sockets } = setUp(() => answered(200, {}));
    const { frames, ended } = ending(transport);
    const socket = sockets[0]?.socket;
    socket?.emit('message', { data: '{"type":"hello","seq":1}' });
    socket?.emit('message', { data: '{' });
    socket?.emit('message', { data: new Uint8Array(1) });
    socket?.emit('close', { code: 1012 });
    expect(frames).toEqual([{ type: 'hello', seq: 1 }]);
    expect(await ended).toBeUndefined();
  });

  it.each([
    ['a revoked token', 4001, 401, 'TB_API_UNAUTHORIZED', true],
    ['a missing scope', 1006, 403, 'TB_API_SCOPE', false],
    ['a foreign origin', 4003, 403, 'TB_API_REFUSED', true],
  ])('that end for %s are refused', async (_, code, status, error, live) => {
    const { transport, sockets } = setUp(() => answered(status, errorBody(error)));
    const { ended } = ending(transport);
    if (live) sockets[0]?.socket.emit('message', { data: '{"type":"hello","seq":1}' });
    sockets[0]?.socket.emit('close', { code });
    expect(await ended).toMatchObject({ code: error });
  });

  it('that never began because nobody is there are lost', async () => {
    const { transport, sockets } = setUp(() => Promise.reject(new TypeError('no')));
    const { ended } = ending(transport);
    sockets[0]?.socket.emit('close', { code: 1006 });
    expect(await ended).toBeUndefined();
  });

  it('that were left say nothing any more', async () => {
    const { transport, sockets } = setUp(() => answered(200, {}));
    const { frames, ended, leave } = ending(transport);
    leave();
    expect(sockets[0]?.socket.closedWith).toBe(1000);
    sockets[0]?.socket.emit('message', { data: '{"type":"hello"}' });
    sockets[0]?.socket.emit('close', { code: 1000 });
    const open = Symbol('open');
    const turns = async (): Promise<symbol> => {
      for (let i = 0; i < 10; i += 1) await Promise.resolve();
      return open;
    };
    expect(await Promise.race([ended, turns()])).toBe(open);
    expect(frames).toEqual([]);
  });
});
