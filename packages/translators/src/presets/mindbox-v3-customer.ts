import { definePreset } from '../http/definition.js';
import { mindboxReport, mindboxReportSettings } from './report/mindbox.js';

/** Mindbox: a customer by telephone, and his discount card where the project's operation answers with cards. */
export const preset = definePreset({
  id: 'mindbox-v3-customer',
  title: { en: 'Mindbox v3, customer by telephone', ru: 'Mindbox v3: клиент по телефону' },
  contract: 'vendor',
  sources: ['developers.mindbox.cloud', 'mindbox-cloud/php-sdk, docs/bitrix/customer-check.md', 'mindbox-cloud/bitrix-loyalty'],
  doubts: [
    { en: 'the answer holds cards only where the project added them to the operation; where they stand is `numberPath`', ru: 'карты есть в ответе, только если проект добавил их в операцию; где они стоят, задаёт `numberPath`' },
    { en: 'processingStatus `Ambiguous` was not seen in a document', ru: 'processingStatus `Ambiguous` в документации не встречался' },
  ],
  settings: [
    { key: 'baseUrl', required: false, about: { en: 'address of the API: api.mindbox.ru, api.mindbox.cloud or api.maestra.io', ru: 'адрес API: api.mindbox.ru, api.mindbox.cloud или api.maestra.io' } },
    { key: 'secrets.key', about: { en: 'secret key of the endpoint', ru: 'секретный ключ точки интеграции' } },
    { key: 'vars.endpoint', about: { en: 'endpointId of the integration point', ru: 'endpointId точки интеграции' } },
    { key: 'vars.operation', about: { en: 'operation that looks a customer up, such as Offline.GetCustomerInfo', ru: 'операция поиска клиента, например Offline.GetCustomerInfo' } },
    { key: 'vars.numberPath', required: false, default: 'discountCards[*].ids.number', about: { en: 'where the answer has the card\'s number', ru: 'где в ответе стоит номер карты' } },
    { key: 'vars.statePath', required: false, default: 'discountCards[*].status.ids.systemName', about: { en: 'where the answer has the card\'s state', ru: 'где в ответе стоит статус карты' } },
    { key: 'vars.inactiveStates', required: false, default: ['Inactive', 'NotIssued'], about: { en: 'states of cards that are not active', ru: 'статусы неактивных карт' } },
    { key: 'vars.blockedStates', required: false, default: ['Blocked'], about: { en: 'states of blocked cards', ru: 'статусы заблокированных карт' } },
    ...mindboxReportSettings,
  ],
  baseUrl: 'https://api.mindbox.ru',
  auth: { type: 'header', name: 'Authorization', value: 'SecretKey {{secrets.key}}' },
  accept: [{ kind: 'phone', normalise: 'e164', call: 'customer' }],
  calls: {
    customer: {
      path: '/v3/operations/sync',
      query: { endpointId: '{{vars.endpoint}}', operation: '{{vars.operation}}' },
      headers: { Accept: 'application/json' },
      json: { customer: { mobilePhone: '{{id}}' } },
    },
  },
  response: {
    rules: [
      { http: [401, 403], then: 'authError' },
      { http: 429, then: 'rateLimited' },
      { http: '5xx', then: 'unavailable' },
      { path: 'status', in: ['InternalServerError'], then: 'unavailable', reason: 'internalServerError' },
      { path: 'status', in: ['ValidationError'], then: 'badResponse', reason: 'validationError' },
      { path: 'status', in: ['ProtocolError'], then: 'badResponse', reason: 'protocolError' },
      { http: 200, path: 'customer.processingStatus', in: ['Ambiguous'], then: 'ambiguous' },
      { http: 200, path: 'status', in: ['Success'], all: [{ path: 'customer.processingStatus', in: ['NotFound'] }], then: 'notFound' },
      { http: 200, path: '{{vars.numberPath}}', more: 1, then: 'ambiguous', reason: 'severalCards' },
      { http: 200, path: '{{vars.statePath}}', in: ['{{vars.blockedStates}}'], then: 'blocked' },
      { http: 200, path: '{{vars.statePath}}', in: ['{{vars.inactiveStates}}'], then: 'inactive' },
      { http: 200, path: 'status', in: ['Success'], all: [{ path: 'customer.processingStatus', in: ['Found'] }], then: 'found' },
    ],
    fields: { number: ['{{vars.numberPath}}'], kind: 'card', customer: ['customer.ids.mindboxId'] },
    check: { pattern: '^[0-9A-Za-z-]{4,32}$' },
  },
  report: mindboxReport,
});
