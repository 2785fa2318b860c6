import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startDaemon, type TestDaemon } from '../support/daemon.js';
import { needs } from '../support/needs.js';
import { selfSigned } from '../support/self-signed.js';
import { makeTempFolder } from '../support/temp-folder.js';
import { startChromium } from './support/chromium.js';
import { browserClient, startWebServer, type WebServer } from './support/web-server.js';

const CARD = '9812345678901234';
const page = "<!doctype html><title>till</title><script type=module>import * as sdk from './tillbridge.js'; globalThis.sdk = sdk;</script>";

/** What a page learned: the number, or the error's code. */
type Learned = { readonly number: string } | { readonly code: string };

needs('chromium')('a web page and the browser\'s local network permission', () => {
  const folder = makeTempFolder();
  const tls = selfSigned('till.example');
  let servers: WebServer[];
  let daemon: TestDaemon;
  let browser: Browser;
  let [secure, insecure, foreign, local] = ['', '', '', ''];

  beforeAll(async () => {
    const files = { '/': page, '/tillbridge.js': browserClient() };
    servers = await Promise.all([startWebServer(files, tls), startWebServer(files), startWebServer(files, tls), startWebServer(files)]);
    const [one = 0, two = 0, three = 0, four = 0] = servers.map(({ port }) => port);
    [secure, insecure, foreign, local] = [`https://till.example:${one}`, `http://till.example:${two}`, `https://evil.example:${three}`, `http://127.0.0.1:${four}`];
    daemon = await startDaemon(
      folder.path,
      `
version: 1
readers: [ { id: counter, type: till, till: front } ]
codes: [ { name: universal, kind: card, match: '^98' } ]
translators: [ { type: rule, number: "{value}" } ]
tills: [ { id: front, adapter: client } ]
api: { port: 0, origins: [ "${secure}", "${insecure}", "${local}" ] }
`,
    );
    // all that is served here is the internet to the browser, but for the local page
    browser = await startChromium({ hosts: ['till.example', 'evil.example'], public: [one, two, three].map((port) => `127.0.0.1:${port}`) });
  });
  afterAll(async () => {
    await browser.close();
    await daemon.stop();
    await Promise.all(servers.map((server) => server.close()));
    folder.remove();
  });

  async function open(origin: string, permission?: 'granted' | 'denied'): Promise<{ context: BrowserContext; page: Page }> {
    const context = await browser.newContext({ ignoreHTTPSErrors: true });
    const opened = await context.newPage();
    if (permission !== undefined) {
      // not every version of the browser has split the permission in two
      const session = await browser.newBrowserCDPSession();
      const { targetInfo } = await (await context.newCDPSession(opened)).send('Target.getTargetInfo');
      const scope = { origin, setting: permission, ...(targetInfo.browserContextId === undefined ? {} : { browserContextId: targetInfo.browserContextId }) };
      for (const name of ['local-network-access', 'loopback-network', 'local-network']) {
        await session.send('Browser.setPermission', { permission: { name }, ...scope }).catch(() => undefined);
      }
    }
    await opened.goto(`${origin}/`);
    await opened.waitForFunction('globalThis.sdk !== undefined');
    return { context, page: opened };
  }

  /** Connects from the page, scans a card at the machine, and tells what the page got. */
  async function learn(opened: Page): Promise<Learned> {
    const token = await daemon.token('page', 'scan:read,delivery');
    const connecting = opened.evaluate<{ code?: string }>(
      `(async () => {
        try {
          globalThis.bridge = await sdk.connect({ url: ${JSON.stringify(daemon.url)}, token: ${JSON.stringify(token)}, signal: AbortSignal.timeout(8000) });
          globalThis.deliveries = bridge.deliveries('front');
          return {};
        } catch (error) {
          return { code: error.code ?? error.name };
        }
      })()`,
    );
    const connected = await connecting;
    if (connected.code !== undefined) return { code: connected.code };
    const number = opened.evaluate<string>(`(async () => {
      const { value } = await deliveries.next();
      const number = await value.claim();
      await value.done('applied');
      return number.reveal();
    })()`);
    const scanned = await daemon.cli('--json', 'scan', CARD, '--wait');
    expect(JSON.parse(scanned.stdout)).toMatchObject({ outcome: 'applied' });
    return { number: await number };
  }
  const state = (opened: Page): Promise<unknown> => opened.evaluate('sdk.explainPermission().then(({ state, error }) => [state, error?.code])');

  it('allowed: the page gets the number', async () => {
    const { context, page: opened } = await open(secure, 'granted');
    expect(await state(opened)).toEqual(['granted', undefined]);
    expect(await learn(opened)).toEqual({ number: CARD });
    await context.close();
  });

  it('denied: an error that says so', async () => {
    const { context, page: opened } = await open(secure, 'denied');
    expect(await state(opened)).toEqual(['denied', 'TB_API_LNA_DENIED']);
    expect(await learn(opened)).toEqual({ code: 'TB_API_LNA_DENIED' });
    await context.close();
  });

  it('a page that is not secure: an error of its own', async () => {
    const { context, page: opened } = await open(insecure);
    expect(await state(opened)).toEqual(['insecurePage', 'TB_API_LNA_INSECURE_PAGE']);
    expect(await learn(opened)).toEqual({ code: 'TB_API_LNA_INSECURE_PAGE' });
    await context.close();
  });

  it('a page of this machine: nothing is asked', async () => {
    const { context, page: opened } = await open(local);
    expect(await state(opened)).toEqual(['notNeeded', undefined]);
    expect(await learn(opened)).toEqual({ number: CARD });
    await context.close();
  });

  it('an origin that is not listed gets nothing, whatever the browser allows', async () => {
    const { context, page: opened } = await open(foreign, 'granted');
    expect(await learn(opened)).toEqual({ code: 'TB_API_UNREACHABLE' });
    await context.close();
  });
});
