import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { needs } from '../../support/needs.js';
import { waitFor } from '../../support/wait-for.js';
import { expectAccessible, goTo, startConsole, type ConsoleBench } from './support.js';

/** What a code, a name or an answer may try: markup, a script's end, a text that turns around, what cannot be seen, far too much. */
const HOSTILE = '<img src=x onerror="window.hacked=1"></script><script>window.hacked=1</script>\u202egnp.exe\u2066\u0007\u200b{{7*7}}';

/** In the page: each text of the announcer with its time, in `said`. */
const FOLLOW_ANNOUNCER = `{
  const element = document.querySelector('[data-announcer]');
  globalThis.said = [];
  const told = () => element.textContent !== '' && said.push({ text: element.textContent, at: performance.now() });
  new MutationObserver(told).observe(element, { childList: true, characterData: true, subtree: true });
}`;

needs('chromium')('what happens at the till, in the console', () => {
  let bench: ConsoleBench;
  let token: string;

  beforeAll(async () => {
    bench = await startConsole();
    token = await bench.daemon.token('till', 'status:read,scan:read,scan:inject,delivery:front,goods:read');
  }, 90_000);
  afterAll(() => bench.stop());

  const post = async (path: string, body: object): Promise<{ readonly status: number; readonly body: Readonly<Record<string, unknown>> }> => {
    const answer = await fetch(`${bench.daemon.url}${path}`, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` }, body: JSON.stringify(body) });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };

  /** The cashier program of the till `front`: takes what comes and answers with this. */
  async function program(outcome: string, reason?: string): Promise<() => void> {
    const socket = new WebSocket(`${bench.daemon.url.replace('http', 'ws')}/v1/events`, ['tillbridge.v1', `bearer.${token}`]);
    socket.addEventListener('message', ({ data }) => {
      const frame = JSON.parse(String(data)) as { type: string; deliveryId?: string };
      if (frame.type !== 'delivery') return;
      void (async () => {
        await post(`/v1/deliveries/${String(frame.deliveryId)}/claim`, {});
        await post(`/v1/deliveries/${String(frame.deliveryId)}/outcome`, { outcome, ...(reason === undefined ? {} : { reason }) });
      })();
    });
    await once(socket, 'open');
    return () => socket.close();
  }

  test('the way of a scan with its times, as it happens; outcomes and chart; goods are only counted', async () => {
    const { page, context, wrong } = await bench.open();
    await page.getByText('Nothing was scanned yet').waitFor();
    await expectAccessible(page);
    const stop = await program('applied');
    await post('/v1/scans?wait=1', { code: '9800000000000042', reader: 'counter' });
    const row = page.locator('.scan').first();
    await row.getByText('Applied').first().waitFor();
    const text = await row.textContent();
    expect(text).toContain('****0042');
    expect(text).toContain('counter → front');
    expect(text).toMatch(/Read.*Known by rule “universal” after .*Translated by 2:rule after .*Handed to the till front after .*Applied after \d/s);
    expect(text).not.toContain('9800000000000042');
    expect(await page.locator('.outcomes').textContent()).toMatch(/Applied1 \(100%\)/);
    expect(await page.getByRole('img', { name: /From the last byte to the outcome/ }).count()).toBe(1);
    // goods of a reader that has a till for them: counted, their text is not here
    await post('/v1/scans', { code: '4600000000017', reader: 'counter' });
    await page.locator('[data-goods="1"]').waitFor();
    expect(await page.locator('main').textContent()).not.toContain('4600000000017');
    await page.getByText('As a table').click();
    expect(await page.getByRole('table').getByRole('cell').count()).toBeGreaterThanOrEqual(4);
    await expectAccessible(page);
    stop();
    // who comes later is shown what there was, with its times
    const later = await bench.open({ width: 320, colorScheme: 'dark', locale: 'ru-RU' });
    await later.page.locator('.scan').getByText('Применена').first().waitFor();
    expect(await later.page.locator('.scan').first().textContent()).toMatch(/Передан кассе front через/);
    await expectAccessible(later.page);
    expect([...wrong, ...later.wrong]).toEqual([]);
    await context.close();
    await later.context.close();
  });

  test('a refusal says what it means and why; the list can be held and narrowed', async () => {
    const stop = await program('rejected', 'noOrder');
    const { page, context, wrong } = await bench.open();
    await post('/v1/scans?wait=1', { code: '9800000000000059', reader: 'counter' });
    const row = page.locator('.scan').first();
    await row.getByText('no order is open on the till').waitFor();
    await page.getByLabel('Show').selectOption('trouble');
    const count = await page.locator('.scan').count();
    await page.getByRole('button', { name: 'Hold' }).click();
    await post('/v1/scans?wait=1', { code: '9800000000000066', reader: 'counter' });
    expect(await page.locator('.scan').count()).toBe(count);
    await page.getByRole('button', { name: 'Go on' }).click();
    await waitFor('the held scan', async () => (await page.locator('.scan').count()) === count + 1);
    stop();
    expect(wrong).toEqual([]);
    await context.close();
  });

  test('a long list is there in full a moment after its first rows', async () => {
    // over before the next test begins, which counts what ends
    await Promise.all(Array.from({ length: 30 }, (_, i) => post('/v1/scans?wait=1', { code: `98000000000003${String(i).padStart(2, '0')}`, reader: 'bar' })));
    const { page, context, wrong } = await bench.open();
    await waitFor('all rows', async () => (await page.locator('.scan').count()) >= 30);
    expect(wrong).toEqual([]);
    await context.close();
  });

  test('a screen reader is told the sum of what happened, not each scan', async () => {
    const stop = await program('applied');
    await post('/v1/scans?wait=1', { code: '9800000000000100', reader: 'counter' });
    const { page, context } = await bench.open();
    await page.locator('.scan').first().waitFor();
    expect(await page.locator('[data-announcer]').textContent()).toBe('');
    await page.evaluate(FOLLOW_ANNOUNCER);
    const outcomes: unknown[] = [];
    for (const last of [1, 2, 3]) outcomes.push((await post('/v1/scans?wait=1', { code: `980000000000010${String(last)}`, reader: 'counter' })).body['outcome']);
    // on a busy machine a number may expire, and its five seconds may end between two scans: what is said sums up all the same
    const said = async (): Promise<readonly { text: string; at: number }[]> => page.evaluate('said');
    const sum = (texts: readonly { text: string }[], part: RegExp): number => texts.reduce((total, { text }) => total + Number(part.exec(text)?.[1] ?? 0), 0);
    await waitFor('all three told', async () => sum(await said(), /^(\d+) scans?: /) >= 3);
    const texts = await said();
    expect(sum(texts, /^(\d+) scans?: /)).toBe(3);
    expect(sum(texts, /Applied (\d+)/)).toBe(outcomes.filter((outcome) => outcome === 'applied').length);
    for (const [i, { at }] of texts.slice(1).entries()) expect(at - (texts[i]?.at ?? 0)).toBeGreaterThan(2500);
    // the same news again is the same text, and has to be told all the same
    for (const [round, last] of [4, 5].entries()) {
      await post('/v1/scans?wait=1', { code: `980000000000010${String(last)}`, reader: 'counter' });
      await waitFor('the next one', async () => sum(await said(), /^(\d+) scans?: /) === 4 + round);
    }
    stop();
    await context.close();
  });

  test('health: each part with its state, since when, and what to do next, in the language of the page', async () => {
    const { page, context, wrong } = await bench.open({ page: 'health', locale: 'ru-RU' });
    await page.getByText('Кое-что требует внимания').waitFor();
    const till = page.locator('.part').filter({ hasText: 'back' });
    expect(await till.textContent()).toMatch(/требует внимания \(пробует снова\).*TB_TILL_NO_CLIENT.*Что делать:.*delivery:back/s);
    await page.getByRole('heading', { name: '2:rule' }).waitFor();
    await expectAccessible(page);
    // the program of the till comes: the page says so without being asked
    const stop = await program('applied');
    const front = page.locator('.part').filter({ has: page.getByRole('heading', { name: 'front', exact: true }) });
    await front.getByText('работает').waitFor();
    stop();
    expect(wrong).toEqual([]);
    await context.close();
  });

  test('a code is tried without a delivery; in full only for who may', async () => {
    const { page, context, wrong } = await bench.open({ page: 'try' });
    expect(await page.getByLabel('Show code and number in full').count()).toBe(0);
    await page.getByRole('textbox', { name: 'Code' }).fill('9800000000000042');
    await page.keyboard.press('Enter');
    await page.getByText('A number was found.').waitFor();
    expect(await page.locator('.steps li').allTextContents()).toContain('code universal: matches');
    expect(await page.locator('.trace').textContent()).not.toContain('29980000000');
    await expectAccessible(page);
    await page.getByRole('textbox', { name: 'Code' }).fill('12345');
    await page.keyboard.press('Enter');
    await page.getByText('No loyalty code').waitFor();
    await context.close();
    const open = await bench.open({ page: 'try', rights: { reveal: true }, width: 320, colorScheme: 'dark' });
    await open.page.getByRole('textbox', { name: 'Code' }).fill('9800000000000042');
    await open.page.getByLabel('Show code and number in full').check();
    await open.page.getByRole('button', { name: 'Check' }).click();
    await open.page.getByText('2998000000000').waitFor();
    await expectAccessible(open.page);
    expect([...wrong, ...open.wrong]).toEqual([]);
    await open.context.close();
  });

  test('a phone that the guest says goes to the till once, however often the button is pressed', async () => {
    const stop = await program('applied');
    const { page, context, wrong } = await bench.open({ page: 'try' });
    const sent: string[] = [];
    page.on('request', (request) => {
      if (request.url().includes('/v1/scans')) sent.push(request.postData() ?? '');
    });
    await page.getByLabel('Kind').selectOption('phone');
    await page.getByLabel('As if read by').last().selectOption('counter');
    await page.getByLabel('Phone number').fill('+7 (900) 123-45-67');
    // three presses in one turn of the page: none of them can see what the others did
    await page.evaluate(`{ const button = [...document.querySelectorAll('button')].find(({ textContent }) => textContent === 'Give to the till'); for (let i = 0; i < 3; i += 1) button.click(); }`);
    await page.locator('[data-outcome]').waitFor();
    expect(sent.map((body) => JSON.parse(body) as unknown)).toEqual([{ code: '+79001234567', kind: 'phone', reader: 'counter' }]);
    await expectAccessible(page);
    stop();
    expect(wrong).toEqual([]);
    await context.close();
  });

  test('hostile texts are shown as texts, everywhere, in their length and with what cannot be seen', async () => {
    const { page, context, wrong } = await bench.open({ page: 'try', rights: { reveal: true }, width: 320 });
    await page.getByRole('textbox', { name: 'Code' }).fill(HOSTILE.replace('\u0007', ''));
    await page.getByLabel('Show code and number in full').check();
    await page.getByRole('button', { name: 'Check' }).click();
    await page.locator('.trace').waitFor();
    const shown = await page.locator('.trace .foreign').allTextContents();
    expect(shown.join('\n')).toContain('<img src=x onerror="window.hacked=1"></script>');
    expect(shown.join('\n')).toContain('<202E>gnp.exe<2066><200B>{{7*7}}');
    await page.getByRole('textbox', { name: 'Code' }).fill('<b>'.repeat(2700));
    await page.getByRole('button', { name: 'Check' }).click();
    await page.locator('.trace').getByText('…').first().waitFor();
    await expectAccessible(page);
    // as a scan of a program, with the reason of its till, and in what a platform would answer
    const stop = await program('rejected', 'constructor');
    await post('/v1/scans?wait=1', { code: HOSTILE, kind: 'card', reader: 'counter' });
    await goTo(page, 'live');
    await page.locator('.scan').first().waitFor();
    // an answer of the daemon with hostile words in every field
    await page.route('**/v1/readers', (route) =>
      route.fulfill({ json: { readers: [{ id: HOSTILE, type: HOSTILE, status: 'failed', health: 'down', since: '2026-01-01T00:00:00Z', reason: HOSTILE.repeat(40), code: HOSTILE, remedy: HOSTILE, detail: HOSTILE, counters: { [HOSTILE]: 3, constructor: 1 } }] } }),
    );
    await goTo(page, 'health');
    await page.locator('.part').first().getByText('<202E>gnp.exe').first().waitFor();
    await expectAccessible(page);
    expect(await page.evaluate('globalThis.hacked')).toBeUndefined();
    expect(await page.locator('main img, main script, main b').count()).toBe(0);
    stop();
    expect(wrong).toEqual([]);
    await context.close();
  });

  test('without the daemon the page says so and waits; when it is back it goes on and shows what was missed', async () => {
    await post('/v1/scans?wait=1', { code: '9800000000000201', reader: 'bar' });
    const { page, context } = await bench.open();
    await page.locator('.scan').first().waitFor();
    const held: { close?: () => void } = {};
    await context.routeWebSocket(/\/v1\/events/, (socket) => {
      const server = socket.connectToServer();
      held.close = () => {
        void socket.close({ code: 1006 });
        void server.close();
      };
    });
    await page.reload();
    await page.locator('.scan').first().waitFor();
    // not the number of rows: those of before come in bunches, some of them later than the first
    const missed = page.locator('.scan', { hasText: '****0202' });
    expect(await missed.count()).toBe(0);
    await context.setOffline(true);
    held.close?.();
    await page.getByText('No connection to the daemon').waitFor();
    await post('/v1/scans?wait=1', { code: '9800000000000202', reader: 'bar', kind: 'card' });
    await context.setOffline(false);
    await page.getByRole('button', { name: 'Try now' }).click({ timeout: 5000 }).catch(() => undefined);
    await missed.waitFor();
    await page.getByText('No connection to the daemon').waitFor({ state: 'detached' });
    await context.close();
  });

  test('by keyboard alone: skip to the content, walk the pages, each with its heading focused', async () => {
    const { page, context } = await bench.open();
    const headingFocused = (): Promise<boolean> => page.evaluate<boolean>(`document.activeElement.tagName === 'H1'`);
    await waitFor('the heading to have the focus after signing in', headingFocused);
    await page.reload();
    await page.locator('nav').waitFor();
    await page.keyboard.press('Tab');
    expect(await page.evaluate<string>('document.activeElement.textContent')).toBe('Skip to the content');
    await page.keyboard.press('Enter');
    expect(await page.evaluate<string>('document.activeElement.id')).toBe('content');
    await page.locator('nav a', { hasText: 'Health' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Health' }).waitFor();
    await waitFor('the heading to have the focus', headingFocused);
    await context.close();
  });
});
