import { silentLog, sleep, systemClock } from '@tillbridge/core';
import type { ScannerDevice } from '@tillbridge/readers/discovery';
import { builtInProfiles, mergeProfiles, type DeviceProfile } from '@tillbridge/readers/profiles';
import type { Config } from '../../config/index.js';
import { contactlessText, contactlessView } from '../../devices/contactless.js';
import { surveyScanners } from '../../devices/survey.js';
import { udevRules, type NamedDevice } from '../../devices/udev-rules.js';
import { changesOf, changeText, devicesText, deviceView, type DeviceEvent } from '../../devices/view.js';
import { nativeFolders } from '../../daemon/native-folders.js';
import type { Cli } from '../cli.js';
import { nfcInstallCommand } from '../nfc-install.js';

/** How often `--watch` looks, in ms. */
const WATCH_MS = 500;

export async function devices(cli: Cli, options: { readonly watch?: boolean }): Promise<void> {
  const own = (await cli.optionalConfig())?.profiles ?? [];
  const found = await surveyScanners(own);
  if (options.watch === true) {
    await watch(cli, own, found);
    return;
  }
  const { surveyNfc } = await import('@tillbridge/readers/nfc');
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
export async function rules(cli: Cli, options: { readonly group: string }): Promise<void> {
  const loaded = await cli.optionalConfig();
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
