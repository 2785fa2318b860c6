import { inspect } from 'node:util';
import { VirtualClock } from '@tillbridge/testkit';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Scope } from '../../control/scope.js';
import { testRegistry } from './test-support.js';
import { clientIdOf, hashToken, newClientId, newToken } from './token.js';

const SCOPES: readonly Scope[] = ['status:read', 'delivery:front'];

async function paired(clock = new VirtualClock()) {
  const { registry, changes } = testRegistry(clock);
  const { code } = registry.offer('Front', SCOPES);
  const { token, clientId } = await registry.pair(code);
  return { clock, registry, changes, token: token.reveal(), clientId };
}

describe('a token', () => {
  it('names its client and is never shown by accident', () => {
    const id = newClientId();
    const token = newToken(id);
    expect(token.reveal()).toMatch(/^tb_[a-z0-9]+_[A-Za-z0-9_-]{43}$/);
    expect(clientIdOf(token.reveal())).toBe(id);
    for (const shown of [String(token), JSON.stringify({ token }), inspect(token)]) expect(shown).not.toContain(token.reveal().slice(-10));
  });

  it('is nobody\'s when it is anything else', () => {
    fc.assert(fc.property(fc.string(), (text) => clientIdOf(text) === undefined));
    expect(clientIdOf(`tb_c0ffee_${'a'.repeat(42)}`)).toBeUndefined();
    expect(clientIdOf(`tb_c0ffee_${'a'.repeat(44)}`)).toBeUndefined();
    expect(clientIdOf(`tb_C0FFEE_${'a'.repeat(43)}`)).toBeUndefined();
    expect(clientIdOf(`tb_c0ffee_${'a'.repeat(43)}\n`)).toBeUndefined();
  });
});

describe('pairing', () => {
  it('exchanges eight digits for a token that is kept only as its hash', async () => {
    const clock = new VirtualClock();
    const { registry, changes } = testRegistry(clock);
    const { code, expiresAt } = registry.offer('Front', SCOPES);
    expect(code).toMatch(/^\d{8}$/);
    expect(expiresAt).toBe(clock.wall() + 120_000);
    const { token, scopes, clientId } = await registry.pair(code, 'Till program');
    expect(scopes).toEqual(SCOPES);
    expect(changes).toEqual([{ do: 'add', client: { id: clientId, name: 'Till program', scopes: SCOPES, tokenHash: hashToken(token.reveal()), created: clock.wall() } }]);
    expect(inspect(changes, { depth: 9 })).not.toContain(token.reveal());
    expect(registry.authenticate(token.reveal())).toEqual({ ok: true, caller: { kind: 'client', id: clientId, name: 'Till program', scopes: SCOPES } });
  });

  it('works once, and not after two minutes', async () => {
    const clock = new VirtualClock();
    const { registry } = testRegistry(clock);
    const first = registry.offer('a', SCOPES).code;
    await registry.pair(first);
    await expect(registry.pair(first)).rejects.toMatchObject({ code: 'TB_API_PAIRING' });
    const second = registry.offer('b', SCOPES).code;
    await clock.advance(119_999);
    const third = registry.offer('c', SCOPES).code;
    await clock.advance(1);
    await expect(registry.pair(second)).rejects.toMatchObject({ code: 'TB_API_PAIRING' });
    await expect(registry.pair(third)).resolves.toMatchObject({ scopes: SCOPES });
  });

  it('locks after five wrong codes, also for the right one, while paired clients go on', async () => {
    const { clock, registry, token } = await paired();
    const { code } = registry.offer('late', SCOPES);
    for (let i = 0; i < 5; i += 1) await expect(registry.pair('x')).rejects.toMatchObject({ code: 'TB_API_PAIRING' });
    await expect(registry.pair(code)).rejects.toMatchObject({ code: 'TB_API_LOCKED', params: { seconds: 30 } });
    expect(registry.authenticate(token)).toMatchObject({ ok: true });
    await clock.advance(30_000);
    await expect(registry.pair(code)).resolves.toMatchObject({ scopes: SCOPES });
  });

  it('has a bound on open codes', () => {
    const { registry } = testRegistry(new VirtualClock());
    for (let i = 0; i < 16; i += 1) registry.offer(`n${i}`, SCOPES);
    expect(() => registry.offer('one more', SCOPES)).toThrow(expect.objectContaining({ code: 'TB_API_CLIENTS_FULL' }));
  });

  it('gives no token that was not written', async () => {
    const { registry, changes } = testRegistry(new VirtualClock());
    const { code } = registry.offer('a', SCOPES);
    changes.push = () => {
      throw new Error('the disk is full');
    };
    await expect(registry.pair(code)).rejects.toThrow('the disk is full');
    expect(registry.list()).toEqual([]);
  });
});

describe('authentication', () => {
  it('counts wrong tokens of a client against that client alone', async () => {
    const { registry, clientId, token } = await paired();
    const other = await registry.pair(registry.offer('other', SCOPES).code);
    const wrong = newToken(clientId).reveal();
    for (let i = 0; i < 5; i += 1) expect(registry.authenticate(wrong)).toEqual({ ok: false, reason: 'token' });
    expect(registry.authenticate(wrong)).toEqual({ ok: false, reason: 'locked', seconds: 30 });
    expect(registry.authenticate(token)).toMatchObject({ ok: false, reason: 'locked' });
    expect(registry.authenticate(other.token.reveal())).toMatchObject({ ok: true });
  });

  it('counts all strangers as one', async () => {
    const { registry, token } = await paired();
    for (let i = 0; i < 5; i += 1) expect(registry.authenticate(newToken(newClientId()).reveal())).toEqual({ ok: false, reason: 'token' });
    expect(registry.authenticate('rubbish')).toMatchObject({ ok: false, reason: 'locked' });
    expect(registry.authenticate(token)).toMatchObject({ ok: true });
  });

  it('ends at once with a revocation, and says so to whoever keeps a connection', async () => {
    const { registry, changes, token, clientId } = await paired();
    const heard: string[] = [];
    registry.onRevoked((id) => heard.push(id));
    const revoked = registry.revoke(clientId);
    expect(heard).toEqual([clientId]);
    expect(registry.authenticate(token)).toEqual({ ok: false, reason: 'token' });
    await revoked;
    expect(changes.at(-1)).toEqual({ do: 'remove', id: clientId });
    await expect(registry.revoke(clientId)).rejects.toMatchObject({ code: 'TB_API_CLIENT_UNKNOWN' });
  });

  it('drops scopes that this version does not know', () => {
    const token = newToken('c0ffee').reveal();
    const { registry } = testRegistry(new VirtualClock(), [{ id: 'c0ffee', name: 'n', scopes: ['scan:read', 'everything'], tokenHash: hashToken(token), created: 1 }]);
    expect(registry.authenticate(token)).toMatchObject({ caller: { scopes: ['scan:read'] } });
  });

  it('remembers when a client was seen, and writes it seldom', async () => {
    const { clock, registry, changes, token, clientId } = await paired();
    const written = changes.length;
    for (let i = 0; i < 100; i += 1) registry.authenticate(token);
    expect(registry.list()).toMatchObject([{ id: clientId, lastSeen: new Date(clock.wall()).toISOString() }]);
    const seen = clock.wall();
    await clock.advance(599_999);
    expect(changes).toHaveLength(written);
    await clock.advance(1);
    expect(changes.slice(written)).toEqual([{ do: 'seen', seen: [[clientId, seen]] }]);
    expect(registry.list()).toMatchObject([{ lastSeen: new Date(seen).toISOString() }]);
    registry.authenticate(token);
    await registry.close();
    expect(changes).toHaveLength(written + 2);
  });
});
