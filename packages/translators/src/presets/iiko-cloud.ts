import { definePreset, type PlatformInput } from '../http/definition.js';

const guest = (type: string) => ({ path: '/api/1/loyalty/iiko/customer/info', headers: { Timeout: '2' }, json: { type, [type]: '{{id}}', organizationId: '{{vars.organization}}' } });

/** Everything of iikoCloud but the way to log in. */
const platform = {
  sources: ['iikocloud.openapi.json of UserVanya/Iikocloud-py-sdk (c0c810f), contract 9.7.5.2', 'the same repository, docs/troubleshooting.md: not found is HTTP 400', 'Nap20192/iiko-go, iikocloud/rest, quoting the vendor\'s page on limits'],
  limits: { totalMs: 2500, perSecond: 2.5, burst: 2, concurrent: 3 },
  accept: [
    { kind: 'phone', normalise: 'e164plus', call: 'byPhone' },
    { kind: 'card', when: '^[\\w=^-]{3,64}$', call: ['byCard', 'byTrack'] },
    { kind: 'coupon', when: '^[\\w-]{1,64}$', call: 'coupon' },
  ],
  calls: {
    byPhone: guest('phone'),
    byCard: guest('cardNumber'),
    byTrack: guest('cardTrack'),
    coupon: { path: '/api/1/loyalty/iiko/coupons/info', headers: { Timeout: '2' }, json: { number: '{{id}}', organizationId: '{{vars.organization}}' } },
  },
  response: {
    rules: [
      { http: 401, then: 'authError' },
      { http: 429, then: 'rateLimited' },
      { http: [408, '5xx'], then: 'unavailable' },
      // an organisation without loyalty and a wrong one answer with 400 too: nobody may think that the guest is unknown
      { http: 400, path: 'error', match: 'OrganizationNotFound|WrongCrmId|[Aa]ccess|[Rr]estriction', then: 'badResponse', reason: 'organization' },
      { http: 400, path: 'errorDescription', match: 'OrganizationNotFound|WrongCrmId|[Aa]ccess|[Rr]estriction', then: 'badResponse', reason: 'organization' },
      { http: 400, path: 'correlationId', exists: true, then: 'notFound' },
      { http: 200, path: 'isDeleted', in: [true], then: 'notFound' },
      { http: 200, path: 'id', exists: true, then: 'found' },
    ],
    fields: { number: ['cards[0].number', 'cards[0].track', 'phone'], customer: ['id'] },
    check: { pattern: '^[+\\w=^-]{1,64}$' },
  },
  responses: {
    coupon: {
      rules: [
        { http: 401, then: 'authError' },
        { http: 429, then: 'rateLimited' },
        { http: [408, '5xx'], then: 'unavailable' },
        { http: 400, path: 'correlationId', exists: true, then: 'notFound' },
        { http: 200, path: 'couponInfo[0].isDeleted', in: [true], then: 'coupon', coupon: 'expired' },
        { http: 200, path: 'couponInfo[0].whenActivated', exists: true, then: 'coupon', coupon: 'used' },
        { http: 200, path: 'couponInfo[0].id', exists: true, then: 'coupon', coupon: 'usable' },
        { http: 200, path: 'couponInfo', match: '.', then: 'badResponse' },
        { http: 200, path: 'couponInfo[*]', count: 0, all: [{ path: 'correlationId', exists: true }], then: 'notFound' },
      ],
      fields: { number: ['couponInfo[0].number'], kind: 'coupon' },
    },
  },
  // customer/info has a published limit for the whole company
  cache: { foundMs: 600_000, notFoundMs: 30_000 },
} as const satisfies Partial<PlatformInput>;

const ORGANIZATION = { key: 'vars.organization', about: { en: 'id of the organisation (a UUID)', ru: 'идентификатор организации (UUID)' } } as const;

/** The header that every call carries. */
const BEARER = { in: 'header', name: 'Authorization', value: 'Bearer {{token}}' } as const;

/** iikoCloud with the key of an application (second generation of tokens). */
export const preset = definePreset({
  ...platform,
  id: 'iiko-cloud',
  title: { en: 'iikoCloud (Syrve Cloud)', ru: 'iikoCloud' },
  contract: 'vendor',
  doubts: [{ en: 'which member of an error carries its code was not seen: both are looked at', ru: 'в каком поле ошибки стоит её код, точно неизвестно: смотрим в оба' }],
  settings: [
    ORGANIZATION,
    { key: 'vars.appId', about: { en: 'id of the application from the developers\' portal', ru: 'идентификатор приложения из портала разработчика' } },
    { key: 'secrets.clientSecret', about: { en: 'secret of the application', ru: 'секрет приложения' } },
    { key: 'secrets.apiKey', about: { en: 'key from iikoWeb, Integrations', ru: 'ключ из iikoWeb, раздел «Интеграции»' } },
  ],
  baseUrl: 'https://api-ru.iiko.services',
  auth: {
    type: 'login',
    request: { path: '/api/v2/access_token', json: { appId: '{{vars.appId}}', clientSecret: '{{secrets.clientSecret}}', apiKey: '{{secrets.apiKey}}' } },
    token: 'token',
    // it lives an hour
    lifeMs: 3_300_000,
    use: BEARER,
  },
});

/** iikoCloud with an API login, as most installations still have it; the vendor calls this way of logging in deprecated. */
export const presetApiLogin = definePreset({
  ...platform,
  id: 'iiko-cloud-login',
  title: { en: 'iikoCloud (Syrve Cloud), by API login', ru: 'iikoCloud по API-логину' },
  contract: 'vendor',
  doubts: [{ en: 'the vendor calls this login deprecated: prefer `iiko-cloud`', ru: 'поставщик считает такой вход устаревшим: лучше `iiko-cloud`' }],
  settings: [ORGANIZATION, { key: 'secrets.apiLogin', about: { en: 'API login from iikoWeb', ru: 'API-логин из iikoWeb' } }],
  baseUrl: 'https://api-ru.iiko.services',
  auth: {
    type: 'login',
    request: { path: '/api/1/access_token', json: { apiLogin: '{{secrets.apiLogin}}' } },
    token: 'token',
    lifeMs: 3_300_000,
    use: BEARER,
  },
});
