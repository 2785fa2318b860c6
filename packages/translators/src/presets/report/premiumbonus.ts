import { defineReport } from '../../report/definition.js';

/** `offline: true` is the vendor's flag for sales that are told late. */
export const premiumbonusReport = defineReport({
  key: { field: 'external_purchase_id' },
  guest: ['code', 'phone', 'number', 'customer'],
  sale: [
    {
      id: 'purchase',
      request: {
        path: '/purchase',
        json: {
          identificator: { $if: 'guest.phone', $then: '{{guest.phone|e164}}', $else: '{{guest.value}}' },
          offline: { $flag: 'late' },
          sale_point_id: '{{vars.point?}}',
          external_purchase_id: '{{key}}',
          promocode: '{{coupon?}}',
          cashier_name: '{{cashier.name?}}',
          discount: '{{receipt.discount|number}}',
          write_off_bonus: '{{receipt.spent|number}}',
          items: {
            $each: 'lines',
            $item: { external_item_id: '{{line.sku}}', name: '{{line.name}}', price: '{{line.price|number}}', quantity: '{{line.qty|number}}', amount: '{{line.total|number}}' },
          },
          purchase_status: 'approved',
        },
      },
      rules: [{ path: 'success', in: [false], then: 'codeSpent', reason: 'purchaseRefused' }, { http: 200, path: 'purchase_id', exists: true, then: 'done' }],
      keep: { purchase: ['purchase_id'] },
    },
  ],
  cancel: [
    {
      id: 'cancel',
      request: { path: '/cancel-purchase', json: { purchase_id: '{{original.purchase?}}', external_purchase_id: '{{original.key}}' } },
      rules: [
        { path: 'success', in: [false], then: 'alreadyOrRefused', reason: 'cancelRefused' },
        { http: 200, path: 'success', in: [true], then: 'done' },
      ],
    },
  ],
});
