import { definePreset } from '../http/definition.js';

/**
 * The service that a retailer runs for the Koshelek wallet (Loyalty Online API): telephone in, card and barcode out. Nobody found is 200
 * without a body; 422 is a card that must not be shown.
 */
export const preset = definePreset({
  id: 'koshelek-partner',
  title: { en: 'Koshelek, the retailer\'s own card service', ru: 'Кошелёк: сервис карт самого магазина' },
  contract: 'vendor',
  sources: ['developers.koshelek.app, Loyalty Online API 1.0.0 to 1.3.0', 'developers.cardsmobile.ru, basic API methods'],
  settings: [
    { key: 'baseUrl', about: { en: 'address of the service that answers Koshelek', ru: 'адрес сервиса, который отвечает Кошельку' } },
    { key: 'secrets.user', about: { en: 'user name of the service', ru: 'имя пользователя сервиса' } },
    { key: 'secrets.password', about: { en: 'password of the service', ru: 'пароль сервиса' } },
  ],
  auth: { type: 'basic', user: '{{secrets.user}}', password: '{{secrets.password}}' },
  accept: [{ kind: 'phone', normalise: 'e164', call: 'card' }],
  calls: { card: { method: 'GET', path: '/v1/card', query: { msisdn: '{{id}}' } } },
  response: {
    rules: [
      { http: 200, empty: true, then: 'notFound' },
      { http: 422, then: 'blocked' },
      { http: [401, 403], then: 'authError' },
      { http: 429, then: 'rateLimited' },
      { http: '5xx', then: 'unavailable' },
      { http: 200, path: 'card.cardState', in: ['inactive'], then: 'inactive' },
      { http: 200, path: 'card.cardNumber', exists: true, then: 'found' },
    ],
    fields: { number: ['card.cardNumber', 'card.barcode.barcodeNumber'], kind: 'card', customer: ['card.cardNumber'] },
    check: { pattern: '^[\\w.-]{1,64}$' },
  },
});
