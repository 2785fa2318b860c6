import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';
import { sleep, systemClock, TillbridgeError } from '@tillbridge/core';
import { lockHolder, stateFolderAt } from '@tillbridge/store/state';
import { renderUnicodeCompact } from 'uqr';
import { phonesAtRest, revokeAtRest } from '../../phones/at-rest.js';
import { ExitError, type Cli } from '../cli.js';
import { isRecord, list, table, text } from '../format.js';
import type { MobilePairOptions, MobileRenameOptions } from '../register-mobile.js';

/** How often the daemon is asked how a pairing is doing, in ms. */
const ASK_MS = 700;

/** Shows a QR code, waits for the phone, lets its digits be compared. */
export async function pairPhone(cli: Cli, { name, till, all, wait, yes }: MobilePairOptions): Promise<void> {
  // whoever cannot be asked has said so
  const confirm = wait && yes !== true && !cli.json && process.stdin.isTTY;
  const { body } = await cli.call('POST', '/v1/phones/pair', { ...(name === undefined ? {} : { name }), ...(till === undefined ? {} : { till }), confirm });
  const offer = isRecord(body) ? body : {};
  if (cli.json || !wait) {
    cli.result(body, () => offerText(cli, offer, all === true));
    return;
  }
  cli.out(offerText(cli, offer, all === true));
  const id = text(offer['id']);
  const phone = await orWithdraw(cli, id, () => waitForPhone(cli, id, confirm ? 'arrived' : 'paired'));
  if (confirm) await compareDigits(cli, phone);
  cli.out(cli.say({ en: `paired: ${text(phone['name'])} (${text(phone['id'])})`, ru: `сопряжён: ${text(phone['name'])} (${text(phone['id'])})` }));
}

function offerText(cli: Cli, offer: Record<string, unknown>, all: boolean): string {
  const urls = list(offer['urls']);
  const shown = (all ? urls : urls.slice(0, 1)).map((row) => {
    const virtual = row['virtual'] === true ? cli.say({ en: ', a virtual adapter: phones hardly reach it', ru: ', виртуальный адаптер: телефоны вряд ли достучатся' }) : '';
    return [`${text(row['address'])} (${text(row['adapter'])}${virtual})`, renderUnicodeCompact(text(row['url']), { ecc: 'M', border: 2 }), text(row['url'])].join('\n');
  });
  const others = all || urls.length < 2 ? [] : [cli.say({ en: `${urls.length - 1} more addresses: --all`, ru: `ещё адресов: ${urls.length - 1}, показать: --all` })];
  const how = cli.say({
    en: `Scan it with the phone's camera within two minutes; it works for one phone. The browser warns about the certificate: go on. The page shows the code ${text(offer['code'])}: if it shows another one, close it.`,
    ru: `Наведите камеру телефона в течение двух минут; код — для одного телефона. Браузер предупредит о сертификате: продолжайте. На странице должен быть код ${text(offer['code'])}: если там другой, закройте её.`,
  });
  return [...shown, ...others, '', how].join('\n');
}

/** Ctrl-C: the QR code is of no more use to anybody who has seen it. */
async function orWithdraw<T>(cli: Cli, id: string, work: () => Promise<T>): Promise<T> {
  const stop = (): void => {
    cli.call('DELETE', `/v1/phones/pairings/${encodeURIComponent(id)}`).then(
      () => process.exit(130),
      () => process.exit(130),
    );
  };
  process.once('SIGINT', stop);
  try {
    return await work();
  } finally {
    process.removeListener('SIGINT', stop);
  }
}

/** Waits until a phone has come that far. */
async function waitForPhone(cli: Cli, id: string, until: 'arrived' | 'paired'): Promise<Record<string, unknown>> {
  for (;;) {
    const { body } = await cli.call('GET', `/v1/phones/pairings/${encodeURIComponent(id)}`);
    const pairing = isRecord(body) ? body : {};
    const phone = isRecord(pairing['phone']) ? pairing['phone'] : undefined;
    if (phone !== undefined && (pairing['state'] === until || pairing['state'] === 'paired')) return phone;
    if (pairing['state'] === 'over') {
      cli.err(cli.say({ en: 'no phone came within two minutes: run the command again', ru: 'за две минуты телефон не появился: выполните команду ещё раз' }));
      throw new ExitError(1);
    }
    await sleep(systemClock, ASK_MS);
  }
}

async function compareDigits(cli: Cli, phone: Record<string, unknown>): Promise<void> {
  const id = encodeURIComponent(text(phone['id']));
  const question = cli.say({
    en: `${text(phone['name'])} (${text(phone['model'])}) shows ${text(phone['digits'])}? [y/N] `,
    ru: `На телефоне «${text(phone['name'])}» (${text(phone['model'])}) цифры ${text(phone['digits'])}? [д/Н] `,
  });
  if (!/^(y|yes|д|да)$/i.test(await ask(question))) {
    await cli.call('DELETE', `/v1/phones/${id}`);
    cli.err(cli.say({ en: 'not paired', ru: 'не сопряжён' }));
    throw new ExitError(1);
  }
  await cli.call('POST', `/v1/phones/${id}/confirm`);
}

async function ask(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    // Ctrl-C or Ctrl-D: not a yes
    return (await Promise.race([lines.question(question), once(lines, 'close').then(() => '')])).trim();
  } finally {
    lines.close();
  }
}

/** Of the running daemon, else of its file. */
export async function listPhones(cli: Cli): Promise<void> {
  const state = stateFolderAt(cli.statePath);
  const body = lockHolder(state) === undefined ? phonesAtRest(state) : (await cli.call('GET', '/v1/phones')).body;
  const rows = isRecord(body) ? list(body['phones']) : [];
  const own = text(isRecord(body) ? body['tillId'] : '');
  const phones = (): string =>
    rows.length === 0
      ? cli.say({ en: 'no phone is paired', ru: 'сопряжённых телефонов нет' })
      : table(rows.map((row) => [text(row['id']), text(row['name']), text(row['model']), text(row['till'] ?? '-'), row['connected'] === true ? cli.say({ en: 'connected', ru: 'на связи' }) : text(row['lastSeen'] ?? '-')]));
  // the till's key is made by the first `run` with a phone's reader
  const till = (): string =>
    own === ''
      ? cli.say({ en: 'this till has no name for `relay` of another machine yet: its first `run` with a `mobile` reader makes it', ru: 'имени для `relay` на другой машине у этой кассы ещё нет: оно появится при первом `run` со сканером типа `mobile`' })
      : cli.say({ en: `this till for \`relay\` of another machine: ${own}`, ru: `эта касса для \`relay\` на другой машине: ${own}` });
  cli.result(body, () => `${phones()}\n${till()}`);
}

export async function renamePhone(cli: Cli, id: string, name: string | undefined, { till }: MobileRenameOptions): Promise<void> {
  const change = { ...(name === undefined ? {} : { name }), ...(till === undefined ? {} : { till: till === 'default' ? null : till }) };
  const { body } = await cli.call('PATCH', `/v1/phones/${encodeURIComponent(id)}`, change);
  cli.result(body, () => cli.say({ en: 'changed', ru: 'изменено' }));
}

/** Without a daemon too: a lost phone must not wait for one. */
export async function revokePhone(cli: Cli, id: string): Promise<void> {
  const state = stateFolderAt(cli.statePath);
  if (lockHolder(state) !== undefined) await cli.call('DELETE', `/v1/phones/${encodeURIComponent(id)}`);
  else if (!(await revokeAtRest(state, id))) throw new TillbridgeError('TB_API_NOT_FOUND', { what: `phone ${id.slice(0, 16)}` });
  cli.result({ id, revoked: true }, () => cli.say({ en: 'revoked', ru: 'отозван' }));
}
