import { definePreset } from '../http/definition.js';
import { sailplayReport } from './report/sailplay.js';

/** SailPlay: the guest is found by telephone. The token and the guest travel in the address, so nobody may log addresses. */
export const preset = definePreset({
  id: 'sailplay',
  title: { en: 'SailPlay', ru: 'SailPlay' },
  contract: 'client',
  sources: ['public PHP clients of SailPlay: login, users/info'],
  doubts: [
    { en: 'the codes that errors carry are known from clients only: every other error is an answer that nobody understands', ru: 'коды ошибок известны только по чужим программам: любая другая ошибка считается непонятным ответом' },
  ],
  settings: [
    { key: 'vars.department', about: { en: 'id of the department (store_department_id)', ru: 'идентификатор подразделения (store_department_id)' } },
    { key: 'secrets.key', about: { en: 'key of the department (store_department_key)', ru: 'ключ подразделения (store_department_key)' } },
    { key: 'secrets.pin', about: { en: 'PIN code of the department (pin_code)', ru: 'PIN-код подразделения (pin_code)' } },
    { key: 'vars.numberPath', required: false, default: 'phone', about: { en: 'where the number for the till stands in the answer', ru: 'где в ответе стоит номер для кассы' } },
    { key: 'vars.notFoundCodes', required: false, default: ['-6000'], about: { en: 'values of status_code that mean that there is no such guest', ru: 'значения status_code, которые значат, что гостя нет' } },
    { key: 'vars.tokenCodes', required: false, default: ['-3', '-4', '-5'], about: { en: 'values of status_code that mean that the token is not good any more', ru: 'значения status_code, которые значат, что токен недействителен' } },
  ],
  baseUrl: 'https://sailplay.ru/api/v2',
  auth: {
    type: 'login',
    request: { method: 'GET', path: '/login/', query: { store_department_id: '{{vars.department}}', store_department_key: '{{secrets.key}}', pin_code: '{{secrets.pin}}' } },
    token: 'token',
    lifeMs: 3_600_000,
    use: { in: 'query', name: 'token' },
    refreshOn: [{ http: [401, 403] }, { path: 'status_code', in: ['{{vars.tokenCodes}}'] }],
  },
  accept: [{ kind: 'phone', normalise: 'e164', call: 'byPhone' }],
  calls: { byPhone: { method: 'GET', path: '/users/info/', query: { store_department_id: '{{vars.department}}', user_phone: '{{id}}' } } },
  response: {
    rules: [
      { path: 'status_code', in: ['{{vars.notFoundCodes}}'], then: 'notFound' },
      { path: 'status_code', in: ['{{vars.tokenCodes}}'], then: 'authError' },
      { http: [401, 403], then: 'authError' },
      { http: 429, then: 'rateLimited' },
      { http: '5xx', then: 'unavailable' },
      { path: 'status', in: ['error'], then: 'badResponse', reason: 'platformError' },
      { http: 200, path: 'status', in: ['ok'], then: 'found' },
    ],
    fields: { number: ['{{vars.numberPath}}'], customer: ['id'] },
    check: { pattern: '^\\+?\\d{5,20}$' },
  },
  report: sailplayReport,
});
