import { spawn } from 'node:child_process';
import { TillbridgeError } from '@tillbridge/core';
import { CONSOLE_SCOPES, CONSOLE_VIEW_SCOPES, type Scope } from '../../control/scope.js';
import type { Cli } from '../cli.js';
import { isRecord, text } from '../format.js';
import type { ConsoleOptions } from '../register-console.js';

/** How the page is listed among the clients. */
const NAME = 'Console';

/** Opens a pairing for the page and shows where it is. @throws {TillbridgeError} `TB_API_CONSOLE_OFF` */
export async function openConsole(cli: Cli, { open = false, viewOnly = false, reveal = false }: ConsoleOptions): Promise<void> {
  if (viewOnly && reveal) throw new TillbridgeError('TB_CONFIG_USAGE', { problem: '--view-only and --reveal exclude each other' });
  const { body: daemon } = await cli.call('GET', '/v1/daemon');
  const address = isRecord(daemon) ? text(daemon['console'] ?? 'off') : 'off';
  if (address === 'off') throw new TillbridgeError('TB_API_CONSOLE_OFF');
  const scopes: readonly Scope[] = [...(viewOnly ? CONSOLE_VIEW_SCOPES : CONSOLE_SCOPES), ...(reveal ? (['number:reveal'] as const) : [])];
  const { body } = await cli.call('POST', '/v1/clients/pair', { name: NAME, scopes });
  const { code, expiresAt } = isRecord(body) ? body : {};
  // in the fragment: browsers send it to nobody, and the page takes it out of its address at once
  const link = `${address}#pair=${text(code)}`;
  const opened = open && (await openBrowser(link));
  cli.result({ address, code, link, expiresAt, scopes }, () =>
    [
      ...(opened ? [] : [cli.say({ en: 'Open this address in a browser on this machine:', ru: 'Откройте этот адрес в браузере на этом компьютере:' })]),
      link,
      '',
      cli.say({
        en: `It signs in once, until ${text(expiresAt)}. Or open ${address} and type the code ${text(code)}.`,
        ru: `Вход по нему возможен один раз, до ${text(expiresAt)}. Или откройте ${address} и введите код ${text(code)}.`,
      }),
    ].join('\n'),
  );
  if (open && !opened) cli.err(cli.say({ en: 'No browser could be started here.', ru: 'Запустить браузер здесь не удалось.' }));
}

const OPENERS: Readonly<Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>>> = {
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
  darwin: ['open'],
  linux: ['xdg-open'],
};

/** Whether the system has something that opens addresses; what becomes of it is the user's to see. */
function openBrowser(link: string): Promise<boolean> {
  const [program, ...args] = OPENERS[process.platform] ?? ['xdg-open'];
  const child = spawn(program, [...args, link], { stdio: 'ignore', detached: true, windowsHide: true });
  return new Promise((resolve) => {
    child.once('error', () => resolve(false));
    child.once('spawn', () => {
      child.unref();
      resolve(true);
    });
  });
}
