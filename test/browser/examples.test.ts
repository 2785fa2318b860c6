import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { startChild, type RunningChild } from '../support/child.js';
import { runCli } from '../support/cli.js';
import { needs } from '../support/needs.js';
import { startChromium } from './support/chromium.js';

const script = fileURLToPath(new URL('../../examples/start.mjs', import.meta.url));

needs('chromium')('the web examples', () => {
  let browser: Browser;
  const running: RunningChild[] = [];
  beforeAll(async () => {
    browser = await startChromium();
  });
  afterAll(() => browser.close());
  afterEach(async () => {
    await Promise.all(running.splice(0).map((child) => child.stop()));
  });

  /** Runs the examples as their page says. */
  async function start() {
    const argv = [script, '--port', '0', '--api-port', '0', '--scanner-port', '0'];
    const child = startChild(process.execPath, argv, { env: { ...process.env, LC_ALL: 'C.UTF-8', LANG: 'C.UTF-8' } });
    running.push(child);
    const pair = async (example: string): Promise<Page> => {
      const [, address = '', code = ''] = await child.waitForLine(new RegExp(`^${example}: open (\\S+) and enter the code (\\d{8})$`), 30_000);
      const page = await browser.newPage();
      await page.goto(address);
      await page.getByPlaceholder('pairing code').fill(code);
      await page.getByRole('button', { name: 'Connect' }).click();
      return page;
    };
    const till = await pair('web-till');
    await till.getByText('connected', { exact: true }).waitFor();
    const [, where = ''] = await child.waitForLine(/^a scan: node \S+ (--state \S+ --config \S+) scan/);
    const scan = async (...args: string[]): Promise<unknown> => JSON.parse((await runCli([...where.split(' '), '--json', 'scan', ...args])).stdout) as unknown;
    return { till, pair, scan };
  }
  const sale = (till: Page): Promise<string[]> => till.locator('#sale li').allTextContents();

  it('web till: gets products and the native number of a card', async () => {
    const { till, scan } = await start();
    await scan('4600000000017');
    expect(await scan('9812345678901234', '--wait')).toMatchObject({ kind: 'card', outcome: 'applied' });
    await expect.poll(() => sale(till)).toEqual(['product 4600000000017', 'card 2456789012341']);
    // the token is kept: after a reload nobody has to pair again
    await till.reload();
    await till.getByRole('button', { name: 'Connect' }).click();
    await till.getByText('connected', { exact: true }).waitFor();
  });

  it('tablet: a guest enters a phone, the web till gets it, the guest is thanked', async () => {
    const { till, pair } = await start();
    const tablet = await pair('tablet');
    await tablet.locator('input[name=phone]').fill('+79001234567');
    await tablet.getByRole('button', { name: 'OK' }).click();
    await tablet.getByText('Thank you!').waitFor();
    expect(await sale(till)).toEqual(['phone 79001234567']);
  });
});
