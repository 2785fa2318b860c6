import type { BodyTemplate } from '../../report/body-schema.js';
import { defineReport, type GuestWay, type ReportInput, type ReportStepInput } from '../../report/definition.js';

/** The receipt as we have it: for platforms of our own contract (docs/receipts.md). */
const body: BodyTemplate = {
  receiptId: '{{key}}',
  operation: '{{receipt.operation}}',
  originalReceiptId: '{{original.id?}}',
  guest: '{{guest.value?}}',
  newGuest: { $flag: 'newGuest' },
  late: { $flag: 'late' },
  storeId: '{{receipt.store?}}',
  tillId: '{{receipt.till}}',
  number: '{{receipt.number}}',
  closedAt: '{{receipt.closedAt}}',
  currency: '{{receipt.currency}}',
  total: '{{receipt.total|number}}',
  discount: '{{receipt.discount|number}}',
  lines: { $each: 'lines', $item: { lineId: '{{line.id}}', sku: '{{line.sku}}', name: '{{line.name}}', qty: '{{line.qty}}', price: '{{line.price|number}}', total: '{{line.total|number}}' } },
  coupons: { $each: 'coupons', $item: '{{coupon}}' },
};

const ownReport = (path: string, guest: GuestWay[]): ReportInput => {
  const step = (id: string): ReportStepInput => ({
    id,
    request: { path, headers: { 'Idempotency-Key': '{{key}}' }, json: body },
    rules: [
      { http: [200, 201, 202], path: 'receipt.state', in: ['known'], then: 'already' },
      { http: [200, 201, 202], path: 'receipt.state', in: ['accepted'], then: 'done' },
      { http: 409, format: true, then: 'already' },
      { http: 404, path: 'error', in: ['unknownGuest'], then: 'codeSpent', reason: 'unknownGuest' },
    ],
  });
  return defineReport({ key: { field: 'receiptId' }, money: { unit: 'minor' }, guest, sale: [step('sale')], return: [step('return')], cancel: [step('cancel')] });
};

/** The directory of one number for all stores: it learns who came, and who was new. */
export const universalReport = ownReport('/v1/stores/{{vars.store}}/receipts', ['customer', 'number', 'phone']);
/** A service of one's own in JSON. */
export const jsonReport = ownReport('/{{vars.receiptPath}}', ['number', 'phone', 'code']);
