import { Secret } from '@tillbridge/core';
import { SimulatedIikoCloud } from '@tillbridge/testkit/iiko';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { quickClock } from '../../../../test/support/quick-clock.js';
import { Remembered } from '../memory/index.js';
import { CloudClient } from './client.js';
import { findGuest, type GuestKey } from './find-guest.js';

const clock = quickClock(40);
const never = new AbortController().signal;
let cloud: SimulatedIikoCloud;
let client: CloudClient;

beforeEach(async () => {
  cloud = await SimulatedIikoCloud.start({ clock });
  cloud.faults.limits = false;
  client = new CloudClient({ url: new URL(cloud.url), login: { version: 'v1', apiLogin: new Secret('api-login') }, clock, random: () => 0, timeoutMs: 120_000 });
});

afterEach(async () => {
  client.close();
  await cloud.close();
});

it('customer/info by each of its five types', async () => {
  const guest = cloud.world.addGuest({ phone: '+79990001122', cardNumber: '100', cardTrack: '200' });
  guest.email = 'anna@example.org';
  const [organization, group] = [cloud.world.organizations[0], cloud.world.terminalGroups[0]];
  const desk = { organizationId: organization?.id ?? '', terminalGroupId: group?.id ?? '', client, clock, misses: new Remembered(clock, 1000) };
  const values: Readonly<Record<GuestKey, string>> = { cardNumber: '100', cardTrack: '200', phone: '79990001122', email: guest.email, id: guest.id };
  for (const [key, value] of Object.entries(values) as [GuestKey, string][]) {
    expect(await findGuest(desk, key, value, never)).toMatchObject({ guest: { id: guest.id } });
    expect(await findGuest(desk, key, `${value}0`, never)).toEqual({ refused: { outcome: 'notFound' } });
  }
});
