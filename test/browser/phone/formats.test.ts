import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { needs } from '../../support/needs.js';
import { pair, PhoneBrowser } from '../../support/phone/phone-browser.js';
import { PhoneServer } from '../../support/phone/phone-server.js';
import { Studio, type Scene } from '../../support/phone/scene.js';
import { FORMATS, pattern, sample, type Format } from '../../support/phone/symbols.js';
import type { Shot } from '../../support/phone/video.js';
import { waitFor } from '../../support/wait-for.js';

/** One difficulty for each format. */
const HELD: Readonly<Record<Format, Scene>> = {
  qr: { module: 8, tilt: 40 },
  pdf417: { module: 4, blur: 0.4 },
  aztec: { module: 8, turn: 30 },
  datamatrix: { module: 8, dark: 95, light: 160 },
  ean13: { module: 4, turn: 10 },
  code128: { module: 3 },
};

/** What somebody might hold up on purpose. */
const HOSTILE = ['<img src=x onerror="document.title=1">', '{{7*7}}\u0000\u001b[31m\r\n\t"; DROP TABLE cards;--', '98\u202e100\u2066\u200b1', 'A'.repeat(2_300)];
const CODES: readonly { readonly format: Format; readonly text: string; readonly scene: Scene }[] = [
  ...FORMATS.map((format) => ({ format, text: sample(format, 7), scene: HELD[format] })),
  ...HOSTILE.map((text) => ({ format: 'qr' as const, text, scene: { module: text.length > 1_000 ? 4 : 8, shake: 0.3 } })),
];

/** Each code for a while, moving a little, and the empty table between them. */
function* evening(): Iterable<Shot> {
  const studio = new Studio();
  for (const [n, { format, text, scene }] of CODES.entries()) {
    for (let k = 0; k < 2; k += 1) yield { picture: studio.frame(pattern(format, text), { ...scene, x: k * 6 }, n * 10 + k), frames: 12 };
    // a red answer stays for four seconds, in which nothing is looked at: the next code comes after it
    yield { picture: studio.frame(undefined, { module: 1 }, n), frames: HOSTILE.includes(text) ? 150 : 40 };
  }
}

needs('chromium')('the page reads codes with a camera', () => {
  let server: PhoneServer;
  let phone: PhoneBrowser;
  let page: Page;

  beforeAll(async () => {
    server = await PhoneServer.start();
    phone = await PhoneBrowser.start(evening());
    page = await phone.page();
  }, 180_000);
  afterAll(async () => {
    await phone.close();
    await server.close();
  });

  it('each format as it was written, hostile ones too, and each showing once', async () => {
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('dialog', (dialog) => errors.push(dialog.message()));
    server.answer = (_, text) => (HOSTILE.includes(text) ? { is: 'goods', handled: false } : { is: 'loyalty', kind: 'card', ended: Promise.resolve({ outcome: 'applied', signal: 'good' }) });
    await pair(page, server.invite().url);
    // an uncertain answer would stay: there is none here
    await waitFor('every code', () => CODES.every(({ text }) => server.arrived.some((each) => each.text === text)), 150_000);
    // a slow machine may miss the codes in between: the same one comes again only after five seconds out of sight
    expect(server.arrived.filter(({ text, at }, n) => server.arrived.some((other, k) => k !== n && other.text === text && Math.abs(other.at - at) < 5_000))).toEqual([]);
    for (const { read, text } of server.arrived) expect(CODES.find((code) => code.text === text)?.format).toBe(read.symbology);
    expect(await page.title()).toBe('Tillbridge phone');
    expect(await page.locator('main img').count()).toBe(0);
    expect(errors).toEqual([]);
    expect(phone.foreign).toEqual([]);
  }, 200_000);
});
