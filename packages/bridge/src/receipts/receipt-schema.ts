import { NUMBER_KINDS, parseIsoTime } from '@tillbridge/core';
import { z } from 'zod';

const id = z.string().min(1).max(128);
const text = z.string().max(500);
/** Money in minor units. */
const money = z.int().min(0).max(1_000_000_000_000);
const quantity = z.string().regex(/^\d{1,12}(?:\.\d{1,6})?$/, 'a decimal number as text, such as "1.000"');
const isoWithOffset = z.iso.datetime({ offset: true }).refine((time) => parseIsoTime(time) !== undefined, 'a time with seconds and offset');

const line = z.strictObject({
  lineId: id.describe('Unique within the receipt.'),
  sku: text.exactOptional(),
  barcode: text.exactOptional(),
  name: text.exactOptional(),
  qty: quantity.describe('Decimal text, such as "0.350".'),
  price: money.describe('For one, before discounts.'),
  total: money.describe('For the line, after discounts.'),
});

const loyalty = z.strictObject({
  preset: text.exactOptional().describe('The platform that looked the guest up.'),
  lookupId: text.exactOptional(),
  nativeNumber: z.string().max(256).exactOptional(),
  kind: z.enum([...NUMBER_KINDS, 'appCode']).exactOptional(),
  sessionCode: text.exactOptional().describe('A one-time code; never stored.'),
  coupons: z.array(z.string().max(256)).max(100).exactOptional(),
  offline: z.boolean().exactOptional(),
});

/** A closed sale, the same for every till and every platform: money in minor units, quantities as decimal text, times with their offset. */
export const receiptSchema = z
  .strictObject({
    receiptId: id.describe('Unique for ever; the key under which the receipt is stored once.'),
    operation: z.enum(['sale', 'return', 'cancel']).describe('cancel: the sale of `originalReceiptId` was taken back as a whole; return: goods came back.'),
    storeId: id.exactOptional(),
    tillId: id,
    shift: id.exactOptional(),
    number: id.exactOptional(),
    closedAt: isoWithOffset.describe('ISO 8601 with seconds and offset.'),
    currency: z.string().regex(/^[A-Z]{3}$/, 'an ISO 4217 code such as RUB'),
    total: money,
    discount: money.exactOptional(),
    lines: z.array(line).min(1).max(2000),
    payments: z.array(z.strictObject({ kind: id, amount: money })).max(50).exactOptional(),
    cashier: z.strictObject({ code: text.exactOptional(), name: text.exactOptional() }).exactOptional(),
    fiscal: z.strictObject({ fn: text.exactOptional(), fd: text.exactOptional(), fp: text.exactOptional() }).exactOptional(),
    loyalty: loyalty.nullish().describe('null or absent: nobody was identified.'),
    originalReceiptId: id.nullish().describe('Of a return or a cancel: the sale that it is of.'),
    scanIds: z.array(id).max(100).exactOptional().describe('The loyalty scans of this sale.'),
    orderId: id.exactOptional().describe('The order of this sale, as it was told to us.'),
  })
  .refine(({ lines }) => new Set(lines.map(({ lineId }) => lineId)).size === lines.length, { path: ['lines'], error: 'a lineId stands twice' })
  .refine(({ operation, originalReceiptId }) => operation !== 'cancel' || typeof originalReceiptId === 'string', { path: ['originalReceiptId'], error: 'a cancel names the sale that it is of' });

export type Receipt = z.output<typeof receiptSchema>;
