import type { Adapter } from '@tillbridge/core';
import type { FarcardsOptions } from '@tillbridge/adapter-rkeeper';
import type { RkeeperConfig } from '../../config/index.js';
import { servedTill } from '../../stations/served-till.js';
import type { StationService } from '../../stations/services.js';
import type { PartContext } from '../parts.js';
import { keeper, saleReceipt } from './rkeeper-receipts.js';
import { rkeeperRules } from './rkeeper.js';

type FarcardsConfig = Extract<RkeeperConfig, { transport: 'farcards' }>;

/** Makes a till that FarCards asks through the stations listener; it can be asked from its opening to its closing. */
export async function farcardsTill(config: FarcardsConfig, context: PartContext): Promise<Adapter> {
  const { FarcardsTill, isFarcardsCall } = await import('@tillbridge/adapter-rkeeper');
  const { clock, log, services } = context;
  const store = keeper(config.id, config.keepReceipts, context, saleReceipt);
  const till = new FarcardsTill(optionsOf(config), { clock, log, ...(store === undefined ? {} : { store }) });
  const service: StationService = {
    takes: (call) => isFarcardsCall(pageOf(call)),
    answer: async (call, chunks, contentType, signal) => {
      const page = pageOf(call);
      if (!isFarcardsCall(page)) throw new Error('asked for a page that it does not have');
      return { status: 200, body: await till.answer(page, chunks, contentType, signal), contentType: 'text/xml; charset=utf-8' };
    },
  };
  return servedTill(till, service, services);
}

/** `/getcardinfoex` and, as ExtDllHTTP.ini has it by default, `/getcardinfoex.php`. */
function pageOf(call: string): string {
  return call.slice(1).replace(/\.php$/, '');
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
