import { PhoneBrowser, pair, untilLink } from './phone-browser.js';
import { Studio } from './scene.js';
import { FORMATS, pattern, ean13, type Format } from './symbols.js';
import type { Shot } from './video.js';
import { numberOf, SHOP_RULES, TestShop, universal } from '../shop.js';
import { waitFor } from '../wait-for.js';

/** One scan: which format, and the times in ms from the moment that the browser gave the page the frame that settled it. */
export interface FrameToTill {
  readonly format: Format;
  /** ... to the code being certain: the frame's pixels, its preparation, the decoder. */
  readonly certain: number;
  /** ... to the sealed scan leaving the page. */
  readonly sent: number;
  /** ... to the number in the cashier program's port. */
  readonly till: number;
  /** ... to the till's answer on the phone. */
  readonly answer: number;
}

const CARDS = FORMATS.map((format, n) => {
  const code = format === 'ean13' ? ean13('290000999001') : universal(n + 1);
  return { format, code, number: format === 'ean13' ? code : numberOf(code) };
});

function* film(): Iterable<Shot> {
  const studio = new Studio();
  for (const [n, { format, code }] of CARDS.entries()) {
    yield { picture: studio.frame(pattern(format, code), { module: format === 'pdf417' || format === 'ean13' || format === 'code128' ? 4 : 7 }, n), frames: 20 };
    yield { picture: studio.frame(undefined, { module: 1 }, n), frames: 45 };
  }
}

/** Keeps when frames were on the screen and answers came, in Unix ms: text, because the page's policy is for scripts of its own. */
const WATCH = `globalThis.scans = []; globalThis.sends = []; new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    const { name, startTime, duration, detail, requestStart } = entry;
    if (name === 'tillbridge.scan') scans.push([performance.timeOrigin + startTime, duration, detail?.certain]);
    if (name.endsWith('/msg')) sends.push([performance.timeOrigin + requestStart, performance.timeOrigin + entry.responseEnd]);
  }
}).observe({ entryTypes: ['measure', 'resource'] })`;

/** Chromium with a camera of 1280 x 720, the built daemon, a port that is read as a cashier program reads it; so many rounds of six codes, 13 s each. */
export async function frameToTill(rounds: number): Promise<readonly FrameToTill[]> {
  const shop = new TestShop({
    codes: [...SHOP_RULES.codes, { name: 'ean', kind: 'card', match: '^29\\d{11}$', symbologies: ['ean13'] }],
    translators: [...SHOP_RULES.translators, { type: 'rule', codes: ['ean'], number: '{value}' }],
  });
  const phone = await PhoneBrowser.start(film());
  try {
    shop.writeConfig({ readers: [{ id: 'waiter', type: 'mobile', host: '127.0.0.1', port: 0, httpPort: 'off' }] });
    await shop.run();
    const port = shop.openTill('front');
    const page = await phone.page();
    await page.addInitScript(WATCH);
    const { body } = await shop.call('POST', '/v1/phones/pair', { name: 'Anna' });
    await pair(page, body['url'] as string);
    await untilLink(page, 'online');
    const arrivals: { readonly number: string; readonly at: number }[] = [];
    await waitFor('so many scans', () => {
      const numbers = port.text().split('\r').slice(0, -1);
      for (const number of numbers.slice(arrivals.length)) arrivals.push({ number, at: performance.timeOrigin + performance.now() });
      return arrivals.length >= rounds * FORMATS.length;
    }, rounds * 30_000 + 30_000);
    await waitFor('the last answer', async () => (await page.evaluate<number>('scans.length')) >= arrivals.length);
    const scans = await page.evaluate<[number, number, number][]>('scans');
    const sends = await page.evaluate<[number, number][]>('sends');
    return arrivals.flatMap(({ number, at }, n) => {
      const [frame = Number.NaN, answer = Number.NaN, certain = Number.NaN] = scans[n] ?? [];
      const format = CARDS.find((card) => card.number === number)?.format;
      // what was under way then and was answered before the page had its answer: the scan is the last of it
      const [sent = Number.NaN] = sends.findLast(([began, ended]) => began >= frame && ended <= frame + answer + 5) ?? [];
      return format === undefined ? [] : [{ format, certain, sent: sent - frame, till: at - frame, answer }];
    });
  } finally {
    await phone.close();
    await shop.close();
  }
}
