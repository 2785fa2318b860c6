import type { ClosedOrder } from '@tillbridge/adapter-rkeeper';
import { NativeNumber, silentLog } from '@tillbridge/core';
import { VirtualClock } from '@tillbridge/testkit';
import { describe, expect, test } from 'vitest';
import { receiptSchema, type Receipt } from '../../receipts/receipt-schema.js';
import type { PartContext } from '../parts.js';
import { keeper, orderReceipt } from './rkeeper-receipts.js';

const ORDER = '{0A6F0000-0000-4000-8000-00000000000A}';
const AT = '2026-01-10T09:03:11.000Z';
const closed = (over: Partial<ClosedOrder['sale']> = {}, numbers = [new NativeNumber('card', '2000000012345'), new NativeNumber('coupon', '123456789')]): ClosedOrder => ({
  order: ORDER,
  sale: {
    ...{ finished: true, deleted: false, number: '12.1', total: 40_500, discount: 4500 },
    lines: [{ id: '1', sku: '101', name: 'Борщ', quantity: 1500, price: 30_000, total: 40_500 }],
    ...over,
  },
  numbers,
  scanIds: ['s1', 's2'],
});

describe('the receipt of a closed order', () => {
  test('is canonical, with the numbers under loyalty and nowhere else', () => {
    const receipt = orderReceipt(closed(), 'hall', AT);
    expect(receiptSchema.parse(receipt)).toEqual(receipt);
    expect(receipt).toEqual({
      ...{ receiptId: 'rk-0A6F0000-0000-4000-8000-00000000000A', operation: 'sale', tillId: 'hall', number: '12.1', closedAt: AT, currency: 'RUB', total: 40_500, discount: 4500, orderId: ORDER },
      lines: [{ lineId: '1', sku: '101', name: 'Борщ', qty: '1.500', price: 30_000, total: 40_500 }],
      loyalty: { nativeNumber: '2000000012345', kind: 'card', coupons: ['123456789'] },
      scanIds: ['s1', 's2'],
    });
  });

  test('has one line with the total where the lines do not add up, and takes overlong names', () => {
    const receipt = orderReceipt(closed({ lines: [], number: 'x'.repeat(500) }, [new NativeNumber('coupon', '1')]), 'hall', AT);
    expect(receiptSchema.parse(receipt).lines).toEqual([{ lineId: '1', name: 'check', qty: '1', price: 45_000, total: 40_500 }]);
    expect(receipt.loyalty).toEqual({ kind: 'coupon', coupons: ['1'] });
  });

  test('is kept where that is wanted and there is somewhere to keep it; a failure reaches who will try again', async () => {
    const kept: Receipt[] = [];
    const context = (keepReceipt?: PartContext['keepReceipt']): Pick<PartContext, 'clock' | 'log' | 'keepReceipt'> => ({ clock: new VirtualClock(), log: silentLog, ...(keepReceipt === undefined ? {} : { keepReceipt }) });
    const keep = (receipt: Receipt): Promise<'new' | 'differs'> => Promise.resolve(kept.push(receipt) === 1 ? 'new' : 'differs');
    expect(keeper('hall', false, context(keep), orderReceipt)).toBeUndefined();
    expect(keeper('hall', true, context(), orderReceipt)).toBeUndefined();
    const store = keeper('hall', true, context(keep), orderReceipt);
    await store?.(closed());
    await store?.(closed());
    expect(kept.map(({ receiptId }) => receiptId)).toEqual([kept[0]?.receiptId, kept[0]?.receiptId]);
    await expect(keeper('hall', true, context(() => Promise.reject(new Error('disk full'))), orderReceipt)?.(closed())).rejects.toThrow('disk full');
  });
});
