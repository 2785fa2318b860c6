import { BridgeError } from '../client/bridge-error.js';
import { isLocalPage, thisPage, type Page } from './page.js';

/**
 * How a browser stands to this page talking to programs on this machine (Local Network Access: Chromium since 142, for WebSocket since 147).
 * - `notNeeded`: the page comes from this machine, or the browser knows no such permission
 * - `prompt`: the browser will ask; connect from a click, so that the user knows why
 * - `denied`, `insecurePage`: it will not work until somebody acts
 */
export type PermissionState = 'notNeeded' | 'granted' | 'prompt' | 'denied' | 'insecurePage';

export interface PermissionExplanation {
  readonly state: PermissionState;
  /** `TB_API_LNA_DENIED` or `TB_API_LNA_INSECURE_PAGE` where it will not work; undefined otherwise. */
  readonly error: BridgeError | undefined;
  /** For the cashier: what the browser will do, or what to do about it. Empty where there is nothing to say. */
  readonly text: { readonly en: string; readonly ru: string };
}

/** The permission's names, newest first: it was split in two, and Chromium keeps the old name. */
const NAMES = ['loopback-network', 'local-network-access'] as const;

const PROMPT = {
  en: 'The browser will ask whether this page may reach programs on this device. Choose "Allow": the page gets the loyalty numbers from there.',
  ru: 'Браузер спросит, можно ли странице обращаться к программам на этом устройстве. Выберите «Разрешить»: оттуда приходят номера карт лояльности.',
};
const NOTHING = { en: '', ru: '' };

/** What stands between this page and the daemon, in words for the cashier. Asks nobody, changes nothing. */
export async function explainPermission(page: Page = thisPage()): Promise<PermissionExplanation> {
  const state = await permissionState(page);
  if (state === 'denied') return failing(state, BridgeError.own('TB_API_LNA_DENIED'));
  if (state === 'insecurePage') return failing(state, BridgeError.own('TB_API_LNA_INSECURE_PAGE'));
  return { state, error: undefined, text: state === 'prompt' ? PROMPT : NOTHING };
}

function failing(state: PermissionState, error: BridgeError): PermissionExplanation {
  const sentence = (language: 'en' | 'ru'): string => `${error.text(language)}: ${error.remedy(language)}`;
  return { state, error, text: { en: sentence('en'), ru: sentence('ru') } };
}

async function permissionState(page: Page): Promise<PermissionState> {
  if (isLocalPage(page)) return 'notNeeded';
  const state = await query(page);
  if (state === undefined || state === 'granted') return state ?? 'notNeeded';
  // Chromium asks only on secure pages; elsewhere it says `denied` or `prompt`, and the request fails without a word
  if (page.isSecureContext === false) return 'insecurePage';
  return state === 'denied' ? 'denied' : 'prompt';
}

async function query(page: Page): Promise<string | undefined> {
  for (const name of NAMES) {
    try {
      const status = await page.navigator?.permissions?.query({ name });
      if (status !== undefined) return status.state;
    } catch {
      // a browser that does not know this name
    }
  }
  return undefined;
}
