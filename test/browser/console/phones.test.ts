import { afterAll, beforeAll, expect, test } from 'vitest';
import { needs } from '../../support/needs.js';
import { NodePhone, readUrl } from '../../support/phone/node-phone.js';
import { waitFor } from '../../support/wait-for.js';
import { expectAccessible, shop, startConsole, type ConsoleBench } from './support.js';

const config = shop()
  .replace('readers:\n', 'readers:\n  - { id: waiter, type: mobile, host: 127.0.0.1, port: 0, httpPort: 0, tills: [front, back] }\n')
  .replace('routes:\n', 'routes:\n  - { readers: [waiter], till: front }\n');

needs('chromium')('phones in the console', () => {
  let bench: ConsoleBench;
  beforeAll(async () => {
    bench = await startConsole(config);
  }, 90_000);
  afterAll(() => bench.stop());

  test('a phone is paired by the code that the page shows, given another till and back, and revoked', async () => {
    const { page, context, wrong } = await bench.open({ page: 'clients', width: 320 });
    const panel = page.getByRole('region', { name: 'Phones as scanners' });
    const dialog = page.getByRole('dialog');
    await panel.getByText('No phone is paired.').waitFor();
    await page.getByRole('button', { name: 'Pair a phone' }).click();
    await dialog.getByLabel('Name of the phone').fill('x'.repeat(64));
    expect(await dialog.getByLabel('Name of the phone').inputValue()).toHaveLength(40);
    await dialog.getByLabel('Name of the phone').fill('<i>Waiter</i>');
    await dialog.getByLabel('Till').selectOption('back');
    await dialog.getByRole('button', { name: 'Show a code' }).click();
    await page.getByRole('img', { name: 'QR code of the address' }).waitFor();
    await expectAccessible(page);
    const { origin, fragment } = readUrl((await dialog.getByText(/^https?:/).textContent()) ?? '');
    const phone = new NodePhone(origin);
    await phone.client.pair(fragment, { name: 'Anna', model: 'Pixel 8' }, AbortSignal.timeout(45_000));
    await dialog.getByText('<i>Waiter</i> is paired.').waitFor();
    await dialog.getByRole('button', { name: 'Close' }).click();
    const row = panel.locator('tbody tr');
    await row.getByText('back', { exact: true }).waitFor();
    const change = async (till: string, shown: string): Promise<void> => {
      await row.getByRole('button', { name: /^Change:/ }).click();
      await dialog.getByLabel('Till').selectOption(till);
      await dialog.getByRole('button', { name: 'Save' }).click();
      await row.getByText(shown, { exact: true }).waitFor();
    };
    await change('front', 'front');
    await change('', 'by the route');
    await row.getByRole('button', { name: /^Revoke:/ }).click();
    await dialog.getByRole('button', { name: 'Revoke' }).click();
    await panel.getByText('No phone is paired.').waitFor();
    expect(wrong).toEqual([]);
    await context.close();
  });

  test('a code on a dialog that was closed pairs nobody', async () => {
    const { page, context } = await bench.open({ page: 'clients' });
    await page.getByRole('button', { name: 'Pair a phone' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Show a code' }).click();
    const { origin, fragment } = readUrl((await page.getByRole('dialog').getByText(/^https?:/).textContent()) ?? '');
    const withdrawn = page.waitForResponse((response) => response.request().method() === 'DELETE');
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
    await withdrawn;
    await expect(new NodePhone(origin).client.pair(fragment, { name: 'Anna', model: 'Pixel 8' }, AbortSignal.timeout(45_000))).rejects.toThrow();
    await waitFor('nobody', async () => (await page.getByText('No phone is paired.').count()) === 1);
    await context.close();
  });
});
