// The phone's page with a camera that sees a made-up code: the browser, server and film of the tests, bundled for this once.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { root } from '../packages.mjs';

const ENTRY = `
export { PhoneBrowser, pair, untilLink, untilState } from './test/support/phone/phone-browser.ts';
export { PhoneServer } from './test/support/phone/phone-server.ts';
export { Studio } from './test/support/phone/scene.ts';`;

/** @param {(picture: { name: string, page: import('playwright-core').Page }) => Promise<void>} take */
export async function showPhone(take) {
  // where its sources are: they find the built page, and packages, from there
  const outfile = join(root, `test/support/phone/.pictures-${process.pid}.mjs`);
  try {
    await build({ stdin: { contents: ENTRY, resolveDir: root, loader: 'ts' }, bundle: true, platform: 'node', format: 'esm', packages: 'external', outfile, logLevel: 'error' });
    const { PhoneBrowser, PhoneServer, Studio, pair, untilLink, untilState } = await import(pathToFileURL(outfile).href);
    const studio = new Studio();
    const nothing = studio.frame(undefined, { module: 1, width: 640, height: 480 }, 1);
    const server = await PhoneServer.start();
    const browser = await PhoneBrowser.start([{ picture: nothing, frames: 30 }]);
    try {
      const page = await browser.page({ language: 'en-GB', width: 390, height: 780 });
      await pair(page, server.invite({ confirm: false }).url, 'Anna');
      await untilState(page, 'scanning');
      await untilLink(page, 'online');
      await page.click('#type');
      await untilState(page, 'typing');
      await page.fill('#number', '9812345678903456');
      await page.press('#number', 'Enter');
      await untilState(page, 'answered');
      await take({ name: 'phone-answer', page });
    } finally {
      await browser.close();
      await server.close();
    }
  } finally {
    rmSync(outfile, { force: true });
  }
}
