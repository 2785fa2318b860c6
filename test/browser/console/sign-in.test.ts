import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { needs } from '../../support/needs.js';
import { waitFor } from '../../support/wait-for.js';
import { expectAccessible, startConsole, type ConsoleBench } from './support.js';

needs('chromium')('signing in to the console', () => {
  let bench: ConsoleBench;

  beforeAll(async () => {
    bench = await startConsole();
  }, 90_000);
  afterAll(() => bench.stop());

  const mine = async (page: Page): Promise<string> => page.evaluate<string>(`JSON.parse(sessionStorage.getItem('tillbridge.session')).clientId`);
  const clients = async (): Promise<readonly { readonly id: string; readonly name: string; readonly scopes: readonly string[] }[]> => {
    const { stdout } = await bench.daemon.cli('--json', 'clients', 'list');
    return (JSON.parse(stdout) as { clients: { id: string; name: string; scopes: string[] }[] }).clients;
  };

  test('the link of the command signs in, once, and its code leaves the address at once', async () => {
    const { stdout } = await bench.daemon.cli('--json', 'console');
    const { link = '', address, code } = JSON.parse(stdout) as { link?: string; address?: string; code?: string };
    expect({ link, address }).toEqual({ link: `${bench.daemon.url}/#pair=${String(code)}`, address: `${bench.daemon.url}/` });
    const { page, context, wrong } = await bench.open({ stranger: true });
    await page.goto('about:blank');
    await page.goto(link);
    await page.locator('nav').waitFor();
    expect(page.url()).toBe(`${bench.daemon.url}/#/`);
    expect(await page.locator('h1').textContent()).toBe('Live');
    expect(wrong).toEqual([]);
    // its tab goes on after a reload; another tab is not signed in, and the code is used up
    await page.reload();
    await page.locator('nav').waitFor();
    const other = await context.newPage();
    await other.goto(link);
    await other.getByRole('alert').waitFor();
    expect(await other.getByRole('alert').textContent()).toContain('TB_API_PAIRING');
    await context.close();
  });

  test('a code can be typed as it is read aloud, by keyboard alone; a wrong one is refused in words', async () => {
    const { page, context, wrong } = await bench.open({ stranger: true, width: 320 });
    await expectAccessible(page);
    const code = await bench.code({ viewOnly: true });
    await page.keyboard.type('1234');
    await page.keyboard.press('Enter');
    expect(await page.getByRole('alert').textContent()).toBe('The code has 8 digits.');
    await expectAccessible(page);
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type(`${code.slice(0, 4)} ${code.slice(4)}`);
    await page.keyboard.press('Enter');
    await page.locator('nav').waitFor();
    // it may look, and no more is offered
    expect(await page.locator('nav a').allTextContents()).toEqual(['Live', 'Health', 'Try a code', 'Journal']);
    expect(wrong).toEqual([]);
    await context.close();
  });

  test('the token is kept for this tab alone unless asked, and signing out takes its rights', async () => {
    const { page, context } = await bench.open();
    const kept = async (): Promise<readonly [boolean, boolean]> => page.evaluate<readonly [boolean, boolean]>(`[sessionStorage, localStorage].map((storage) => storage.getItem('tillbridge.session') !== null)`);
    expect(await kept()).toEqual([true, false]);
    const id = await mine(page);
    expect((await clients()).some((client) => client.id === id)).toBe(true);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByText('You are signed out.').waitFor();
    expect(await kept()).toEqual([false, false]);
    expect((await clients()).some((client) => client.id === id)).toBe(false);
    const code = await bench.code({ viewOnly: true });
    await page.getByRole('textbox', { name: 'Code' }).fill(code);
    await page.getByLabel('Stay signed in on this computer').check();
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.locator('nav').waitFor();
    expect(await kept()).toEqual([false, true]);
    const second = await context.newPage();
    await second.goto(bench.daemon.url);
    await second.locator('nav').waitFor();
    await context.close();
  });

  test('who is revoked is asked to sign in again, and what was typed is still there', async () => {
    const { page, context, wrong } = await bench.open({ page: 'try', rights: { viewOnly: true } });
    await page.getByRole('textbox', { name: 'Code' }).fill('98123');
    await bench.daemon.cli('clients', 'revoke', await mine(page));
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await page.getByText('this sign-in was revoked').waitFor();
    expect(await page.locator('nav').count()).toBe(0);
    await expectAccessible(page);
    await page.locator('.sign-in').getByRole('textbox', { name: 'Code' }).fill(await bench.code({ viewOnly: true }));
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.locator('nav').waitFor();
    expect(await page.getByRole('textbox', { name: 'Code' }).inputValue()).toBe('98123');
    expect(wrong).toEqual([]);
    await context.close();
  });

  test('language and colours follow the browser, can be chosen, and stay chosen', async () => {
    const { page, context } = await bench.open({ locale: 'ru-RU', colorScheme: 'dark' });
    expect(await page.locator('h1').textContent()).toBe('Сейчас');
    expect(await page.evaluate<string>('document.documentElement.lang')).toBe('ru');
    const ground = (): Promise<string> => page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
    const dark = await ground();
    await page.getByLabel('Оформление').selectOption('light');
    await waitFor('light colours', async () => (await ground()) !== dark);
    await page.getByLabel('Язык').selectOption('en');
    await page.getByRole('heading', { name: 'Live' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Live' }).waitFor();
    expect(await ground()).not.toBe(dark);
    await context.close();
  });

  test('a page of another version loads itself again, once, and then says so', async () => {
    const { page, context } = await bench.open();
    let loads = 0;
    page.on('load', () => (loads += 1));
    // the daemon was updated: it says another version
    await context.routeWebSocket(/\/v1\/events/, (socket) => {
      socket.connectToServer().onMessage((message) => socket.send(otherVersion(message)));
    });
    await page.reload();
    await page.getByText('The daemon was updated').waitFor();
    expect(loads).toBe(2);
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Load the page again' }).click();
    await waitFor('the page to be loaded', () => loads === 3);
    await page.getByText('The daemon was updated').waitFor();
    await context.close();
  });

  test('what is typed keeps a page of another version from loading itself again', async () => {
    const { page, context } = await bench.open({ page: 'try' });
    const update: { now?: () => void } = {};
    await context.routeWebSocket(/\/v1\/events/, (socket) => {
      const server = socket.connectToServer();
      const updated = update.now !== undefined;
      server.onMessage((message) => socket.send(updated ? otherVersion(message) : message));
      update.now ??= () => {
        void server.close();
        void socket.close({ code: 1012 });
      };
    });
    await page.reload();
    await page.getByLabel('Card number', { exact: true }).fill('12345');
    await waitFor('the events', () => update.now !== undefined);
    let loads = 0;
    page.on('load', () => (loads += 1));
    update.now?.();
    await page.getByText('The daemon was updated').waitFor();
    expect(loads).toBe(0);
    expect(await page.getByLabel('Card number', { exact: true }).inputValue()).toBe('12345');
    await context.close();
  });

  test('switched off in the configuration it is gone at once, and the command says so', async () => {
    const file = join(bench.folder, 'tillbridge.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace('api: { port: 0 }', 'api: { port: 0, console: false }'));
    expect((await bench.daemon.cli('reload')).code).toBe(0);
    expect((await fetch(`${bench.daemon.url}/`)).status).toBe(404);
    const { code, stderr } = await bench.daemon.cli('console');
    expect({ code, stderr: stderr.split(':')[0] }).toEqual({ code: 1, stderr: 'TB_API_CONSOLE_OFF' });
    expect((await bench.daemon.cli('console', '--view-only', '--reveal')).code).toBe(2);
  });
});

const otherVersion = (message: string | Buffer): string => String(message).replace(/"version":"[^"]*"/, '"version":"99.0.0"');
