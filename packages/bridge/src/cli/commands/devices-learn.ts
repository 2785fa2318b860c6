import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { deadline, silentLog, systemClock, TillbridgeError, type ErrorCode } from '@tillbridge/core';
import { listHidNodes, listKeyboardNodes, POS_SCANNER, type ScannerDevice } from '@tillbridge/readers/discovery';
import {
  codeBytes,
  createCapture,
  inferProfile,
  learnCodes,
  type Capture,
  type CaptureSource,
  type LearnCode,
  type LearnDevice,
  type LearnSample,
  type Learnt,
  type LearnTrouble,
} from '@tillbridge/readers/learn';
import { stringify } from 'yaml';
import { PROFILE_FOLDER } from '../../config/profile-folder.js';
import { readerEntry } from '../../devices/advice.js';
import { barModules, drawBars, drawRows, qrModules, sheet } from '../../devices/draw.js';
import { surveyScanners } from '../../devices/survey.js';
import { ExitError, type Cli, type Text } from '../cli.js';
import { existingConfig } from '../find-config.js';
import type { LearnOptions } from '../register-devices.js';

/** Height of printed bars, in modules. */
const BARS_ROWS = 50;
/** Time for one scan, in ms. */
const SCAN_MS = 60_000;

/** Three shown codes are scanned; what the scanner does with them becomes a profile beside the configuration. */
export async function learn(cli: Cli, options: LearnOptions): Promise<void> {
  if (options.sheet !== undefined) return writeSheet(cli, options.sheet);
  const target = await targetOf(cli, options);
  const source = await createCapture(target.node, { clock: systemClock, log: silentLog });
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort(new Error(signal)));
  const samples: LearnSample[] = [];
  try {
    const kind = options.bars === true ? 'bars' : 'qr';
    for (const [i, code] of learnCodes(kind).entries()) {
      cli.err(`${cli.json ? '' : `${await drawing(code, kind)}\n`}${cli.say(SCAN_THIS)} ${i + 1}/3`);
      samples.push({ expected: codeBytes(code), capture: await nextScan(source, stop.signal) });
    }
  } finally {
    await source.close();
  }
  const learnt = inferProfile(target.device, samples);
  if (typeof learnt === 'string') throw new TillbridgeError(TROUBLES[learnt]);
  const path = profilePath(cli, learnt.profile.id);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `# ${cli.say(WRITTEN_BY)}\n${stringify({ profiles: [learnt.profile] }, { lineWidth: 0 })}`);
  cli.result({ path, profile: learnt.profile, gs: learnt.around.gs, prefixHex: hex(learnt.around.prefix), suffixHex: hex(learnt.around.suffix) }, () => story(cli, path, learnt, target.device));
}

const TROUBLES: Readonly<Record<LearnTrouble, ErrorCode>> = {
  otherCode: 'TB_READER_LEARN_OTHER_CODE',
  wrongCase: 'TB_READER_LEARN_CASE',
  wrongLetters: 'TB_READER_LEARN_LETTERS',
  unsteady: 'TB_READER_LEARN_UNSTEADY',
  noLayout: 'TB_READER_LEARN_LAYOUT',
  mixed: 'TB_READER_LEARN_OTHER_CODE',
};

interface Target {
  readonly node: { readonly kind: 'serial' | 'hid' | 'keyboard'; readonly path: string };
  readonly device: LearnDevice;
}

/** The device that was named, else the only one there is. A keyboard is never tried unasked: it might be the one that Ctrl-C is typed on. */
async function targetOf(cli: Cli, { path, name }: LearnOptions): Promise<Target> {
  const scanners = await surveyScanners((await cli.optionalConfig())?.profiles ?? []);
  const [keyboards, hids] = await Promise.all([listKeyboardNodes(), listHidNodes()]);
  const named = (device: ScannerDevice): boolean => device.path === path || device.stablePath === path || device.nodes.some((node) => node.path === path);
  const found = path === undefined ? scanners.filter(({ mode }) => mode !== 'unknown') : scanners.filter(named);
  const [only] = found;
  if (only !== undefined && found.length === 1) {
    const node = only.nodes.find((one) => one.path === (path ?? only.path)) ?? { kind: only.reader?.type ?? 'serial', path: only.path };
    return { node, device: learnDevice(only, name, hids.some(({ path: at, usages }) => at === node.path && usages.includes(POS_SCANNER))) };
  }
  const other = path === undefined ? undefined : [...keyboards, ...hids].find((node) => node.path === path || node.stablePath === path);
  if (other !== undefined) return { node: other, device: learnDevice({ ...other, name: other.product ?? other.path }, name, other.kind === 'hid' && other.usages.includes(POS_SCANNER)) };
  const places = [...found.map((device) => device.path), ...keyboards.map((node) => node.stablePath ?? node.path)];
  throw new TillbridgeError('TB_READER_LEARN_WHICH', { found: places.length === 0 ? '-' : places.join(', ') });
}

function learnDevice(facts: Pick<ScannerDevice, 'vid' | 'pid' | 'serial' | 'name' | 'path'>, name: string | undefined, posUsage: boolean): LearnDevice {
  const { vid, pid, serial, path } = facts;
  if (vid === undefined || pid === undefined) throw new TillbridgeError('TB_READER_LEARN_NO_IDS', { path, entry: readerEntry({ type: 'serial', path }) });
  return { vid, pid, serial, name: (name ?? facts.name).slice(0, 80), posUsage };
}

async function nextScan(source: CaptureSource, stop: AbortSignal): Promise<Capture> {
  const budget = deadline(systemClock, SCAN_MS, stop);
  try {
    return await source.next(budget.signal);
  } catch (error) {
    if (stop.aborted) throw new ExitError(1);
    if (!budget.signal.aborted) throw error;
    throw new TillbridgeError('TB_READER_LEARN_TIMEOUT', { seconds: SCAN_MS / 1000 });
  } finally {
    budget.dispose();
  }
}

async function drawing({ text }: LearnCode, kind: 'qr' | 'bars'): Promise<string> {
  return kind === 'bars' ? drawBars(await barModules(text)) : drawRows(await qrModules(text));
}

const SCAN_THIS: Text = { en: 'scan this code:', ru: 'считайте этот код:' };
const WRITTEN_BY: Text = { en: 'Written by `tillbridge devices learn`. Delete it to forget the device.', ru: 'Записано командой `tillbridge devices learn`. Удалите файл, чтобы забыть устройство.' };

/** Beside the configuration, also where there is none yet. */
function profilePath(cli: Cli, id: string): string {
  const config = existingConfig(cli.options.config) ?? resolve('tillbridge.yaml');
  return join(dirname(resolve(config)), PROFILE_FOLDER, `${id}.yaml`);
}

function story(cli: Cli, path: string, { profile, around, oddSuffix }: Learnt, { vid, pid, serial }: LearnDevice): string {
  const { mode } = profile;
  const type = mode === 'serial' || mode === 'keyboard' ? mode : 'hid';
  const entry = readerEntry({ type, match: { vid, pid, ...(serial === undefined ? {} : { serial }) } });
  const lines: Text[] = [
    { en: `wrote ${path}`, ru: `записан ${path}` },
    { en: `under \`readers:\` ${entry}`, ru: `в \`readers:\` ${entry}` },
  ];
  if (profile.layout !== undefined) lines.push({ en: `layout: ${JSON.stringify(profile.layout)}`, ru: `раскладка: ${JSON.stringify(profile.layout)}` });
  if (profile.keys !== undefined) lines.push({ en: `keys: ${JSON.stringify(profile.keys)}`, ru: `клавиши: ${JSON.stringify(profile.keys)}` });
  if (profile.framing !== undefined) lines.push({ en: `framing: ${JSON.stringify(profile.framing)}`, ru: `framing: ${JSON.stringify(profile.framing)}` });
  if (around.aim) lines.push({ en: 'it sends AIM ids: `symbologies` works in `codes`', ru: 'он передаёт AIM ID: в `codes` работает `symbologies`' });
  if (around.prefix.length > 0) lines.push({ en: `it puts ${hex(around.prefix)} (hex) before each code: your \`match\` has to allow for that`, ru: `перед каждым кодом он ставит ${hex(around.prefix)} (hex): учтите это в \`match\`` });
  if (oddSuffix !== undefined) lines.push({ en: `it ends each code with ${hex(oddSuffix)} (hex), which no \`suffix\` stands for: set it to CR in the scanner`, ru: `каждый код он заканчивает ${hex(oddSuffix)} (hex), такого \`suffix\` нет: задайте в сканере CR` });
  if (around.gs === 'lost') lines.push({ en: 'it loses the separator GS: marked goods would be refused. Switch it on ("transmit GS", "function codes"), or use serial mode', ru: 'он теряет разделитель GS: маркированные товары не пройдут. Включите его передачу («transmit GS», «function codes») или режим COM-порта' });
  return lines.map((line) => cli.say(line)).join('\n');
}

async function writeSheet(cli: Cli, path: string): Promise<void> {
  const squares = learnCodes('qr').map(async ({ text }, i) => ({ title: `${i + 1}/3`, rows: await qrModules(text), size: 4 }));
  const bars = learnCodes('bars').map(async ({ text }, i) => {
    const row = await barModules(text);
    return { title: `${i + 1}/3 --bars`, rows: Array.from({ length: BARS_ROWS }, () => row), size: 2 };
  });
  const codes = await Promise.all([...squares, ...bars]);
  writeFileSync(path, sheet(cli.say({ en: 'Codes to learn a scanner', ru: 'Коды для изучения сканера' }), cli.say(SHEET_INTRO), codes));
  cli.result({ path }, () => cli.say({ en: `wrote ${path}`, ru: `записан ${path}` }));
}

const SHEET_INTRO: Text = {
  en: 'Print this page, run `tillbridge devices learn` and scan the codes in the order in which it asks for them.',
  ru: 'Напечатайте страницу, запустите `tillbridge devices learn` и считывайте коды в том порядке, в каком он их просит.',
};

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
