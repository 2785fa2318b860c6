import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cardCode } from '../api/support.js';
import { startDaemon, type TestDaemon } from '../support/daemon.js';
import { needs } from '../support/needs.js';
import { makeTempFolder } from '../support/temp-folder.js';
import { waitFor } from '../support/wait-for.js';
import { startChromium } from './support/chromium.js';
import { startWebServer, type WebServer } from './support/web-server.js';

/** Everything that a page can try on its own. `PORT`, `TOKEN` and `ORIGIN` are filled in; the answers lie in `window.got`. */
const ATTACK = `<!doctype html><title>free coupons</title><body><script>
const bases = ['http://127.0.0.1:PORT', 'http://localhost:PORT', 'http://[::1]:PORT', 'http://rebound.example:PORT'];
const paths = ['/hello', '/v1/health', '/v1/scans', '/v1/tills', '/metrics', '/openapi.json', '/v1/events', '/'];
const token = 'TOKEN';
window.got = [];
const note = (how, what) => { if (what) window.got.push(how + ': ' + what); };
const tell = async (how, work) => { try { note(how, await work()); } catch {} };
const script = (src) => new Promise((resolve) => { const s = document.createElement('script'); s.src = src; s.onload = () => resolve('script ran'); s.onerror = () => resolve(''); document.head.append(s); });
const image = (src) => new Promise((resolve) => { const i = new Image(); i.onload = () => resolve(i.width + ' wide'); i.onerror = () => resolve(''); i.src = src; });
const frame = (src) => new Promise((resolve) => { const f = document.createElement('iframe'); f.src = src; f.onload = () => { try { resolve(f.contentDocument?.body?.textContent ?? ''); } catch { resolve(''); } }; document.body.append(f); setTimeout(() => resolve(''), 1500); });
const form = (action, body) => new Promise((resolve) => { const f = document.createElement('form'); f.method = 'POST'; f.enctype = 'text/plain'; f.action = action; const target = 'x' + Math.random(); f.target = target; const holder = document.createElement('iframe'); holder.name = target; document.body.append(holder); const field = document.createElement('input'); field.name = body; field.value = ''; f.append(field); document.body.append(f); f.submit(); setTimeout(() => resolve(''), 500); });
const socket = (url, protocols) => new Promise((resolve) => { try { const s = new WebSocket(url, protocols); s.onmessage = (m) => resolve(m.data); s.onopen = () => setTimeout(() => resolve('opened'), 300); s.onerror = () => resolve(''); } catch { resolve(''); } });
const source = (url) => new Promise((resolve) => { const s = new EventSource(url); s.onmessage = (m) => resolve(m.data); s.onerror = () => { s.close(); resolve(''); }; });
window.attack = async () => {
  for (const base of bases) {
    for (const path of paths) {
      const url = base + path;
      await tell('fetch ' + url, async () => (await fetch(url)).text());
      await tell('fetch with a token ' + url, async () => (await fetch(url, { headers: { authorization: 'Bearer ' + token } })).text());
      await tell('blind fetch ' + url, async () => (await (await fetch(url, { mode: 'no-cors', credentials: 'include' })).text()));
      await tell('fetch without referrer ' + url, async () => (await fetch(url, { referrerPolicy: 'no-referrer', cache: 'force-cache' })).text());
    }
    const scan = JSON.stringify({ code: 'CODE', reader: 'counter' });
    for (const type of ['text/plain', 'application/json', 'application/x-www-form-urlencoded']) {
      await tell('post ' + type, async () => (await fetch(base + '/v1/scans', { method: 'POST', body: scan, headers: { 'content-type': type } })).text());
      await tell('blind post ' + type, async () => (await (await fetch(base + '/v1/scans', { method: 'POST', mode: 'no-cors', body: scan, headers: { 'content-type': type } })).text()));
    }
    await tell('pair', async () => (await fetch(base + '/v1/pair', { method: 'POST', mode: 'no-cors', body: '{"code":"00000000","name":"x"}' })).text());
    await tell('stop', async () => (await fetch(base + '/v1/daemon/stop', { method: 'POST', mode: 'no-cors' })).text());
    navigator.sendBeacon(base + '/v1/scans', scan);
    await tell('form', () => form(base + '/v1/scans', scan));
    await tell('script', () => script(base + '/v1/scans?callback=steal'));
    await tell('image', () => image(base + '/v1/health'));
    await tell('frame', () => frame(base + '/'));
    await tell('event source', () => source(base + '/v1/events'));
    const events = base.replace('http', 'ws') + '/v1/events';
    await tell('socket', () => socket(events, ['tillbridge.v1']));
    await tell('socket with a token', () => socket(events, ['tillbridge.v1', 'bearer.' + token]));
    await tell('socket with a token in the address', () => socket(events + '?token=' + token));
  }
  return window.got;
};
</script>`;

needs('chromium')('a hostile page in the browser of the till', () => {
  const folder = makeTempFolder();
  const servers: WebServer[] = [];
  let daemon: TestDaemon;
  let browser: Browser;
  let token: string;
  let [good, evil, sandbox] = ['', '', ''];

  beforeAll(async () => {
    const files: Record<string, string> = { '/': '<!doctype html><title>till</title>' };
    const hostile: Record<string, string> = {};
    servers.push(await startWebServer(files), await startWebServer(hostile));
    good = `http://127.0.0.1:${String(servers[0]?.port)}`;
    evil = `http://127.0.0.1:${String(servers[1]?.port)}`;
    sandbox = `http://evil.example:${String(servers[1]?.port)}`;
    daemon = await startDaemon(
      folder.path,
      `version: 1
readers: [{ id: counter, type: till, till: front }]
codes: [{ name: universal, kind: card, match: "^98\\\\d{14}$" }]
translators: [{ type: rule, number: "29{value:1..11}" }]
tills: [{ id: front, adapter: client }]
api: { port: 0, origins: ["${good}"] }
`,
    );
    token = await daemon.token('till', 'status:read,scan:read,scan:inject,delivery');
    // even one that has got hold of a token, and of our port
    const page = ATTACK.replaceAll('PORT', new URL(daemon.url).port).replaceAll('TOKEN', token).replaceAll('CODE', cardCode(666));
    hostile['/'] = page;
    hostile['/frame'] = `<!doctype html><iframe sandbox="allow-scripts" srcdoc="${page.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"></iframe>`;
    browser = await startChromium({ hosts: ['evil.example', 'rebound.example'] });
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await daemon.stop();
    await Promise.all(servers.map((server) => server.close()));
    folder.remove();
  });

  async function open(url: string): Promise<{ readonly context: BrowserContext; readonly page: Page }> {
    const context = await browser.newContext({ serviceWorkers: 'block' });
    await context.grantPermissions(['local-network-access']).catch(() => undefined);
    const page = await context.newPage();
    await page.goto(url);
    return { context, page };
  }

  const scans = async (): Promise<unknown> => {
    const answer = await fetch(`${daemon.url}/v1/scans`, { headers: { authorization: `Bearer ${token}` } });
    return answer.json();
  };

  test('the listed page gets what it may, so the browser can reach us', async () => {
    const { context, page } = await open(good);
    const health = await page.evaluate(`fetch('${daemon.url}/v1/health', { headers: { authorization: 'Bearer ${token}' } }).then((answer) => answer.json())`);
    expect(health).toMatchObject({ status: expect.any(String) as string });
    const hello = await page.evaluate<string>(
      `new Promise((resolve, reject) => { const s = new WebSocket('${daemon.url.replace('http', 'ws')}/v1/events', ['tillbridge.v1', 'bearer.${token}']); s.onmessage = (m) => resolve(m.data); s.onerror = () => reject(new Error('refused')); })`,
    );
    expect(JSON.parse(hello)).toMatchObject({ type: 'hello' });
    await context.close();
  });

  test.each([
    ['of another origin on this machine', () => evil],
    ['of another site', () => sandbox],
  ])('a page %s gets nothing at all, and does nothing', { timeout: 120_000 }, async (_, url) => {
    const { context, page } = await open(url());
    expect(await page.evaluate('attack()')).toEqual([]);
    await context.close();
    expect(await scans()).toEqual({ scans: [] });
    expect(daemon.child.child.exitCode).toBeNull();
  });

  test('nor does a sandboxed frame of such a page, whose origin is null', { timeout: 120_000 }, async () => {
    const { context, page } = await open(`${sandbox}/frame`);
    const frame = page.frames().find((candidate) => candidate !== page.mainFrame());
    expect(frame).toBeDefined();
    await frame?.waitForFunction('typeof attack === "function"');
    expect(await frame?.evaluate('attack()')).toEqual([]);
    await context.close();
    expect(await scans()).toEqual({ scans: [] });
  });

  test('while it tried, the till went on: no client is locked out, no rate is used up', async () => {
    const { context, page } = await open(sandbox);
    const refused = async (): Promise<number> => {
      const answer = await fetch(`${daemon.url}/metrics`, { headers: { authorization: `Bearer ${token}` } });
      return [...(await answer.text()).matchAll(/^tillbridge_api_refusals_total\{.*\} (\d+)$/gm)].reduce((sum, [, count]) => sum + Number(count), 0);
    };
    const before = await refused();
    const attack = page.evaluate('attack()').catch(() => undefined);
    await waitFor('the attack to be under way', async () => (await refused()) > before);
    for (let i = 0; i < 20; i += 1) {
      const answer = await fetch(`${daemon.url}/v1/health`, { headers: { authorization: `Bearer ${token}` } });
      expect(answer.status).toBe(200);
    }
    await context.close();
    await attack;
    const code = await daemon.pairingCode('another', 'status:read');
    const paired = await fetch(`${daemon.url}/v1/pair`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ code, name: 'another' }) });
    expect(paired.status).toBe(200);
  });
});
