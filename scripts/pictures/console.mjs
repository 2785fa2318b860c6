// The console with made-up guests: a daemon, a program that plays the till, and a browser that looks at it.
import { setTimeout as pause } from 'node:timers/promises';
import { openShop } from '../../examples/support/shop.mjs';

const CONFIG = `version: 1
store: shop-12
machine: pos-1
readers:
  - { id: counter, type: till, till: front }
  - { id: bar, type: tcp, listen: "127.0.0.1:0" }
codes:
  - { name: universal, kind: card, match: '^98(?<value>\\d{14})$' }
  - { name: coupon, kind: coupon, match: '^CPN-(?<value>[0-9A-F]{8})$' }
translators:
  - { type: table }
tills:
  - { id: front, adapter: client, expireMs: 4000 }
routes:
  - { readers: [counter, bar], till: front }
api: { port: 0 }
`;
const CARDS = { 9812345678901234: '2700001234564', 9800000000005678: '2700000005670', 9800000000009012: '2700000009012', 'CPN-00FFEE11': 'COFFEE10' };
/** A morning: guests, and products between them. */
const MORNING = ['4600000000017', '9812345678901234', '4601234567893', '9800000000005678', '9899999999999999', '4600000000024', 'CPN-00FFEE11', '9800000000009012'];

/** @param {(picture: { name: string, page: import('playwright-core').Page }) => Promise<void>} take */
export async function showConsole(browser, take) {
  const shop = openShop();
  try {
    shop.configure(CONFIG);
    const { api } = await shop.background('--log-level', 'error', 'run');
    for (const [code, card] of Object.entries(CARDS)) await shop.run('cards', 'add', code, card, ...(code.startsWith('CPN') ? ['--kind', 'coupon'] : []));
    const till = await shop.client(api, 'Cashier program', 'scan:read,scan:inject,goods:read,delivery,till');
    // a guest whose card the till refuses is part of every morning
    const taking = till.take('front', (number) => (number.reveal().endsWith('9012') ? 'rejected' : 'applied'));
    const { text } = await shop.run('console');
    const page = await (await browser.newContext({ viewport: { width: 1240, height: 980 }, locale: 'en-GB', colorScheme: 'light', deviceScaleFactor: 1 })).newPage();
    await page.goto(/http:\S+/.exec(text)[0]);
    await page.locator('nav').waitFor();
    for (const code of MORNING) {
      const scanned = till.scan(code, { wait: true }).catch(() => undefined);
      await pause(700);
      await scanned;
    }
    await page.locator('.scan').nth(4).waitFor();
    await take({ name: 'console-live', page });
    await page.context().close();
    await till.close();
    await taking.catch(() => undefined);
  } finally {
    await shop.close();
  }
}
