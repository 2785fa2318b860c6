import { definePreset } from '../http/definition.js';
import { mindboxV21Report } from './report/mindbox-v21.js';

/** Mindbox's older interface: XML both ways. Names of operations and the shape of answers are each project's own. */
export const preset = definePreset({
  id: 'mindbox-v21',
  title: { en: 'Mindbox v2.1 (XML)', ru: 'Mindbox v2.1 (XML)' },
  contract: 'inferred',
  sources: ['mindbox-cloud/php-sdk, src/Clients/MindboxClientV2.php', 'mindbox-cloud/php-sdk, src/DTO/V2', 'mindbox-cloud/php-sdk, docs/examples/send_request_to_v2.md'],
  doubts: [
    { en: 'address, key and operations are the vendor\'s; that an order\'s customer has `discountCards` with a status as text is in its SDK; the element around them has to be compared with a real answer', ru: 'адрес, ключ и операции — от поставщика; что у клиента заказа есть `discountCards` со статусом строкой, видно из SDK; внешний элемент ответа надо сверить с настоящим' },
  ],
  enabled: false,
  settings: [
    { key: 'baseUrl', about: { en: 'address of the project, such as https://project-services.mindbox.ru', ru: 'адрес проекта, например https://project-services.mindbox.ru' } },
    { key: 'secrets.key', about: { en: 'key of the project (DirectCrm key)', ru: 'ключ проекта (DirectCrm key)' } },
    { key: 'vars.operation', about: { en: 'operation of get-pre-order-info', ru: 'операция get-pre-order-info' } },
    { key: 'vars.numberPath', about: { en: 'where the answer has the card\'s number, such as result.order.customer.discountCards.discountCard[*].ids.number', ru: 'где в ответе стоит номер карты, например result.order.customer.discountCards.discountCard[*].ids.number' } },
    { key: 'vars.statusPath', required: false, default: 'result.status', about: { en: 'where the answer has its status', ru: 'где в ответе стоит его статус' } },
    { key: 'vars.customerPath', required: false, default: 'result.order.customer', about: { en: 'where the answer has the customer', ru: 'где в ответе стоит клиент' } },
    { key: 'vars.statePath', required: false, default: 'result.order.customer.discountCards.discountCard[*].status', about: { en: 'where the answer has the card\'s state', ru: 'где в ответе стоит статус карты' } },
    { key: 'vars.pointOfContact', required: false, about: { en: 'point of contact (the store)', ru: 'точка контакта (магазин)' } },
    { key: 'vars.createOperation', required: false, about: { en: 'for receipts: operation that creates an order', ru: 'для чеков: операция создания заказа' } },
  ],
  auth: { type: 'header', name: 'Authorization', value: 'DirectCrm key="{{secrets.key}}"' },
  accept: [
    { kind: 'phone', normalise: 'e164', call: 'byPhone' },
    { kind: 'card', when: '^[0-9A-Za-z-]{4,32}$', call: 'byCard' },
  ],
  calls: {
    byPhone: {
      path: '/v2.1/orders/get-pre-order-info',
      query: { operation: '{{vars.operation}}' },
      contentType: 'application/xml; charset=utf-8',
      headers: { Accept: 'application/xml' },
      xml: '<?xml version="1.0" encoding="utf-8"?><order><pointOfContact>{{vars.pointOfContact?}}</pointOfContact><customer><mobilePhone>{{id}}</mobilePhone></customer></order>',
    },
    byCard: {
      path: '/v2.1/orders/get-pre-order-info',
      query: { operation: '{{vars.operation}}' },
      contentType: 'application/xml; charset=utf-8',
      headers: { Accept: 'application/xml' },
      xml: '<?xml version="1.0" encoding="utf-8"?><order><pointOfContact>{{vars.pointOfContact?}}</pointOfContact><customer><discountCard><ids><number>{{id}}</number></ids></discountCard></customer></order>',
    },
  },
  response: {
    format: 'xml',
    rules: [
      { http: [401, 403], then: 'authError' },
      { http: 429, then: 'rateLimited' },
      { http: '5xx', then: 'unavailable' },
      { path: '{{vars.statusPath}}', in: ['ValidationError', 'ProtocolError'], then: 'badResponse', reason: 'validationError' },
      { http: 200, path: '{{vars.customerPath}}.processingStatus', in: ['NotFound'], then: 'notFound' },
      { http: 200, path: '{{vars.numberPath}}', more: 1, then: 'ambiguous', reason: 'severalCards' },
      { http: 200, path: '{{vars.statePath}}', in: ['Blocked'], then: 'blocked' },
      { http: 200, path: '{{vars.statePath}}', in: ['Inactive', 'NotIssued'], then: 'inactive' },
      { http: 200, path: '{{vars.customerPath}}.processingStatus', in: ['Found'], all: [{ path: '{{vars.statusPath}}', in: ['Success'] }], then: 'found' },
    ],
    fields: { number: ['{{vars.numberPath}}'], kind: 'card', customer: ['{{vars.customerPath}}.ids.mindboxId'] },
    check: { pattern: '^[0-9A-Za-z-]{4,32}$' },
  },
  report: mindboxV21Report,
});
