// A simulated platform, the daemon, a till and a back office: a guest shows a code, pays, and gets points, once.
//   node examples/events-and-receipts/start.mjs
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { openShop } from '../support/shop.mjs';
import { listen } from './listener.mjs';

/** What the cashier program knows when the receipt is closed. Money in kopecks. */
const receiptOf = (scanId) => ({
  receiptId: 'till7-20260110-000123',
  operation: 'sale',
  tillId: '7',
  closedAt: '2026-01-10T12:03:11+03:00',
  currency: 'RUB',
  total: 125000,
  lines: [{ lineId: '1', name: 'Coffee', qty: '1.000', price: 125000, total: 125000 }],
  payments: [{ kind: 'card', amount: 125000 }],
  scanIds: [scanId],
});

/** The sale as the platform has booked it; asked for until it is there. */
async function booked(control) {
  for (let tries = 0; tries < 100; tries += 1) {
    const credits = await (await fetch(`${control}/credits`)).json();
    const sales = Array.isArray(credits) ? credits : (credits.credits ?? []);
    if (sales.length > 0) return sales;
    await pause(100);
  }
  throw new Error('the platform has heard of no sale');
}

const shop = openShop({ env: { UDS_KEY: 'made-up-uds-key' } });
try {
  const platform = await shop.background('sim', 'platform', 'uds');
  shop.configure(readFileSync(new URL('tillbridge.yaml', import.meta.url), 'utf8').replace('http://127.0.0.1:40187/partner/v2', platform.url));
  const { api } = await shop.background('--log-level', 'error', 'run');
  const office = await shop.client(api, 'back office', 'scan:read');
  const till = await shop.client(api, 'till', 'scan:read,scan:inject,delivery,receipt:write');
  listen(office);
  const taking = till.take('front', () => undefined);
  const { scanId } = await till.scan('482913', { wait: true });
  const receipt = receiptOf(scanId);
  await till.receipt(receipt);
  await till.receipt(receipt); // a till that is not sure gives it again: it counts once
  const sales = await booked(platform.control);
  console.log(`receipt  ${sales.length} sale booked at the platform`);
  await Promise.all([office.close(), till.close()]);
  await taking.catch(() => undefined);
} finally {
  await shop.close();
}
