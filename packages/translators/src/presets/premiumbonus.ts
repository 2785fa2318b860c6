import { definePreset } from '../http/definition.js';
import { premiumbonusReport } from './report/premiumbonus.js';

/** Premium Bonus: one field for telephone, card and code; "not found" and "blocked" stand in the answer. */
export const preset = definePreset({
  id: 'premiumbonus',
  title: { en: 'Premium Bonus', ru: 'Premium Bonus' },
  contract: 'vendor',
  sources: ['doc.premiumbonus.ru/pb, PB API (231012-1)'],
  doubts: [
    { en: 'address and spelling of the token\'s header were not at hand: `baseUrl` and `tokenPrefix` are yours to give', ru: 'адреса и вида заголовка с токеном под рукой не было: `baseUrl` и `tokenPrefix` задаёте вы' },
    { en: 'that is_registered: false means "nobody" is concluded from the field\'s name', ru: 'что is_registered: false значит «никого нет», выведено из названия поля' },
  ],
  settings: [
    { key: 'baseUrl', about: { en: 'address of the API', ru: 'адрес API' } },
    { key: 'secrets.token', about: { en: 'API token', ru: 'токен API' } },
    { key: 'vars.tokenPrefix', required: false, about: { en: 'what stands before the token in `Authorization`, a blank included', ru: 'что стоит перед токеном в `Authorization`, вместе с пробелом' } },
    { key: 'vars.point', required: false, about: { en: 'sale_point_id', ru: 'sale_point_id' } },
  ],
  auth: { type: 'header', name: 'Authorization', value: '{{vars.tokenPrefix?}}{{secrets.token}}' },
  accept: [
    { kind: 'phone', when: '^\\s*(\\+?7|8)[\\d\\s().-]{10,16}$', normalise: 'e164', call: 'buyer' },
    // codes of the app or an SMS
    { name: 'orderCode', kind: 'card', when: '^\\d{4,6}$', oneTime: true, call: 'buyer' },
    { kind: 'card', when: '^[0-9A-Za-z-]{7,64}$', call: 'buyer' },
  ],
  calls: { buyer: { path: '/buyer-info', json: { identificator: '{{id}}', sale_point_id: '{{vars.point?}}' } } },
  response: {
    rules: [
      { http: [401, 403], then: 'authError' },
      { http: 429, then: 'rateLimited' },
      { http: '5xx', then: 'unavailable' },
      { http: 400, then: 'badResponse', reason: 'badRequest' },
      { http: 200, path: 'success', in: [false], then: 'badResponse', reason: 'refused' },
      { http: 200, path: 'blocked', in: [true], then: 'blocked' },
      { http: 200, path: 'is_registered', in: [false], kinds: ['orderCode'], then: 'codeExpired' },
      { http: 200, path: 'is_registered', in: [false], all: [{ path: 'success', in: [true] }], then: 'notFound' },
      { http: 200, path: 'is_registered', in: [true], all: [{ path: 'success', in: [true] }], then: 'found' },
    ],
    fields: { number: ['card_number'], kind: 'card', customer: ['phone', 'client_id'] },
    check: { pattern: '^[0-9A-Za-z-]{4,64}$' },
  },
  report: premiumbonusReport,
});
