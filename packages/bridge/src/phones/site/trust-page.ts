import { createHash } from 'node:crypto';
import type { Language } from '@tillbridge/core';
import { escapeXml } from '../certificate/mobileconfig.js';
import { TRUST_TEXTS } from './trust-texts.js';

export interface TrustFacts {
  /** Name and fingerprint of the authority; undefined where there is none. */
  readonly authority: { readonly name: string; readonly fingerprint: string } | undefined;
  /** `https://192.168.1.10:48443` */
  readonly secure: string;
  /** `http://192.168.1.10:48080`; null where it is off. */
  readonly plain: string | null;
  readonly language: Language;
}

export interface Page {
  readonly html: string;
  /** Nothing runs in it, and its one style sheet is named by its hash. */
  readonly policy: string;
}

const STYLE = `
:root{color-scheme:light dark;--ink:#16202a;--paper:#fff;--soft:#f1f4f6;--line:#d5dce2;--go:#0b5cad}
@media(prefers-color-scheme:dark){:root{--ink:#eef2f5;--paper:#10161c;--soft:#1b242d;--line:#35424e;--go:#7cb8f5}}
*{box-sizing:border-box}
body{margin:0;padding:16px;font:17px/1.45 system-ui,sans-serif;color:var(--ink);background:var(--paper)}
main{max-width:34rem;margin:0 auto}
h1{font-size:1.5rem;line-height:1.2;margin:.5rem 0}
h2{font-size:1.15rem;margin:0}
section>:first-child{margin-top:0}
section>:last-child{margin-bottom:0}
section{background:var(--soft);border:1px solid var(--line);border-radius:14px;padding:16px;margin:16px 0}
a.button{display:block;min-height:48px;padding:13px 16px;border-radius:12px;background:var(--go);color:var(--paper);text-align:center;text-decoration:none;font-weight:600}
a{color:var(--go)}
ol,ul{padding-left:1.3em;margin:.75rem 0 0}
li{margin:.45em 0}
code{font:0.85em/1.5 ui-monospace,monospace;overflow-wrap:anywhere}
header{display:flex;align-items:center;justify-content:space-between;margin:0 0 12px}
svg{flex:none;width:44px;height:44px;fill:none;stroke:currentColor;stroke-width:2;stroke-linecap:round;stroke-linejoin:round;opacity:.75}
.lang{display:block;text-align:right}
`;

/** A phone with a switch, and a phone with a shield: which section is whose is seen before it is read. */
const SWITCH = '<svg viewBox="0 0 44 44" aria-hidden="true"><rect x="11" y="2" width="22" height="40" rx="5"/><rect x="15" y="20" width="14" height="8" rx="4"/><circle cx="25" cy="24" r="2.5"/></svg>';
const SHIELD = '<svg viewBox="0 0 44 44" aria-hidden="true"><rect x="11" y="2" width="22" height="40" rx="3"/><path d="M22 14l6 2.5v5c0 4-2.6 6.6-6 8-3.4-1.4-6-4-6-8v-5z"/><path d="M19.5 22l2 2 3.5-4"/></svg>';

/** The page that leads through trusting this till, or through the browser's warning where there is nothing to trust. */
export function trustPage({ authority, secure, plain, language }: TrustFacts): Page {
  const words = TRUST_TEXTS[language];
  const html = escapeXml;
  const steps = (list: readonly string[], tag: 'ol' | 'ul'): string => `<${tag}>${list.map((step) => `<li>${html(step.replace('{name}', authority?.name ?? ''))}</li>`).join('')}</${tag}>`;
  const install = (title: string, picture: string, href: string, button: string, list: readonly string[]): string =>
    `<section><header><h2>${html(title)}</h2>${picture}</header><a class="button" href="${href}">${html(button)}</a>${steps(list, 'ol')}</section>`;
  const trust =
    authority === undefined
      ? `<section><p>${coded(html(words.noAuthority))}</p></section>`
      : [
          `<p>${html(words.why)}</p>`,
          `<section><p>${coded(html(words.check))}</p><p><code>${html(authority.fingerprint).replaceAll(':', ':<wbr>')}</code></p><p>${html(words.limits)}</p></section>`,
          install(words.iphone, SWITCH, '/ca.mobileconfig', words.iphoneButton, words.iphoneSteps),
          install(words.android, SHIELD, '/ca.crt', words.androidButton, words.androidSteps),
        ].join('');
  const other = language === 'ru' ? 'en' : 'ru';
  const photo = plain === null ? '' : `<p>${html(words.photo)} <a href="${html(plain)}/">${html(plain)}</a></p>`;
  const body = [
    `<a class="lang" href="/trust?lang=${other}" lang="${other}">${html(words.other)}</a>`,
    `<h1>${html(words.title)}</h1>`,
    trust,
    `<p><a class="button" href="${html(secure)}/">${html(words.open)}</a></p>`,
    `<section><h2>${html(words.warningTitle)}</h2>${steps(words.warningSteps, 'ul')}</section>`,
    photo,
  ].join('\n');
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${html(words.title)}</title><style>${STYLE}</style>`;
  const hash = createHash('sha256').update(STYLE).digest('base64');
  return {
    html: `<!doctype html>\n<html lang="${language}"><head>${head}</head>\n<body><main>${body}</main></body></html>\n`,
    policy: `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  };
}

/** Text between back-ticks is a command. */
function coded(text: string): string {
  return text.replace(/`([^`]+)`/g, '<code>$1</code>');
}
