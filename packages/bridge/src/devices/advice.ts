import type { ScannerDevice, SuggestedReader } from '@tillbridge/readers/discovery';
import type { Text } from '../config/texts.js';

/** What to do about a device, one step a text; never empty. The first step is the one to take. */
export function adviceOf(device: ScannerDevice): readonly Text[] {
  const { usable, reader, mode } = device;
  if (usable === 'wrongMode') return [...ways(device), ...(mode === 'keyboard' ? [ELSEWHERE] : [])];
  if (usable === 'busy' || usable === 'noPermission') return [problemOf(device)];
  const entry = reader === undefined ? undefined : addReader(reader);
  const use = entry === undefined ? [] : [usable === 'yes' ? entry : { en: `${UNSEEN.en}; ${entry.en}`, ru: `${UNSEEN.ru}; ${entry.ru}` }];
  // it works as it is, and another mode would be better: keys arrive one by one, lose GS easily and cannot be answered
  const better = reader?.type === 'keyboard' ? ways(device).map((way) => ({ en: `better: ${way.en}`, ru: `лучше: ${way.ru}` })) : [];
  return use.length + better.length === 0 ? [UNSEEN] : [...use, ...better];
}

/** For when there is nothing at all. */
export const NOTHING_FOUND: Text = {
  en: 'no scanner found: plug one in and run `tillbridge devices --watch` to see it come\nif one is plugged in, it probably types like a keyboard and its make is not known here: find it with `tillbridge devices learn`,\nor switch it to USB serial (USB-COM, CDC) or HID POS mode with the code from its manual',
  ru: 'сканер не найден: подключите его и запустите `tillbridge devices --watch`, чтобы увидеть, как он появится\nесли сканер подключён, он, скорее всего, работает как клавиатура и его модель здесь неизвестна: найдите его командой `tillbridge devices learn`\nили переведите его в режим USB COM (CDC) либо HID POS кодом из его инструкции',
};

const UNSEEN: Text = { en: 'whether it can be opened shows only when a reader tries', ru: 'открывается ли он, покажет только сам считыватель' };
const ELSEWHERE: Text = {
  en: 'or let it type a prefix key such as F13 before each read and use `type: keyboard` (docs/keyboard.md); on Linux no prefix is needed',
  ru: 'или настройте в нём префикс, например клавишу F13 перед каждым чтением, и задайте `type: keyboard` (docs/keyboard.ru.md); в Linux префикс не нужен',
};
const MANUAL: Text = {
  en: 'switch it to serial (USB-COM, CDC) or HID POS mode with the code from its manual',
  ru: 'переведите его в режим COM-порта (USB-COM, CDC) или HID POS кодом из его инструкции',
};

function ways({ switching }: ScannerDevice): readonly Text[] {
  const known = switching.filter(({ to }) => to === 'serial' || to === 'hidPos');
  return known.length === 0 ? [MANUAL] : known.map(({ to, en, ru }) => ({ en: `${MODES[to].en}: ${en}`, ru: `${MODES[to].ru}: ${ru}` }));
}

function problemOf({ problem, heldBy }: ScannerDevice): Text {
  const by = heldBy === undefined ? '' : ` (pid ${String(heldBy)})`;
  return { en: `${problem?.remedy('en') ?? ''}${by}`, ru: `${problem?.remedy('ru') ?? ''}${by}` };
}

function addReader(reader: SuggestedReader): Text {
  const entry = readerEntry(reader);
  return { en: `works as it is; under \`readers:\` ${entry}`, ru: `работает как есть; в \`readers:\` ${entry}` };
}

/** `- { id: counter, type: hid, match: { vid: "0c2e", pid: "0b67" } }` */
export function readerEntry({ type, path, match }: SuggestedReader): string {
  const where = path === undefined ? `match: { ${Object.entries(match ?? {}).map(([key, value]) => `${key}: ${JSON.stringify(value)}`).join(', ')} }` : `path: ${JSON.stringify(path)}`;
  return `- { id: counter, type: ${type}, ${where} }`;
}

/** The modes, as users call them. */
export const MODES: Readonly<Record<ScannerDevice['mode'], Text>> = {
  hidPos: { en: 'HID POS', ru: 'HID POS' },
  keyboard: { en: 'keyboard', ru: 'клавиатура' },
  serial: { en: 'serial', ru: 'COM-порт' },
  vendor: { en: "maker's own", ru: 'режим производителя' },
  oem: { en: 'OEM (IBM)', ru: 'OEM (IBM)' },
  unknown: { en: 'serial port', ru: 'COM-порт' },
};

export const USABLE: Readonly<Record<ScannerDevice['usable'], Text>> = {
  yes: { en: 'usable', ru: 'готов' },
  busy: { en: 'busy', ru: 'занят' },
  noPermission: { en: 'no permission', ru: 'нет прав' },
  wrongMode: { en: 'wrong mode', ru: 'не тот режим' },
  unknown: { en: 'unknown', ru: 'неизвестно' },
};
