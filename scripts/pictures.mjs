// Makes the pictures of README.md anew, from the built program and made-up data, into docs/pictures: the demo's terminal (SVG), the console and the
// phone's page (WebP, by the system's Chromium).
//   npm run build && npm run pictures [-- demo|console|phone ...]
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { root } from './packages.mjs';
import { recordDemo } from './pictures/demo.mjs';
import { showConsole } from './pictures/console.mjs';
import { showPhone } from './pictures/phone.mjs';
import { terminalSvg } from './pictures/terminal.mjs';

const folder = join(root, 'docs/pictures');
/** What a page of the repository may weigh a picture, in bytes. */
const MOST = 150 * 1024;
const wanted = process.argv.slice(2);
const isWanted = (name) => wanted.length === 0 || wanted.includes(name);

function write(name, bytes) {
  if (bytes.length > MOST) throw new Error(`${name} has ${bytes.length} bytes`);
  writeFileSync(join(folder, name), bytes);
  console.log(`docs/pictures/${name}: ${statSync(join(folder, name)).size} bytes`);
}

/** A browser can write WebP, and no tool of ours has to. */
async function webp(browser, png) {
  const page = await browser.newPage();
  const data = await page.evaluate(async (source) => {
    const image = new globalThis.Image();
    image.src = source;
    await image.decode();
    const canvas = new globalThis.OffscreenCanvas(image.width, image.height);
    canvas.getContext('2d').drawImage(image, 0, 0);
    const blob = await canvas.convertToBlob({ type: 'image/webp', quality: 0.85 });
    return Array.from(new Uint8Array(await blob.arrayBuffer()));
  }, `data:image/png;base64,${png.toString('base64')}`);
  await page.close();
  return Buffer.from(data);
}

mkdirSync(folder, { recursive: true });
if (isWanted('demo')) write('demo.svg', Buffer.from(terminalSvg(await recordDemo())));
if (isWanted('console') || isWanted('phone')) {
  const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => statSync(path, { throwIfNoEntry: false }) !== undefined);
  if (executablePath === undefined) throw new Error('no Chromium: sh test/setup-debian.sh');
  const browser = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
  const take = async ({ name, page }) => write(`${name}.webp`, await webp(browser, await page.screenshot()));
  try {
    if (isWanted('console')) await showConsole(browser, take);
    if (isWanted('phone')) await showPhone(take);
  } finally {
    await browser.close();
  }
}
