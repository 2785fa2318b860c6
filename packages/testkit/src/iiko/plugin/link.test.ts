import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { VirtualClock } from '../../virtual-clock.js';
import { HttpLink, type CallName, type Reply } from './link.js';

const clock = new VirtualClock();

describe('over HTTP', () => {
  let server: Server;
  let answer: { status: number; body: string; retryAfter?: string };

  beforeEach(async () => {
    server = createServer((request, response) => {
      request.resume();
      request.on('end', () => response.writeHead(answer.status, { ...(answer.retryAfter === undefined ? {} : { 'retry-after': answer.retryAfter }) }).end(answer.body));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(() => new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  }));

  it('takes answers, refusals, and whatever is neither', async () => {
    const lost: CallName[] = [];
    const link = new HttpLink({ clock, base: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`, secret: () => 'x', loses: (name) => lost.includes(name) });
    const never = new AbortController().signal;
    const ask = (): Promise<Reply> => link.call('next', { session: 's', waitMs: 0 }, 60_000, never);
    answer = { status: 200, body: '{"action":null}' };
    expect(await ask()).toEqual({ ok: true, body: { action: null } });
    answer = { status: 429, body: '{"error":{"code":"TB_API_RATE"}}', retryAfter: '7' };
    expect(await ask()).toEqual({ ok: false, status: 429, code: 'TB_API_RATE', retryAfterMs: 7000 });
    answer = { status: 502, body: '<html>' };
    expect(await ask()).toMatchObject({ ok: false, status: 502, code: 'none' });
    for (const body of ['<html>', '"text"', 'null', 'x'.repeat(70_000)]) {
      answer = { status: 200, body };
      expect(await ask()).toMatchObject({ ok: false, status: 0 });
    }
    answer = { status: 200, body: '{}' };
    lost.push('next');
    expect(await ask()).toMatchObject({ ok: false, status: 0 });
    expect(await link.call('next', {}, 1000, AbortSignal.abort())).toMatchObject({ ok: false, status: 0 });
    expect(link.underWay).toBe(0);
    link.close();
  });
});
