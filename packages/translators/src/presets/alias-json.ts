import { definePreset } from '../http/definition.js';
import { jsonReport } from './report/own.js';

/** A service of one's own that answers "which number is this?" in JSON: the smallest useful platform, and where to begin for another. */
export const preset = definePreset({
  id: 'alias-json',
  title: { en: 'Own service (JSON)', ru: 'Собственный сервис (JSON)' },
  contract: 'inferred',
  sources: ['conf.game-keeper.com, api2/cards/search: an external id in, a card number or null out'],
  settings: [
    { key: 'baseUrl', about: { en: 'address of the service', ru: 'адрес сервиса' } },
    { key: 'secrets.authorization', about: { en: 'whole value of the header Authorization', ru: 'всё значение заголовка Authorization' } },
    { key: 'vars.numberPath', required: false, default: 'data.cardNo', about: { en: 'where the number stands in the answer; null is not found', ru: 'где в ответе стоит номер; null значит «не найдено»' } },
    { key: 'vars.listPath', required: false, default: 'data', about: { en: 'what an answer always has, so that another shape is not taken for "not found"', ru: 'что есть в каждом ответе, чтобы чужой ответ не приняли за «не найдено»' } },
    { key: 'vars.receiptPath', required: false, about: { en: 'for receipts: path that takes them, such as receipts', ru: 'для чеков: путь, который их принимает, например receipts' } },
  ],
  auth: { type: 'header', name: 'Authorization', value: '{{secrets.authorization}}' },
  accept: [
    { kind: 'phone', normalise: 'e164', call: 'search' },
    { kind: 'card', when: '^[\\x21-\\x7e]{3,256}$', call: 'search' },
  ],
  calls: { search: { method: 'GET', path: '/cards/search', query: { altcode: '{{id}}' } } },
  response: {
    rules: [
      { http: [401, 403], then: 'authError' },
      // a page instead is a wrong address
      { http: 404, format: true, then: 'notFound' },
      { http: 404, empty: true, then: 'notFound' },
      { http: 429, then: 'rateLimited' },
      { http: '5xx', then: 'unavailable' },
      { http: 200, path: 'errors[*]', exists: true, then: 'badResponse', reason: 'platformError' },
      { http: 200, path: '{{vars.numberPath}}', exists: true, then: 'found' },
      { http: 200, path: '{{vars.listPath}}', exists: true, then: 'notFound' },
    ],
    fields: { number: ['{{vars.numberPath}}'], kind: 'card' },
    check: { pattern: '^[\\w.-]{1,64}$' },
  },
  report: jsonReport,
});
