import { TillbridgeError, type ProbeRow } from '@tillbridge/core';
import { helperPath } from '@tillbridge/readers/windows-keys';
import type { KeyboardReaderConfig } from '../../config/index.js';
import type { Cli } from '../cli.js';

/** A scanner in keyboard mode on Windows: no list shows it, so what can be said is whether its keys could be taken, and what the scanner has to be set to. */
export function windowsKeysRow(cli: Pick<Cli, 'say' | 'lang'>, { id: reader, prefix }: KeyboardReaderConfig, helper: string | undefined = helperPath()): ProbeRow {
  const id = `reader ${reader}`;
  if (helper === undefined) {
    const error = new TillbridgeError('TB_READER_KEYBOARD_NO_HELPER', { reader });
    return { level: 'fail', id, text: `${error.code}: ${error.text(cli.lang)}`, remedy: error.remedy(cli.lang) };
  }
  if (prefix === 'none') {
    return {
      level: 'warn',
      id,
      text: cli.say({ en: 'without a prefix the scanner is known by its pace alone: what is typed by hand arrives late', ru: 'без префикса сканер узнаётся только по темпу: набранное вручную приходит с задержкой' }),
      remedy: cli.say({ en: 'set the scanner to type F13 before each read and take `prefix: none` out', ru: 'настройте сканер вводить F13 перед каждым чтением и уберите `prefix: none`' }),
    };
  }
  return { level: 'ok', id, text: cli.say({ en: `takes what stands between ${prefix} and Enter; the scanner must type ${prefix} before each read`, ru: `забирает то, что введено между ${prefix} и Enter; сканер должен вводить ${prefix} перед каждым чтением` }) };
}
