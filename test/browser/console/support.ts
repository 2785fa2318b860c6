import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { expect } from 'vitest';
import { CONSOLE_SCOPES, CONSOLE_VIEW_SCOPES } from '../../../packages/bridge/src/control/scope.js';
import { startDaemon, type TestDaemon } from '../../support/daemon.js';
import { makeTempFolder } from '../../support/temp-folder.js';
import { startChromium } from '../support/chromium.js';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** A shop with two readers, a till that a program serves and one that nobody opens, a card table and a rule. */
export const shop = (more = ''): string => `version: 1
store: shop-12
readers:
  - { id: counter, type: till, till: front }
  - { id: bar, type: tcp, listen: "127.0.0.1:0" }
codes:
  - { name: universal, kind: card, match: "^98\\\\d{14}$" }
translators:
  - { type: table }
  - { type: rule, codes: [universal], number: "29{value:1..11}" }
tills:
  - { id: front, adapter: client, expireMs: 4000, duplicateMs: 0 }
  - { id: back, adapter: client, expireMs: 4000, duplicateMs: 3000 }
routes:
  - { readers: [counter], till: front }
  - { readers: [bar], till: back }
api: { port: 0 }
${more}`;

/** As the options of `tillbridge console`. */
export interface Rights {
  readonly viewOnly?: boolean;
  readonly reveal?: boolean;
}

const scopesOf = ({ viewOnly = false, reveal = false }: Rights): readonly string[] => [...(viewOnly ? CONSOLE_VIEW_SCOPES : CONSOLE_SCOPES), ...(reveal ? ['number:reveal'] : [])];

export interface OpenSettings {
  readonly width?: number;
  readonly height?: number;
  readonly locale?: string;
  readonly colorScheme?: 'light' | 'dark';
  readonly reducedMotion?: 'reduce';
  readonly rights?: Rights;
  /** Where to begin: `live`. */
  readonly page?: string;
  /** Not signed in. */
  readonly stranger?: boolean;
}

export interface OpenPage {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What went wrong in the page and what it asked of anybody but the daemon, as it happened. */
  readonly wrong: string[];
}

/** A daemon and a browser; its pages are signed in as `tillbridge console` does it. */
export interface ConsoleBench {
  readonly daemon: TestDaemon;
  readonly browser: Browser;
  readonly folder: string;
  open(settings?: OpenSettings): Promise<OpenPage>;
  /** The address that signs in once. */
  link(rights?: Rights): Promise<string>;
  /** A code to pair a page with. */
  code(rights?: Rights): Promise<string>;
  stop(): Promise<void>;
}

export async function startConsole(config = shop()): Promise<ConsoleBench> {
  const folder = makeTempFolder();
  const daemon = await startDaemon(folder.path, config);
  const browser = await startChromium();
  const token = await daemon.token('tests', [...CONSOLE_SCOPES, 'number:reveal'].join(','));
  // as the command does, without a process for each page
  const link = async (rights: Rights = {}): Promise<string> => `${daemon.url}/#pair=${await pairingCode(daemon.url, token, scopesOf(rights))}`;
  return {
    daemon,
    browser,
    folder: folder.path,
    link,
    code: async (rights = {}) => pairingCode(daemon.url, token, scopesOf(rights)),
    open: async ({ width = 1280, height = 900, locale = 'en-GB', colorScheme = 'light', reducedMotion, rights, page: first, stranger = false } = {}) => {
      const context = await browser.newContext({ viewport: { width, height }, locale, colorScheme, ...(reducedMotion === undefined ? {} : { reducedMotion }) });
      context.setDefaultTimeout(30_000);
      const page = await context.newPage();
      const wrong = watch(page, daemon.url);
      await page.goto(stranger ? `${daemon.url}/` : await link(rights));
      if (!stranger) await page.locator('nav').waitFor();
      if (first !== undefined) await goTo(page, first);
      return { page, context, wrong };
    },
    stop: async () => {
      await browser.close();
      await daemon.stop();
      folder.remove();
    },
  };
}

async function pairingCode(url: string, token: string, scopes: readonly string[]): Promise<string> {
  const answer = await fetch(`${url}/v1/clients/pair`, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` }, body: JSON.stringify({ name: 'Console', scopes }) });
  const { code } = (await answer.json()) as { code?: string };
  if (code === undefined) throw new Error(`pairing was refused: ${String(answer.status)}`);
  return code;
}

/** Collects what no page may have: errors, refusals by its policy, requests to somebody else. */
function watch(page: Page, own: string): string[] {
  const wrong: string[] = [];
  page.on('pageerror', (error) => void wrong.push(`error: ${error.message}`));
  page.on('console', (message) => {
    // refusals by the daemon are answers, which the page shows in words
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) wrong.push(`console: ${message.text()}`);
  });
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(`${own}/`) && !/^(?:data|blob|about):/.test(url)) wrong.push(`request: ${url}`);
  });
  return wrong;
}

/** Opens a page of the console by its address and waits for its heading. */
export async function goTo(page: Page, id: string): Promise<void> {
  await page.evaluate(`location.hash = ${JSON.stringify(`#/${id}`)}`);
  await page.locator(`nav a[aria-current="page"][href="#/${id.replace(/\?.*/, '')}"]`).waitFor();
  await page.locator('main h1').waitFor();
}

/** Nothing to complain about for axe (WCAG 2.2 A and AA, and its best practices), and nothing to scroll sideways. */
export async function expectAccessible(page: Page): Promise<void> {
  // by the debugger, which no policy of the page concerns
  await page.evaluate(axeSource);
  const found = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run: (options: object) => Promise<AxeResults> } };
    const { violations } = await axe.run({ resultTypes: ['violations'] });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary ?? ''}`).join(' | ')}`);
  });
  expect(found).toEqual([]);
  const tooWide = await page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  expect(tooWide).toBeLessThanOrEqual(0);
}
