import { definePreset } from '../http/definition.js';
import { mindboxReport, mindboxReportSettings } from './report/mindbox.js';

/** Mindbox: a discount card by its number. "Not found" and "blocked" come within a 200. */
export const preset = definePreset({
  id: 'mindbox-v3-card',
  title: { en: 'Mindbox v3, discount card by number', ru: 'Mindbox v3: дисконтная карта по номеру' },
  contract: 'vendor',
  sources: ['developers.mindbox.cloud, getting discount card details', 'mindbox-cloud/php-sdk, src/Clients/MindboxClientV3.php', 'npm @theyahia/mindbox-mcp 1.2.0'],
  doubts: [
    { en: 'names of operations and states of cards are each project\'s own: compare them with the manager of your project', ru: 'названия операций и статусы карт у каждого проекта свои: сверьте их с менеджером проекта' },
  ],
  settings: [
    { key: 'baseUrl', required: false, about: { en: 'address of the API: api.mindbox.ru, api.mindbox.cloud or api.maestra.io', ru: 'адрес API: api.mindbox.ru, api.mindbox.cloud или api.maestra.io' } },
    { key: 'secrets.key', about: { en: 'secret key of the endpoint', ru: 'секретный ключ точки интеграции' } },
    { key: 'vars.endpoint', about: { en: 'endpointId of the integration point', ru: 'endpointId точки интеграции' } },
    { key: 'vars.operation', about: { en: 'operation that looks a card up, such as Offline.GetDiscountCardInfo', ru: 'операция поиска карты, например Offline.GetDiscountCardInfo' } },
    { key: 'vars.activeStates', required: false, default: ['Activated', 'Issued'], about: { en: 'states of cards that can be used', ru: 'статусы карт, которыми можно пользоваться' } },
    { key: 'vars.inactiveStates', required: false, default: ['Inactive', 'NotIssued'], about: { en: 'states of cards that are not active', ru: 'статусы неактивных карт' } },
    { key: 'vars.blockedStates', required: false, default: ['Blocked'], about: { en: 'states of blocked cards', ru: 'статусы заблокированных карт' } },
    ...mindboxReportSettings,
  ],
  baseUrl: 'https://api.mindbox.ru',
  auth: { type: 'header', name: 'Authorization', value: 'SecretKey {{secrets.key}}' },
  accept: [{ kind: 'card', when: '^[0-9A-Za-z-]{4,32}$', call: 'card' }],
  calls: {
    card: {
      path: '/v3/operations/sync',
      query: { endpointId: '{{vars.endpoint}}', operation: '{{vars.operation}}' },
      headers: { Accept: 'application/json' },
      json: { discountCard: { ids: { number: '{{id}}' } } },
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
      { http: 200, path: 'status', in: ['Success'], all: [{ path: 'discountCard.processingStatus', in: ['NotFound'] }], then: 'notFound' },
      { http: 200, path: 'discountCard.status.ids.systemName', in: ['{{vars.blockedStates}}'], then: 'blocked' },
      { http: 200, path: 'discountCard.status.ids.systemName', in: ['{{vars.inactiveStates}}'], then: 'inactive' },
      {
        http: 200,
        path: 'discountCard.processingStatus',
        in: ['Found'],
        all: [{ path: 'status', in: ['Success'] }, { path: 'discountCard.status.ids.systemName', in: ['{{vars.activeStates}}'] }],
        then: 'found',
      },
      // a project may leave the state out of its answer
      {
        http: 200,
        path: 'discountCard.processingStatus',
        in: ['Found'],
        all: [{ path: 'status', in: ['Success'] }, { path: 'discountCard.status', exists: false }],
        then: 'found',
      },
      { path: 'discountCard.status.ids.systemName', exists: true, then: 'badResponse', reason: 'unknownCardState' },
    ],
    fields: { number: ['discountCard.ids.number'], kind: 'card' },
    check: { pattern: '^[0-9A-Za-z-]{4,32}$' },
  },
  report: mindboxReport,
});
