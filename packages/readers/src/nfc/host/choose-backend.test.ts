import { systemClock } from '@tillbridge/core';
import { describe, expect, it } from 'vitest';
import { NfcFault, type NfcFaultKind } from '../backend/backend.js';
import { loadFrom, type Loaded } from '../backend/locate.js';
import { chooseBackend } from './choose-backend.js';

const ports = { clock: systemClock, platform: 'linux' as const, service: { runs: () => Promise.resolve(true), everyMs: 100 } };
const load = (state: Readonly<Record<string, NfcFaultKind | 'ok'>>) => (_folders: readonly string[], name: string): Loaded => {
  const now = state[name] ?? 'missing';
  if (now !== 'ok') throw new NfcFault(now, `${name} is ${now}`);
  return { name, exports: {} };
};

describe('which package is used', () => {
  it.each([
    ['auto', { 'nfc-pcsc': 'ok', 'pcsc-mini': 'ok' }, 'nfc-pcsc'],
    ['auto', { 'nfc-pcsc': 'missing', 'pcsc-mini': 'ok' }, 'pcsc-mini'],
    ['auto', { 'nfc-pcsc': 'broken', 'pcsc-mini': 'ok' }, 'pcsc-mini'],
    ['pcsc-mini', { 'nfc-pcsc': 'ok', 'pcsc-mini': 'ok' }, 'pcsc-mini'],
    ['nfc-pcsc', { 'nfc-pcsc': 'ok', 'pcsc-mini': 'ok' }, 'nfc-pcsc'],
  ] as const)('%s with %o: %s', (choice, state, name) => {
    expect(chooseBackend(choice, [], ports, load(state)).backend.name).toBe(name);
  });

  it('says why the better one was passed over', () => {
    expect(chooseBackend('auto', [], ports, load({ 'nfc-pcsc': 'broken', 'pcsc-mini': 'ok' })).passedOver).toBe('nfc-pcsc is broken');
  });

  it.each([
    ['auto', {}, 'missing', 'nfc-pcsc'],
    ['auto', { 'nfc-pcsc': 'broken' }, 'broken', 'nfc-pcsc'],
    ['auto', { 'pcsc-mini': 'broken' }, 'broken', 'pcsc-mini'],
    ['nfc-pcsc', { 'pcsc-mini': 'ok' }, 'missing', 'nfc-pcsc'],
  ] as const)('%s with %o fails as %s, for %s', (choice, state, kind, name) => {
    expect(() => chooseBackend(choice, [], ports, load(state))).toThrow(expect.objectContaining({ kind, message: expect.stringContaining(name) as unknown }) as Error);
  });

  it('without a folder that has them, both are missing here', () => {
    expect(() => loadFrom(['/nowhere'], 'pcsc-mini')).toThrow(expect.objectContaining({ kind: 'missing' }) as Error);
  });
});
