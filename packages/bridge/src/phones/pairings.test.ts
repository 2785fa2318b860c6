import type { Invitation, PhoneRecord } from '@tillbridge/phone-link';
import { VirtualClock } from '@tillbridge/testkit';
import { describe, expect, test } from 'vitest';
import { Pairings } from './pairings.js';

const invitation = (id: string): Invitation => ({ id, fragment: 'f', code: '1234', expiresInMs: 120_000 });
const phone = (id: string): PhoneRecord => ({ id, key: new Uint8Array(32), name: 'Anna', model: 'Pixel 8', state: 'waiting', created: 0 });

function begun(): { readonly clock: VirtualClock; readonly pairings: Pairings } {
  const clock = new VirtualClock();
  const pairings = new Pairings(clock);
  pairings.add(invitation('a'));
  return { clock, pairings };
}

describe('a pairing', () => {
  test('is open, has somebody, is done; and shows the digits that both screens show', () => {
    const { pairings } = begun();
    expect(pairings.view('a')).toEqual({ id: 'a', state: 'open' });
    pairings.note({ is: 'arrived', invitation: 'a', phone: phone('p'), digits: '4711' });
    expect(pairings.view('a')).toEqual({ id: 'a', state: 'arrived', phone: { id: 'p', name: 'Anna', model: 'Pixel 8', digits: '4711' } });
    pairings.note({ is: 'paired', phone: phone('p') });
    expect(pairings.view('a')?.state).toBe('paired');
    pairings.refuse('p');
    expect(pairings.view('a')?.state).toBe('paired');
  });

  test('is over when nobody came in time, when its screen was closed, when somebody said no', async () => {
    const { clock, pairings } = begun();
    await clock.advance(120_001);
    expect(pairings.view('a')?.state).toBe('over');
    pairings.add(invitation('b'));
    pairings.withdraw('b');
    expect(pairings.view('b')?.state).toBe('over');
    pairings.add(invitation('c'));
    pairings.note({ is: 'arrived', invitation: 'c', phone: phone('p'), digits: '4711' });
    pairings.withdraw('c');
    expect(pairings.view('c')?.state).toBe('arrived');
    pairings.refuse('p');
    expect(pairings.view('c')?.state).toBe('over');
  });

  test('of long ago is forgotten, and one that never was is none', () => {
    const { pairings } = begun();
    for (let i = 0; i < 40; i += 1) pairings.add(invitation(`n${i}`));
    expect(pairings.view('a')).toBeUndefined();
    expect(pairings.view('n39')?.state).toBe('open');
    pairings.note({ is: 'arrived', invitation: 'nobody', phone: phone('p'), digits: '0000' });
    expect(pairings.view('nobody')).toBeUndefined();
  });
});
