import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { PhoneTaken, ScanEnd } from '@tillbridge/phone-link';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { needs } from '../../support/needs.js';
import { axeProblems } from '../../support/phone/axe.js';
import { pair, PhoneBrowser, untilLink, untilState, type PhoneLook } from '../../support/phone/phone-browser.js';
import { PhoneServer } from '../../support/phone/phone-server.js';
import { Studio } from '../../support/phone/scene.js';
import { waitFor } from '../../support/wait-for.js';

const LOOKS: readonly (PhoneLook & { readonly name: string })[] = [
  { name: 'small-ru', language: 'ru-RU', width: 320, height: 568 },
  { name: 'dark-en', language: 'en-GB', width: 390, height: 844, scheme: 'dark' },
];

const ended = (end: Partial<ScanEnd>): (() => PhoneTaken) => () => ({ is: 'loyalty', kind: 'card', ended: Promise.resolve({ outcome: 'applied', signal: 'good', mask: '****3456', ...end }) });

/** An address of this machine that is not the loopback: browsers give no camera there without a certificate. */
function lanAddress(): string | undefined {
  return Object.values(networkInterfaces()).flatMap((all) => all ?? []).find(({ family, internal }) => family === 'IPv4' && !internal)?.address;
}

needs('chromium')('the states of the page', () => {
  let phone: PhoneBrowser;
  let blind: PhoneBrowser;
  let server: PhoneServer;
  let page: Page;
  const errors: string[] = [];

  beforeAll(async () => {
    const studio = new Studio();
    phone = await PhoneBrowser.start([{ picture: studio.frame(undefined, { module: 1, width: 640, height: 480 }, 1), frames: 30 }]);
    blind = await PhoneBrowser.start();
  });
  afterAll(async () => {
    await phone.close();
    await blind.close();
  });
  beforeEach(async () => {
    server = await PhoneServer.start();
    errors.length = 0;
  });
  afterEach(async () => {
    await page.context().close();
    await server.close();
    // whatever went wrong in the page's own code
    expect(errors).toEqual([]);
  });

  async function open(from: PhoneBrowser, look: PhoneLook = {}): Promise<void> {
    page = await from.page(look);
    page.on('pageerror', (error) => errors.push(error.message));
  }

  async function type(number: string, kind: 'card' | 'phone' = 'card'): Promise<void> {
    await page.click('#type');
    await untilState(page, 'typing');
    if (kind === 'phone') await page.check('input[value=phone]', { force: true });
    await page.fill('#number', number);
    await page.press('#number', 'Enter');
  }

  /** Fits the screen, no button too small for a thumb, nothing that keeps somebody out. */
  async function seemly(name: string, look: string): Promise<void> {
    const folder = process.env['TILLBRIDGE_SCREENSHOTS'];
    if (folder !== undefined) await page.screenshot({ path: join(folder, `${name}-${look}.png`) });
    expect(await axeProblems(page), name).toEqual([]);
    expect(await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth'), `${name} is too wide`).toBeLessThanOrEqual(0);
    const small = await page.evaluate<string[]>(
      "Array.from(document.querySelectorAll('button, .button, select')).filter((node) => node.checkVisibility() && node.getBoundingClientRect().height < 44).map(({ id, textContent }) => `${id} ${textContent}`)",
    );
    expect(small, `${name} has buttons that are hard to hit`).toEqual([]);
  }

  describe.each(LOOKS)('$name', ({ name: look, ...settings }) => {
    it('from the first opening to a number in the till: each can be seen, heard and hit', async () => {
      await open(phone, settings);
      await page.goto(server.url);
      await untilState(page, 'unpaired');
      await seemly('unpaired', look);
      const { url, code } = server.invite({ confirm: true });
      await page.goto(url);
      await untilState(page, 'naming');
      expect(await page.textContent('#code')).toBe(code);
      // a secret does not stay in the address bar
      expect(page.url()).toBe(server.url);
      await seemly('naming', look);
      await page.click('#naming button[type=submit]');
      await untilState(page, 'confirming');
      const arrived = server.events.find((event) => event.is === 'arrived');
      expect(await page.textContent('#digits')).toBe(arrived?.digits);
      await seemly('confirming', look);
      await server.link.confirm(arrived?.phone.id ?? '');
      await untilState(page, 'scanning');
      await untilLink(page, 'online');
      await seemly('scanning', look);
      await page.click('#type');
      await untilState(page, 'typing');
      await page.press('#number', 'Enter');
      await seemly('typing', look);
      await page.fill('#number', '9812 3456 7890 3456');
      await page.press('#number', 'Enter');
      await untilState(page, 'answered');
      await seemly('answered-good', look);
      expect(server.arrived.map(({ text, read }) => [text, read.kind])).toEqual([['9812345678903456', 'card']]);
      expect(await page.textContent('#answer')).not.toContain('9812345678903456');
      await untilState(page, 'scanning');
      expect((await page.content()).includes('98123456')).toBe(false);
    });

    it('says what went wrong, and what was uncertain stays until it was read', async () => {
      await open(phone, settings);
      await pair(page, server.invite().url);
      server.answer = ended({ outcome: 'notFound', signal: 'bad', text: 'Scan again' });
      await untilState(page, 'scanning');
      await type('123456');
      await untilState(page, 'answered');
      expect(await page.getAttribute('#answer', 'data-look')).toBe('bad');
      await seemly('answered-bad', look);
      // not by its place: a refusal goes by itself after four seconds, and a busy machine may have looked at it for longer
      await page.evaluate("document.getElementById('next').click()");
      await untilState(page, 'scanning');
      server.answer = ended({ outcome: 'unknown', signal: 'bad' });
      await type('+79161234567', 'phone');
      await untilState(page, 'answered');
      expect(await page.getAttribute('#answer', 'data-look')).toBe('unsure');
      await seemly('answered-unsure', look);
      expect(server.arrived.at(-1)?.read.kind).toBe('phone');
      await page.click('#next');
      await untilState(page, 'scanning');
      await server.link.revoke(server.phones[0]?.id ?? '');
      await untilState(page, 'forgotten');
      await seemly('forgotten', look);
    });

    it('goes on without a camera: denied, or none at all', async () => {
      await open(phone, { ...settings, camera: false });
      await pair(page, server.invite().url);
      await untilState(page, 'noCamera');
      await seemly('camera-denied', look);
      await page.click('#type-instead');
      await page.fill('#number', '55');
      await page.press('#number', 'Enter');
      await untilState(page, 'answered');
      expect(server.arrived.map(({ text }) => text)).toEqual(['55']);
    });
  });

  it('a device without a camera says so', async () => {
    await open(blind);
    await pair(page, server.invite().url);
    await untilState(page, 'noCamera');
    expect(await page.textContent('#camera-problem')).toContain('no camera');
  });

  it('one QR code serves one phone: the second is told', async () => {
    const { url } = server.invite();
    await open(phone);
    await pair(page, url);
    const second = await phone.page();
    await second.goto(url);
    await untilState(second, 'naming');
    await second.click('#naming button[type=submit]');
    await untilState(second, 'pairFailed');
    expect(await second.textContent('#pair-problem')).toContain('used already');
    expect(await axeProblems(second)).toEqual([]);
    await second.context().close();
    expect(server.phones).toHaveLength(1);
  });

  it('a till that is restarted or away is come back to without a word', async () => {
    await open(phone);
    await pair(page, server.invite().url);
    await untilState(page, 'scanning');
    const sessions = (): number => server.events.filter(({ is }) => is === 'session').length;
    const before = sessions();
    server.restart();
    await waitFor('a new session', () => sessions() > before);
    await type('77');
    await untilState(page, 'answered');
    expect(await page.getAttribute('#answer', 'data-look')).toBe('good');
    server.broken = true;
    await untilLink(page, 'offline');
    server.broken = false;
    await untilLink(page, 'online');
    expect(server.arrived.map(({ text }) => text)).toEqual(['77']);
  });

  it('an impatient thumb sends once', async () => {
    await open(phone);
    await pair(page, server.invite().url);
    await untilState(page, 'scanning');
    let answer: (end: ScanEnd) => void = () => undefined;
    server.answer = () => ({ is: 'loyalty', kind: 'card', ended: new Promise((resolve) => (answer = resolve)) });
    await page.click('#type');
    await page.fill('#number', '4242');
    await page.evaluate("for (let n = 0; n < 5; n += 1) document.querySelector('#typing button[type=submit]').click()");
    await untilState(page, 'sending');
    await waitFor('the read at the till', () => server.arrived.length > 0);
    answer({ outcome: 'applied', signal: 'good' });
    await untilState(page, 'answered');
    expect(server.arrived).toHaveLength(1);
  });

  it('what the till says is text, whatever it holds', async () => {
    server.card = { name: '<img src=x onerror=alert(1)>\u202eBar', tills: [], formats: [] };
    await open(phone);
    await pair(page, server.invite().url);
    await untilState(page, 'scanning');
    server.answer = ended({ outcome: 'rejected', signal: 'bad', text: '<script>alert(1)</script>\u0007' });
    await type('1');
    await untilState(page, 'answered');
    expect(await page.textContent('#answer-text')).toBe('<script>alert(1)</script>');
    expect(await page.textContent('#till-name')).toContain('<img src=x');
    expect(await page.locator('main img, main script').count()).toBe(0);
  });

  it('on plain HTTP a photo of the code does', async () => {
    const host = lanAddress();
    if (host === undefined) return;
    const plain = await PhoneServer.start({ secure: false, host });
    try {
      plain.place = { v: 1, secure: 'https://192.168.1.10:48443', plain: null, voucher: 'self', trust: true, worker: false };
      await open(phone, { width: 320, height: 568 });
      await pair(page, plain.invite().url);
      await untilState(page, 'noCamera');
      expect(await page.evaluate<boolean[]>("[isSecureContext, 'mediaDevices' in navigator]")).toEqual([false, false]);
      expect(await page.getAttribute('#secure', 'href')).toBe('https://192.168.1.10:48443');
      await seemly('plain-http', 'small');
      const { photoOf } = await import('../../support/phone/photo.js');
      await page.setInputFiles('#photo', { name: 'photo.jpg', mimeType: 'image/jpeg', buffer: photoOf(undefined) });
      await page.waitForSelector('#photo-problem:not([hidden])', { timeout: 60_000 });
      await page.setInputFiles('#photo', { name: 'photo.jpg', mimeType: 'image/jpeg', buffer: photoOf('2900001200073') });
      await untilState(page, 'answered');
      expect(plain.arrived.map(({ text, read }) => [text, read.symbology])).toEqual([['2900001200073', 'ean13']]);
    } finally {
      await plain.close();
    }
  });
});
