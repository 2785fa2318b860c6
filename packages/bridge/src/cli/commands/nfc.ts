import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';
import { deadline, Masked, silentLog, systemClock, TillbridgeError } from '@tillbridge/core';
import { classifyAtr, inferUidRule, narrowUidRules, openInspector, uidDoubt, unwireProblem, type InspectedCard, type Inspector, type InspectOptions, type UidOptions } from '@tillbridge/readers/nfc';
import { nfcOptions } from '../../daemon/nfc-part.js';
import { nativeFolders } from '../../daemon/native-folders.js';
import { ExitError, type Cli } from '../cli.js';
import { table } from '../format.js';
import type { LearnOptions, NfcOptions } from '../register-nfc.js';
import { nfcInstallCommand } from '../nfc-install.js';

/** Finds the rule that makes the number that the till shows out of the UID of a card. */
export async function learn(cli: Cli, options: LearnOptions): Promise<void> {
  // only what may carry the number itself; wallet passes and apps carry no card number to learn
  await withCards(cli, options, { read: ['ndef'] }, async (next) => {
    let rules: readonly UidOptions[] | undefined;
    const numbers = [...(options.number ?? [])];
    for (let cards = 0; ; cards += 1) {
      cli.err(cli.say({ en: `hold card ${cards + 1} to the reader`, ru: `приложите карту ${cards + 1} к считывателю` }));
      const card = await next();
      const number = numbers.shift() ?? (await ask(cli));
      if (card.outcome.kind === 'read' && card.outcome.code === number) {
        cli.result({ read: ['ndef'], rules: [] }, () => cli.say({ en: 'the tag carries this number itself:\n  read: [ndef]', ru: 'номер записан на самой метке:\n  read: [ndef]' }));
        return;
      }
      const uid = plainUid(card);
      rules = rules === undefined ? inferUidRule(uid, number) : narrowUidRules(rules, uid, number);
      if (rules.length === 0) throw new TillbridgeError('TB_READER_NFC_NO_RULE');
      // several fit one card by chance: a second card decides
      if (numbers.length > 0 || (rules.length > 1 && options.number === undefined && process.stdin.isTTY && cards < 2)) continue;
      say(cli, rules, cards + 1);
      return;
    }
  });
}

function plainUid({ uid, atr }: InspectedCard): Uint8Array {
  const card = classifyAtr(atr);
  const doubt = uid === undefined || card.kind === 'unknown' ? 'none' : uidDoubt(uid, card.kind === 'storage' ? card.standard : 'isoDep');
  if (uid === undefined || doubt !== undefined) throw new TillbridgeError('TB_READER_NFC_NO_UID');
  return uid;
}

function say(cli: Cli, rules: readonly UidOptions[], cards: number): void {
  cli.result({ read: ['uid'], rules, cards }, () => {
    const lines = rules.map((rule) => `  uid: ${inYaml(rule)}`);
    const [first = '', ...others] = lines;
    if (others.length === 0) return cli.say({ en: `under the NFC reader:\n${first}`, ru: `в настройки считывателя NFC:\n${first}` });
    const rest = others.join('\n');
    return cli.say({
      en: `several rules give this number; the first is the likeliest, a second card decides (--number for each):\n${first}\n${rest}`,
      ru: `подходит несколько правил, вероятнее первое; точно покажет вторая карта (--number для каждой):\n${first}\n${rest}`,
    });
  });
}

function inYaml(rule: UidOptions): string {
  return `{ ${Object.entries(rule).map(([key, value]) => `${key}: ${typeof value === 'string' ? quoted(value) : String(value)}`).join(', ')} }`;
}

/** Bare where YAML keeps it a text. */
function quoted(value: string): string {
  return /^[a-z][a-z0-9]*$/i.test(value) ? value : JSON.stringify(value);
}

async function ask(cli: Cli): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const closed = once(lines, 'close').then(() => undefined);
    const answer = await Promise.race([lines.question(cli.say({ en: 'its number, as the till shows it: ', ru: 'её номер, как показывает касса: ' })), closed]);
    if (answer === undefined || answer.trim() === '') throw new ExitError(1);
    return answer.trim();
  } finally {
    lines.close();
  }
}

/** One card, for support: what it is and how reading it went. Nothing that the card says is shown. */
export async function dump(cli: Cli, options: NfcOptions): Promise<void> {
  await withCards(cli, options, {}, async (next) => {
    cli.err(cli.say({ en: 'hold the card or phone to the reader', ru: 'приложите карту или телефон к считывателю' }));
    const card = await next();
    const document = described(cli, card);
    const { steps, ...head } = document;
    cli.result(document, () =>
      [
        table(Object.entries(head).map(([name, value]) => [name, typeof value === 'object' ? JSON.stringify(value) : String(value)])),
        table(steps.map(({ way, command, status, bytes, ms }) => [way, command, status, `${bytes} B`, `${ms} ms`])),
      ].join('\n\n'),
    );
  });
}

function described(cli: Cli, { reader, atr, uid, outcome }: InspectedCard) {
  const { steps } = outcome;
  const head = { reader, atr: Buffer.from(atr).toString('hex'), card: classifyAtr(atr), uid: uid === undefined ? 'none' : `${uid.length} bytes` };
  if (outcome.kind === 'read') {
    const { source, code, name, tookMs, cardMs } = outcome;
    return { ...head, result: 'read', source, ...(name === undefined ? {} : { name }), code: new Masked(code).masked, characters: code.length, tookMs: tenth(tookMs), cardMs: tenth(cardMs), steps };
  }
  const problem = outcome.problem === undefined ? undefined : unwireProblem(outcome.problem);
  return { ...head, result: outcome.reason, ...(outcome.hint === undefined ? {} : { hint: outcome.hint }), ...(problem === undefined ? {} : { problem: `${problem.code}: ${problem.text(cli.lang)}` }), steps };
}

function tenth(ms: number): number {
  return Math.round(ms * 10) / 10;
}

async function withCards(cli: Cli, options: NfcOptions, chain: Partial<InspectOptions>, work: (next: () => Promise<InspectedCard>) => Promise<void>): Promise<void> {
  const inspector = await open(cli, { ...(await settings(cli, options)), ...chain });
  const stop = new AbortController();
  const interrupt = (): void => stop.abort();
  process.once('SIGINT', interrupt);
  try {
    cli.err(inspector.readers.join('\n'));
    await work(async () => {
      const limit = deadline(systemClock, options.timeout * 1000, stop.signal);
      return inspector.next(limit.signal, options.timeout).finally(() => limit.dispose());
    });
  } finally {
    process.off('SIGINT', interrupt);
    await inspector.close();
  }
}

async function open(cli: Cli, options: InspectOptions): Promise<Inspector> {
  try {
    return await openInspector(options, { clock: systemClock, log: silentLog, folders: nativeFolders(cli.statePath) });
  } catch (error) {
    if (error instanceof TillbridgeError && error.code === 'TB_NATIVE_MISSING') cli.err(nfcInstallCommand(cli.statePath));
    throw error;
  }
}

/** Those of the configuration's contactless reader, where there is one; a card can be looked at without any. */
async function settings(cli: Cli, { reader, device }: NfcOptions): Promise<InspectOptions> {
  const match = device === undefined ? {} : { match: { name: device } };
  const configured = await configuredReader(cli, reader);
  if (configured === undefined) return { id: 'nfc', ...match };
  return { ...nfcOptions(configured), ...match };
}

async function configuredReader(cli: Cli, id: string | undefined) {
  let config;
  try {
    ({ config } = await cli.loadConfig());
  } catch (error) {
    // asked for by name: then it has to be there
    if (id !== undefined || cli.options.config !== undefined) throw error;
    return undefined;
  }
  const found = config.readers.filter((reader) => reader.type === 'nfc').find((reader) => id === undefined || reader.id === id);
  if (found === undefined && id !== undefined) throw new TillbridgeError('TB_CONFIG_USAGE', { problem: `there is no NFC reader ${id} in the configuration` });
  return found;
}
