import { Masked, silentLog, systemClock, TillbridgeError } from '@tillbridge/core';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineCall, errorResponse, ok, type ApiResponse, type Call, type RawRequest } from '../../control/http.js';
import { PUBLIC_CALLER, type Caller } from '../../control/scope.js';
import { LockOut } from '../limits/index.js';
import { hashToken, newToken } from '../clients/token.js';
import { CallDesk } from './call-desk.js';
import { accessOf, describeCall, describeError, errorOf } from './describe.js';
import type { ApiCommand, CallReport } from './protocol.js';
import { RemoteCalls } from './remote-calls.js';
import { TrustTable } from './trust-table.js';

const answers = { 200: z.unknown() };
let waiting = 0;
let hellos = 0;
const CALLS: readonly Call[] = [
  defineCall({ method: 'GET', path: '/hello', summary: '', access: 'public', answers, handler: () => ok({ hello: (hellos += 1) }) }),
  defineCall({
    method: 'POST', path: '/v1/echo/:id', summary: '', access: ({ id = '' }) => `till:${id}`, body: z.looseObject({}), query: z.strictObject({ n: z.string().optional() }), answers,
    handler: ({ params, body, query, caller, language }) => ok({ params, body, query, caller: caller.id, language }),
  }),
  defineCall({ method: 'GET', path: '/v1/text', summary: '', access: 'client', answers, handler: () => ({ status: 200, body: 'ж\n', contentType: 'text/plain' }) }),
  defineCall({ method: 'GET', path: '/v1/crash', summary: '', access: 'public', answers, handler: () => { throw new Error('secret detail'); } }),
  defineCall({
    method: 'GET', path: '/v1/wait', summary: '', access: 'public', answers,
    handler: ({ signal }) => {
      waiting += 1;
      return new Promise((resolve) => signal.addEventListener('abort', () => {
        waiting -= 1;
        resolve(ok(null));
      }));
    },
  }),
];
const CLIENT: Caller = { kind: 'client', id: 'c1', name: 'one', scopes: ['till:front'] };

describe('a call in two processes', () => {
  let remote: RemoteCalls;
  let desk: CallDesk;
  let paired: boolean;
  let unsent: number;
  let pending: number;
  let hold: CallReport[] | undefined;
  beforeEach(() => {
    [paired, unsent, pending, hold] = [true, 0, 0, undefined];
    const post = (command: ApiCommand): void => {
      if (command.do === 'answer') remote.answered(command.id, command.status, command.contentType, command.bytes);
      else if (command.do === 'refuse') remote.refused(command.id, JSON.parse(JSON.stringify(command.error)) as typeof command.error);
    };
    desk = new CallDesk({ calls: CALLS, callerOf: () => (paired ? CLIENT : undefined), post, turn: (go) => systemClock.afterInput(go), pending: () => pending, log: silentLog });
    remote = new RemoteCalls({
      send: (report) => {
        if (report.say === 'call' && hold !== undefined) hold.push(report);
        else if (report.say === 'call') desk.take(report);
        else if (report.say === 'abort') desk.abort(report.id);
      },
      unsent: () => unsent,
    });
  });

  const run = (path: string, over: Partial<RawRequest> = {}): Promise<ApiResponse> => {
    const call = remote.served(CALLS.map(describeCall)).find((each) => each.path === path) ?? expect.fail('no such call');
    return call.run({ method: call.method, path, params: {}, query: new URLSearchParams(), body: undefined, caller: PUBLIC_CALLER, language: 'en', signal: new AbortController().signal, ...over });
  };
  const text = ({ body }: ApiResponse): string => Buffer.from(body as Uint8Array).toString('utf8');

  it('has everything of its request, and its answer is the same bytes', async () => {
    const answer = await run('/v1/echo/:id', { params: { id: 'front' }, query: new URLSearchParams('n=%D0%B6'), body: '{"a":["ж"]}', caller: CLIENT, language: 'ru' });
    expect(answer).toMatchObject({ status: 200, contentType: 'application/json; charset=utf-8' });
    expect(text(answer)).toBe('{"params":{"id":"front"},"body":{"a":["ж"]},"query":{"n":"ж"},"caller":"c1","language":"ru"}\n');
    const plain = await run('/v1/text', { caller: CLIENT });
    expect([plain.contentType, text(plain)]).toEqual(['text/plain', 'ж\n']);
  });

  it('is refused as in one process, without the text of what is not ours', async () => {
    await expect(run('/v1/echo/:id', { query: new URLSearchParams('n=1&n=2'), caller: CLIENT })).rejects.toMatchObject({ code: 'TB_API_BAD_REQUEST' });
    const crashed = await run('/v1/crash').catch((error: unknown) => error);
    expect(crashed).toMatchObject({ code: 'TB_API_INTERNAL' });
    expect(JSON.stringify(errorResponse(crashed))).not.toContain('secret detail');
    expect(errorResponse(crashed)).toEqual(errorResponse(new Error('x')));
  });

  it('of a client that was revoked meanwhile is not made', async () => {
    paired = false;
    await expect(run('/v1/echo/:id', { body: '{}', caller: CLIENT })).rejects.toMatchObject({ code: 'TB_API_UNAUTHORIZED' });
  });

  it('hears that its caller hung up, and that its process is gone', async () => {
    const hangUp = new AbortController();
    const [one, other] = [run('/v1/wait', { signal: hangUp.signal }), run('/v1/wait')];
    await expect.poll(() => waiting).toBe(2);
    hangUp.abort();
    await one;
    expect(waiting).toBe(1);
    desk.close();
    await expect.poll(() => waiting).toBe(0);
    // nobody is told any more
    expect(await Promise.race([other, new Promise((resolve) => setImmediate(() => resolve('nothing')))])).toBe('nothing');
  });

  it('whose answer never changes is asked once, unless it is asked in another way', async () => {
    hellos = 0;
    const [call] = remote.served(CALLS.map(describeCall));
    const request: RawRequest = { method: 'GET', path: '/hello', params: {}, query: new URLSearchParams(), body: undefined, caller: PUBLIC_CALLER, language: 'en', signal: new AbortController().signal };
    expect([text(await call!.run(request)), text(await call!.run(request)), hellos]).toEqual(['{"hello":1}\n', '{"hello":1}\n', 1]);
    await expect(call!.run({ ...request, query: new URLSearchParams('x=1') })).rejects.toMatchObject({ code: 'TB_API_BAD_REQUEST' });
  });

  it('that only reads waits while its process has answers enough before it; what does something does not', async () => {
    pending = 2e6;
    let read = false;
    const reading = run('/v1/text', { caller: CLIENT }).then(() => (read = true));
    await run('/v1/echo/:id', { body: '{}', caller: CLIENT });
    expect(read).toBe(false);
    pending = 0;
    desk.drained();
    await reading;
  });

  it('is refused when too many wait, and when the daemon does not read', async () => {
    hold = [];
    const open = Array.from({ length: 1024 }, () => run('/v1/wait'));
    await expect(run('/v1/wait')).rejects.toMatchObject({ code: 'TB_API_RATE' });
    hold = undefined;
    remote.refused(1, { code: 'TB_API_TIMEOUT', params: {} });
    await expect(open[0]).rejects.toMatchObject({ code: 'TB_API_TIMEOUT' });
    unsent = 5e6;
    await expect(run('/v1/text', { caller: CLIENT })).rejects.toMatchObject({ code: 'TB_API_RATE' });
  });
});

describe('what is described', () => {
  it('an access stands for the same scope there', () => {
    const call = { method: 'POST', path: '/v1/tills/:id/order', access: ({ id = '' }: Readonly<Record<string, string>>) => `till:${id}` as const } as const;
    const access = accessOf(describeCall(call));
    fc.assert(fc.property(fc.string(), (id) => {
      expect(typeof access === 'function' && access({ id })).toBe(`till:${id}`);
    }));
    for (const plain of ['public', 'client', 'scan:read'] as const) expect(accessOf(describeCall({ method: 'GET', path: '/v1/scans/:read', access: plain }))).toBe(plain);
  });

  it('an access that cannot be described is a mistake of the program, found when it starts', () => {
    const access = ({ id = '' }: Readonly<Record<string, string>>) => (id === 'front' ? 'status:read' : `till:${id.toUpperCase()}`) as 'status:read';
    expect(() => describeCall({ method: 'GET', path: '/v1/x/:id', access })).toThrow('cannot be described');
  });

  it('an error is the same in both languages, its masked values masked', () => {
    class Hidden extends Masked {}
    const error = new TillbridgeError('TB_TILL_UNKNOWN', { till: new Hidden('9812345678901234'), known: 'front' });
    const there = errorOf(JSON.parse(JSON.stringify(describeError(error))) as ReturnType<typeof describeError>);
    for (const language of ['en', 'ru'] as const) expect(there.body(language)).toEqual(error.body(language));
    expect(JSON.stringify(describeError(error))).not.toContain('123456789');
  });
});

describe('who may come in', () => {
  const base64 = (token: string): string => hashToken(token).toString('base64');

  it('is who the daemon said last; plugins by the secret of their till, before anything counts', () => {
    const tokens = ['c1a2b3', 'd4e5f6'].map((id) => newToken(id).reveal());
    const [one = '', other = ''] = tokens;
    const seen: string[] = [];
    const table = new TrustTable(new LockOut(systemClock), (id) => seen.push(id));
    const client = (id: string, token: string) => ({ id, name: id, scopes: ['scan:read', 'unknown:scope'], hash: base64(token) });
    expect(table.replace({ clients: [client('c1a2b3', one), client('d4e5f6', other)], plugins: [{ till: 'front', hash: base64('the-secret') }] })).toEqual([]);
    expect(table.authenticate(one)).toEqual({ ok: true, caller: { kind: 'client', id: 'c1a2b3', name: 'c1a2b3', scopes: ['scan:read'] } });
    expect(table.authenticate('the-secret')).toMatchObject({ ok: true, caller: { id: 'plugin:front', scopes: ['delivery:front', 'till:front'] } });
    expect(table.replace({ clients: [client('d4e5f6', other)], plugins: [] })).toEqual(['c1a2b3']);
    expect([table.authenticate(one), table.authenticate('the-secret')]).toEqual([{ ok: false, reason: 'token' }, { ok: false, reason: 'token' }]);
    expect(table.authenticate(other)).toMatchObject({ ok: true });
    expect(seen).toEqual(['c1a2b3', 'd4e5f6']);
  });

  it('is locked out there for what was tried here, and the other way round, also by the next process', () => {
    const said: [string, boolean][] = [];
    const here = new LockOut(systemClock);
    const there = new LockOut(systemClock, (key, right) => said.push([key, right]));
    for (let i = 0; i < 3; i += 1) there.failed('strangers');
    for (const [key, right] of said.splice(0)) here.apply(key, right);
    for (let i = 0; i < 2; i += 1) here.failed('strangers');
    expect([here.locked('strangers'), there.locked('strangers')]).toEqual([30, 0]);
    const next = new LockOut(systemClock);
    next.restore(here.view());
    expect(next.locked('strangers')).toBe(30);
    // what another one said is not said back, and what nobody holds is not told of
    there.apply('strangers', true);
    there.succeeded('strangers');
    there.succeeded('client x');
    expect(said).toEqual([]);
  });
});
