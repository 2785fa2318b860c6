import { systemClock } from '@tillbridge/core';
import { describe, expect, it } from 'vitest';
import { testRegistry } from '../api/clients/test-support.js';
import { clientCalls } from './calls-clients.js';
import { createRouter, type RawRequest } from './http.js';
import { CONSOLE_SCOPES, CONSOLE_VIEW_SCOPES, CONTROL_CALLER, PLAIN_SCOPES, type Caller } from './scope.js';

async function bench() {
  const { registry } = testRegistry(systemClock);
  const paired = await registry.pair(registry.offer('Console', ['status:read']).code);
  const route = createRouter(clientCalls(registry));
  const call = async (method: string, path: string, caller: Caller) => {
    const found = route(method, path);
    const request: RawRequest = { method, path, params: found?.params ?? {}, query: new URLSearchParams(), body: undefined, caller, language: 'en', signal: new AbortController().signal };
    return found?.call.run(request);
  };
  const caller: Caller = { kind: 'client', id: paired.clientId, name: 'Console', scopes: paired.scopes };
  return { registry, call, caller, token: paired.token.reveal() };
}

describe('a client about itself', () => {
  it('learns who it is and what it may do', async () => {
    const { call, caller } = await bench();
    expect(await call('GET', '/v1/clients/self', caller)).toEqual({ status: 200, body: { id: caller.id, name: 'Console', scopes: ['status:read'] } });
  });

  it('signs out: its token is worth nothing from then on, and it is not listed', async () => {
    const { call, caller, registry, token } = await bench();
    expect(await call('POST', '/v1/clients/self/revoke', caller)).toEqual({ status: 200, body: { id: caller.id, revoked: true } });
    expect(registry.authenticate(token)).toEqual({ ok: false, reason: 'token' });
    expect(registry.list()).toEqual([]);
  });

  it('the owner of the machine is no client', async () => {
    const { call } = await bench();
    await expect(call('POST', '/v1/clients/self/revoke', CONTROL_CALLER)).rejects.toMatchObject({ code: 'TB_API_NOT_FOUND' });
  });
});

describe('the scopes of the console', () => {
  it('are known ones; to see numbers in full is not among them, nor goods', () => {
    for (const scope of [...CONSOLE_SCOPES, ...CONSOLE_VIEW_SCOPES]) expect(PLAIN_SCOPES).toContain(scope);
    expect(CONSOLE_SCOPES).not.toContain('number:reveal');
    expect(CONSOLE_SCOPES).not.toContain('goods:read');
    expect(CONSOLE_VIEW_SCOPES).toEqual(['status:read', 'scan:read']);
  });
});
