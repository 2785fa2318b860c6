import { definePreset } from '../http/definition.js';

/**
 * OSMI Cards: there is no search by barcode, so passes are looked up in the local table, which a `sync` job of type `osmi` fills. Put a
 * `table` translator in front; what it misses is asked for here, as a serial number, once.
 */
export const preset = definePreset({
  id: 'osmi-pass',
  title: { en: 'OSMI Cards, passes', ru: 'OSMI Cards: электронные карты' },
  contract: 'client',
  sources: ['amironov73/ManagedIrbis, Libs/RestfulIrbis/Source/OsmiCards', 'help.mindbox.ru, integration of OSMI Cards: the serial number is the card\'s number'],
  doubts: [{ en: 'the vendor\'s own reference (apidocs.osmicards.com) was not at hand; limits are not known', ru: 'документации поставщика (apidocs.osmicards.com) под рукой не было; ограничения неизвестны' }],
  settings: [
    { key: 'baseUrl', required: false, about: { en: 'address of the API; other installations have their own', ru: 'адрес API; у других установок свой' } },
    { key: 'secrets.id', about: { en: 'API id', ru: 'API ID' } },
    { key: 'secrets.key', about: { en: 'API key', ru: 'API KEY' } },
    { key: 'vars.numberPath', required: false, default: 'serialNo', about: { en: 'where the card\'s number stands: serialNo, or the field of the pass with this label: values[label=Card number].value', ru: 'где стоит номер карты: serialNo или поле карты с таким названием: values[label=Номер карты].value' } },
  ],
  baseUrl: 'https://api.osmicards.com/v2',
  auth: { type: 'digest', user: '{{secrets.id}}', password: '{{secrets.key}}' },
  limits: { concurrent: 1, perSecond: 2, burst: 2 },
  accept: [{ kind: 'card', when: '^[\\w.-]{3,64}$', call: 'pass' }],
  calls: { pass: { method: 'GET', path: '/passes/{{id}}', query: { barcode: 'true', extendedInfo: 'true' } } },
  response: {
    rules: [
      { http: [401, 403], then: 'authError' },
      // a page instead is a wrong address
      { http: 404, format: true, then: 'notFound' },
      { http: 404, empty: true, then: 'notFound' },
      { http: 429, then: 'rateLimited' },
      { http: '5xx', then: 'unavailable' },
      { http: 200, path: 'serialNo', exists: true, all: [{ path: '{{vars.numberPath}}', exists: true }], then: 'found' },
    ],
    fields: { number: ['{{vars.numberPath}}'], kind: 'card', customer: ['serialNo'] },
    empty: ['-empty-'],
    check: { pattern: '^[\\w.-]{1,64}$' },
  },
});
