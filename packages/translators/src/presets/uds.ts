import { definePreset } from '../http/definition.js';
import { udsReport } from './report/uds.js';

/**
 * UDS: a code of six digits that the guest's app shows lives 45 minutes or until a payment used it. It is exchanged for one of 24 hours at once,
 * because the report of the receipt needs it again. The answer has no card number: the participant's number is what the store knows.
 */
export const preset = definePreset({
  id: 'uds',
  title: { en: 'UDS', ru: 'UDS' },
  contract: 'vendor',
  sources: ['kb.uds.app, articles 284825 and 284949', 'uds.omnidesk.ru, article 284932: POS specification of 2024-03-06', 'OpenPapyrus, SCSPCTRT.CPP (UdsGameInterface)', 'async-uds-api'],
  doubts: [
    { en: 'expired, used and mistyped codes cannot be told apart: all are `codeExpired`', ru: 'истёкший, использованный и неверно набранный код неразличимы: все они `codeExpired`' },
    { en: 'whether a telephone may earn is a setting of the company (purchaseByPhone); a receipt that it forbids becomes a dead letter', ru: 'можно ли начислять по телефону — настройка компании (purchaseByPhone); чек, который она запрещает, не будет принят' },
    { en: 'limits are not published', ru: 'ограничения частоты не опубликованы' },
  ],
  settings: [
    { key: 'baseUrl', required: false, about: { en: 'address of the API', ru: 'адрес API' } },
    { key: 'vars.company', about: { en: 'id of the company', ru: 'идентификатор компании' } },
    { key: 'secrets.key', about: { en: 'API key', ru: 'ключ API' } },
  ],
  baseUrl: 'https://api.uds.app/partner/v2',
  auth: { type: 'basic', user: '{{vars.company}}', password: '{{secrets.key}}' },
  limits: { concurrent: 2, perSecond: 5, burst: 5 },
  accept: [
    { name: 'appCode', kind: 'card', when: '^\\d{6}$', oneTime: true, call: 'byCode' },
    { name: 'uid', kind: 'card', when: '^uid:(?<value>[0-9a-fA-F-]{36})$', call: 'byUid' },
    // certificate, order and wallet codes, and codes that were exchanged before
    { name: 'longCode', kind: 'card', when: '^[0-9A-Za-z-]{7,64}$', oneTime: true, call: 'byCode' },
    { kind: 'phone', normalise: 'e164plus', call: 'byPhone' },
  ],
  calls: {
    byCode: {
      method: 'GET',
      path: '/customers/find',
      query: { code: '{{id}}', exchangeCode: 'true' },
      headers: { Accept: 'application/json', 'X-Origin-Request-Id': '{{uuid}}', 'X-Timestamp': '{{nowIso}}' },
    },
    byUid: { method: 'GET', path: '/customers/find', query: { uid: '{{id}}' }, headers: { Accept: 'application/json', 'X-Origin-Request-Id': '{{uuid}}', 'X-Timestamp': '{{nowIso}}' } },
    // the plus goes as %2B: a raw one would be a blank
    byPhone: { method: 'GET', path: '/customers/find', query: { phone: '{{id}}' }, headers: { Accept: 'application/json', 'X-Origin-Request-Id': '{{uuid}}', 'X-Timestamp': '{{nowIso}}' } },
  },
  response: {
    rules: [
      { http: [401, 403], then: 'authError' },
      { http: 429, then: 'rateLimited' },
      { http: '5xx', then: 'unavailable' },
      { http: [400, 404], kinds: ['appCode'], path: 'errorCode', exists: true, then: 'codeExpired' },
      { http: 404, path: 'errorCode', exists: true, then: 'notFound' },
      { http: 400, then: 'badResponse', reason: 'badRequest' },
      { http: 200, path: 'user.participant.id', exists: true, then: 'found' },
      { http: 200, path: 'user', in: [null], then: 'notFound' },
    ],
    fields: { number: ['user.participant.id', 'user.uid'], kind: 'card', customer: ['user.uid'], session: ['code'] },
    check: { pattern: '^[0-9A-Za-z-]{1,64}$' },
  },
  report: udsReport,
});
