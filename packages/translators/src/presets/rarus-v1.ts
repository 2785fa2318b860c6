import { definePreset } from '../http/definition.js';
import { rarusV1Report } from './report/rarus.js';

/** 1C-Rarus, first generation: an empty list on 200 is "not found". */
export const preset = definePreset({
  id: 'rarus-v1',
  title: { en: '1C-Rarus bonus server (v1)', ru: '1С-Рарус: бонусный сервер (v1)' },
  contract: 'vendor',
  sources: ['rarus/bonus-server-php-sdk, v1.2.1: src/Rarus/BonusServer', 'rarus.ru/bonus/wiki, integration book'],
  doubts: [{ en: 'in what unit `expires` of a token is given is not documented: a token is used for ten minutes, and 401 gets a new one', ru: 'в каких единицах задан `expires` токена, не описано: токен живёт десять минут, после 401 берётся новый' }],
  settings: [
    { key: 'baseUrl', about: { en: 'address of the API', ru: 'адрес API' } },
    { key: 'vars.login', about: { en: 'login of the organisation', ru: 'логин организации' } },
    { key: 'secrets.password', about: { en: 'its password, in the form that the server wants', ru: 'её пароль в том виде, в каком его ждёт сервер' } },
    { key: 'vars.company', required: false, about: { en: 'company_id where one server serves several', ru: 'company_id, если сервер обслуживает несколько' } },
    { key: 'vars.shop', required: false, about: { en: 'for receipts: shop_id', ru: 'для чеков: shop_id' } },
  ],
  auth: {
    type: 'login',
    request: { path: '/sign_in', json: { login: '{{vars.login}}', password: '{{secrets.password}}', role: 'organization', session_id: '{{uuid}}', company_id: '{{vars.company?}}' } },
    token: 'token',
    lifeMs: 600_000,
    use: { in: 'header', name: 'token', value: '{{token}}' },
    refreshOn: [{ http: 401 }],
  },
  accept: [
    { kind: 'phone', normalise: 'e164', call: 'byPhone' },
    { kind: 'card', when: '^[0-9A-Za-z-]{4,64}$', call: 'byBarcode' },
  ],
  calls: {
    byBarcode: { method: 'GET', path: '/organization/card', query: { page: '1', per_page: '2', calculate_count: 'false', barcode: '{{id}}' } },
    byPhone: { method: 'GET', path: '/organization/card', query: { page: '1', per_page: '2', calculate_count: 'false', phone: '{{id}}' } },
  },
  response: {
    rules: [
      { http: [401, 403], then: 'authError' },
      { http: 429, then: 'rateLimited' },
      { http: '5xx', then: 'unavailable' },
      { http: '4xx', then: 'badResponse', reason: 'refused' },
      { http: 200, path: 'code', in: [0], all: [{ path: 'cards[*]', count: 0 }, { path: 'cards', exists: true }], then: 'notFound' },
      { http: 200, path: 'cards[*].id', more: 1, then: 'ambiguous', reason: 'severalCards' },
      { http: 200, path: 'cards[0].blocked', in: [true], then: 'blocked' },
      { http: 200, path: 'cards[0].active', in: [false], then: 'inactive' },
      { http: 200, path: 'code', in: [0], all: [{ path: 'cards[0].id', exists: true }], then: 'found' },
    ],
    fields: { number: ['cards[0].barcode', 'cards[0].code'], kind: 'card', customer: ['cards[0].id'] },
    check: { pattern: '^[0-9A-Za-z-]{4,64}$' },
  },
  report: rarusV1Report,
});
