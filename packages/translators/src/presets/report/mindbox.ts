import type { SettingDefinition } from '../../http/definition.js';
import type { BodyTemplate } from '../../report/body-schema.js';
import { defineReport, type ReportRuleInput, type ReportStepInput } from '../../report/definition.js';

const query = (operation: string) => ({ endpointId: '{{vars.endpoint}}', operation: `{{vars.${operation}}}`, transactionId: '{{stepKey}}' });
const headers = { Accept: 'application/json' };

const customer = {
  $if: 'guest.number',
  $then: { discountCard: { ids: { number: '{{guest.number}}' } } },
  $else: { $if: 'guest.phone', $then: { mobilePhone: '{{guest.phone|e164}}' }, $else: { ids: { mindboxId: '{{guest.customer?}}' } } },
};
const lines = {
  $each: 'lines',
  $item: {
    lineId: '{{line.id}}',
    lineNumber: '{{line.number|number}}',
    product: { ids: { '{{vars.productIdName}}': '{{line.sku}}' } },
    quantity: '{{line.qty|number}}',
    basePricePerItem: '{{line.price|number}}',
    discountedPriceOfLine: '{{line.total|number}}',
  },
};
const order = {
  ids: { '{{vars.orderIdName}}': '{{receipt.id}}' },
  transaction: { ids: { externalId: '{{receipt.id}}' } },
  totalPrice: '{{receipt.total|number}}',
  lines,
  coupons: { $each: 'coupons', $item: { ids: { code: '{{coupon}}' } } },
};
const sale = { customer, executionDateTimeUtc: '{{receipt.closedAtUtc}}', pointOfContact: '{{vars.pointOfContact?}}', order };
const transaction = { order: { ids: { '{{vars.orderIdName}}': '{{receipt.id}}' }, transaction: { ids: { externalId: '{{receipt.id}}' } } } };

const rules: ReportRuleInput[] = [
  { path: 'status', in: ['InternalServerError'], then: 'retry', reason: 'internalServerError' },
  { path: 'status', in: ['ValidationError'], then: 'refused', reason: 'validationError' },
  { path: 'status', in: ['ProtocolError'], then: 'refused', reason: 'protocolError' },
  { path: 'order.processingStatus', in: ['PriceHasBeenChanged'], then: 'refused', reason: 'priceHasBeenChanged' },
  { http: 200, path: 'status', in: ['Success', 'TransactionAlreadyProcessed'], then: 'done' },
];
const step = (id: string, operation: string, json: BodyTemplate, mode: 'sync' | 'async' = 'sync'): ReportStepInput => ({
  id,
  request: { path: `/v3/operations/${mode}`, query: query(operation), headers, json },
  rules,
});

/**
 * Begin and commit of an order transaction. Each request has a transactionId of its own: `TransactionAlreadyProcessed` is then success for
 * exactly this step. A sale that is told late goes through SaveOfflineOrder, as the vendor wants it.
 */
export const mindboxReport = defineReport({
  key: { field: 'transactionId', form: 'uuid5' },
  guest: ['number', 'phone', 'customer'],
  sale: [step('begin', 'beginOperation', sale), step('commit', 'commitOperation', transaction)],
  discard: [step('rollback', 'rollbackOperation', transaction)],
  lateSale: [step('offline', 'offlineOperation', sale, 'async')],
  return: [
    {
      id: 'return',
      request: {
        path: '/v3/operations/sync',
        query: query('returnOperation'),
        headers,
        json: { executionDateTimeUtc: '{{receipt.closedAtUtc}}', order: { ids: { '{{vars.orderIdName}}': '{{receipt.id}}' }, originalId: '{{original.id}}', lines } },
      },
      rules,
    },
  ],
});

/** What the reporting of receipts needs beside the look-up; names of operations are each project's own. */
export const mindboxReportSettings: SettingDefinition[] = [
  { key: 'vars.beginOperation', required: false, about: { en: 'for receipts: operation that begins an order transaction', ru: 'для чеков: операция начала транзакции заказа' } },
  { key: 'vars.commitOperation', required: false, about: { en: 'for receipts: operation that commits it', ru: 'для чеков: операция подтверждения транзакции' } },
  { key: 'vars.rollbackOperation', required: false, about: { en: 'for receipts: operation that rolls it back', ru: 'для чеков: операция отката транзакции' } },
  { key: 'vars.offlineOperation', required: false, about: { en: 'for receipts: operation for late sales (SaveOfflineOrder)', ru: 'для чеков: операция для поздних продаж (SaveOfflineOrder)' } },
  { key: 'vars.returnOperation', required: false, about: { en: 'for receipts: operation for returns', ru: 'для чеков: операция возврата' } },
  { key: 'vars.pointOfContact', required: false, about: { en: 'for receipts: point of contact (the store)', ru: 'для чеков: точка контакта (магазин)' } },
  { key: 'vars.orderIdName', required: false, default: 'externalId', about: { en: 'for receipts: name of the project\'s order id', ru: 'для чеков: имя идентификатора заказа в проекте' } },
  { key: 'vars.productIdName', required: false, default: 'externalId', about: { en: 'for receipts: name of the project\'s product id', ru: 'для чеков: имя идентификатора товара в проекте' } },
];
