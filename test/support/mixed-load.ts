import { waitFor } from './wait-for.js';
import { numberOf, universal, type Row, type TestShop } from './shop.js';

export interface MixedLoad {
  /** All reads; a tenth of them are loyalty codes. */
  readonly reads: number;
  /** Goods in one burst: sent without a pause, as fast as the line takes them. */
  readonly burst: number;
}

export interface MixedReport {
  readonly goods: number;
  readonly loyalty: number;
  readonly bytesIn: number;
  /** What the till read is exactly what it had to read. */
  readonly exact: boolean;
  readonly outcomes: Readonly<Record<string, number>>;
  /** Loyalty scans that do not have exactly one row. */
  readonly wrongRows: number;
  readonly droppedGoods: number;
  readonly seconds: number;
}

const GS = '\u001d';

function goods(n: number): string {
  const id = String(n).padStart(9, '0');
  if (n % 7 === 0) return `0104601234567893215${id}${GS}91EE06${GS}92dGVzdA==\r\n`;
  if (n % 11 === 0) return `\u00cf\u00f0\u00e8${id}\u0000\u00ff\r`;
  return `460${id}\r`;
}

/**
 * A day at the counter, compressed: bursts of goods, and loyalty codes as a person shows them, with silence around. The daemon must run and
 * its till must be open; waits for each burst and each outcome, so that a slow machine makes it slow and not wrong.
 */
export async function mixedLoad(shop: TestShop, { reads, burst }: MixedLoad): Promise<MixedReport> {
  const scanner = await shop.scanner();
  const till = shop.openTill();
  const start = performance.now();
  const loyaltyCount = Math.floor(reads / 10);
  const goodsCount = reads - loyaltyCount;
  let expected = '';
  let sentGoods = 0;
  const send = async (count: number): Promise<void> => {
    for (let done = 0; done < count; done += burst) {
      const text = Array.from({ length: Math.min(burst, count - done) }, () => goods((sentGoods += 1))).join('');
      expected += text;
      await scanner.send(text);
      await till.waitForBytes(expected.length);
    }
  };
  for (let n = 1; n <= loyaltyCount; n += 1) {
    // a burst as often as nine tenths of the reads are goods: a few cards in a row come between two of them
    if (sentGoods * loyaltyCount < n * goodsCount) await send(Math.min(burst, goodsCount - sentGoods));
    await shop.silence();
    const code = universal(n);
    await scanner.send(`${code}\r`);
    expected += `${numberOf(code)}\r`;
    await till.waitForBytes(expected.length);
  }
  await send(goodsCount - sentGoods);
  const rows = await allRows(shop, loyaltyCount);
  const counters = (await shop.part('tills', 'front')).counters;
  const perScan = new Map<string, number>();
  const outcomes: Record<string, number> = {};
  for (const row of rows) {
    perScan.set(row.scanId, (perScan.get(row.scanId) ?? 0) + 1);
    outcomes[row.outcome] = (outcomes[row.outcome] ?? 0) + 1;
  }
  return {
    goods: sentGoods,
    loyalty: loyaltyCount,
    bytesIn: expected.length,
    exact: till.bytes().equals(Buffer.from(expected, 'latin1')),
    outcomes,
    wrongRows: Math.abs(perScan.size - loyaltyCount) + [...perScan.values()].filter((count) => count !== 1).length,
    droppedGoods: Object.entries(counters).reduce((sum, [name, count]) => sum + (name.startsWith('goods_dropped') ? count : 0), 0),
    seconds: (performance.now() - start) / 1000,
  };
}

/** The rows of the journal, once there are that many. */
async function allRows(shop: TestShop, count: number): Promise<Row[]> {
  return waitFor('every outcome', async () => {
    const rows = await shop.rows();
    return rows.length >= count && rows;
  });
}
