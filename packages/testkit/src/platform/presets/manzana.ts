import { isoTime, parseIsoTime } from '@tillbridge/core';
import { basicAuth } from '../auth.js';
import type { PlatformCall } from '../call.js';
import type { Node } from '../../rkeeper/markup.js';
import { escapeXml, xml, type PlatformReply } from '../reply.js';
import { definePlatform } from '../spec.js';
import type { PlatformCredit, PlatformGuest, PlatformWorld } from '../world.js';

const USER = 'crm\\tillbridge';
const PASSWORD = 'made-up-manzana-password';
const ACTION = 'http://loyalty.manzanagroup.ru/loyalty.xsd/ProcessRequest';
const CODE_MS = 5 * 60_000;

/** The only two whose meaning public clients show are 0 and 80241; the others are this simulator's. */
const CODES = { ok: '0', cardNotFound: '80241', codeSent: '80990', wrongCode: '80991', future: '80992', noSale: '80993' } as const;
/** 1 new, 2 active (a public client); 3 is this simulator's word for blocked. */
const STATUS = { active: '2', inactive: '1', blocked: '3' } as const;
/** Servers and proxies in front of them write the envelope differently. */
const PREFIXES = ['soap', 's', 'SOAP-ENV'] as const;

/**
 * Manzana Loyalty POS processing: SOAP whose prefixes and spelling of RequestID vary. Sources: public clients (a Ruby gem with recorded
 * answers of a vendor's test server, Laravel and TypeScript clients).
 */
export const manzana = definePlatform({
  preset: 'manzana',
  title: 'Manzana Loyalty',
  basePath: '',
  secrets: { password: PASSWORD },
  vars: { user: USER, organization: 'org-1', businessUnit: 'shop-1', pos: 'pos-1', orgName: 'ORG', sendCode: '0', confirmCodes: [CODES.codeSent], wrongCodes: [CODES.wrongCode], blockedStatuses: [STATUS.blocked] },
  guests: [
    { id: '{5A4C1D10-0000-4000-8000-000000000901}', card: '2015100', phone: '79990007711', name: 'Анна', state: 'active', points: 10_000 },
    { id: '{5A4C1D10-0000-4000-8000-000000000902}', card: '0000901000026', phone: '375290007711', name: 'Борис', state: 'active', points: 0 },
    { id: '{5A4C1D10-0000-4000-8000-000000000903}', card: '9010000000033', phone: '79990007722', name: 'Вера', state: 'blocked', points: 0 },
    { id: '{5A4C1D10-0000-4000-8000-000000000904}', card: '9010000000040', phone: '79990007733', name: 'Глеб <&> Co', state: 'active', points: 0 },
    // known by his phone, without a card
    { id: '{5A4C1D10-0000-4000-8000-000000000905}', phone: '79990007744', name: 'Дина', state: 'active', points: 0 },
  ],
  open: (world) => {
    return {
      auth: basicAuth(USER, PASSWORD),
      routes: [{ method: 'POST', path: '/POSProcessing.asmx', handle: (call) => process(world, call) }],
    };
  },
});

function process(world: PlatformWorld, call: PlatformCall): PlatformReply {
  const request = call.xml === undefined ? undefined : below(call.xml, 'Body/ProcessRequest/request');
  const [operation] = request?.children ?? [];
  if ((call.header('soapaction') ?? '').replace(/"/g, '') !== ACTION || request === undefined || operation === undefined) return fault('The request is not a ProcessRequest');
  const turn = world.next();
  const id = textOf(operation, 'RequestID') ?? textOf(operation, 'RequestId') ?? '';
  const answer: Answer = (name, code, message, more = '', transaction = `-922337203685477${String(4000 + turn)}`) => envelope(turn, `<${name}><TransactionID>${transaction}</TransactionID>${requestId(turn, id)}<Processed>${isoTime(world.now())}</Processed><ReturnCode>${code}</ReturnCode><Message>${escapeXml(message)}</Message>${more}</${name}>`);
  // a till whose clock runs fast is refused
  if ((parseIsoTime(textOf(operation, 'DateTime') ?? '') ?? 0) > world.now()) return answer(local(operation).replace('Request', 'Response'), CODES.future, 'Дата операции в будущем');
  if (local(operation) === 'BalanceRequest') return balance(world, operation, answer);
  if (local(operation) === 'ChequeRequest') return cheque(world, operation, answer);
  return fault(`Unknown request ${local(operation)}`);
}

type Answer = (name: string, code: string, message: string, more?: string, transaction?: string) => PlatformReply;

function balance(world: PlatformWorld, request: Node, answer: Answer): PlatformReply {
  const phone = textOf(request, 'MobilePhone/Number');
  if (phone === undefined) {
    const guest = world.find('barcode', textOf(request, 'Card/CardNumber'));
    return guest === undefined ? answer('BalanceResponse', CODES.cardNotFound, 'Карта не найдена') : answer('BalanceResponse', CODES.ok, 'OK', view(guest));
  }
  const guest = world.find('phone', phone.replace(/^\+/, ''));
  if (!phone.startsWith('+') || guest?.phone === undefined) return answer('BalanceResponse', CODES.cardNotFound, `Телефон ${phone} не найден`);
  const given = textOf(request, 'MobilePhone/ValidationCode');
  if (given !== undefined) {
    return world.takeCode(guest.id, given) ? answer('BalanceResponse', CODES.ok, 'OK', view(guest)) : answer('BalanceResponse', CODES.wrongCode, 'Неверный код');
  }
  if (textOf(request, 'MobilePhone/SendCode') === '1') {
    world.sendCode(guest.id, guest.phone, CODE_MS);
    return answer('BalanceResponse', CODES.codeSent, 'Код отправлен');
  }
  return answer('BalanceResponse', CODES.ok, 'OK', view(guest));
}

function view({ id, card, phone, name = '', points, state }: PlatformGuest): string {
  const money = (points / 100).toFixed(2);
  const ofCard = card === undefined ? '' : `<Card><CardNumber>${card}</CardNumber></Card><CardStatus>${STATUS[state]}</CardStatus><CardType>1</CardType>`;
  return `<ContactID>${id}</ContactID><ContactPresence>1</ContactPresence>${ofCard}<CardBalance>${money}</CardBalance><CardActiveBalance>${money}</CardActiveBalance><CardSumm>0.00</CardSumm><CardDiscount>0.000</CardDiscount><LevelName>Базовый 3%</LevelName><FirstName>${escapeXml(name)}</FirstName>${phone === undefined ? '' : `<Phone>+${phone}</Phone>`}`;
}

const cents = (text: string | undefined): number => Math.round(Number(text ?? '0') * 100);

/** `Soft` calculates, `Fiscal` books: once for each Number. */
function cheque(world: PlatformWorld, request: Node, answer: Answer): PlatformReply {
  const guest = world.find('barcode', textOf(request, 'Card/CardNumber'));
  if (guest === undefined) return answer('ChequeResponse', CODES.cardNotFound, 'Карта не найдена');
  const operation = textOf(request, 'OperationType');
  const number = textOf(request, 'Number') ?? '';
  const total = cents(textOf(request, 'SummDiscounted'));
  if (operation === 'Rollback') {
    const reference = textOf(request, 'TransactionReference/TransactionID');
    const credit = [...world.credits.values()].find((each) => each.reference === reference);
    return credit !== undefined && world.undo(credit) ? answer('ChequeResponse', CODES.ok, 'OK') : answer('ChequeResponse', CODES.noSale, 'Чек не найден');
  }
  if (request.attributes['ChequeType'] === 'Soft') return answer('ChequeResponse', CODES.ok, 'OK', `<AvailablePayment>0.00</AvailablePayment><WriteoffBonus>0.00</WriteoffBonus><ChargedBonus>${(total * 0.05 / 100).toFixed(2)}</ChargedBonus>`);
  const sale = world.credits.get(textOf(request, 'ChequeReference/Number') ?? '');
  if (operation === 'Return' && sale?.phase !== 'done') return answer('ChequeResponse', CODES.noSale, 'Чек не найден');
  const coupons = (below(request, 'Coupons')?.children ?? []).flatMap((coupon) => textOf(coupon, 'Number') ?? []);
  const at = textOf(request, 'DateTime');
  const { credit } = world.book({ key: number, operation: operation === 'Return' ? 'return' : 'sale', total, guest: guest.id, coupons, ...(sale === undefined ? {} : { of: sale.key }), ...(at === undefined ? {} : { at }) });
  return answer('ChequeResponse', CODES.ok, 'OK', booked(credit), credit.reference);
}

function booked({ earned }: PlatformCredit): string {
  return `<ChargedBonus>${(earned / 100).toFixed(2)}</ChargedBonus><WriteoffBonus>0.00</WriteoffBonus>`;
}

const requestId = (turn: number, id: string): string => (turn % 2 === 0 ? `<RequestID>${escapeXml(id)}</RequestID>` : `<RequestId>${escapeXml(id)}</RequestId>`);

function envelope(turn: number, inner: string): PlatformReply {
  const p = PREFIXES[turn % PREFIXES.length] ?? 'soap';
  const spaces = `xmlns:${p}="http://schemas.xmlsoap.org/soap/envelope/"`;
  return xml(200, `<${p}:Envelope ${spaces}><${p}:Body><ProcessRequestResponse xmlns="http://loyalty.manzanagroup.ru/loyalty.xsd"><ProcessRequestResult>${inner}</ProcessRequestResult></ProcessRequestResponse></${p}:Body></${p}:Envelope>`);
}

function fault(text: string): PlatformReply {
  return xml(500, `<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><soap:Fault><faultcode>soap:Client</faultcode><faultstring>${escapeXml(text)}</faultstring></soap:Fault></soap:Body></soap:Envelope>`);
}

const local = ({ name }: Node): string => name.replace(/^.*:/, '');

/** An element by the local names of its way. */
function below(node: Node, path: string): Node | undefined {
  let here: Node | undefined = node;
  for (const name of path.split('/')) here = here?.children.find((child) => local(child) === name);
  return here;
}

function textOf(node: Node, path: string): string | undefined {
  const text = below(node, path)?.text.trim();
  return text === '' ? undefined : text;
}
