import { rmSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { chromiumPath } from '../parts.js';
import { film, type Shot } from './video.js';

export interface PhoneLook {
  readonly language?: 'en-GB' | 'ru-RU';
  readonly width?: number;
  readonly height?: number;
  readonly scheme?: 'light' | 'dark';
  /** Whether the person allowed the camera. */
  readonly camera?: boolean;
}

/** A phone: the system's Chromium whose camera plays a film, made when it is started. */
export class PhoneBrowser {
  readonly #browser: Browser;
  readonly #folder: string;
  /** Requests of all its pages to elsewhere than `http(s)://127.0.0.1` and what it was told: no page may make one. */
  readonly foreign: string[] = [];

  private constructor(browser: Browser, folder: string) {
    this.#browser = browser;
    this.#folder = folder;
  }

  /** `shots`: what the camera sees, again and again; undefined: there is no camera. */
  static async start(shots?: Iterable<Shot>, args: readonly string[] = []): Promise<PhoneBrowser> {
    const executablePath = chromiumPath();
    if (executablePath === undefined) throw new Error('no Chromium on PATH: sh test/setup-debian.sh');
    const folder = mkdtempSync(join(tmpdir(), 'tillbridge-phone-'));
    const file = join(folder, 'cam.mjpeg');
    if (shots !== undefined) film(file, shots);
    const browser = await chromium.launch({
      executablePath,
      args: [
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        // the file alone gives no camera at all
        ...(shots === undefined ? [] : ['--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${file}`]),
        ...args,
      ],
    });
    return new PhoneBrowser(browser, folder);
  }

  async page(look: PhoneLook = {}): Promise<Page> {
    const { language = 'en-GB', width = 390, height = 844, scheme = 'light', camera = true } = look;
    const context: BrowserContext = await this.#browser.newContext({
      ignoreHTTPSErrors: true,
      locale: language,
      viewport: { width, height },
      hasTouch: true,
      colorScheme: scheme,
      permissions: camera ? ['camera'] : [],
    });
    context.on('request', (request) => {
      const { hostname, protocol } = new URL(request.url());
      if (protocol.startsWith('http') && hostname !== '127.0.0.1' && !/^(10|172|192)\./.test(hostname)) this.foreign.push(request.url());
    });
    return context.newPage();
  }

  async close(): Promise<void> {
    await this.#browser.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Waits until the page is in one of these states, and gives the one that it is in then. */
export async function untilState(page: Page, ...states: readonly string[]): Promise<string> {
  await page.waitForSelector(states.map((state) => `body[data-state="${state}"]`).join(', '), { state: 'attached', timeout: 30_000 });
  return (await page.getAttribute('body', 'data-state')) ?? '';
}

/** Waits until the page shows this of its connection. */
export async function untilLink(page: Page, link: 'online' | 'offline'): Promise<void> {
  await page.waitForSelector(`#connection[data-link="${link}"]`, { state: 'attached', timeout: 60_000 });
}

/** Pairs by the address of a QR code; the page is at the camera (or says that there is none) afterwards. */
export async function pair(page: Page, url: string, name = 'Anna'): Promise<void> {
  await page.goto(url);
  await untilState(page, 'naming');
  await page.fill('#name', name);
  await page.click('#naming button[type=submit]');
  await untilState(page, 'opening', 'scanning', 'noCamera', 'sending', 'answered');
}
