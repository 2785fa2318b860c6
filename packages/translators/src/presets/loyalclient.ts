import { definePreset } from '../http/definition.js';

/** LoyalClient: one search for telephone, card and the code of the app. */
export const preset = definePreset({
  id: 'loyalclient',
  title: { en: 'LoyalClient', ru: 'LoyalClient' },
  contract: 'vendor',
  sources: ['support.loyalclient.ru, basic REST API integration'],
  doubts: [
    { en: 'how long a code of the app lives is not known: declare it `oneTime: true` under `codes:`', ru: 'срок жизни кода из приложения неизвестен: укажите для него `oneTime: true` в `codes:`' },
    { en: '`success: false` is taken for a guest who is not there; the document does not tell failures apart', ru: '`success: false` считается отсутствием гостя: документация не различает причины отказа' },
  ],
  settings: [
    { key: 'baseUrl', about: { en: 'address of the API, without a slash at its end', ru: 'адрес API без косой черты в конце' } },
    { key: 'secrets.key', about: { en: 'key of the API (header apikey)', ru: 'ключ API (заголовок apikey)' } },
    { key: 'vars.point', about: { en: 'id of the point of sale', ru: 'идентификатор точки продаж' } },
  ],
  auth: { type: 'header', name: 'apikey', value: '{{secrets.key}}' },
  accept: [
    { kind: 'phone', normalise: 'e164', call: 'search' },
    { kind: 'card', when: '^[\\w.-]{4,64}$', call: 'search' },
  ],
  calls: { search: { path: '/integration/general/client', json: { search: '{{id}}', point: '{{vars.point}}' } } },
  response: {
    rules: [
      { http: [401, 403], then: 'authError' },
      { http: 429, then: 'rateLimited' },
      { http: '5xx', then: 'unavailable' },
      { http: [200, 404], path: 'success', in: [false], then: 'notFound' },
      { http: 200, path: 'success', in: [true], all: [{ path: 'client.id', exists: true }], then: 'found' },
    ],
    fields: { number: ['client.id', 'client.phone'], customer: ['client.id'] },
    check: { pattern: '^[\\w.-]{1,64}$' },
  },
});
