import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { needs } from '../../support/needs.js';
import { expectAccessible, goTo, shop, startConsole, type ConsoleBench } from './support.js';

needs('chromium')('the configuration in the console', () => {
  let bench: ConsoleBench;
  const file = (): string => join(bench.folder, 'tillbridge.yaml');
  const onDisk = (): string => readFileSync(file(), 'utf8');

  beforeAll(async () => {
    bench = await startConsole();
  }, 90_000);
  afterAll(() => bench.stop());

  const text = (page: Page) => page.getByLabel('Text of the configuration');
  const save = (page: Page) => page.getByRole('button', { name: 'Save and apply' });
  const loaded = async (page: Page): Promise<void> => page.getByText('No mistakes.').waitFor();

  test('mistakes are named as they are typed, each leads to its place, and nothing wrong is saved', async () => {
    const { page, context, wrong } = await bench.open({ page: 'config' });
    await loaded(page);
    const before = onDisk();
    expect(await text(page).inputValue()).toBe(before);
    await text(page).fill(`${before}nonsense: 1\njournal: { keepDays: 0 }\n`);
    await page.getByText('2 mistakes').waitFor();
    expect(await save(page).isDisabled()).toBe(true);
    await expectAccessible(page);
    const place = page.getByRole('button', { name: /^Line \d+, column 22$/ });
    await place.click();
    const cursor = await text(page).evaluate((area) => {
      const { value, selectionStart } = area as unknown as { readonly value: string; readonly selectionStart: number };
      return value.slice(selectionStart);
    });
    expect(cursor).toBe('0 }\n');
    // a page that is left with changes asks first
    await page.getByRole('button', { name: 'Take my changes back' }).click();
    await loaded(page);
    expect(onDisk()).toBe(before);
    expect(wrong).toEqual([]);
    await context.close();
  });

  test('a valid text is saved with a backup and applied; the backup is brought back the same way', async () => {
    const { page, context, wrong } = await bench.open({ page: 'config', width: 320 });
    await loaded(page);
    const before = onDisk();
    const hostile = '<img src=x onerror="window.hacked=1">';
    await text(page).fill(before.replace('store: shop-12', `store: '${hostile}'`).replace('expireMs: 4000, duplicateMs: 0', 'expireMs: 5000, duplicateMs: 0'));
    await loaded(page);
    await save(page).click();
    await page.getByText('Saved and applied.').waitFor();
    expect(await page.getByText('till front: change').count()).toBe(1);
    expect(onDisk()).toContain(hostile);
    await page.getByRole('button', { name: 'In effect' }).click();
    await page.locator('pre').getByText(hostile).waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Backups' }).click();
    await page.getByRole('button', { name: /^Put into the editor/ }).first().click();
    await page.getByText('It is not saved yet.').waitFor();
    expect(await text(page).inputValue()).toBe(before);
    await loaded(page);
    await save(page).click();
    await page.getByText('Saved and applied.').waitFor();
    expect(onDisk()).toBe(before);
    expect(readdirSync(bench.folder).filter((name) => name.includes('.bak-'))).toHaveLength(2);
    expect(await page.evaluate(() => (globalThis as { hacked?: number }).hacked)).toBeUndefined();
    expect(wrong).toEqual([]);
    await context.close();
  });

  test('two people who edit one file: the second sees both versions, and neither text is lost', async () => {
    const { page, context } = await bench.open({ page: 'config' });
    await loaded(page);
    const before = onDisk();
    const theirs = `${before}# theirs\n`;
    writeFileSync(file(), theirs);
    const mine = before.replace('shop-12', 'shop-13');
    await text(page).fill(mine);
    await loaded(page);
    await save(page).click();
    await page.getByText('Somebody else has changed the file meanwhile.').waitFor();
    expect(onDisk()).toBe(theirs);
    expect(await text(page).inputValue()).toBe(mine);
    expect(await page.getByLabel('What is on the disk now').inputValue()).toBe(theirs);
    expect(await page.getByLabel('Only in theirs').textContent()).toBe('+ store: shop-12\n+ # theirs');
    expect(await page.getByLabel('Only in yours').textContent()).toContain('− store: shop-13');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Save mine all the same' }).click();
    await page.getByText('Saved and applied.').waitFor();
    expect(onDisk()).toBe(mine);
    await context.close();
  });

  test('a text that cannot be applied: it is saved, the bridge goes on with the old one, and the page says so', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => taken.once('listening', resolve));
    const { page, context } = await bench.open({ page: 'config' });
    await loaded(page);
    const { port } = taken.address() as AddressInfo;
    await text(page).fill(onDisk().replace('api: { port: 0 }', `api: { port: ${String(port)} }`));
    await page.getByText('the console is not here any more').waitFor();
    await loaded(page);
    await save(page).click();
    await page.getByText('the bridge goes on with the configuration before').waitFor();
    expect(await page.getByText('TB_API_PORT_BUSY').count()).toBe(1);
    expect((await fetch(`${bench.daemon.url}/hello`)).status).toBe(200);
    await text(page).fill(onDisk().replace(/api: .*/, 'api: { port: 0 }'));
    await loaded(page);
    await save(page).click();
    await page.getByText('Saved and applied.').waitFor();
    await context.close();
    await new Promise((resolve) => taken.close(resolve));
  });

  test('a file that the daemon may not write is shown with what to do, and a text that is too long is not sent', async () => {
    const { page, context, wrong } = await bench.open();
    await page.route('**/v1/config/file', async (route) => {
      const answer = (await (await route.fetch()).json()) as object;
      await route.fulfill({ json: { ...answer, readOnly: '/etc/tillbridge: this user may not write it (EACCES)' } });
    }, { times: 1 });
    await goTo(page, 'config');
    await page.getByText('/etc/tillbridge: this user may not write it (EACCES)').waitFor();
    expect(await text(page).getAttribute('readonly')).not.toBeNull();
    expect(await save(page).count()).toBe(0);
    await expectAccessible(page);
    await goTo(page, 'journal');
    await goTo(page, 'config');
    await loaded(page);
    await text(page).fill(`${onDisk()}# ${'ж'.repeat(35_000)}\n`);
    await page.getByText('too long for the console').waitFor();
    expect(await save(page).isDisabled()).toBe(true);
    expect(wrong).toEqual([]);
    await context.close();
  });

  test('a text with a secret in it is shown to nobody; help explains every key in its form', async () => {
    writeFileSync(file(), shop('sync: [ { id: a, type: feed, url: "https://x.example/c", secrets: { token: "hunter2hunter2" } } ]\n'));
    const { page, context, wrong } = await bench.open({ page: 'config' });
    await page.getByText('TB_CONFIG_SECRET_INSIDE').waitFor();
    expect(await page.content()).not.toContain('hunter2');
    writeFileSync(file(), shop());
    await page.getByRole('button', { name: 'Try again' }).click();
    await loaded(page);
    await page.getByRole('button', { name: 'Help' }).click();
    await page.getByLabel('Find a key').fill('baudrate');
    await page.getByText('readers[].baudRate').first().waitFor();
    expect(await page.getByText('Form: serial').count()).toBeGreaterThan(0);
    await expectAccessible(page);
    expect(wrong).toEqual([]);
    await context.close();
  });
});
