import { silentLog, systemClock } from '@tillbridge/core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Config } from '../config/index.js';
import { StationsSwitch } from './stations-switch.js';
import { Offers, PEERS, SECRETS } from './test-support.js';

let offers: Offers<typeof systemClock>;
let stations: StationsSwitch;
const on = (config: Partial<Exclude<Config['stations'], 'off'>> = {}): Config['stations'] => ({ listen: '127.0.0.1:0', peers: PEERS, ...config });
const next = async (station: keyof typeof SECRETS): Promise<unknown> => {
  const answer = await fetchJson(`${stations.url}/s/${station}/${SECRETS[station]}/next`);
  return answer.status === 200 ? (answer.body as { delivery: { lease: string } | null }).delivery?.lease : answer.status;
};
/** Not the global fetch: that says in a header that it is one, as browsers do. */
const fetchJson = async (url: string): Promise<{ status: number; body: unknown }> => {
  const { get } = await import('node:http');
  return new Promise((resolve, reject) => {
    get(url, { agent: false }, (incoming) => {
      let text = '';
      incoming.on('data', (chunk) => (text += String(chunk))).on('end', () => resolve({ status: incoming.statusCode ?? 0, body: JSON.parse(text) }));
    }).on('error', reject);
  });
};

beforeEach(() => {
  offers = new Offers(systemClock);
  stations = new StationsSwitch({ ...offers.ports, services: offers.services, log: silentLog, order: () => undefined, refused: () => undefined });
});
afterEach(() => stations.close());

it('is off, goes on and off with the configuration, and says so', async () => {
  expect([await stations.apply('off'), stations.url]).toEqual([[], 'off']);
  const changed = await stations.apply(on());
  expect(changed).toEqual([`stations: ${stations.url}`]);
  expect(stations.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  const { url } = stations;
  expect([await stations.apply(on()), stations.url]).toEqual([[], url]);
  expect([await stations.apply('off'), stations.url]).toEqual([['stations: off'], 'off']);
  await expect(fetchJson(`${url}/`)).rejects.toThrow();
});

it('keeps what a station holds while others come and go, and takes the rights of who is gone', async () => {
  await stations.apply(on());
  offers.offer('1');
  expect(await next('kitchen')).toBe('1');
  const { url } = stations;
  expect(await stations.apply(on({ peers: PEERS.filter(({ id }) => id !== 'hall') }))).toEqual([`stations: ${url}`]);
  expect([await next('kitchen'), await next('hall')]).toEqual(['1', 401]);
  // another port: what is held is still its own
  await stations.apply(on({ listen: 'localhost:0' }));
  expect([await next('kitchen'), await next('hall')]).toEqual(['1', undefined]);
});

it('stays as it was where the new address cannot be opened', async () => {
  await stations.apply(on());
  const { url } = stations;
  await expect(stations.apply(on({ listen: '192.0.2.1:1', peers: [] }))).rejects.toMatchObject({ code: 'TB_API_STATIONS_LISTEN' });
  await expect(stations.apply(on({ listen: '127.0.0.1:1', tls: { cert: '/none', key: '/none' } }))).rejects.toMatchObject({ code: 'TB_API_STATIONS_TLS' });
  expect([stations.url, await next('kitchen')]).toEqual([url, undefined]);
});
