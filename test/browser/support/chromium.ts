import { chromium, type Browser } from 'playwright-core';
import { chromiumPath } from '../../support/parts.js';

export interface ChromiumSettings {
  /** Names that resolve to this machine, such as `till.example`. */
  readonly hosts?: readonly string[];
  /** `HOST:PORT` of web servers that the browser is to take for ones on the internet (Local Network Access). */
  readonly public?: readonly string[];
  /** An X screen to show its windows on. */
  readonly display?: string;
}

/** The system's Chromium, headless but on a screen that is named. The caller closes it. */
export async function startChromium({ hosts = [], public: far = [], display }: ChromiumSettings = {}): Promise<Browser> {
  const executablePath = chromiumPath();
  if (executablePath === undefined) throw new Error('no Chromium on PATH: sh test/setup-debian.sh');
  return chromium.launch({
    executablePath,
    ...(display === undefined ? {} : { headless: false, env: { ...env(), DISPLAY: display } }),
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ...(hosts.length === 0 ? [] : [`--host-resolver-rules=${hosts.map((host) => `MAP ${host} 127.0.0.1`).join(', ')}`]),
      ...(far.length === 0 ? [] : [`--ip-address-space-overrides=${far.map((where) => `${where}=public`).join(',')}`]),
    ],
  });
}

function env(): Record<string, string> {
  return Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
