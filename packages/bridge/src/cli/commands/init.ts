import { once } from 'node:events';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { TillbridgeError } from '@tillbridge/core';
import { initialConfig, type DetectedDevice } from '../../config/index.js';
import { surveyScanners } from '../../devices/survey.js';
import { ExitError, type Cli, type Text } from '../cli.js';
import { surroundings } from '../find-config.js';
import type { InitOptions } from '../register.js';

/** Writes a commented configuration; never over an existing one without `--force`. */
export async function init(cli: Cli, options: InitOptions): Promise<void> {
  const path = resolve(cli.options.config ?? join(process.cwd(), 'tillbridge.yaml'));
  if (existsSync(path) && options.force !== true) throw new TillbridgeError('TB_CONFIG_EXISTS', { path });
  const device = await detectedScanner();
  const ask = options.yes === true || !process.stdin.isTTY ? undefined : prompt(cli);
  const usual = device?.type ?? 'serial';
  const reader = options.reader ?? (await ask?.(READER, usual)) ?? usual;
  const till = options.till ?? (await ask?.(TILL, 'virtual-com')) ?? 'virtual-com';
  const text = initialConfig({ till, reader, language: cli.lang, around: surroundings(), ...(device === undefined ? {} : { device }) });
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text, { flag: options.force === true ? 'w' : 'wx' });
  cli.result({ path, reader, till }, () =>
    cli.say({
      en: `wrote ${path}\nnext: tillbridge config check, tillbridge doctor, tillbridge run${reader === 'mobile' ? ', tillbridge mobile pair' : ''}`,
      ru: `записан ${path}\nдальше: tillbridge config check, tillbridge doctor, tillbridge run${reader === 'mobile' ? ', tillbridge mobile pair' : ''}`,
    }),
  );
}

const READER: Text = { en: 'Reader (serial, serial:PORT, hid, keyboard, mobile, tcp:HOST:PORT)', ru: 'Считыватель (serial, serial:ПОРТ, hid, keyboard, mobile, tcp:ХОСТ:ПОРТ)' };
const TILL: Text = { en: 'Till (virtual-com, virtual-com:LINK, 1c, rkeeper, iiko:rmsDiscountCard, keyboard:PROGRAM, client, webhook:URL)', ru: 'Касса (virtual-com, virtual-com:ССЫЛКА, 1c, rkeeper, iiko:rmsDiscountCard, keyboard:ПРОГРАММА, client, webhook:URL)' };

function prompt(cli: Cli): (question: Text, preset: string) => Promise<string> {
  return async (question, preset) => {
    const lines = createInterface({ input: process.stdin, output: process.stderr });
    try {
      const closed = once(lines, 'close').then(() => undefined);
      const answer = await Promise.race([lines.question(`${cli.say(question)} [${preset}]: `), closed]);
      // Ctrl-C or Ctrl-D: not an answer
      if (answer === undefined) throw new ExitError(1);
      return answer.trim() === '' ? preset : answer.trim();
    } finally {
      lines.close();
    }
  };
}

/** The one known scanner that is plugged in and can be read. */
async function detectedScanner(): Promise<DetectedDevice | undefined> {
  const known = (await surveyScanners([]).catch(() => [])).filter(({ profile, reader }) => profile !== undefined && reader !== undefined);
  const [only] = known;
  if (known.length !== 1 || only?.reader === undefined) return undefined;
  const { reader, stablePath, path, name } = only;
  return { type: reader.type, path: reader.path ?? stablePath ?? path, name, ...reader.match };
}
