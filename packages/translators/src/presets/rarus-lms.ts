import { definePreset } from '../http/definition.js';
import { rarusLmsReport } from './report/rarus.js';

/** 1C-Rarus, second generation (LMS): a token without a scheme, an envelope around every answer. */
export const preset = definePreset({
  id: 'rarus-lms',
  title: { en: '1C-Rarus bonus system, LMS (v2)', ru: '1С-Рарус: бонусная система LMS (v2)' },
  contract: 'vendor',
  sources: ['rarus/bonus-server-php-sdk, HEAD of 2026-03: src/Transport, src/Cards, src/Users, src/PromoCodes', 'rarus.ru/bonus/wiki'],
  doubts: [
    { en: 'no list of error codes is published: `notFoundCodes` holds 404 until you know better', ru: 'списка кодов ошибок нет в открытом доступе: в `notFoundCodes` стоит 404, пока вы не узнаете точнее' },
  ],
  settings: [
    { key: 'baseUrl', about: { en: 'address of the API', ru: 'адрес API' } },
    { key: 'secrets.key', about: { en: 'key of the integration module', ru: 'ключ интеграционного модуля' } },
    { key: 'vars.module', about: { en: 'id of the integration module', ru: 'идентификатор интеграционного модуля' } },
    { key: 'vars.moduleVersion', required: false, default: '1', about: { en: 'its version, as it was registered', ru: 'его версия, как при регистрации' } },
    { key: 'vars.notFoundCodes', required: false, default: ['404'], about: { en: 'values of `code` that mean that there is no such card', ru: 'значения `code`, которые значат, что такой карты нет' } },
    { key: 'vars.shop', required: false, about: { en: 'for receipts: shop_id', ru: 'для чеков: shop_id' } },
    { key: 'vars.register', required: false, about: { en: 'for receipts: register_id', ru: 'для чеков: register_id' } },
  ],
  auth: {
    type: 'login',
    request: { path: '/integration-module/auth', headers: { Authorization: '{{secrets.key}}' }, json: { id: '{{vars.module}}', version: '{{vars.moduleVersion}}' } },
    token: 'data.content',
    expires: { path: 'data.expire_at', unit: 'epochSeconds' },
    use: { in: 'header', name: 'Authorization', value: '{{token}}' },
    refreshOn: [{ http: 401 }],
  },
  limits: { connectMs: 2000 },
  accept: [
    { kind: 'phone', normalise: 'e164', call: 'byPhone' },
    { kind: 'card', when: '^[0-9A-Za-z-]{4,64}$', call: 'byBarcode' },
    { kind: 'coupon', when: '^[^\\s]{2,64}$', call: 'promoCode' },
  ],
  calls: {
    byBarcode: { method: 'GET', path: '/web-flow/card/by-barcode/{{id}}' },
    byPhone: { method: 'GET', path: '/web-flow/client/by-phone/{{id}}' },
    promoCode: { method: 'GET', path: '/web-flow/promo-code/{{id}}' },
  },
  response: {
    rules: [
      { http: [401, 403], then: 'authError' },
      { http: 429, then: 'rateLimited' },
      { http: '5xx', then: 'unavailable' },
      { path: 'success', in: [false], all: [{ path: 'code', in: ['{{vars.notFoundCodes}}'] }], then: 'notFound' },
      { path: 'success', in: [false], then: 'badResponse', reason: 'errorCode' },
      { http: 200, path: 'data.blocked', in: [true], then: 'blocked' },
      { http: 200, path: 'data.state', in: ['inactive'], then: 'inactive' },
      { http: 200, path: 'success', in: [true], all: [{ path: 'data.id', exists: true }], then: 'found' },
    ],
    fields: { number: ['data.barcode', 'data.external_id', 'data.magnetic_code'], kind: 'card', customer: ['data.id'] },
    check: { pattern: '^[0-9A-Za-z-]{4,64}$' },
  },
  responses: {
    byPhone: {
      rules: [
        { http: [401, 403], then: 'authError' },
        { http: 429, then: 'rateLimited' },
        { http: '5xx', then: 'unavailable' },
        { path: 'success', in: [false], all: [{ path: 'code', in: ['{{vars.notFoundCodes}}'] }], then: 'notFound' },
        { path: 'success', in: [false], then: 'badResponse', reason: 'errorCode' },
        { http: 200, path: 'data.blocked', in: [true], then: 'blocked' },
        { http: 200, path: 'data.cards[*].barcode', more: 1, then: 'ambiguous', reason: 'severalCards' },
        { http: 200, path: 'data.cards[0].blocked', in: [true], then: 'blocked' },
        { http: 200, path: 'data.cards[0].state', in: ['inactive'], then: 'inactive' },
        { http: 200, path: 'success', in: [true], all: [{ path: 'data.id', exists: true }], then: 'found' },
      ],
      fields: { number: ['data.cards[0].barcode', 'data.cards[0].external_id', 'data.cards[0].magnetic_code'], kind: 'card', customer: ['data.cards[0].id'] },
      check: { pattern: '^[0-9A-Za-z-]{4,64}$' },
    },
    promoCode: {
      rules: [
        { http: [401, 403], then: 'authError' },
        { http: 429, then: 'rateLimited' },
        { http: '5xx', then: 'unavailable' },
        { path: 'success', in: [false], all: [{ path: 'code', in: ['{{vars.notFoundCodes}}'] }], then: 'notFound' },
        { path: 'success', in: [false], then: 'badResponse', reason: 'errorCode' },
        { http: 200, path: 'data.status', in: ['active'], then: 'coupon', coupon: 'usable' },
        // held by a receipt that is not closed, perhaps by this one
        { http: 200, path: 'data.status', in: ['hold'], then: 'coupon', coupon: 'unknown' },
        { http: 200, path: 'data.status', in: ['used'], then: 'coupon', coupon: 'used' },
        { http: 200, path: 'data.status', in: ['inactive'], then: 'coupon', coupon: 'expired' },
        { http: 200, path: 'data.status', in: ['invalid'], then: 'coupon', coupon: 'notApplicable' },
      ],
    },
  },
  report: rarusLmsReport,
});
