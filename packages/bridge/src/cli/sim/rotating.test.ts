import { parseRotatingCode, systemClock } from '@tillbridge/core';
import { RotatingIssuer } from '@tillbridge/testkit/rotating';
import { KeyRing, verifyRotatingCode } from '@tillbridge/translators/rotating';
import { describe, expect, it } from 'vitest';
import { rotatingRoutes } from './rotating.js';

describe('sim rotating', () => {
  const issuer = new RotatingIssuer({ clock: systemClock, firstVersion: 1_800_000_000 });
  const routes = rotatingRoutes(issuer);
  const call = (path: string, body?: unknown): unknown => routes.find((route) => route.path === path)?.handle(body);

  it('gives a key set that a store takes, and codes that it finds valid', () => {
    const ring = new KeyRing({ clock: systemClock, issuer: 'example-issuer', maxAgeMs: 60_000 });
    expect(ring.take(JSON.stringify(call('/keys.json')), systemClock.wall())).toBeUndefined();
    const keys = ring.current();
    const { code } = call('/code', { guest: '98123' }) as { code: string };
    const parsed = parseRotatingCode(code);
    if (typeof keys === 'string' || parsed === undefined) throw new Error('no keys or no code');
    expect(verifyRotatingCode(parsed, keys, systemClock.wall(), 1)).toBe('valid');
  });

  it('rotates and revokes', () => {
    expect(call('/rotate')).toEqual({ kid: 'K002' });
    expect(call('/revoke', { kid: 'K001' })).toEqual({ keys: ['K001', 'K002'] });
    expect(JSON.stringify(call('/keys.json'))).toContain('"version":1800000002');
  });

  it.each([['/code', {}], ['/code', { guest: 'a b' }], ['/code', { guest: 'x', kid: 'K999' }], ['/revoke', { kid: 'K999' }], ['/code', { guest: 'x', more: 1 }]])('%s refuses %j', (path, body) => {
    expect(() => call(path, body)).toThrow(expect.objectContaining({ code: 'TB_CONFIG_USAGE' }) as Error);
  });
});
