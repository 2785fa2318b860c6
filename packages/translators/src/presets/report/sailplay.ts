import { defineReport } from '../../report/definition.js';

/** `order_num` is the key. Which error a second one gets is not known: after an attempt that may have arrived it counts as booked. */
export const sailplayReport = defineReport({
  key: { field: 'order_num' },
  guest: ['phone'],
  sale: [
    {
      id: 'purchase',
      request: {
        method: 'POST',
        path: '/purchases/new/',
        form: { store_department_id: '{{vars.department}}', user_phone: '{{guest.phone|e164}}', order_num: '{{key}}', price: '{{receipt.total}}', fields: 'public_key' },
      },
      rules: [
        { http: 200, path: 'status', in: ['ok'], then: 'done' },
        { path: 'status_code', in: ['{{vars.tokenCodes}}'], then: 'retry', reason: 'authError' },
        { path: 'status', in: ['error'], then: 'alreadyOrRefused', reason: 'purchaseRefused' },
      ],
      keep: { purchase: ['purchase.id'] },
    },
  ],
});
