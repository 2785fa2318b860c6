import { existsSync } from 'node:fs';
import { silentLog, systemClock, TillbridgeError, type ProbeRow } from '@tillbridge/core';
import { probeSerialPath, type ScannerDevice, type SerialProbe } from '@tillbridge/readers/discovery';
import type { DeviceProfile } from '@tillbridge/readers/profiles';
import { CertificatePinFile, lockHolder, openCards, readSources, stateFolderAt } from '@tillbridge/store';
import type { Config, LoadedConfig, MobileReaderConfig, NfcReaderConfig, ReaderConfig } from '../../config/index.js';
import { idleContext, standardParts, translatorId } from '../../daemon/parts.js';
import { Platforms } from '../../daemon/translators/platforms.js';
import { scannerRow } from '../../devices/check-reader.js';
import { foundNode, surveyScanners } from '../../devices/survey.js';
import { RefusedConfigError } from '../../daemon/refused-config.js';
import { ExitError, type Cli, type Text } from '../cli.js';
import { isRecord, list, table, text } from '../format.js';
import { loadConfigFile } from '../config-file.js';
import { findConfig } from '../find-config.js';
import { catalogueRows } from './doctor-1c.js';
import { apiRow, stationsRow } from './doctor-api.js';
import { goodsRows } from './doctor-keyboard.js';
import { nativeRows } from './doctor-native.js';
import { receiptRows } from './receipts.js';

/** One till's or translator's checks have this long, in ms. */
const PROBE_MS = 5000;

/** Everything that could stop a sale, each with what to do; exit 1 where something would. */
export async function doctor(cli: Cli): Promise<void> {
  const rows = await doctorRows(cli);
  const failed = rows.some((row) => row.level === 'fail');
  cli.result({ ok: !failed, rows }, () => table(rows.map((row) => [row.level.padEnd(4), row.id, row.remedy === undefined ? row.text : `${row.text}: ${row.remedy}`])));
  if (failed) throw new ExitError(1);
}

/** The rows alone. Never rejects for what it finds. */
export async function doctorRows(cli: Cli): Promise<readonly ProbeRow[]> {
  const rows: ProbeRow[] = [...nodeRow()];
  const loaded = configRows(cli, rows);
  stateRows(cli, rows);
  if (loaded !== undefined) {
    const { config, profiles } = loaded;
    rows.push(...(await nativeRows(config)));
    const live = await liveRows(cli, config);
    rows.push(...(live ?? [...(await readerRows(cli, config, profiles)), ...(await tillRows(cli, config)), await apiRow(cli, config), await stationsRow(cli, config), ...(config.receipts.mode === 'report' ? receiptRows(cli) : [])]));
    rows.push(...(await phoneRows(cli, config, live !== undefined)));
    if (live !== undefined) rows.push(...(await catalogueRows(config, AbortSignal.timeout(PROBE_MS))));
    rows.push(...goodsRows(config, (text) => cli.say(text)));
    rows.push(...tableRows(cli, config), ...(live === undefined ? syncRows(cli, config) : []), ...(await platformRows(cli, config)));
    if (live === undefined) rows.push(...(await pluginRows(cli, config)));
  }
  return rows;
}

function nodeRow(): ProbeRow[] {
  return [{ level: 'ok', id: 'node', text: `Node.js ${process.versions.node} on ${process.platform}-${process.arch}` }];
}

function errorRow(cli: Cli, id: string, error: unknown): ProbeRow {
  if (!(error instanceof TillbridgeError)) return { level: 'fail', id, text: error instanceof Error ? error.message : String(error) };
  return { level: 'fail', id, text: `${error.code}: ${error.text(cli.lang)}`, remedy: error.remedy(cli.lang) };
}

function configRows(cli: Cli, rows: ProbeRow[]): LoadedConfig | undefined {
  try {
    const path = findConfig(cli.options.config);
    const loaded = loadConfigFile(path, cli.lang, cli.statePath);
    rows.push({ level: 'ok', id: 'config', text: path });
    for (const warning of loaded.warnings) rows.push({ level: 'warn', id: 'config', text: `${warning.keyPath}: ${warning.message}` });
    return loaded;
  } catch (error) {
    if (error instanceof RefusedConfigError) for (const problem of error.problems) rows.push({ level: 'fail', id: 'config', text: problem });
    rows.push(errorRow(cli, 'config', error));
    return undefined;
  }
}

function stateRows(cli: Cli, rows: ProbeRow[]): void {
  const state = stateFolderAt(cli.statePath);
  const holder = existsSync(state.path) ? lockHolder(state) : undefined;
  const running = holder === undefined ? cli.say({ en: 'no daemon running', ru: 'демон не запущен' }) : `pid ${holder.pid}`;
  rows.push({ level: 'ok', id: 'state', text: `${state.path} (${running})` });
  for (const warning of state.warnings) rows.push({ level: 'warn', id: 'state', text: warning.text(cli.lang), remedy: warning.remedy(cli.lang) });
}

/** What a running daemon says of its parts: it holds the ports, so nobody else can try them. */
async function liveRows(cli: Cli, config: Config): Promise<ProbeRow[] | undefined> {
  try {
    const { body } = await cli.call('GET', '/v1/health');
    if (!isRecord(body)) return undefined;
    const rows: ProbeRow[] = list(body['parts']).map((part) => ({
      // a till that works and that no cashier program listens to is worth a word
      level: part['health'] === 'down' ? 'fail' : part['health'] === 'healthy' && part['reason'] === undefined ? 'ok' : 'warn',
      id: `${text(part['part'])} ${text(part['id'])}`,
      text: [text(part['status']), text(part['detail'] ?? ''), text(part['reason'] ?? '')].filter((word) => word !== '').join(': '),
      ...(part['remedy'] === undefined ? {} : { remedy: text(part['remedy']) }),
    }));
    const asked = await Promise.all(config.tills.filter(knowsMore).map(({ id }) => runningRows(cli, id)));
    return [...rows, ...asked.flat()];
  } catch {
    return undefined;
  }
}

/** Tills whose other side calls us, or whose screen the daemon or its agent sees: only the running daemon knows. The others would have to open what the daemon holds. */
function knowsMore({ adapter }: Config['tills'][number]): boolean {
  return adapter === 'iiko' || adapter === 'keyboard';
}

async function runningRows(cli: Cli, till: string): Promise<ProbeRow[]> {
  try {
    const { body } = await cli.call('GET', `/v1/tills/${encodeURIComponent(till)}/probe`);
    return list(isRecord(body) ? body['rows'] : undefined).map((row) => ({
      level: row['level'] === 'fail' ? 'fail' : row['level'] === 'warn' ? 'warn' : 'ok',
      id: text(row['id']),
      text: text(row['text']),
      ...(row['remedy'] === undefined ? {} : { remedy: text(row['remedy']) }),
    }));
  } catch (error) {
    return [errorRow(cli, `till ${till}`, error)];
  }
}

async function readerRows(cli: Cli, config: Config, profiles: readonly DeviceProfile[]): Promise<ProbeRow[]> {
  let seen: Promise<readonly ScannerDevice[]> | undefined;
  const scanners = (): Promise<readonly ScannerDevice[]> => (seen ??= surveyScanners(profiles));
  const rows = await Promise.all(config.readers.filter((reader) => reader.type !== 'mobile').map(async (reader) => (reader.type === 'nfc' ? (await import('./doctor-nfc.js')).nfcRows(cli, reader) : [await readerRow(cli, reader, scanners, profiles)])));
  return rows.flat();
}

/** Addresses, ports and certificate for phones: worth a look also while a daemon serves them. */
async function phoneRows(cli: Cli, config: Config, running: boolean): Promise<readonly ProbeRow[]> {
  const reader = config.readers.find(({ type }) => type === 'mobile');
  return reader?.type === 'mobile' ? (await import('./doctor-mobile.js')).mobileRows(cli, reader, running) : [];
}

async function readerRow(cli: Cli, reader: Exclude<ReaderConfig, NfcReaderConfig | MobileReaderConfig>, scanners: () => Promise<readonly ScannerDevice[]>, profiles: readonly DeviceProfile[]): Promise<ProbeRow> {
  const id = `reader ${reader.id}`;
  if (reader.type === 'tcp') return { level: 'ok', id, text: reader.listen === undefined ? `connects to ${reader.connect ?? ''}` : `listens on ${reader.listen}` };
  if (reader.type === 'plugin') return { level: 'ok', id, text: `${reader.package} ${reader.found?.version ?? ''}` };
  if (reader.type === 'till') return { level: 'ok', id, text: `the program of till ${reader.till} hands its reads over through the API` };
  if (reader.type === 'keyboard' && process.platform === 'win32') return (await import('./doctor-windows-keys.js')).windowsKeysRow(cli, reader);
  // a path need not be USB, nor in any list
  if (reader.type !== 'serial' || reader.path === undefined) return scannerRow(reader, await scanners(), cli.lang, await foundNode(reader, profiles));
  const found = await probeSerialPath(reader.path);
  if (found === 'ok') return { level: 'ok', id, text: reader.path };
  return { level: 'fail', id, text: `${reader.path}: ${found}`, remedy: cli.say(SERIAL_REMEDIES[found]) };
}

const SERIAL_REMEDIES: Readonly<Record<Exclude<SerialProbe, 'ok'>, Text>> = {
  missing: { en: 'plug the scanner in or correct the path; `tillbridge devices` lists what is connected', ru: 'подключите сканер или исправьте путь; подключённое показывает `tillbridge devices`' },
  busy: { en: 'another program has the port open: close it, or let it own the scanner', ru: 'порт занят другой программой: закройте её' },
  noPermission: { en: 'add this user to the group of the device (usually dialout) and log in again', ru: 'добавьте пользователя в группу устройства (обычно dialout) и войдите заново' },
  notSerial: { en: 'this path is not a serial port; see `tillbridge devices`', ru: 'это не последовательный порт; смотрите `tillbridge devices`' },
};

async function tillRows(cli: Cli, config: Config): Promise<ProbeRow[]> {
  const state = stateFolderAt(cli.statePath);
  const cards = openCards({ file: state.file('cards.db') });
  const known = new CertificatePinFile(state);
  // looking must not decide whom we trust from now on
  const pins = { get: (server: string) => known.get(server), put: () => Promise.resolve() };
  const context = idleContext({ clock: systemClock, log: silentLog, cards, pins });
  const rows = await Promise.all(
    config.tills.map(async (till) => {
      const { adapter } = await standardParts.till(till, context);
      try {
        const found = await adapter.probe(AbortSignal.timeout(PROBE_MS));
        return found.map((row) => ({ ...row, id: row.id.includes(till.id) ? row.id : `till ${till.id} ${row.id}` }));
      } catch (error) {
        return [errorRow(cli, `till ${till.id}`, error)];
      } finally {
        await adapter.close();
      }
    }),
  );
  cards.close();
  return rows.flat();
}

/** One look-up at each platform that has a sample code; what it says is masked. */
async function platformRows(cli: Cli, config: Config): Promise<ProbeRow[]> {
  if (!config.translators.some(({ type }) => type === 'http')) return [];
  const platforms = new Platforms({ clock: systemClock, log: silentLog });
  try {
    await platforms.prepare(config, translatorId);
    await platforms.settle();
    const budget = Math.max(PROBE_MS, ...platforms.all().map(({ client }) => client.timeoutMs + 1000));
    const rows = await Promise.all(platforms.all().map(async (platform) => platform.probe?.(AbortSignal.timeout(budget)) ?? []));
    return rows.flat();
  } catch (error) {
    return [errorRow(cli, 'platforms', error)];
  } finally {
    await platforms.close();
  }
}

/** Translators that are plugins, each started once. */
async function pluginRows(cli: Cli, config: Config): Promise<readonly ProbeRow[]> {
  if (!config.translators.some(({ type }) => type === 'plugin')) return [];
  const { PluginDesk } = await import('../../daemon/plugins/plugin-desk.js');
  const plugins = new PluginDesk({ clock: systemClock, log: silentLog, random: () => 0 });
  try {
    await plugins.prepare(config, translatorId);
    await plugins.settle();
    const rows = await Promise.all(plugins.all().map((translator) => translator.probe(AbortSignal.timeout(PROBE_MS))));
    return rows.flat();
  } catch (error) {
    return [errorRow(cli, 'plugins', error)];
  } finally {
    await plugins.close();
  }
}

/** What the feeds have brought so far; how they are doing only the daemon knows, which tells it above. */
function syncRows(cli: Cli, config: Config): ProbeRow[] {
  if (config.sync.length === 0) return [];
  try {
    const sources = readSources(stateFolderAt(cli.statePath).file('cards.db'));
    return config.sync.map(({ id }) => {
      const rows = sources.find(({ name }) => name === id)?.rows ?? 0;
      if (rows > 0) return { level: 'ok', id: `sync ${id}`, text: `${rows} cards` };
      const remedy = cli.say({ en: 'start the daemon: it fetches them by itself; `tillbridge status` shows how it is doing', ru: 'запустите демон: он загрузит их сам; ход показывает `tillbridge status`' });
      return { level: 'warn', id: `sync ${id}`, text: cli.say({ en: 'no cards yet', ru: 'карт ещё нет' }), remedy };
    });
  } catch (error) {
    return [errorRow(cli, 'sync', error)];
  }
}

function tableRows(cli: Cli, config: Config): ProbeRow[] {
  if (!config.translators.some(({ type }) => type === 'table')) return [];
  const cards = openCards({ file: stateFolderAt(cli.statePath).file('cards.db') });
  try {
    const { total } = cards.stats();
    const remedy = 'fill it: tillbridge cards import FILE';
    return [total === 0 ? { level: 'warn', id: 'cards', text: 'the card table is empty', remedy } : { level: 'ok', id: 'cards', text: `${total} cards` }];
  } catch (error) {
    return [errorRow(cli, 'cards', error)];
  } finally {
    cards.close();
  }
}
