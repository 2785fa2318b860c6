import { definePreset } from '../http/definition.js';

/** `FaultReason` of a guest who is not there; every other one is answered by a new login and one repeat (ScanReaderPlugin). */
const NOT_FOUND = 53;

const credential = (searchScope: number) => ({ path: '/guests/userWallets', json: { request: { authData: { credential: '{{id}}', searchScope } } } });

/**
 * The iikoCard server of the store (port 7001): programmes, guests and balances, with the internet down as well. It gives the guest, not
 * the card: the number that was asked for is the answer.
 */
export const preset = definePreset({
  id: 'iikocard-pos',
  title: { en: 'iikoCard POS server', ru: 'iikoCard POS-сервер' },
  contract: 'client',
  sources: ['altairdavydov/Resto.Front.Api.ScanReaderPlugin (1f9d541)', 'Resto.Front.Api.DataSaturation plugin, IikoCardService.cs'],
  doubts: [{ en: 'the vendor\'s own reference is not public', ru: 'документация поставщика не опубликована' }],
  settings: [
    { key: 'baseUrl', required: false, about: { en: 'address of the server; it may run on the main till only', ru: 'адрес сервера; он может работать только на главной кассе' } },
    { key: 'secrets.user', about: { en: 'user of the iikoCard POS API, not of the cloud', ru: 'пользователь API iikoCard POS, не облака' } },
    { key: 'secrets.password', about: { en: 'its password', ru: 'его пароль' } },
  ],
  baseUrl: 'http://localhost:7001/api/v2',
  auth: {
    type: 'login',
    request: { method: 'GET', path: '/getAccessToken', query: { userName: '{{secrets.user}}', password: '{{secrets.password}}' } },
    // the answer is a JSON text and nothing else
    token: '[0]',
    lifeMs: 1_800_000,
    use: { in: 'header', name: 'AccessToken', value: '{{token}}' },
    refreshOn: [{ http: 401 }, { http: ['4xx', '5xx'], path: 'FaultReason', match: `^(?!${String(NOT_FOUND)}$)\\d+$` }],
  },
  limits: { totalMs: 2500, concurrent: 2 },
  accept: [
    { kind: 'phone', normalise: 'e164', call: 'byPhone' },
    { kind: 'card', when: '^[\\w=^-]{3,64}$', call: ['byCard', 'byTrack'] },
  ],
  calls: { byPhone: credential(1), byCard: credential(2), byTrack: credential(4) },
  response: {
    rules: [
      { path: 'FaultReason', in: [NOT_FOUND], then: 'notFound' },
      { http: 401, then: 'authError' },
      { http: 429, then: 'rateLimited' },
      { path: 'FaultReason', exists: true, then: 'unavailable', reason: 'fault' },
      { http: '5xx', then: 'unavailable' },
      { http: 200, path: 'userData', exists: true, then: 'found' },
    ],
  },
});
