import type { OutboxReceipt } from '@tillbridge/store';
import { describe, expect, it } from 'vitest';
import { outboxReceipt } from '../receipts/outbox-receipt.js';
import { receiptCalls } from './calls-receipts.js';
import { errorResponse, type ApiResponse } from './http.js';
import { CONTROL_CALLER } from './scope.js';

/** The receipt of the documentation. */
const RECEIPT = {
  receiptId: 'till7-20260110-000123',
  operation: 'sale',
  storeId: 'S-01',
  tillId: '7',
  shift: '45',
  number: '123',
  closedAt: '2026-01-10T12:03:11+03:00',
  currency: 'RUB',
  total: 125_000,
  discount: 5000,
  lines: [{ lineId: '1', sku: 'A-1', barcode: '4600000000017', name: 'Coffee', qty: '1.000', price: 130_000, total: 125_000 }],
  payments: [{ kind: 'card', amount: 125_000 }],
  cashier: { code: '12' },
  fiscal: { fn: '9999078900000000', fd: '1', fp: '2' },
  loyalty: { preset: 'uds', lookupId: 'l-1', nativeNumber: '7701234567890', kind: 'appCode', sessionCode: '123456', coupons: ['SALE10'], offline: false },
  originalReceiptId: null,
  scanIds: ['01HZ'],
};

describe('receipts over the API', () => {
  const given: OutboxReceipt[] = [];
  let stored: 'new' | 'known' | 'differs' = 'new';
  const [call] = receiptCalls({
    keep: (receipt) => {
      given.push(outboxReceipt(receipt));
      return Promise.resolve(stored);
    },
  });
  const post = async (body: unknown): Promise<ApiResponse> => {
    given.length = 0;
    const request = { method: 'POST', path: '/v1/receipts', params: {}, query: new URLSearchParams(), body, caller: CONTROL_CALLER, language: 'en' as const, signal: new AbortController().signal };
    return call!.run(request).catch((error: unknown) => errorResponse(error));
  };

  it('keeps who sold and who bought apart from what was sold, and no one-time code at all', async () => {
    stored = 'new';
    expect(await post(RECEIPT)).toEqual({ status: 202, body: { receiptId: RECEIPT.receiptId, stored: 'new' } });
    const [receipt] = given;
    expect(receipt).toMatchObject({ receiptId: RECEIPT.receiptId, till: '7', closedAt: Date.parse('2026-01-10T09:03:11Z') });
    expect(receipt?.personal).toEqual({ cashier: { code: '12' }, loyalty: { lookupId: 'l-1', nativeNumber: '7701234567890', coupons: ['SALE10'] } });
    expect(receipt?.body).toEqual({ ...RECEIPT, cashier: undefined, loyalty: { preset: 'uds', kind: 'appCode', offline: false } });
    expect(JSON.stringify(receipt)).not.toContain('123456"');
  });

  it('says when it is known, and when another has its id', async () => {
    stored = 'known';
    expect(await post(RECEIPT)).toEqual({ status: 202, body: { receiptId: RECEIPT.receiptId, stored: 'known' } });
    stored = 'differs';
    expect(await post(RECEIPT)).toMatchObject({ status: 409, body: { error: { code: 'TB_API_RECEIPT_DIFFERS' } } });
  });

  it('takes the least that a receipt is', async () => {
    stored = 'new';
    const { receiptId, operation, tillId, closedAt, currency, total, lines } = RECEIPT;
    expect((await post({ receiptId, operation, tillId, closedAt, currency, total, lines })).status).toBe(202);
    expect(given[0]?.personal).toEqual({});
    expect((await post({ receiptId, operation: 'return', tillId, closedAt: '2026-01-10T09:03:11.5Z', currency, total, lines, loyalty: null, originalReceiptId: 'x' })).status).toBe(202);
  });

  it.each([
    ['no body', undefined],
    ['a list', []],
    ['an unknown key', { ...RECEIPT, extra: 1 }],
    ['an unknown key of a line', { ...RECEIPT, lines: [{ ...RECEIPT.lines[0], extra: 1 }] }],
    ['no lines', { ...RECEIPT, lines: [] }],
    ['a line twice', { ...RECEIPT, lines: [RECEIPT.lines[0], RECEIPT.lines[0]] }],
    ['money with a fraction', { ...RECEIPT, total: 1.5 }],
    ['money as text', { ...RECEIPT, total: '125000' }],
    ['negative money', { ...RECEIPT, total: -1 }],
    ['a quantity as a number', { ...RECEIPT, lines: [{ ...RECEIPT.lines[0], qty: 1 }] }],
    ['a time without its offset', { ...RECEIPT, closedAt: '2026-01-10T12:03:11' }],
    ['a time without seconds', { ...RECEIPT, closedAt: '2026-01-10T12:03+03:00' }],
    ['a day that there is not', { ...RECEIPT, closedAt: '2026-02-30T12:03:11Z' }],
    ['an empty id', { ...RECEIPT, receiptId: '' }],
    ['no currency', { ...RECEIPT, currency: 'rubles' }],
    ['an operation of its own', { ...RECEIPT, operation: 'refund' }],
  ])('refuses %s', async (_, body) => {
    expect(await post(body)).toMatchObject({ status: 400, body: { error: { code: 'TB_API_BAD_REQUEST' } } });
    expect(given).toEqual([]);
  });

  it('names fields that are wrong, never what stood in them', async () => {
    const { body } = await post({ ...RECEIPT, loyalty: { nativeNumber: '7'.repeat(300) }, cashier: { name: 5 } });
    expect(JSON.stringify(body)).toContain('loyalty.nativeNumber');
    expect(JSON.stringify(body)).not.toContain('777');
  });
});
