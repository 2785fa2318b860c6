import { TillbridgeError, type Language, type ProbeRow } from '@tillbridge/core';
import type { ScannerDevice } from '@tillbridge/readers/discovery';
import { matchesUsb } from '@tillbridge/readers/usb';
import type { HidReaderConfig, KeyboardReaderConfig, SerialReaderConfig } from '../config/index.js';
import type { Text } from '../config/texts.js';
import { adviceOf, NOTHING_FOUND } from './advice.js';

export type ScannerConfig = SerialReaderConfig | HidReaderConfig | KeyboardReaderConfig;

/**
 * Whether a configured scanner would be found and could be opened, and the next step if not. Pure: `devices` is what is connected, `node` what
 * the reader itself would open.
 */
export function scannerRow(reader: ScannerConfig, devices: readonly ScannerDevice[], language: Language, node?: FoundNode): ProbeRow {
  const id = `reader ${reader.id}`;
  const row = (level: ProbeRow['level'], text: Text, remedy?: Text): ProbeRow => ({ level, id, text: text[language], ...(remedy === undefined ? {} : { remedy: remedy[language] }) });
  const found = devices.filter((device) => isMeant(reader, device));
  // what this type of reader opens; a scanner in another mode is worth a word only where there is none in the right one
  const fitting = found.filter((device) => fits(reader, device));
  const [device, second] = fitting;
  // unknown to the list, and named by the configuration: nothing is wrong with that
  if (found.length === 0 && node !== undefined) {
    const error = new TillbridgeError('TB_READER_USB_NO_PERMISSION', { reader: reader.id, path: node.path });
    return node.allowed ? row('ok', { en: node.path, ru: node.path }) : row('fail', { en: error.text('en'), ru: error.text('ru') }, { en: error.remedy('en'), ru: error.remedy('ru') });
  }
  if (device === undefined) return missing(reader, found.length > 0 ? found : devices, row);
  if (second !== undefined) {
    const error = new TillbridgeError('TB_READER_USB_MATCH_SEVERAL', { reader: reader.id, match: describe(reader), found: fitting.map((one) => `${one.path} (port ${one.port ?? '?'})`).join(', ') });
    return row('fail', { en: error.text('en'), ru: error.text('ru') }, { en: error.remedy('en'), ru: error.remedy('ru') });
  }
  const shown = `${device.name}  ${device.path}`;
  const [step] = adviceOf(device);
  if (device.usable === 'busy') return row('fail', { en: `${shown}: another program holds it`, ru: `${shown}: занят другой программой` }, step);
  if (device.usable === 'noPermission') return row('fail', { en: `${shown}: no permission to open it`, ru: `${shown}: нет прав на открытие` }, step);
  return row('ok', { en: shown, ru: shown });
}

/** What a reader would open. */
export interface FoundNode {
  readonly path: string;
  /** Whether this user may. */
  readonly allowed: boolean;
}

type Row = (level: ProbeRow['level'], text: Text, remedy?: Text) => ProbeRow;

function missing(reader: ScannerConfig, others: readonly ScannerDevice[], row: Row): ProbeRow {
  const other = others.find(({ mode }) => mode !== 'unknown');
  if (other === undefined) return row('fail', { en: 'no scanner is connected', ru: 'сканер не подключён' }, NOTHING_FOUND);
  const { problem, name, path } = other;
  const text: Text =
    problem !== undefined && other.usable === 'wrongMode'
      ? { en: problem.text('en'), ru: problem.text('ru') }
      : { en: `no scanner for \`type: ${reader.type}\` (${describe(reader)}) is connected; there is ${name}  ${path}`, ru: `для \`type: ${reader.type}\` (${describe(reader)}) сканера нет; подключён ${name}  ${path}` };
  return row('fail', text, adviceOf(other)[0]);
}

/** A scanner that types has a HID interface too; only one that a HID reader can read fits one. */
function fits({ type }: ScannerConfig, { nodes, usable, reader }: ScannerDevice): boolean {
  if (usable === 'wrongMode') return false;
  return type === 'hid' ? reader?.type === 'hid' : nodes.some(({ kind }) => kind === type);
}

function isMeant(reader: ScannerConfig, device: ScannerDevice): boolean {
  const { path, match } = reader;
  if (path !== undefined) return device.path === path || device.stablePath === path || device.nodes.some((node) => node.path === path);
  return match === undefined ? device.profile !== undefined : matchesUsb(match, device);
}

function describe({ path, match }: ScannerConfig): string {
  return path ?? (match === undefined ? 'auto' : Object.entries(match).map(([key, value]) => `${key} ${value}`).join(', '));
}
