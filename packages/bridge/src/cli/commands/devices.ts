import { silentLog, sleep, systemClock } from '@tillbridge/core';
import { builtInProfiles, mergeProfiles, surveyNfc, type DeviceProfile, type ScannerDevice } from '@tillbridge/readers';
import type { Config } from '../../config/index.js';
import { contactlessText, contactlessView } from '../../devices/contactless.js';
import { surveyScanners } from '../../devices/survey.js';
import { udevRules, type NamedDevice } from '../../devices/udev-rules.js';
import { changesOf, changeText, devicesText, deviceView, type DeviceEvent } from '../../devices/view.js';
import { nativeFolders } from '../../daemon/native-folders.js';
import type { Cli } from '../cli.js';
import { optionalConfig } from '../config-file.js';
import { nfcInstallCommand } from './doctor-nfc.js';

/** How often `--watch` looks, in ms. */
const WATCH_MS = 500;

export async function devices(cli: Cli, options: { readonly watch?: boolean }): Promise<void> {
  const own = optionalConfig(cli.options.config, cli.lang)?.profiles ?? [];
  const found = await surveyScanners(own);
  if (options.watch === true) {
    await watch(cli, own, found);
    return;
  }
  const cards = await surveyNfc({ clock: systemClock, log: silentLog, folders: nativeFolders(cli.statePath) });
  const install = nfcInstallCommand(cli.statePath);
  const views = [...found.map((device) => deviceView(device, cli.lang)), ...cards.readers.map((reader) => contactlessView(reader, cards, install, cli.lang))];
  cli.result({ devices: views }, () => [...contactlessText(cards, install, cli.lang), devicesText(found, cli.lang)].join('\n\n'));
}

async function watch(cli: Cli, own: readonly DeviceProfile[], first: readonly ScannerDevice[]): Promise<void> {
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  process.once('SIGTERM', () => stop.abort());
  const tell = (event: DeviceEvent, device: ScannerDevice): void =>
    cli.out(cli.json ? JSON.stringify({ event, ...deviceView(device, cli.lang) }) : changeText(event, device, cli.lang));
  for (const device of first) tell('present', device);
  let known = first;
  for (;;) {
    await sleep(systemClock, WATCH_MS, stop.signal);
    if (stop.signal.aborted) return;
    const now = await surveyScanners(own);
    for (const { event, device } of changesOf(known, now)) tell(event, device);
    known = now;
  }
}

/** The udev rules for the known scanners and for those that the configuration names. */
export function rules(cli: Cli, options: { readonly group: string }): void {
  const loaded = optionalConfig(cli.options.config, cli.lang);
  const text = udevRules(mergeProfiles(loaded?.profiles ?? [], builtInProfiles()), loaded === undefined ? [] : namedDevices(loaded.config), options.group);
  cli.result({ path: '/etc/udev/rules.d/70-tillbridge.rules', rules: text }, () => text.trimEnd());
}

function namedDevices({ readers }: Config): readonly NamedDevice[] {
  return readers.flatMap((reader) => {
    if (reader.type !== 'serial' && reader.type !== 'hid' && reader.type !== 'keyboard') return [];
    const { vid, pid } = reader.match ?? {};
    return vid === undefined ? [] : [{ vid, pid }];
  });
}
