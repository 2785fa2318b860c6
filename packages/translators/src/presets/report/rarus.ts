import type { BodyTemplate } from '../../report/body-schema.js';
import { defineReport, type ReportRuleInput, type ReportStepInput } from '../../report/definition.js';

const document = {
  doc_number: '{{key}}',
  shop_id: '{{vars.shop}}',
  register_id: '{{vars.register}}',
  card_id: { $if: 'kept.card', $then: '{{kept.card|number}}', $else: '{{guest.customer|number}}' },
  date: '{{receipt.closedAtEpoch|number}}',
  local_date: '{{receipt.closedAtEpoch|number}}',
  bonus_discount: '{{receipt.spent}}',
  promo: '{{coupon?}}',
  items: {
    $each: 'lines',
    $item: {
      line_number: '{{line.number|number}}',
      product_id: '{{line.sku}}',
      product_name: '{{line.name}}',
      barcode: '{{line.barcode?}}',
      price: '{{line.price}}',
      quantity: '{{line.qty}}',
      external_discount: '{{line.discount}}',
    },
  },
};
const rules: ReportRuleInput[] = [
  { http: '5xx', then: 'retry' },
  { http: 401, then: 'retry', reason: 'authError' },
  { path: 'success', in: [false], then: 'refused', reason: 'documentRefused' },
  { http: 200, path: 'success', in: [true], then: 'done' },
];
/** The platform's number of the card, where only what is printed on it is known. */
const find: ReportStepInput = {
  id: 'find',
  when: 'guest.number',
  request: { method: 'GET', path: '/web-flow/card/by-barcode/{{guest.number}}' },
  rules: [
    { path: 'success', in: [false], then: 'refused', reason: 'cardNotFound' },
    { http: 200, path: 'data.id', exists: true, then: 'done' },
  ],
  keep: { card: ['data.id'] },
};

/** LMS (second generation): the document is given without being committed, then committed; the same document again is the same one. */
export const rarusLmsReport = defineReport({
  key: { field: 'doc_number' },
  guest: ['customer', 'number'],
  sale: [
    find,
    { id: 'prepare', request: { path: '/web-flow/document/purchase', query: { 'recalc-bonus': '1', 'no-commit': '1' }, json: document }, rules },
    // the vendor's client prints PHP booleans: false is nothing
    { id: 'commit', request: { path: '/web-flow/document/purchase', query: { 'recalc-bonus': '1', 'no-commit': '' }, json: document }, rules, keep: { document: ['data.id'] } },
  ],
  return: [
    {
      id: 'refund',
      request: {
        path: '/web-flow/document/refund',
        query: { 'no-commit': '' },
        json: { doc_number: '{{key}}', shop_id: '{{vars.shop}}', register_id: '{{vars.register}}', purchase_id: { $if: 'original.document', $then: '{{original.document}}', $else: '{{original.key}}' }, date: '{{receipt.closedAtEpoch|number}}', items: document.items },
      },
      rules,
    },
  ],
});

const cheque = (type: string, more: Readonly<Record<string, string>>): BodyTemplate => ({
  operation_type: type,
  doc_id: '{{key}}',
  doc_type: 'cheque',
  cheque_number: '{{receipt.number}}',
  shop_id: '{{vars.shop}}',
  kkm_id: '{{receipt.till}}',
  card_id: { $if: 'kept.card', $then: '{{kept.card}}', $else: '{{guest.customer}}' },
  bonus_payment: '{{receipt.spent|number}}',
  coupon: '{{coupon?}}',
  cheque_items: {
    $each: 'lines',
    $item: { line_number: '{{line.number|number}}', article: '{{line.sku}}', name: '{{line.name}}', price: '{{line.price|number}}', quantity: '{{line.qty|number}}', discount: '{{line.discount|number}}' },
  },
  ...more,
});
const findV1: ReportStepInput = {
  id: 'find',
  when: 'guest.number',
  request: { method: 'GET', path: '/organization/card', query: { page: '1', per_page: '1', calculate_count: 'false', barcode: '{{guest.number}}' } },
  rules: [
    { http: 200, path: 'cards[0].id', exists: true, then: 'done' },
    { http: 200, path: 'code', in: [0], then: 'refused', reason: 'cardNotFound' },
  ],
  keep: { card: ['cards[0].id'] },
};
const bonusRules: ReportRuleInput[] = [
  { http: 200, path: 'code', in: [0], then: 'done' },
  { http: 401, then: 'retry', reason: 'authError' },
  { http: '4xx', path: 'code', exists: true, then: 'refused', reason: 'bonusRefused' },
];

/** First generation: one call books; `doc_id` is the key. */
export const rarusV1Report = defineReport({
  key: { field: 'doc_id' },
  guest: ['customer', 'number'],
  sale: [findV1, { id: 'bonus', request: { path: '/organization/process_bonus', json: cheque('sale', {}) }, rules: bonusRules }],
  return: [findV1, { id: 'refund', request: { path: '/organization/process_bonus', json: cheque('refund', { refund_doc_id: '{{original.key}}' }) }, rules: bonusRules }],
});
