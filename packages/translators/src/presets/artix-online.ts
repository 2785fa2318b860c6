import { definePreset } from '../http/definition.js';

/** Online cards of Artix, on the store's own network (port 8096): one card or one telephone in each request. */
export const preset = definePreset({
  id: 'artix-online',
  title: { en: 'Artix, online cards', ru: 'Artix: онлайн-карты' },
  contract: 'inferred',
  sources: ['docs.artix.su, page 138019763 (artixcs-online-card, Swagger)'],
  doubts: [
    { en: 'the names of the members of the answer are not public: the place of the number is a setting', ru: 'имена полей ответа не опубликованы: место номера задаётся настройкой' },
    { en: 'how a caller is known is a setting of the installation: give the whole header', ru: 'способ авторизации зависит от установки: укажите заголовок целиком' },
  ],
  settings: [
    { key: 'baseUrl', about: { en: 'address of the service, such as http://192.168.1.10:8096', ru: 'адрес сервиса, например http://192.168.1.10:8096' } },
    { key: 'secrets.authorization', about: { en: 'whole value of the header Authorization, such as "Basic ..."', ru: 'всё значение заголовка Authorization, например «Basic …»' } },
    { key: 'vars.numberPath', about: { en: 'where the card\'s number stands in the answer, such as number', ru: 'где в ответе стоит номер карты, например number' } },
    { key: 'vars.blockedPath', required: false, about: { en: 'where it says that a card is blocked', ru: 'где в ответе признак блокировки' } },
    { key: 'vars.blockedValues', required: false, default: ['true', '1'], about: { en: 'values there that mean blocked', ru: 'значения этого признака, которые значат «заблокирована»' } },
  ],
  auth: { type: 'header', name: 'Authorization', value: '{{secrets.authorization}}' },
  limits: { concurrent: 1, totalMs: 1500 },
  accept: [
    { kind: 'phone', normalise: 'e164', call: 'byPhone' },
    { kind: 'card', when: '^[\\w.-]{3,64}$', call: 'byCard' },
  ],
  calls: {
    byCard: { method: 'GET', path: '/v1/cards/number/{{id}}' },
    byPhone: { method: 'GET', path: '/v1/cards/list/by/phonenumber/{{id}}' },
  },
  response: {
    rules: [
      { http: [401, 403], then: 'authError' },
      // a page instead is a wrong address
      { http: 404, format: true, then: 'notFound' },
      { http: 404, empty: true, then: 'notFound' },
      { http: 429, then: 'rateLimited' },
      { http: '5xx', then: 'unavailable' },
      { http: 200, path: '{{vars.blockedPath}}', in: ['{{vars.blockedValues}}'], then: 'blocked' },
      { http: 200, path: '{{vars.numberPath}}', exists: true, then: 'found' },
    ],
    fields: { number: ['{{vars.numberPath}}'], kind: 'card' },
    check: { pattern: '^[\\w.-]{1,64}$' },
  },
  responses: {
    byPhone: {
      rules: [
        { http: [401, 403], then: 'authError' },
        // a page instead is a wrong address
        { http: 404, format: true, then: 'notFound' },
        { http: 404, empty: true, then: 'notFound' },
        { http: 429, then: 'rateLimited' },
        { http: '5xx', then: 'unavailable' },
        { http: 200, path: '[*].{{vars.numberPath}}', more: 1, then: 'ambiguous' },
        { http: 200, path: '[0].{{vars.blockedPath}}', in: ['{{vars.blockedValues}}'], then: 'blocked' },
        { http: 200, path: '[0].{{vars.numberPath}}', exists: true, then: 'found' },
        { http: 200, path: '[*]', count: 0, then: 'notFound' },
      ],
      fields: { number: ['[0].{{vars.numberPath}}'], kind: 'card' },
      check: { pattern: '^[\\w.-]{1,64}$' },
    },
  },
});
