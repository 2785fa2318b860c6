import { readFileSync } from 'node:fs';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { needs } from '../../support/needs.js';
import { waitFor } from '../../support/wait-for.js';
import { expectAccessible, startConsole, type ConsoleBench } from './support.js';

const CODE = '9812345678901234';

needs('chromium')('journal, programs, phones and support in the console', () => {
  let bench: ConsoleBench;
  let token: string;

  beforeAll(async () => {
    bench = await startConsole();
    token = await bench.daemon.token('<b>Till</b> <img src=x onerror="window.hacked=1">', 'scan:inject,scan:read');
    for (let i = 0; i < 60; i += 1) {
      const body = JSON.stringify({ code: i === 7 ? CODE : `98${String(i).padStart(14, '0')}`, reader: i % 2 === 0 ? 'bar' : 'counter', kind: 'card' });
      await fetch(`${bench.daemon.url}/v1/scans?wait=1`, { method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, body });
    }
  }, 120_000);
  afterAll(() => bench.stop());

  test('the journal is searched, paged, looked into and proved; the search stands in the address', async () => {
    const { page, context, wrong } = await bench.open({ page: 'journal' });
    const rows = page.getByRole('region', { name: 'What was found' }).locator('tbody tr');
    await rows.first().waitFor();
    expect(await rows.count()).toBe(50);
    await page.getByRole('button', { name: 'Search further back' }).click();
    await page.getByText('This is the beginning of the journal.').waitFor();
    expect(await rows.count()).toBe(60);
    await page.getByLabel('Reader').selectOption('counter');
    await page.getByLabel('Text', { exact: true }).fill('1234');
    await page.getByRole('button', { name: 'Search', exact: true }).click();
    await waitFor('one row to be left', async () => (await rows.count()) === 1);
    expect(page.url()).toContain('#/journal?reader=counter&text=1234');
    expect(await page.content()).not.toContain(CODE);
    await expectAccessible(page);
    await page.getByRole('button', { name: /^Details of scan/ }).click();
    await page.getByRole('dialog').getByText('ended:').waitFor();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Prove the journal' }).click();
    await page.getByText('The journal is whole:').waitFor();
    await page.getByLabel('Text', { exact: true }).fill('"><script>window.hacked=1</script>');
    await page.getByRole('button', { name: 'Search', exact: true }).click();
    await page.getByText('Nothing was found.').waitFor();
    expect(await page.evaluate(() => (globalThis as { hacked?: number }).hacked)).toBeUndefined();
    expect(wrong).toEqual([]);
    await context.close();
  });

  test('a program is paired with a code that runs out, and revoked at once; a page gives no right that it lacks', async () => {
    const { page, context, wrong } = await bench.open({ page: 'clients', width: 320 });
    await page.getByText('<b>Till</b> <img src=x').first().waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Pair a program' }).click();
    const dialog = page.getByRole('dialog');
    expect(await dialog.getByText('See codes and numbers in full').count()).toBe(0);
    await dialog.getByLabel('Name').fill('Bar program');
    await dialog.getByLabel(/^See scans and the journal/).check();
    await dialog.getByLabel(/^Say when a sale/).check();
    await dialog.getByLabel('For the till').selectOption('back');
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Show a code' }).click();
    const shown = await dialog.locator('.pairing-code').textContent();
    await dialog.getByText(/s left$/).waitFor();
    await expectAccessible(page);
    const answer = await fetch(`${bench.daemon.url}/v1/pair`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ code: (shown ?? '').replaceAll(/\s/g, '') }) });
    const paired = (await answer.json()) as { token: string; scopes: string[] };
    expect(paired.scopes).toEqual(['scan:read', 'till:back']);
    await dialog.getByText('Bar program is paired.').waitFor();
    await dialog.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('button', { name: 'Revoke: Bar program' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
    await page.getByText('Bar program is revoked.').waitFor();
    expect((await fetch(`${bench.daemon.url}/v1/scans`, { headers: { authorization: `Bearer ${paired.token}` } })).status).toBe(401);
    // this daemon reads no phones: nothing is offered
    expect(await page.getByText('Phones as scanners').count()).toBe(0);
    expect(wrong).toEqual([]);
    await context.close();
  });

  test('a client that asks for more than its pairing page may give is refused by the daemon itself', async () => {
    const admin = await bench.daemon.token('admin', 'clients:admin');
    const offer = async (...scopes: string[]): Promise<number> => (await fetch(`${bench.daemon.url}/v1/clients/pair`, { method: 'POST', headers: { authorization: `Bearer ${admin}`, 'content-type': 'application/json' }, body: JSON.stringify({ name: 'x', scopes }) })).status;
    expect(await Promise.all([offer('number:reveal'), offer('config:write'), offer('delivery:front'), offer('clients:admin', 'cards:read')])).toEqual([403, 403, 403, 403]);
    expect(await Promise.all([offer('till:front'), offer('receipt:write'), offer('clients:admin')])).toEqual([200, 200, 200]);
  });

  test('the doctor looks, and the support bundle is kept without a secret, code or number in it', async () => {
    const { page, context, wrong } = await bench.open({ page: 'support' });
    await page.getByRole('button', { name: 'Look now' }).click();
    await page.getByText('look at it').first().waitFor();
    await expectAccessible(page);
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Make and keep the file' }).click()]);
    expect(download.suggestedFilename()).toMatch(/^tillbridge-support-.*\.zip$/);
    const files = Object.entries(unzipSync(readFileSync(await download.path())));
    expect(files.length).toBe(8);
    for (const [name, bytes] of files) {
      const content = Buffer.from(bytes).toString();
      for (const secret of [CODE, token, CODE.slice(2, 13), '9800000000000001']) expect(content, name).not.toContain(secret);
    }
    const content = (end: string): string => Buffer.from(files.find(([name]) => name.endsWith(end))?.[1] ?? []).toString();
    expect(content('status.json')).toContain('"pid"');
    expect(content('metrics.txt')).toContain('tillbridge_scans_total');
    expect(content('journal.jsonl').trim().split('\n')).toHaveLength(60);
    expect(wrong).toEqual([]);
    await context.close();
  });
});
