import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { needs } from '../../support/needs.js';
import { pair, PhoneBrowser, untilState } from '../../support/phone/phone-browser.js';
import { PhoneServer } from '../../support/phone/phone-server.js';
import { Studio, type Scene } from '../../support/phone/scene.js';
import { FORMATS, pattern, sample, type Format } from '../../support/phone/symbols.js';
import type { Shot } from '../../support/phone/video.js';
import { waitFor } from '../../support/wait-for.js';

/** One difficulty for each format, and one that turns in the hand. */
const HELD: Readonly<Record<Format, Scene>> = {
  qr: { module: 8, tilt: 40 },
  pdf417: { module: 4, blur: 0.4 },
  aztec: { module: 8, turn: 30 },
  datamatrix: { module: 8, dark: 95, light: 160 },
  ean13: { module: 4, turn: 10 },
  code128: { module: 3 },
};

/** Each code for a while, moving a little, and the empty table between them. */
function* evening(): Iterable<Shot> {
  const studio = new Studio();
  let seed = 1;
  for (const format of FORMATS) {
    for (let n = 0; n < 4; n += 1) yield { picture: studio.frame(pattern(format, sample(format, 7)), { ...HELD[format], x: n * 8 }, (seed += 1)), frames: 8 };
    yield { picture: studio.frame(undefined, { module: 1 }, (seed += 1)), frames: 40 };
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
  });
  afterAll(async () => {
    await phone.close();
    await server.close();
  });

  it('each of the six formats, once for each time that it is shown', async () => {
    await pair(page, server.invite().url);
    const expected = FORMATS.map((format) => sample(format, 7));
    await waitFor('each format', () => new Set(server.arrived.map(({ text }) => text)).size === FORMATS.length, 60_000);
    await waitFor('a second round of the film', () => server.arrived.length >= 2 * FORMATS.length, 60_000);
    expect(new Set(server.arrived.map(({ text }) => text))).toEqual(new Set(expected));
    // a code comes back after the others were shown: never the same one twice in a row
    expect(server.arrived.filter(({ text }, index) => server.arrived[index - 1]?.text === text)).toEqual([]);
    expect(server.arrived.map(({ read }) => read.symbology).filter((name) => name === undefined)).toEqual([]);
    for (const { read, text } of server.arrived) expect(text).toBe(sample(read.symbology as Format, 7));
    expect(phone.foreign).toEqual([]);
    await untilState(page, 'scanning', 'answered', 'asking', 'opening');
  });
});
