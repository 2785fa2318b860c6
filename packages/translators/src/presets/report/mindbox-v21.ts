import { defineReport } from '../../report/definition.js';

/** One call books the order. The shape of the answer is an inference, as for the look-up. */
export const mindboxV21Report = defineReport({
  key: { field: 'order.ids.externalId' },
  guest: ['number', 'phone'],
  sale: [
    {
      id: 'create',
      format: 'xml',
      request: {
        path: '/v2.1/orders/create',
        query: { operation: '{{vars.createOperation}}' },
        headers: { Accept: 'application/xml' },
        contentType: 'application/xml; charset=utf-8',
        xml: {
          order: {
            ids: { externalId: '{{receipt.id}}' },
            updatedDateTimeUtc: '{{receipt.closedAtUtc}}',
            pointOfContact: '{{vars.pointOfContact?}}',
            customer: { discountCard: { $if: 'guest.number', $then: { ids: { number: '{{guest.number}}' } } }, mobilePhone: '{{guest.phone?|e164}}' },
            totalPrice: '{{receipt.total}}',
            lines: { line: { $each: 'lines', $item: { lineId: '{{line.id}}', sku: { productId: '{{line.sku}}' }, quantity: '{{line.qty}}', basePricePerItem: '{{line.price}}', discountedPrice: '{{line.total}}' } } },
            coupons: { coupon: { $each: 'coupons', $item: { ids: { code: '{{coupon}}' } } } },
          },
        },
      },
      rules: [
        { path: 'result.status', in: ['Success'], then: 'done' },
        { path: 'result.status', in: ['TransactionAlreadyProcessed'], then: 'already' },
        { path: 'result.status', in: ['InternalServerError'], then: 'retry', reason: 'internalServerError' },
        { path: 'result.status', in: ['ValidationError', 'ProtocolError'], then: 'refused', reason: 'validationError' },
      ],
    },
  ],
});
