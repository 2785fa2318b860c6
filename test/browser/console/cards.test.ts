import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { needs } from '../../support/needs.js';
import { waitFor } from '../../support/wait-for.js';
import { expectAccessible, startConsole, type ConsoleBench, type OpenSettings } from './support.js';

const HOSTILE = '<img src=x onerror="window.hacked=1">\u202e</script>';

needs('chromium')('cards in the console', () => {
  let bench: ConsoleBench;

  beforeAll(async () => {
    bench = await startConsole();
  }, 90_000);
  afterAll(() => bench.stop());

  const open = (settings: OpenSettings = {}) => bench.open({ rights: { reveal: true }, page: 'cards', ...settings });
  const write = (name: string, content: string): string => {
    const path = join(bench.folder, name);
    writeFileSync(path, content);
    return path;
  };
  const stats = async (): Promise<{ total: number }> => JSON.parse((await bench.daemon.cli('--json', 'cards', 'stats')).stdout) as { total: number };
  const importFile = async (page: Page, path: string): Promise<void> => {
    await page.getByLabel('File', { exact: true }).setInputFiles(path);
    await page.getByRole('button', { name: 'Import', exact: true }).click();
  };
  const spooled = (): readonly string[] => readdirSync(join(bench.folder, 'state', 'imports'));
  const rows = (from: number, to: number): string => `code,card\n${Array.from({ length: to - from }, (_, i) => `bulk-${String(from + i)},${String(from + i)}`).join('\n')}\n`;

  test('one is added, found masked and in full, and removed after a question; a hostile code stays text', async () => {
    const { page, context, wrong } = await open();
    const add = page.getByRole('region', { name: 'Add or change a card' });
    await add.getByLabel('Code', { exact: true }).fill(HOSTILE);
    await add.getByLabel('Number').fill('2990000012345');
    await add.getByRole('button', { name: 'Save the card' }).click();
    await page.getByText('The card is added.').waitFor();
    const find = page.getByRole('region', { name: 'Find a card' });
    await find.getByLabel('Code', { exact: true }).fill(HOSTILE);
    await find.getByRole('button', { name: 'Find' }).click();
    await find.getByText('active', { exact: true }).waitFor();
    expect(await find.textContent()).not.toContain('2990000012345');
    await find.getByLabel('Show code and number in full').check();
    await find.getByRole('button', { name: 'Find' }).click();
    await find.getByText('2990000012345').waitFor();
    expect(await find.textContent()).toContain('onerror="window.hacked=1"><202E></script>');
    await expectAccessible(page);
    await find.getByRole('button', { name: 'Remove this card' }).click();
    await expectAccessible(page);
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await page.getByText('The card is removed.').waitFor();
    expect((await stats()).total).toBe(0);
    expect(await page.evaluate(() => (globalThis as { hacked?: number }).hacked)).toBeUndefined();
    expect(wrong).toEqual([]);
    await context.close();
  });

  test('a file is imported with its bad lines named, garbage is refused in words, and replacing asks first', async () => {
    const { page, context, wrong } = await open({ width: 320, locale: 'en-GB' });
    await importFile(page, write('cards.csv', `${rows(0, 3000)}bad\n,no code\n`));
    await page.getByText('cards.csv is imported.').waitFor();
    expect(await page.getByText('the code is empty').isVisible()).toBe(true);
    expect((await stats()).total).toBe(3000);
    await expectAccessible(page);
    await importFile(page, write('garbage.csv', '\u0001\u0002\u0003nonsense\u0000\n'));
    await page.getByText('garbage.csv was not imported.').waitFor();
    await page.getByText('TB_TRANSLATE_IMPORT_').waitFor();
    await page.getByLabel('What happens to the cards that are there').selectOption('replace');
    await importFile(page, write('few.csv', rows(0, 10)));
    await page.getByRole('dialog').getByRole('button', { name: 'Replace' }).click();
    await page.getByText('few.csv is imported.').waitFor();
    expect((await stats()).total).toBe(10);
    expect(wrong).toEqual([]);
    await context.close();
  });

  /** Holds the second piece of a file back, so that something can happen in between. */
  const holdSecond = async (page: Page): Promise<{ readonly held: Promise<void>; readonly go: () => void }> => {
    let go: () => void = () => undefined;
    let reached: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (go = resolve));
    const held = new Promise<void>((resolve) => (reached = resolve));
    await page.route(/\/v1\/cards\/imports\/[^/]+\/[1-9]\d*$/, async (route) => {
      reached();
      await gate;
      await route.continue().catch(() => undefined);
    });
    return { held, go };
  };

  test('an import whose page is closed leaves the table whole; another page sees it and takes it back', async () => {
    const first = await open();
    const before = await stats();
    const { held } = await holdSecond(first.page);
    await importFile(first.page, write('big.csv', rows(0, 20_000)));
    await held;
    // nobody else may begin
    const second = await open();
    await second.page.getByText('An import is under way: big.csv').waitFor();
    expect(spooled()).toHaveLength(1);
    await first.context.close();
    await second.page.getByRole('button', { name: 'Cancel', exact: true }).click();
    await second.page.getByText('The import of big.csv was cancelled. The table is whole.').waitFor();
    await expectAccessible(second.page);
    await waitFor('the spool to be gone', () => spooled().length === 0);
    expect(await stats()).toEqual(before);
    await second.context.close();
  });

  test('a page that is revoked in mid-import goes back to signing in, and nothing of its file stays', async () => {
    const { page, context } = await open();
    const before = await stats();
    const { held, go } = await holdSecond(page);
    await importFile(page, write('revoked.csv', rows(0, 20_000)));
    await held;
    const id = await page.evaluate(() => (JSON.parse(sessionStorage.getItem('tillbridge.session') ?? '{}') as { clientId?: string }).clientId ?? '');
    expect((await bench.daemon.cli('clients', 'revoke', id)).code).toBe(0);
    await waitFor('the spool to be gone', () => spooled().length === 0);
    go();
    await page.getByRole('textbox', { name: 'Code' }).first().waitFor();
    expect(await stats()).toEqual(before);
    await context.close();
  });

  test('a file that changes underneath is said to have changed, and is not imported', async () => {
    const { page, context } = await open();
    const before = await stats();
    const { held, go } = await holdSecond(page);
    const path = write('moving.csv', rows(0, 20_000));
    await importFile(page, path);
    await held;
    writeFileSync(path, rows(5, 20_010));
    go();
    await page.getByText('The file was changed or taken away').waitFor();
    await waitFor('the spool to be gone', () => spooled().length === 0);
    expect(await stats()).toEqual(before);
    await context.close();
  });

  test('the table is exported whole by a page that may see numbers, and not offered to one that may not', async () => {
    const { page, context } = await open();
    await bench.daemon.cli('cards', 'add', 'with,comma "quoted"', '77');
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Export', exact: true }).click()]);
    const content = readFileSync(await download.path(), 'utf8');
    expect(download.suggestedFilename()).toMatch(/^tillbridge-cards-\d{4}-\d\d-\d\d\.csv$/);
    expect(content.split('\n').sort()).toEqual((await bench.daemon.cli('cards', 'export')).stdout.split('\n').sort());
    expect(content).toContain('"with,comma ""quoted""",77,card,active,\n');
    await context.close();
    const blind = await open({ rights: {} });
    await blind.page.getByText('number:reveal').waitFor();
    expect(await blind.page.getByRole('button', { name: 'Export', exact: true }).count()).toBe(0);
    await blind.context.close();
  });
});
