import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { freePort, startWorkplace } from '../../1c/workplace-process.js';
import { RestaurantProcess as Iiko } from '../../iiko/restaurant-process.js';
import { startRestaurant as startRkeeper } from '../../rkeeper/restaurant-process.js';
import { needs } from '../../support/needs.js';
import { pair, PhoneBrowser, untilLink, untilState } from '../../support/phone/phone-browser.js';
import { Studio } from '../../support/phone/scene.js';
import { ean13, FORMATS, pattern, type Format } from '../../support/phone/symbols.js';
import type { Shot } from '../../support/phone/video.js';
import { numberOf, SHOP_RULES, TestShop, universal } from '../../support/shop.js';
import { waitFor } from '../../support/wait-for.js';

// A real browser with a camera, the built daemon, and each simulated till.

interface Card {
  readonly format: Format;
  readonly code: string;
  readonly number: string;
}

/** A card of its own in each format. Thirteen digits are too few for a universal code: an EAN-13 is its own number. */
const CARDS: readonly Card[] = FORMATS.map((format, n) => {
  const code = format === 'ean13' ? ean13('290000999001') : universal(n + 1);
  return { format, code, number: format === 'ean13' ? code : numberOf(code) };
});
const NUMBERS = CARDS.map(({ number }) => number);

/** Each card for two seconds, long enough for a phone that reads once in half a second, then the table: 20 s a round. A card is back after more than the five seconds that make it a new showing. */
function* film(): Iterable<Shot> {
  const studio = new Studio();
  for (const [n, { format, code }] of CARDS.entries()) {
    for (let k = 0; k < 2; k += 1) yield { picture: studio.frame(pattern(format, code), { width: 960, height: 540, module: format === 'code128' || format === 'ean13' || format === 'pdf417' ? 4 : 7, x: k * 10 }, n * 10 + k), frames: 30 };
    yield { picture: studio.frame(undefined, { width: 960, height: 540, module: 1 }, n), frames: 40 };
  }
}

const env = { PLUGIN: 'a-secret-of-the-till-0123', POS_PASSWORD: 'secret', RK_PASSWORD: 'secret', ONEC_TOKEN: 'made-up-token-of-the-evening' };
const RULES = {
  codes: [...SHOP_RULES.codes, { name: 'ean', kind: 'card', match: '^29\\d{11}$', symbologies: ['ean13'], requireSymbology: true }],
  translators: [...SHOP_RULES.translators, { type: 'rule', codes: ['ean'], number: '{value}' }],
};

interface Build {
  readonly buildLibrary: (target: string, out: string) => Promise<string>;
  readonly buildZip: (libraries: Readonly<Record<string, string>>, out: string) => Promise<string>;
}

needs('linux', 'gcc', 'chromium')('a phone\'s camera, the built daemon and the tills', () => {
  let out: string;
  let zip: string;
  let phone: PhoneBrowser;
  let shop: TestShop;
  let pages: Page[];

  beforeAll(async () => {
    out = mkdtempSync(join(tmpdir(), 'tillbridge-phone-1c-'));
    const { buildLibrary, buildZip } = (await import(/* @vite-ignore */ new URL('../../../packages/adapter-1c/addin/build.mjs', import.meta.url).href)) as Build;
    zip = await buildZip({ linux64: await buildLibrary('linux64', out) }, out);
    phone = await PhoneBrowser.start(film());
  }, 180_000);
  afterAll(async () => {
    await phone.close();
    rmSync(out, { recursive: true });
  });
  beforeEach(async () => {
    shop = new TestShop();
    pages = [];
  });
  afterEach(async () => {
    for (const page of pages) await page.context().close();
    await shop.close();
  });

  const waiter = (...tills: readonly string[]): object => ({ id: 'waiter', type: 'mobile', host: '127.0.0.1', port: 0, httpPort: 'off', tills });
  const offer = async (till = 'front'): Promise<string> => (await shop.call('POST', '/v1/phones/pair', { name: 'Anna', till })).body['url'] as string;
  const typed = (text: string): readonly string[] => text.split('\r').slice(0, -1);

  /** An uncertain answer stays on the phone until somebody has read it. */
  async function readOn(page: Page | undefined): Promise<void> {
    const next = page?.locator('#answer[data-look="unsure"] #next');
    if ((await next?.isVisible()) === true) await next?.click({ timeout: 1000 }).catch(() => undefined);
  }

  /** What the journal says of a till. */
  const outcomes = async (till: string): Promise<readonly string[]> => (await shop.scans()).filter((row) => row.till === till).map(({ outcome }) => outcome);

  test('each format reaches each till, once for each time that it is shown: four phones at once', async () => {
    const [rkeeper, iiko, port] = [await startRkeeper(), await Iiko.start('--terminals', '1'), await freePort()];
    const onec = await startWorkplace(zip, '--connect', `127.0.0.1:${port}`, '--token', env.ONEC_TOKEN);
    try {
      for (const { number } of CARDS) for (const restaurant of [rkeeper, iiko]) await restaurant.call('PUT', '/cards', { card: number });
      shop.writeConfig({
        ...RULES,
        readers: [waiter('front', 'office', 'hall', 'bar')],
        tills: [
          shop.till('front'),
          { id: 'office', adapter: '1c', transport: 'addin', listen: `127.0.0.1:${port}`, secrets: { token: '${env:ONEC_TOKEN}' } },
          { id: 'hall', adapter: 'rkeeper', transport: 'xml', url: rkeeper.url, user: 'tillbridge', secrets: { password: '${env:RK_PASSWORD}' }, station: { code: 1 }, interface: { card: { id: 1010 }, coupon: { code: 2 } }, order: 'onlyOpen', sample: { number: '2000000012345' } },
          { id: 'bar', adapter: 'iiko', transport: 'front', secrets: { token: '${env:PLUGIN}' }, nativeIdentifier: { card: 'rmsDiscountCard', coupon: 'iikoCardCoupon', phone: 'iikoCardPhone' }, posServer: { url: iiko.pos, user: 'pos', secrets: { password: '${env:POS_PASSWORD}' } } },
        ],
        routes: [{ readers: ['waiter'], till: 'front', goods: 'none' }],
        api: { port: 0 },
      });
      const daemon = shop.start([], env);
      const [, api = ''] = await daemon.waitForLine(/^READY pid=\d+ api=(http:\/\/127\.0\.0\.1:\d+)$/, 60_000);
      await iiko.call('POST', '/plugins', { terminal: 'CASH-1', url: `${api}/iiko/v1`, secret: env.PLUGIN });
      await shop.partUntil('tills', 'office', ({ status }) => status === 'ready', 60_000);
      await shop.partUntil('tills', 'bar', ({ health }) => health === 'healthy', 60_000);
      const front = shop.openTill('front');
      const seen: Readonly<Record<string, Set<string>>> = { front: new Set(), office: new Set(), hall: new Set(), bar: new Set() };
      let [bill, order] = [await rkeeper.openOrder(), await iiko.openOrder()];
      const look: Readonly<Record<string, () => Promise<readonly string[]>>> = {
        front: async () => typed(front.text()),
        office: () => onec.events(),
        // a bill takes one card: the guest pays, the next one orders
        hall: async () => {
          const { guestCards } = await rkeeper.order(bill);
          if (guestCards.length > 0) {
            await rkeeper.call('POST', '/orders/pay', { order: bill });
            bill = await rkeeper.openOrder();
          }
          return guestCards;
        },
        bar: async () => {
          const { discountCards } = await iiko.order(order);
          if (discountCards.length > 0) order = await iiko.openOrder();
          return discountCards;
        },
      };
      // four waiters at once, each with a till of their own
      for (const till of Object.keys(look)) {
        const waiterPage = await phone.page();
        pages.push(waiterPage);
        await pair(waiterPage, await offer(till));
        expect(await waiterPage.inputValue('#till')).toMatch(new RegExp(`/${till}$`));
      }
      const served = Object.entries(look).map(async ([till, numbers], n) => {
        await waitFor(`all six at ${till}`, async () => {
          for (const number of await numbers()) seen[till]?.add(number);
          await readOn(pages[n]);
          return NUMBERS.every((number) => seen[till]?.has(number));
        }, 240_000);
        await pages[n]?.context().close();
      });
      await Promise.all(served);
      // every delivery of the journal is one that its till shows: nothing came twice, nothing came without having been shown
      const atFront = typed(front.text());
      expect((await outcomes('front')).filter((outcome) => outcome === 'sent')).toHaveLength(atFront.length);
      // a slow machine may miss the codes in between: the same one comes again only after five seconds out of sight
      const rows = (await shop.scans()).filter((row) => row.till === 'front');
      expect(rows.filter((row, n) => rows.some((other, k) => k !== n && other.code === row.code && Math.abs(Date.parse(other.time) - Date.parse(row.time)) < 5_000))).toEqual([]);
      expect((await outcomes('office')).filter((outcome) => outcome === 'sent')).toHaveLength((await onec.events()).length);
      for (const till of ['hall', 'bar']) expect(new Set(await outcomes(till))).not.toContain('failed');
      expect(phone.foreign).toEqual([]);
      for (const { number, code } of CARDS) expect([number, code].filter((text) => (daemon.stdout() + daemon.stderr()).includes(text))).toEqual([]);
    } finally {
      await iiko.stop();
    }
  }, 400_000);

  test('a phone that is revoked sends nothing more, a till that is started anew is come back to', async () => {
    shop.writeConfig({ ...RULES, readers: [waiter('front')], tills: [shop.till('front')] });
    const first = await shop.run();
    const port = new URL(((await shop.call('GET', '/v1/daemon')).body['phones'] as { places: readonly { secure: string }[] }).places[0]?.secure ?? '').port;
    // the page's address has to stay what it is
    shop.writeConfig({ readers: [{ ...waiter('front'), port: Number(port) }] });
    let front = shop.openTill('front');
    const page = await phone.page();
    pages.push(page);
    await pair(page, await offer());
    await waitFor('the first card', () => front.text() !== '', 60_000);
    await first.stop();
    await untilLink(page, 'offline');
    await shop.run();
    front = shop.openTill('front');
    await untilLink(page, 'online');
    await waitFor('a card after the restart', async () => {
      await readOn(page);
      return front.text() !== '';
    }, 90_000);
    const [anna] = (await shop.call('GET', '/v1/phones')).body['phones'] as readonly { id: string }[];
    await shop.call('DELETE', `/v1/phones/${anna?.id ?? ''}`);
    await untilState(page, 'forgotten');
    // its camera is off, and what is given to the till now is all that comes behind what it sent
    expect(await page.evaluate<boolean>("document.querySelector('video').srcObject === null")).toBe(true);
    const before = front.text();
    const last = universal(9999);
    expect(await shop.call('POST', '/v1/scans?wait=1', { code: last, reader: 'waiter' })).toMatchObject({ body: { outcome: 'sent' } });
    expect(front.text()).toBe(`${before}${numberOf(last)}\r`);
    expect((await shop.scans()).every(({ outcome }) => outcome !== 'unknown')).toBe(true);
  }, 300_000);
});
