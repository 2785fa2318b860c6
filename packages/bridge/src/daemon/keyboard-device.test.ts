import { silentLog, systemClock } from '@tillbridge/core';
import { expect, test } from 'vitest';
import { load, withLines } from '../config/test-support.js';
import { idleContext, standardParts, type PartContext } from './parts.js';

const context = (): PartContext => idleContext({ clock: systemClock, log: silentLog, cards: { get: () => undefined }, pins: { get: () => undefined, put: () => Promise.resolve() } } as unknown as PartContext);

const SCREEN = 'TB_TILL_KEYBOARD_NO_DISPLAY';
const KEYBOARD = '{ adapter: keyboard, transport: xtest, agent: false, display: ":60000", window: { process: till } }';

test.each([
  ['itself', '{ id: front, adapter: keyboard, transport: xtest, display: ":60000", profile: 1c }', SCREEN],
  ['through the kernel', '{ id: front, adapter: keyboard, transport: uinput, window: none, device: /dev/none }', 'TB_TILL_KEYBOARD_NO_UINPUT'],
  ['as the reader of r_keeper', `{ id: front, adapter: rkeeper, transport: device, device: ${KEYBOARD}, template: { card: ";778={number}\\r" } }`, SCREEN],
  ['as the reader of 1C', `{ id: front, adapter: 1c, transport: device, device: ${KEYBOARD} }`, SCREEN],
  ['as the reader of iiko', `{ id: front, adapter: iiko, transport: device, device: ${KEYBOARD}, nativeIdentifier: { card: iikoCardNumber } }`, SCREEN],
])('a till that is typed into: %s', async (_, text, code) => {
  const { config } = load(withLines({ tills: `  - ${text}` }));
  const [till] = config.tills;
  if (till === undefined) throw new Error('no till');
  const { adapter, options } = await standardParts.till(till, context());
  // each of its own: an agent is for screens, a keyboard of the kernel needs none
  const rows = await adapter.probe(AbortSignal.timeout(30_000));
  expect(rows.map(({ text: said }) => said).join()).toContain(code);
  expect(adapter.id).toBe('front');
  expect(adapter.capabilities).toMatchObject({ goods: true, keys: true, best: 'sent' });
  expect('goods' in adapter).toBe(true);
  expect(options.expireMs).toBe(till.adapter === 'iiko' ? till.expireMs : 5000);
  await adapter.close();
});
