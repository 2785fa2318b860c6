import { instant, NativeNumber, outcome, systemClock, type Adapter, type DeliveryRequest, type GoodsRead } from '@tillbridge/core';
import { expect, test } from 'vitest';
import { createDeviceTill, DEFAULT_RULES } from '../index.js';

const never = new AbortController().signal;

function inner(): { readonly adapter: Adapter; readonly taken: string[]; readonly calls: string[] } {
  const taken: string[] = [];
  const calls: string[] = [];
  const adapter: Adapter = {
    id: 'front',
    capabilities: { goods: true, best: 'sent', verify: false },
    state: { status: 'ready', since: 1 },
    open: () => Promise.resolve(void calls.push('open')),
    probe: () => {
      calls.push('probe');
      return Promise.resolve([]);
    },
    deliver: ({ number }) => {
      taken.push(number.reveal());
      return Promise.resolve(outcome('sent'));
    },
    goods: ({ bytes }: GoodsRead) => void taken.push(Buffer.from(bytes).toString()),
    close: () => Promise.resolve(void calls.push('close')),
  };
  return { adapter, taken, calls };
}

const request = (kind: 'card' | 'phone', value: string): DeliveryRequest => ({
  ...{ id: 'd', scanId: 's', till: 'front', at: instant(systemClock), expired: () => false },
  number: new NativeNumber(kind, value),
});

test('writes what the algorithms take, and refuses what they would take for something else', async () => {
  const { adapter, taken } = inner();
  const till = createDeviceTill({ ...DEFAULT_RULES, phonePrefix: '8' }, adapter);
  expect(await till.deliver(request('card', '2000000012345'), never)).toEqual({ outcome: 'sent' });
  expect(await till.deliver(request('phone', '+79001234567'), never)).toEqual({ outcome: 'sent' });
  expect(await till.deliver(request('card', '1234'), never)).toEqual({ outcome: 'rejected', reason: 'numberReserved' });
  expect(taken).toEqual(['2000000012345', '89001234567']);
});

test('everything else is the reader\'s: goods, state, probe, opening and closing', async () => {
  const { adapter, taken, calls } = inner();
  const till = createDeviceTill(DEFAULT_RULES, adapter);
  till.goods?.({ reader: 'r', bytes: Buffer.from('4601234567893'), terminator: Buffer.from('\r'), withSuffix: false, at: instant(systemClock) });
  await till.open({ state: () => undefined, goodsDropped: () => undefined, order: () => undefined }, never);
  await till.probe(never);
  await till.close();
  expect([taken, till.state.status, till.capabilities.goods, calls]).toEqual([['4601234567893'], 'ready', true, ['open', 'probe', 'close']]);
  expect('verify' in till).toBe(false);
});
