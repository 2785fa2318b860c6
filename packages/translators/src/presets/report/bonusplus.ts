import { defineReport } from '../../report/definition.js';

/** A second sale with one `externalId` is refused with 412, like everything that the platform's business forbids. */
export const bonusplusReport = defineReport({
  key: { field: 'externalId' },
  guest: ['phone', 'customer'],
  sale: [
    {
      id: 'retail',
      request: {
        path: '/retail',
        json: {
          phone: '{{guest.value|e164}}',
          bonusDebit: '{{receipt.spent|number}}',
          store: '{{vars.store?}}',
          externalId: '{{key}}',
          items: {
            $each: 'lines',
            $item: {
              sum: '{{line.total|number}}',
              qnt: '{{line.qty|number}}',
              product: '{{line.sku}}',
              ds: '{{line.discount|number}}',
              price: '{{line.price|number}}',
              ext: '{{key}}-{{line.id}}',
            },
          },
        },
      },
      rules: [
        { http: 412, path: 'msg', exists: true, then: 'alreadyOrRefused', reason: 'businessRefusal' },
        { http: 404, path: 'msg', exists: true, then: 'codeSpent', reason: 'customerNotFound' },
        { http: 200, path: 'customer', exists: true, then: 'done' },
        { http: 204, then: 'done' },
      ],
    },
  ],
});
