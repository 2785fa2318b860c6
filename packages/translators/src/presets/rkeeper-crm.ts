import { definePreset } from '../http/definition.js';

const message = (action: string): string =>
  `<?xml version="1.0" encoding="utf-8"?><Message Action="${action}" Terminal_Type="{{vars.terminalType}}" Global_Type="{{vars.globalType}}" Unit_ID="{{vars.unit}}" User_ID="{{vars.user}}"><Card_Code>{{id}}</Card_Code><Include>Holder</Include></Message>`;

const rules = [
  { http: [401, 403], then: 'authError' },
  { http: 429, then: 'rateLimited' },
  { http: '5xx', then: 'unavailable' },
  // a page instead is a wrong address
  { http: 404, format: true, then: 'notFound' },
  { http: 404, empty: true, then: 'notFound' },
  { path: 'Message.Error.Code', in: ['{{vars.notFoundCodes}}'], then: 'notFound' },
  { path: 'Message.Error', exists: true, then: 'badResponse', reason: 'platformError' },
] as const;

/**
 * r_keeper CRM: the requests of its API 5 over HTTP(S), which its server speaks from version 7 on. The names of the request are the
 * vendor's; how the answer is built is a guess, so it ships switched off. Coupons are of three kinds: a product, a sum, a discount.
 */
export const preset = definePreset({
  id: 'rkeeper-crm',
  title: { en: 'r_keeper CRM', ru: 'r_keeper CRM' },
  contract: 'guess',
  enabled: false,
  sources: ['docs.rkeeper.ru, api_crm_7.00 (request "Get card info", headers)', 'docs.rkeeper.ru, page 23659361: coupons are of the kinds product, sum and discount', 'docs.rkeeper.ru, node 8941: HTTP(S) from version 7'],
  doubts: [
    { en: 'the names of the members of the answer, of its errors and of a coupon\'s kind and state are guesses', ru: 'имена полей ответа, ошибок, вида и состояния купона предположительны' },
    { en: 'over bare TCP the server wants windows-1251 and lines of its own in front: that is not done here', ru: 'по обычному TCP серверу нужны windows-1251 и собственные строки заголовка: здесь этого нет' },
  ],
  settings: [
    { key: 'baseUrl', about: { en: 'address of the CRM server (HTTP(S), version 7 or later)', ru: 'адрес сервера CRM (HTTP(S), версия 7 и новее)' } },
    { key: 'secrets.authorization', about: { en: 'whole value of the header Authorization', ru: 'всё значение заголовка Authorization' } },
    { key: 'vars.unit', about: { en: 'Unit_ID of the restaurant', ru: 'Unit_ID ресторана' } },
    { key: 'vars.user', required: false, default: '1', about: { en: 'User_ID', ru: 'User_ID' } },
    { key: 'vars.terminalType', required: false, default: '1', about: { en: 'Terminal_Type', ru: 'Terminal_Type' } },
    { key: 'vars.globalType', required: false, default: 'ABC', about: { en: 'Global_Type', ru: 'Global_Type' } },
    { key: 'vars.notFoundCodes', required: false, default: ['2'], about: { en: 'error codes of a card that is not there', ru: 'коды ошибки для отсутствующей карты' } },
    { key: 'vars.blockedStates', required: false, default: ['Blocked', 'Seized', 'Deleted'], about: { en: 'states of a card that must not be used', ru: 'состояния карты, при которых она не действует' } },
  ],
  auth: { type: 'header', name: 'Authorization', value: '{{secrets.authorization}}' },
  accept: [
    { kind: 'phone', normalise: 'e164', call: 'card' },
    { kind: 'card', when: '^\\d{1,19}$', call: 'card' },
    { kind: 'coupon', when: '^[\\w-]{1,64}$', call: 'coupon' },
  ],
  calls: {
    card: { path: '/', headers: { 'Message-ID': '{{uuid}}', 'Message-Type': 'Request' }, xml: message('Get card info') },
    coupon: { path: '/', headers: { 'Message-ID': '{{uuid}}', 'Message-Type': 'Request' }, xml: message('Get coupon info') },
  },
  response: {
    format: 'xml',
    rules: [
      ...rules,
      { http: 200, path: 'Message.Card.State', in: ['{{vars.blockedStates}}'], then: 'blocked' },
      { http: 200, path: 'Message.Card.Card_Code', exists: true, then: 'found' },
    ],
    fields: { number: ['Message.Card.Card_Code'], kind: 'card', customer: ['Message.Card.Holder.Holder_ID'] },
    // an Int64 of the till
    check: { pattern: '^\\d{1,19}$' },
  },
  responses: {
    coupon: {
      format: 'xml',
      rules: [
        ...rules,
        { http: 200, path: 'Message.Coupon.State', in: ['Used'], then: 'coupon', coupon: 'used' },
        { http: 200, path: 'Message.Coupon.State', in: ['Expired'], then: 'coupon', coupon: 'expired' },
        { http: 200, path: 'Message.Coupon.State', in: ['NotApplicable'], then: 'coupon', coupon: 'notApplicable' },
        { http: 200, path: 'Message.Coupon.State', in: ['NeedsCard'], then: 'coupon', coupon: 'needsCustomer' },
        { http: 200, path: 'Message.Coupon.State', in: ['Active'], then: 'coupon', coupon: 'usable' },
        { http: 200, path: 'Message.Coupon.Coupon_Code', exists: true, then: 'coupon', coupon: 'unknown' },
      ],
      fields: {
        number: ['Message.Coupon.Coupon_Code'],
        kind: 'coupon',
        gives: { path: 'Message.Coupon.Kind', product: ['Product'], sum: ['Sum'], discount: ['Discount'] },
      },
    },
  },
});
