import { defineReport, type ReportRuleInput } from '../../report/definition.js';

const headers = { Accept: 'application/json', 'Accept-Language': 'ru' };
const rules: ReportRuleInput[] = [
  { path: 'errorCode', in: [1], then: 'retry', reason: 'generalError' },
  { path: 'errorCode', in: [3], then: 'codeSpent', reason: 'clientNotFound' },
  { path: 'errorCode', exists: true, then: 'refused', reason: 'errorCode' },
];

/** Two phases: `set-purchase` gives a ticket, `confirm-ticket` books it. 17 and 32 say that it was booked before. */
export const maxmaReport = defineReport({
  key: { field: 'txid' },
  guest: ['number', 'phone'],
  sale: [
    {
      id: 'set',
      request: {
        path: '/set-purchase',
        headers,
        json: {
          txid: '{{key}}',
          calculationQuery: {
            client: { card: '{{guest.number?}}', phoneNumber: '{{guest.phone?|e164plus}}' },
            shop: { code: '{{vars.shop}}', name: '{{vars.shopName?}}' },
            cashier: { $if: 'cashier.code', $then: { externalId: '{{cashier.code}}', name: '{{cashier.name?}}' } },
            executedAt: '{{receipt.closedAt}}',
            rows: {
              $each: 'lines',
              $item: {
                id: '{{line.id}}',
                product: { sku: '{{line.sku}}', title: '{{line.name}}', blackPrice: '{{line.price|number}}' },
                qty: '{{line.qty|number}}',
                autoDiscount: '{{line.discount|number}}',
              },
            },
            applyBonuses: '{{receipt.spent|number}}',
            collectBonuses: 'auto',
            promocode: '{{coupon?}}',
          },
        },
      },
      rules: [
        { path: 'errorCode', in: [17, 32], then: 'already' },
        ...rules,
        { http: 200, path: 'ticket', exists: true, then: 'done' },
      ],
      keep: { ticket: ['ticket'] },
    },
    {
      id: 'confirm',
      request: {
        path: '/confirm-ticket',
        headers,
        json: { txid: '{{key}}', ticket: '{{kept.ticket}}', sessionNum: '{{receipt.shift?}}', receiptNum: '{{receipt.number}}' },
      },
      rules: [{ path: 'errorCode', in: [17, 32], then: 'already' }, ...rules, { http: 200, path: 'errorCode', exists: false, then: 'done' }],
    },
  ],
  discard: [
    {
      id: 'discard',
      request: { path: '/discard-ticket', headers, json: { txid: '{{key}}', ticket: '{{kept.ticket}}' } },
      // 31: there is no such order (any more); 17 and 32 say that it was booked, and a booked one is not discarded but returned
      rules: [{ path: 'errorCode', in: [31], then: 'already' }, { path: 'errorCode', in: [17, 32], then: 'refused', reason: 'alreadyBooked' }, ...rules, { http: 200, path: 'errorCode', exists: false, then: 'done' }],
    },
  ],
  return: [
    {
      id: 'return',
      request: {
        path: '/apply-return',
        headers,
        json: {
          transaction: {
            id: '{{key}}',
            purchaseId: '{{original.key}}',
            executedAt: '{{receipt.closedAt}}',
            refundAmount: '{{receipt.total|number}}',
            shopCode: '{{vars.shop}}',
            shopName: '{{vars.shopName?}}',
            items: { $each: 'lines', $item: { sku: '{{line.sku}}', itemCount: '{{line.qty|number}}', price: '{{line.price|number}}', amount: '{{line.total|number}}' } },
          },
        },
      },
      rules: [{ path: 'errorCode', in: [17, 32], then: 'already' }, ...rules, { http: 200, path: 'errorCode', exists: false, then: 'done' }],
    },
  ],
});
