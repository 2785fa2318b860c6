import { isoTime, type Adapter } from '@tillbridge/core';
import type { ClosedSale, FarcardsOptions, FarcardsTill, StoreSale } from '@tillbridge/adapter-rkeeper';
import type { RkeeperConfig } from '../../config/index.js';
import type { Receipt } from '../../receipts/receipt-schema.js';
import type { StationService } from '../../stations/services.js';
import type { PartContext } from '../parts.js';
import { rkeeperRules } from './rkeeper.js';

type FarcardsConfig = Extract<RkeeperConfig, { transport: 'farcards' }>;

/** Makes a till that FarCards asks through the stations listener; it can be asked from its opening to its closing. */
export async function farcardsTill(config: FarcardsConfig, context: PartContext): Promise<Adapter> {
  const { FarcardsTill, isFarcardsCall } = await import('@tillbridge/adapter-rkeeper');
  const { clock, log, services } = context;
  const store = storeOf(config, context);
  const till = new FarcardsTill(optionsOf(config), { clock, log, ...(store === undefined ? {} : { store }) });
  const service: StationService = {
    takes: (call) => isFarcardsCall(pageOf(call)),
    answer: async (call, chunks, contentType, signal) => {
      const page = pageOf(call);
      if (!isFarcardsCall(page)) throw new Error('asked for a page that it does not have');
      return { status: 200, body: await till.answer(page, chunks, contentType, signal), contentType: 'text/xml; charset=utf-8' };
    },
  };
  return served(till, config.id, service, services);
}

/** `/getcardinfoex` and, as ExtDllHTTP.ini has it by default, `/getcardinfoex.php`. */
function pageOf(call: string): string {
  return call.slice(1).replace(/\.php$/, '');
}

function served(till: FarcardsTill, id: string, service: StationService, services: PartContext['services']): Adapter {
  return {
    id,
    capabilities: till.capabilities,
    get state() {
      return till.state;
    },
    open: async (inbound) => {
      await till.open(inbound);
      services.set(id, service);
    },
    probe: (signal) => till.probe(signal),
    deliver: (delivery, signal) => till.deliver(delivery, signal),
    close: () => {
      services.remove(id, service);
      return till.close();
    },
  };
}

function optionsOf({ id, numbers, language, grants, coupons, upstream, lookUpMs }: FarcardsConfig): FarcardsOptions {
  return {
    ...{ id, language, grants, coupons, lookUpMs, numbers: rkeeperRules(numbers) },
    ...(upstream === undefined ? {} : { upstream: { url: upstream.url, timeoutMs: upstream.timeoutMs, pages: pagesOf(upstream) } }),
  };
}

function pagesOf({ getCardInfoEx, transactionsEx, findEmail }: NonNullable<FarcardsConfig['upstream']>): NonNullable<FarcardsOptions['upstream']>['pages'] {
  return { getCardInfoEx, transactionsEx, findEmail };
}

function storeOf({ id, keepReceipts }: FarcardsConfig, { clock, keepReceipt, log }: PartContext): StoreSale | undefined {
  if (!keepReceipts || keepReceipt === undefined) return undefined;
  return async (sale) => {
    const stored = await keepReceipt(receiptOf(sale, id, isoTime(clock.wall())));
    // after a restart a repetition is told again, with another time: the first one counts
    if (stored === 'differs') log.info('a check was told again; what is stored stays', { till: id });
  };
}

/** The canonical receipt of a check of which only the sums are known: one line. */
function receiptOf({ receiptId, operation, restaurant, number, total, discount, card, coupons }: ClosedSale, till: string, closedAt: string): Receipt {
  return {
    ...{ receiptId, operation, tillId: till, number, closedAt, currency: 'RUB', total, discount },
    ...(restaurant === '' ? {} : { storeId: restaurant }),
    lines: [{ lineId: '1', name: 'check', qty: '1', price: total + discount, total }],
    ...(card === undefined && coupons.length === 0 ? {} : { loyalty: loyaltyOf(card, coupons) }),
  };
}

/** The outbox encrypts these: the one place besides the till that gets the numbers in clear. */
function loyaltyOf(card: ClosedSale['card'], coupons: ClosedSale['coupons']): NonNullable<Receipt['loyalty']> {
  const first = card ?? coupons[0];
  return {
    ...(card === undefined ? {} : { nativeNumber: card.reveal() }),
    ...(first === undefined ? {} : { kind: first.kind }),
    coupons: coupons.map((coupon) => coupon.reveal()),
  };
}
