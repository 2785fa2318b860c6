import { setTimeout as pause } from 'node:timers/promises';
import { ask } from '../api/support.js';
import { numberOf, universal, type TestShop } from '../support/shop.js';
import type { ScannerPort } from '../support/scanner-port.js';
import type { TillPort } from '../support/till-port.js';

export interface Served {
  goods: number;
  cards: number;
  unplugged: number;
  reopened: number;
  requests: number;
}

export interface Counter {
  readonly shop: TestShop;
  readonly scanner: ScannerPort;
  readonly till: TillPort;
  readonly api: string;
  readonly token: string;
}

/** Silence around a card, ms; far above `quietMs`, for a machine that does other things too. */
const AROUND_MS = 200;

/** Scans whose events fill what is kept for those who come back, 2 MiB by weight, twice over. */
const SCANS_KEPT = 6000;

/** What is bounded and fills slowly is full afterwards: that it fills is no leak. Cards that nobody knows; nothing goes to the till. */
export async function fillMemory(shop: TestShop): Promise<void> {
  for (let n = 0; n < SCANS_KEPT; n += 1) {
    const { status, body } = await shop.call('POST', '/v1/scans?wait=1', { code: `77${String(n).padStart(8, '0')}`, reader: 'counter' });
    if (status !== 200 || body['outcome'] === undefined) throw new Error(`scan ${String(n)} was answered ${String(status)}`);
  }
}

/**
 * A few minutes of a counter at a modest rate, until `isOver`: five goods and one card each second and a half, a request of the API, and now and
 * then a scanner that is pulled and a cashier program that opens its port anew. Every byte that the till reads is checked.
 */
export async function serve({ shop, scanner, till, api, token }: Counter, isOver: () => boolean, everyRound: () => void, before?: Served): Promise<Served> {
  // it goes on where it was: the same code twice would be a duplicate
  const served: Served = { ...(before ?? { goods: 0, cards: 0, unplugged: 0, reopened: 0, requests: 0 }) };
  for (let round = 1; !isOver(); round += 1) {
    everyRound();
    till.clear();
    let expected = '';
    for (let i = 0; i < 5; i += 1) {
      const text = `460${String((served.goods += 1)).padStart(10, '0')}\r`;
      expected += text;
      await scanner.send(text);
      await pause(100);
    }
    await till.waitForBytes(expected.length);
    await pause(AROUND_MS);
    const code = universal((served.cards += 1));
    expected += `${numberOf(code)}\r`;
    await scanner.send(`${code}\r`);
    const got = await till.waitForBytes(expected.length);
    if (!got.equals(Buffer.from(expected, 'latin1'))) throw new Error(`round ${String(round)}: the till read something else`);
    await pause(AROUND_MS);
    const { status } = await ask(api, '/v1/scans?limit=20', { token });
    if (status !== 200) throw new Error(`the API answered ${String(status)}`);
    served.requests += 1;
    if (round % 20 === 0) {
      scanner.unplug();
      await shop.partUntil('readers', 'counter', (part) => part.status !== 'ready');
      await scanner.plugIn();
      await shop.partUntil('readers', 'counter', (part) => part.status === 'ready');
      served.unplugged += 1;
    }
    if (round % 33 === 0) {
      till.close();
      await pause(AROUND_MS);
      till.open();
      served.reopened += 1;
    }
    await pause(AROUND_MS);
  }
  return served;
}
