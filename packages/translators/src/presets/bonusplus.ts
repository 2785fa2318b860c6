import { definePreset } from '../http/definition.js';
import { bonusplusReport } from './report/bonusplus.js';

/** Bonus Plus: guests are known by telephone; a search by card number was not seen anywhere. */
export const preset = definePreset({
  id: 'bonusplus',
  title: { en: 'Bonus Plus', ru: 'Бонус Плюс' },
  contract: 'client',
  sources: ['evgrezanov/bonus-plus-wp (2024-09), inc/*.php', 'bonusplus.pro/api/Help'],
  doubts: [
    { en: 'one public client sends the key as it is, another in base64: give it as the vendor\'s page shows it; one that is encoded already is to be decoded first', ru: 'один открытый клиент шлёт ключ как есть, другой в base64: задайте его как на странице поставщика; уже закодированный сначала раскодируйте' },
    { en: 'how a blocked guest looks is not known: 412 is a refusal with a text that is not shown', ru: 'как выглядит заблокированный гость, неизвестно: 412 — отказ с текстом, который не показывается' },
  ],
  settings: [
    { key: 'baseUrl', required: false, about: { en: 'address of the API', ru: 'адрес API' } },
    { key: 'secrets.key', about: { en: 'API key, not encoded', ru: 'ключ API, без кодирования' } },
    { key: 'vars.store', required: false, about: { en: 'for receipts: name of the store', ru: 'для чеков: название магазина' } },
  ],
  baseUrl: 'https://bonusplus.pro/api',
  auth: { type: 'header', name: 'Authorization', value: 'ApiKey {{secrets.key|base64}}' },
  accept: [{ kind: 'phone', normalise: 'e164', call: 'customer' }],
  calls: { customer: { method: 'GET', path: '/customer', query: { phone: '{{id}}' }, headers: { Accept: 'application/json' } } },
  response: {
    rules: [
      { http: [401, 403], then: 'authError' },
      { http: 429, then: 'rateLimited' },
      { http: '5xx', then: 'unavailable' },
      { http: 404, format: true, then: 'notFound' },
      { http: 404, empty: true, then: 'notFound' },
      { http: 412, then: 'badResponse', reason: 'refused' },
      { http: 400, then: 'badResponse', reason: 'badRequest' },
      { http: 204, then: 'badResponse', reason: 'emptyBody' },
      { http: 200, path: 'person', exists: true, then: 'found' },
    ],
    fields: { number: ['discountCardNumber'], kind: 'card', customer: ['person.phone'] },
    check: { pattern: '^[0-9A-Za-z-]{4,64}$' },
  },
  report: bonusplusReport,
});
