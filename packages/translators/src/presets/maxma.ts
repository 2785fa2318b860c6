import { definePreset } from '../http/definition.js';
import { maxmaReport } from './report/maxma.js';

/** MAXMA (CloudLoyalty): errors come with HTTP 200 and a number, cards as integer and as text. */
export const preset = definePreset({
  id: 'maxma',
  title: { en: 'MAXMA (CloudLoyalty)', ru: 'MAXMA (CloudLoyalty)' },
  contract: 'vendor',
  sources: ['cloudloyalty/client-php, lib/Client.php and lib/Exception/ProcessingException.php', 'help.maxma.com, integration with web shops'],
  doubts: [
    { en: 'a promo code is checked with a made-up line of one rouble: "not applicable" there says nothing about the real receipt and is passed on as unknown', ru: 'промокод проверяется на вымышленной строке в один рубль: «неприменим» там ничего не говорит о настоящем чеке и передаётся как «неизвестно»' },
  ],
  settings: [
    { key: 'baseUrl', required: false, about: { en: 'address of the API; api-test.maxma.com for trials', ru: 'адрес API; для проверки api-test.maxma.com' } },
    { key: 'secrets.key', about: { en: 'processing key (header X-Processing-Key)', ru: 'ключ процессинга (заголовок X-Processing-Key)' } },
    { key: 'vars.shop', required: false, about: { en: 'code of the shop: for promo codes and receipts', ru: 'код магазина: для промокодов и чеков' } },
    { key: 'vars.shopName', required: false, about: { en: 'name of the shop', ru: 'название магазина' } },
    { key: 'vars.couponSku', required: false, default: 'promocode-check', about: { en: 'article of the line with which a promo code is checked', ru: 'артикул строки, на которой проверяется промокод' } },
  ],
  baseUrl: 'https://api.maxma.com',
  auth: { type: 'header', name: 'X-Processing-Key', value: '{{secrets.key}}' },
  limits: { concurrent: 4, perSecond: 5, burst: 5 },
  accept: [
    { kind: 'phone', normalise: 'e164plus', call: 'byPhone' },
    { kind: 'card', when: '^[0-9A-Za-z-]{4,32}$', call: 'byCard' },
    { kind: 'coupon', when: '^[^\\s]{2,64}$', call: 'coupon' },
  ],
  calls: {
    byPhone: { path: '/get-balance', headers: { Accept: 'application/json', 'Accept-Language': 'ru' }, json: { phoneNumber: '{{id}}' } },
    byCard: { path: '/get-balance', headers: { Accept: 'application/json', 'Accept-Language': 'ru' }, json: { card: '{{id}}' } },
    coupon: {
      path: '/v2/calculate-purchase',
      headers: { Accept: 'application/json', 'Accept-Language': 'ru' },
      json: {
        calculationQuery: {
          shop: { code: '{{vars.shop?}}', name: '{{vars.shopName?}}' },
          rows: [{ id: '1', product: { sku: '{{vars.couponSku}}', blackPrice: 1 }, qty: 1 }],
          promocode: '{{id}}',
        },
      },
    },
  },
  response: {
    rules: [
      { http: [401, 403], then: 'authError' },
      { http: 429, then: 'rateLimited' },
      { http: '5xx', then: 'unavailable' },
      { path: 'errorCode', in: [3], then: 'notFound' },
      { path: 'errorCode', in: [4], then: 'blocked' },
      { path: 'errorCode', in: [20, 29], then: 'notFound', reason: 'badPhone' },
      { path: 'errorCode', in: [7], then: 'rateLimited', reason: 'tooManyPurchases' },
      { path: 'errorCode', exists: true, then: 'badResponse', reason: 'errorCode' },
      { http: 200, path: 'client', exists: true, then: 'found' },
    ],
    fields: { number: ['client.cardString'], kind: 'card', customer: ['client.externalId', 'client.phoneNumber'] },
    check: { pattern: '^[0-9A-Za-z-]{4,32}$' },
  },
  responses: {
    coupon: {
      rules: [
        { http: [401, 403], then: 'authError' },
        { http: 429, then: 'rateLimited' },
        { http: '5xx', then: 'unavailable' },
        { path: 'errorCode', exists: true, then: 'badResponse', reason: 'errorCode' },
        { http: 200, path: 'calculationResult.promocode.error.code', in: [33], then: 'notFound' },
        { http: 200, path: 'calculationResult.promocode.error.code', in: [34], then: 'coupon', coupon: 'unknown', reason: 'notApplicableToOneLine' },
        { http: 200, path: 'calculationResult.promocode.error.code', in: [35], then: 'coupon', coupon: 'used' },
        { http: 200, path: 'calculationResult.promocode.error.code', in: [36], then: 'coupon', coupon: 'expired' },
        { http: 200, path: 'calculationResult.promocode.error.code', in: [37], then: 'coupon', coupon: 'needsCustomer' },
        { http: 200, path: 'calculationResult.promocode.error', exists: true, then: 'badResponse', reason: 'promocodeError' },
        { http: 200, path: 'calculationResult.promocode.applied', in: [true], then: 'coupon', coupon: 'usable' },
      ],
    },
  },
  report: maxmaReport,
});
