import type { BodyTemplate } from '../../report/body-schema.js';
import { defineReport, type ReportRuleInput, type ReportStepInput } from '../../report/definition.js';

const RESPONSE = 'Envelope.Body.ProcessRequestResponse.ProcessRequestResult.ChequeResponse';
const item = {
  $each: 'lines',
  $item: { PositionNumber: '{{line.number}}', Article: '{{line.sku}}', ArticleName: '{{line.name}}', Price: '{{line.price}}', Quantity: '{{line.qty}}', Summ: '{{line.total}}', Discount: '0', SummDiscounted: '{{line.total}}' },
};

const cheque = (operation: 'Sale' | 'Return' | 'Rollback', more: Readonly<Record<string, BodyTemplate>>): ReportStepInput['request'] => ({
  path: '/{{vars.path}}',
  headers: { SOAPAction: '"http://loyalty.manzanagroup.ru/loyalty.xsd/ProcessRequest"' },
  xml: {
    'soap:Envelope': {
      '@xmlns:soap': 'http://schemas.xmlsoap.org/soap/envelope/',
      'soap:Body': {
        ProcessRequest: {
          '@xmlns': 'http://loyalty.manzanagroup.ru/loyalty.xsd',
          request: {
            ChequeRequest: {
              '@ChequeType': 'Fiscal',
              RequestID: '{{key}}',
              DateTime: '{{receipt.notLater}}',
              Organization: '{{vars.organization}}',
              BusinessUnit: '{{vars.businessUnit}}',
              POS: '{{vars.pos}}',
              Card: { $if: 'guest.number', $then: { CardNumber: '{{guest.number}}' } },
              Number: '{{key}}',
              OperationType: operation,
              Summ: '{{receipt.total}}',
              Discount: '0',
              SummDiscounted: '{{receipt.total}}',
              PaidByBonus: '{{receipt.spent}}',
              Item: item,
              Coupons: { Coupon: { $each: 'coupons', $item: { Number: '{{coupon}}' } } },
              ...more,
            },
          },
          orgName: '{{vars.orgName}}',
        },
      },
    },
  },
});
const rules: ReportRuleInput[] = [
  { http: 500, path: 'Envelope.Body.Fault', exists: true, then: 'refused', reason: 'soapFault' },
  { http: 200, path: `${RESPONSE}.ReturnCode`, in: ['0'], then: 'done' },
  { http: 200, path: `${RESPONSE}.ReturnCode`, in: ['{{vars.notFoundCodes}}'], then: 'refused', reason: 'cardNotFound' },
  { http: 200, path: `${RESPONSE}.ReturnCode`, exists: true, then: 'refused', reason: 'returnCode' },
];

/** A fiscal cheque, booked once for its Number. Its time is never later than the server's clock, as far as that is known. */
export const manzanaReport = defineReport({
  key: { field: 'RequestID and Number' },
  guest: ['number'],
  sale: [{ id: 'cheque', format: 'xml', request: cheque('Sale', {}), rules, keep: { transaction: [`${RESPONSE}.TransactionID`] } }],
  return: [{ id: 'return', format: 'xml', request: cheque('Return', { ChequeReference: { Number: '{{original.key}}' } }), rules }],
  cancel: [{ id: 'rollback', format: 'xml', request: cheque('Rollback', { TransactionReference: { TransactionID: '{{original.transaction}}' } }), rules }],
});
