import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startChromium } from '../../browser/support/chromium.js';
import { startDaemon, type TestDaemon } from '../../support/daemon.js';
import { startChild, type RunningChild } from '../../support/child.js';
import { needs } from '../../support/needs.js';
import { makeTempFolder } from '../../support/temp-folder.js';
import { waitFor } from '../../support/wait-for.js';
import { Desktop, type Terminal } from './desktop.js';
import { storm } from './storm.js';

/** A screen that is started again under its number: one that no server which looks for a free number takes meanwhile. */
const DISPLAY = `:${String(20_000 + (process.pid % 30_000))}`;
const startServer = (): RunningChild => startChild('Xvfb', [DISPLAY, '-screen', '0', '640x480x24', '-nolisten', 'tcp', '-noreset']);

const PAGE = `<!doctype html><title>Cashier</title><input id="code" autofocus><ul></ul><script>
const input = document.querySelector('input');
input.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter') return;
  const row = document.createElement('li');
  row.textContent = input.value;
  document.querySelector('ul').append(row);
  input.value = '';
});
</script>`;

const config = (display: string, keys: string): string => `version: 1
readers:
  - { id: counter, type: tcp, listen: 127.0.0.1:0 }
codes:
  - { name: universal, kind: card, match: '^98(?<value>\\d{14})$' }
translators:
  - { type: rule, number: '2{value:4..14}{ean13}' }
tills:
  - { id: front, adapter: keyboard, transport: xtest, agent: false, display: '${display}', ${keys} }
api: off
`;

needs('linux', 'xvfb', 'xterm')('a till on X11', () => {
  let folder: { readonly path: string; readonly remove: () => void };
  let desktop: Desktop;

  beforeAll(async () => {
    folder = makeTempFolder();
    desktop = await Desktop.start(folder.path);
  });
  afterAll(async () => {
    await desktop.stop();
    folder.remove();
  });

  test('everything that can go on at a till at once: nothing lost, nothing wrong, nothing beside', async () => {
    const [till, other] = await Promise.all([desktop.terminal('Cashier'), desktop.terminal('Editor')]);
    const report = await storm(desktop, till, other, 150);
    expect(report).toMatchObject({ deliveries: 150, lost: 0, wrong: 0, leaked: 0, outcomes: { sent: 150 } });
    for (const count of Object.values(report.disturbances)) expect(count).toBeGreaterThan(0);
  });

  describe('served by the daemon', () => {
    let daemon: TestDaemon;
    let server: RunningChild;
    let x: Desktop;
    let till: Terminal;
    let own: { readonly path: string; readonly remove: () => void };

    beforeAll(async () => {
      own = makeTempFolder();
      server = startServer();
      x = await Desktop.on(DISPLAY, own.path);
      till = await x.terminal('Cashier');
      daemon = await startDaemon(own.path, config(DISPLAY, 'window: { title: Cashier, process: xterm }, expireMs: 30000'));
    });
    // each on its own: what did not come up must not keep the others from going
    afterAll(async () => {
      await Promise.allSettled([(async () => daemon.stop())(), (async () => x.leave())()]);
      await server.stop();
      own.remove();
    });
    const scan = async (...argv: string[]): Promise<unknown> => JSON.parse((await daemon.cli('--json', 'scan', ...argv)).stdout) as unknown;

    test('a number and goods reach the program; doctor sees the window and loses no GS in silence', async () => {
      await till.front();
      expect(await scan('9812345678901234', '--wait')).toMatchObject({ kind: 'card', outcome: 'sent' });
      await scan('4600000000017');
      await waitFor('both', () => till.text() === '2456789012341\r4600000000017\r');
      const { stdout } = await daemon.cli('--json', 'doctor');
      const rows = [{ level: 'fail', id: 'goods counter' }, { level: 'ok', id: 'till.front.window' }].map((row) => expect.objectContaining(row) as unknown);
      expect(JSON.parse(stdout)).toMatchObject({ ok: false, rows: expect.arrayContaining(rows) as unknown });
    });

    test('the X server is killed: the daemon lives, says so, and types again when the screen is back', async () => {
      const status = async (): Promise<string> => (await daemon.cli('--json', 'status')).stdout;
      await server.kill();
      await waitFor('the till to be down', async () => (await status()).includes('TB_TILL_KEYBOARD'));
      await x.leave();
      server = startServer();
      x = await Desktop.on(DISPLAY, own.path);
      const again = await x.terminal('Cashier-2');
      await again.front();
      expect(await scan('9812345678901235', '--wait')).toMatchObject({ outcome: 'sent' });
      await waitFor('the number', () => again.text() === '2456789012358\r');
    });
  });
});

needs('linux', 'xvfb', 'xterm', 'chromium')('a till in a browser on X11', () => {
  let folder: { readonly path: string; readonly remove: () => void };
  let desktop: Desktop;
  let browser: Browser;
  let page: Page;
  let daemon: TestDaemon;

  beforeAll(async () => {
    folder = makeTempFolder();
    desktop = await Desktop.start(folder.path, 'us,ru');
    writeFileSync(join(folder.path, 'till.html'), PAGE);
    browser = await startChromium({ display: desktop.x.display });
    page = await browser.newPage();
    await page.goto(`file://${join(folder.path, 'till.html')}`);
    daemon = await startDaemon(folder.path, config(desktop.x.display, 'window: { title: Cashier, class: chromium }, expireMs: 30000, alphabet: latin, prefix: "Kz-"'));
  });
  afterAll(async () => {
    await Promise.allSettled([(async () => daemon.stop())(), (async () => browser.close())()]);
    await desktop.stop();
    folder.remove();
  });

  test('the number is in the page, with the Russian layout active and Caps Lock on', async () => {
    const window = await waitFor('the browser', () => desktop.who.window('Cashier'));
    await desktop.who.focus(window);
    await page.locator('#code').click();
    await desktop.who.group(1);
    await desktop.who.lock(2, true);
    for (let i = 0; i < 5; i += 1) {
      const { stdout } = await daemon.cli('--json', 'scan', '9812345678901234', '--wait');
      // the same code within two seconds is one scan
      if ((JSON.parse(stdout) as { outcome?: string }).outcome === 'sent') break;
    }
    await expect.poll(() => page.locator('li').allTextContents(), { timeout: 30_000 }).toEqual(['Kz-2456789012341']);
  });
});
