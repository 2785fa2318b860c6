import { describe, expect, it } from 'vitest';
import { admit, type Admission } from './admission.js';
import { createStations } from './station.js';
import { PEERS, SECRETS } from './test-support.js';

const stations = createStations(PEERS);

class Counting {
  readonly failures: string[] = [];
  readonly successes: string[] = [];
  seconds = 0;
  locked(): number {
    return this.seconds;
  }
  failed(key: string): void {
    this.failures.push(key);
  }
  succeeded(key: string): void {
    this.successes.push(key);
  }
}

const arrive = (path: string, headers: Record<string, string> = {}, address = '127.0.0.1', lockOut: Counting = new Counting()): Admission =>
  admit({ address, path, headers }, stations, lockOut);
const outcomeOf = (admission: Admission): string => (admission.ok ? `${admission.station.id} ${admission.call}` : admission.reason);
const bearer = (secret: string): Record<string, string> => ({ authorization: `Bearer ${secret}` });

describe('who is let in', () => {
  it.each([
    ['the secret in the path', `/s/kitchen/${SECRETS.kitchen}/next`, {}, '127.0.0.1', 'kitchen /next'],
    ['the secret in a header', '/s/kitchen/next', bearer(SECRETS.kitchen), '127.0.0.1', 'kitchen /next'],
    ['the scheme in any case', '/s/kitchen/result', { authorization: `bearer ${SECRETS.kitchen}` }, '::1', 'kitchen /result'],
    ['a mapped address', '/s/hall/next', bearer(SECRETS.hall), '::ffff:127.0.0.1', 'hall /next'],
    ['a call that there is not, which is for the router to say', `/s/hall/${SECRETS.hall}/nothing`, {}, '127.0.0.1', 'hall /nothing'],
    ['no secret', '/s/kitchen/next', {}, '127.0.0.1', 'token'],
    ['an empty secret', '/s/kitchen/next', { authorization: 'Bearer ' }, '127.0.0.1', 'token'],
    ['another scheme', '/s/kitchen/next', { authorization: `Basic ${SECRETS.kitchen}` }, '127.0.0.1', 'token'],
    ['the secret of another station', '/s/kitchen/next', bearer(SECRETS.hall), '127.0.0.1', 'token'],
    ['a wrong secret in the path beside the right one', `/s/kitchen/wrong/next`, bearer(SECRETS.kitchen), '127.0.0.1', 'token'],
    ['the secret with an ending', `/s/kitchen/${SECRETS.kitchen}x/next`, {}, '127.0.0.1', 'token'],
    ['an escaped secret', `/s/kitchen/%73${SECRETS.kitchen.slice(1)}/next`, {}, '127.0.0.1', 'token'],
    ['the secret in a place of its own', `/s/${SECRETS.kitchen}/kitchen/next`, {}, '127.0.0.1', 'token'],
    ['an unknown station', `/s/nobody/${SECRETS.kitchen}/next`, {}, '127.0.0.1', 'token'],
    ['a station of another address, answered like one that does not exist', `/s/far/${SECRETS.far}/next`, {}, '127.0.0.1', 'token'],
    ['a name that objects have', '/s/constructor/next', bearer(SECRETS.kitchen), '127.0.0.1', 'token'],
    ['no path', '/', {}, '127.0.0.1', 'token'],
    ['a path of the API', '/v1/scans', bearer(SECRETS.kitchen), '127.0.0.1', 'token'],
    ['a climbing path', '/s/kitchen/../hall/next', bearer(SECRETS.kitchen), '127.0.0.1', 'token'],
    ['an address of nobody', `/s/kitchen/${SECRETS.kitchen}/next`, {}, '192.0.2.1', 'peer'],
    ['the right secret from the address of another station', `/s/kitchen/${SECRETS.kitchen}/next`, {}, '10.1.2.3', 'token'],
    ['a web page', `/s/kitchen/${SECRETS.kitchen}/next`, { origin: 'https://till.example' }, '127.0.0.1', 'origin'],
    ['a web page without an origin', `/s/kitchen/${SECRETS.kitchen}/next`, { 'sec-fetch-site': 'none' }, '127.0.0.1', 'origin'],
    ['a page of null origin', `/s/kitchen/${SECRETS.kitchen}/next`, { origin: 'null' }, '127.0.0.1', 'origin'],
  ] as const)('%s', (_, path, headers, address, expected) => {
    expect(outcomeOf(arrive(path, headers, address))).toBe(expected);
  });
});

describe('trying secrets', () => {
  it('counts failures by address and station, unknown ones together', () => {
    const lockOut = new Counting();
    arrive('/s/kitchen/next', bearer('wrong'), '127.0.0.1', lockOut);
    arrive('/s/nobody/next', bearer('wrong'), '127.0.0.1', lockOut);
    arrive('/s/somebody/next', bearer('wrong'), '127.0.0.1', lockOut);
    arrive('/s/far/next', bearer(SECRETS.far), '127.0.0.1', lockOut);
    expect(lockOut.failures).toEqual(['127.0.0.1 kitchen', '127.0.0.1 ?', '127.0.0.1 ?', '127.0.0.1 ?']);
    arrive('/s/kitchen/next', bearer(SECRETS.kitchen), '127.0.0.2', lockOut);
    expect(lockOut.successes).toEqual(['127.0.0.2 kitchen']);
  });

  it('does not look at the secret while locked', () => {
    const lockOut = new Counting();
    lockOut.seconds = 30;
    expect(arrive('/s/kitchen/next', bearer(SECRETS.kitchen), '127.0.0.1', lockOut)).toEqual({ ok: false, reason: 'locked', seconds: 30 });
    expect([lockOut.failures, lockOut.successes]).toEqual([[], []]);
  });

  it('counts no failure of an address or a browser that is not let in anyway', () => {
    const lockOut = new Counting();
    arrive('/s/kitchen/next', bearer('wrong'), '192.0.2.1', lockOut);
    arrive('/s/kitchen/next', { ...bearer('wrong'), origin: 'x' }, '127.0.0.1', lockOut);
    expect(lockOut.failures).toEqual([]);
  });
});
