import { definePreset } from '../http/definition.js';
import { manzanaReport } from './report/manzana.js';

const OPEN = '<?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><ProcessRequest xmlns="http://loyalty.manzanagroup.ru/loyalty.xsd"><request><BalanceRequest><RequestID>{{uuid}}</RequestID><DateTime>{{nowLocal}}</DateTime><Organization>{{vars.organization}}</Organization><BusinessUnit>{{vars.businessUnit}}</BusinessUnit><POS>{{vars.pos}}</POS>';
const CLOSE = '</BalanceRequest></request><orgName>{{vars.orgName}}</orgName></ProcessRequest></soap:Body></soap:Envelope>';
const request = (who: string) => ({ path: '/{{vars.path}}', headers: { SOAPAction: '"http://loyalty.manzanagroup.ru/loyalty.xsd/ProcessRequest"' }, xml: `${OPEN}${who}${CLOSE}` });
const RESPONSE = 'Envelope.Body.ProcessRequestResponse.ProcessRequestResult.BalanceResponse';

/** Manzana Loyalty, POS processing: SOAP 1.1. By telephone with `sendCode: "1"` the guest gets an SMS first. */
export const preset = definePreset({
  id: 'manzana',
  title: { en: 'Manzana Loyalty', ru: 'Manzana Loyalty' },
  contract: 'client',
  sources: ['public clients of POSProcessing.asmx: a Ruby gem with recorded answers, Laravel and TypeScript request models, FourPaws External/Manzana'],
  doubts: [
    { en: 'of the values of ReturnCode only 0 and 80241 (no such card) were seen: the others are yours to give', ru: 'из значений ReturnCode встречались только 0 и 80241 (карта не найдена): остальные задаёте вы' },
    { en: 'of the values of CardStatus only 1 (new) and 2 (active) were seen', ru: 'из значений CardStatus встречались только 1 (новая) и 2 (активная)' },
    { en: 'NTLM is not supported: ask for Basic', ru: 'NTLM не поддерживается: нужен Basic' },
  ],
  settings: [
    { key: 'baseUrl', about: { en: 'address of the server, without the path', ru: 'адрес сервера, без пути' } },
    { key: 'vars.path', required: false, default: 'POSProcessing.asmx', about: { en: 'its path', ru: 'путь' } },
    { key: 'vars.user', about: { en: 'user, with its domain where there is one', ru: 'пользователь, с доменом, если он есть' } },
    { key: 'secrets.password', about: { en: 'password', ru: 'пароль' } },
    { key: 'vars.organization', about: { en: 'Organization', ru: 'Organization' } },
    { key: 'vars.businessUnit', about: { en: 'BusinessUnit (the store)', ru: 'BusinessUnit (магазин)' } },
    { key: 'vars.pos', about: { en: 'POS (the till)', ru: 'POS (касса)' } },
    { key: 'vars.orgName', about: { en: 'orgName', ru: 'orgName' } },
    { key: 'vars.sendCode', required: false, default: '0', about: { en: '1: a guest who is known by his telephone confirms with a code from an SMS', ru: '1: гость, найденный по телефону, подтверждает себя кодом из СМС' } },
    { key: 'vars.notFoundCodes', required: false, default: ['80241'], about: { en: 'values of ReturnCode that mean that there is nobody', ru: 'значения ReturnCode, которые значат, что никого нет' } },
    { key: 'vars.blockedCodes', required: false, default: [], about: { en: 'values of ReturnCode that mean that the card is blocked', ru: 'значения ReturnCode, которые значат, что карта заблокирована' } },
    { key: 'vars.confirmCodes', required: false, default: [], about: { en: 'values of ReturnCode that mean that a code was sent', ru: 'значения ReturnCode, которые значат, что код отправлен' } },
    { key: 'vars.wrongCodes', required: false, default: [], about: { en: 'values of ReturnCode that mean that the code is wrong', ru: 'значения ReturnCode, которые значат, что код неверен' } },
    { key: 'vars.blockedStatuses', required: false, default: [], about: { en: 'values of CardStatus of blocked cards', ru: 'значения CardStatus заблокированных карт' } },
    { key: 'vars.inactiveStatuses', required: false, default: [], about: { en: 'values of CardStatus of cards that are not active', ru: 'значения CardStatus неактивных карт' } },
  ],
  auth: { type: 'basic', user: '{{vars.user}}', password: '{{secrets.password}}' },
  accept: [
    { kind: 'phone', normalise: 'e164plus', call: 'byPhone' },
    { kind: 'card', when: '^[0-9A-Za-z-]{4,32}$', call: 'byCard' },
  ],
  calls: {
    byCard: request('<Card><CardNumber>{{id}}</CardNumber></Card>'),
    byPhone: request('<MobilePhone><Number>{{id}}</Number><SendCode>{{vars.sendCode}}</SendCode></MobilePhone>'),
    confirmed: request('<MobilePhone><Number>{{id}}</Number><ValidationCode>{{confirmation}}</ValidationCode></MobilePhone>'),
  },
  confirm: { call: 'confirmed', check: 'platform', channel: 'sms' },
  response: {
    format: 'xml',
    rules: [
      { http: [401, 403], then: 'authError' },
      { http: 429, then: 'rateLimited' },
      { http: 500, path: 'Envelope.Body.Fault', exists: true, then: 'badResponse', reason: 'soapFault' },
      { http: '5xx', then: 'unavailable' },
      { http: 200, path: `${RESPONSE}.ReturnCode`, in: ['{{vars.notFoundCodes}}'], then: 'notFound' },
      { http: 200, path: `${RESPONSE}.ReturnCode`, in: ['{{vars.blockedCodes}}'], then: 'blocked' },
      { http: 200, path: `${RESPONSE}.ReturnCode`, in: ['{{vars.confirmCodes}}'], then: 'confirmRequired' },
      { http: 200, path: `${RESPONSE}.ReturnCode`, in: ['{{vars.wrongCodes}}'], then: 'confirmRequired', reason: 'wrongConfirmation' },
      { http: 200, path: `${RESPONSE}.CardStatus`, in: ['{{vars.blockedStatuses}}'], then: 'blocked' },
      { http: 200, path: `${RESPONSE}.CardStatus`, in: ['{{vars.inactiveStatuses}}'], then: 'inactive' },
      { http: 200, path: `${RESPONSE}.ReturnCode`, in: ['0'], then: 'found' },
      { http: 200, path: `${RESPONSE}.ReturnCode`, exists: true, then: 'badResponse', reason: 'returnCode' },
    ],
    fields: { number: [`${RESPONSE}.Card.CardNumber`, `${RESPONSE}.CardNumber`], kind: 'card', customer: [`${RESPONSE}.ContactID`] },
    check: { pattern: '^[0-9A-Za-z-]{4,32}$' },
  },
  report: manzanaReport,
});
