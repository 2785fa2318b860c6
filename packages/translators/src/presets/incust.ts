import { definePreset } from '../http/definition.js';

/** inCust terminals. The login is documented; the path of the search and its answer are not public, so it ships switched off. */
export const preset = definePreset({
  id: 'incust',
  title: { en: 'inCust', ru: 'inCust' },
  contract: 'guess',
  enabled: false,
  sources: ['incust.com, REST API of terminals (register): contents and first sections'],
  doubts: [
    { en: 'the path of the search, the name of its field and the header of the token are guesses: take them from the vendor\'s document', ru: 'путь поиска, имя поля и заголовок токена предположительны: возьмите их из документации поставщика' },
    { en: 'a guest who is not there is taken to be 404', ru: 'отсутствие гостя предполагается как 404' },
  ],
  settings: [
    { key: 'secrets.login', about: { en: 'login of the terminal', ru: 'логин терминала' } },
    { key: 'secrets.password', about: { en: 'password of the terminal', ru: 'пароль терминала' } },
    { key: 'vars.search', about: { en: 'name of the search call below /term/, from the vendor\'s document', ru: 'имя вызова поиска внутри /term/ из документации поставщика' } },
    { key: 'vars.numberPath', about: { en: 'where the number for the till stands in its answer', ru: 'где в ответе стоит номер для кассы' } },
  ],
  baseUrl: 'https://api.incust.com/v1',
  auth: {
    type: 'login',
    request: { path: '/term/token', json: { login: '{{secrets.login}}', password: '{{secrets.password}}' } },
    token: 'token',
    lifeMs: 600_000,
    use: { in: 'header', name: 'Authorization', value: 'Bearer {{token}}' },
  },
  accept: [
    { kind: 'phone', normalise: 'e164plus', call: 'search' },
    { kind: 'card', when: '^[\\w.:/=?&+-]{4,256}$', call: 'search' },
  ],
  calls: { search: { path: '/term/{{vars.search}}', headers: { 'Accept-Language': 'ru' }, json: { identifier: '{{id}}' } } },
  response: {
    rules: [
      { http: [401, 403], then: 'authError' },
      // a page instead is a wrong address
      { http: 404, format: true, then: 'notFound' },
      { http: 404, empty: true, then: 'notFound' },
      { http: 429, then: 'rateLimited' },
      { http: '5xx', then: 'unavailable' },
      { http: 200, path: '{{vars.numberPath}}', exists: true, then: 'found' },
    ],
    fields: { number: ['{{vars.numberPath}}'] },
    check: { pattern: '^[\\w.+-]{1,64}$' },
  },
});
