import { defineReport, type ReportStepInput } from '../../report/definition.js';

/** The vendor's specification: a repeat with the same id is harmless. One for each step of each receipt. */
const headers = { Accept: 'application/json', 'X-Origin-Request-Id': '{{stepKey}}', 'X-Timestamp': '{{nowIso}}' };

const refund = (amount: Readonly<Record<string, string>>): ReportStepInput[] => [
  {
    id: 'refund',
    request: { path: '/operations/{{original.operation}}/refund', headers, json: amount },
    rules: [
      { http: 404, path: 'errorCode', exists: true, then: 'refused', reason: 'operationNotFound' },
      { http: 400, path: 'errorCode', exists: true, then: 'alreadyOrRefused', reason: 'refundRefused' },
      { http: 200, path: 'id', exists: true, then: 'done' },
    ],
  },
];

/**
 * The code that the guest showed is spent by the operation; when it is too old by then the guest is named by what the look-up gave. The
 * nonce makes a repeat the same operation.
 */
export const udsReport = defineReport({
  key: { field: 'nonce', form: 'uuid5' },
  guest: ['session', 'code', 'customer', 'phone'],
  sale: [
    {
      id: 'operation',
      request: {
        path: '/operations',
        headers,
        json: {
          code: { $if: 'guest.session', $then: '{{guest.session}}', $else: { $if: 'guest.code', $then: '{{guest.code}}', $else: null } },
          participant: {
            $if: 'guest.customer',
            $then: { uid: '{{guest.customer}}', phone: null },
            $else: { $if: 'guest.phone', $then: { uid: null, phone: '{{guest.phone|e164plus}}' }, $else: null },
          },
          nonce: '{{key}}',
          cashier: { $if: 'cashier.code', $then: { externalId: '{{cashier.code}}', name: '{{cashier.name?}}' }, $else: null },
          receipt: {
            total: '{{receipt.total|number}}',
            cash: '{{receipt.cash|number}}',
            points: '{{receipt.spent|number}}',
            number: '{{receipt.number}}',
            skipLoyaltyTotal: null,
          },
        },
      },
      rules: [
        { http: [400, 404], path: 'errorCode', exists: true, then: 'codeSpent', reason: 'guestNotTaken' },
        { http: 200, path: 'id', exists: true, then: 'done' },
      ],
      keep: { operation: ['id'] },
    },
  ],
  return: refund({ partialAmount: '{{receipt.total|number}}' }),
  cancel: refund({}),
});
