import { definePreset } from '../http/definition.js';
import { universalReport } from './report/own.js';

/**
 * One number for all stores: a directory that knows a guest's number in each store. Put a `table` translator in front of it: what the store
 * knows it answers itself. A guest who was never in this store is marked as new, and the receipt tells the directory who came.
 */
export const preset = definePreset({
  id: 'universal',
  title: { en: 'Universal number for all stores', ru: 'Единый номер для всех магазинов' },
  contract: 'inferred',
  sources: ['docs/platforms-universal.md: our own open contract, for directories of this kind without a public one'],
  settings: [
    { key: 'baseUrl', about: { en: 'address of the directory', ru: 'адрес справочника' } },
    { key: 'secrets.token', about: { en: 'token of this store', ru: 'токен этого магазина' } },
    { key: 'vars.store', about: { en: 'id of this store in the directory', ru: 'идентификатор этого магазина в справочнике' } },
  ],
  auth: { type: 'bearer', token: '{{secrets.token}}' },
  accept: [
    { kind: 'card', when: '^[A-Za-z0-9._-]{6,64}$', call: 'guest' },
    { kind: 'phone', normalise: 'e164', call: 'guest' },
  ],
  calls: { guest: { method: 'GET', path: '/v1/stores/{{vars.store}}/guests/{{id}}' } },
  response: {
    rules: [
      { http: [401, 403], then: 'authError' },
      { http: 404, path: 'error', in: ['unknownGuest'], then: 'notFound' },
      { http: 429, then: 'rateLimited' },
      { http: '5xx', then: 'unavailable' },
      { http: 200, path: 'guest.state', in: ['blocked'], then: 'blocked' },
      { http: 200, path: 'guest.state', in: ['inactive'], then: 'inactive' },
      { http: 200, path: 'guest.number', exists: true, then: 'found' },
      { http: 200, path: 'guest.id', exists: true, then: 'foundNoNumber' },
    ],
    fields: { number: ['guest.number'], kind: 'card', customer: ['guest.id'], newCustomer: ['guest.new'] },
    check: { pattern: '^[\\w.-]{1,64}$' },
  },
  report: universalReport,
});
