import { sleep, systemClock } from '@tillbridge/core';
import { listSerialDevices, type SerialDevice } from '@tillbridge/readers';
import type { Cli } from '../cli.js';
import { table } from '../format.js';

/** How often `--watch` looks, in ms. */
const WATCH_MS = 1000;

export async function devices(cli: Cli, options: { readonly watch?: boolean }): Promise<void> {
  let known = await listSerialDevices();
  if (options.watch !== true) {
    cli.result({ devices: known }, () => devicesText(cli, known));
    return;
  }
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  process.once('SIGTERM', () => stop.abort());
  for (const device of known) cli.out(changeText(cli, 'present', device));
  for (;;) {
    await sleep(systemClock, WATCH_MS, stop.signal);
    if (stop.signal.aborted) return;
    const now = await listSerialDevices();
    for (const device of now) if (!known.some(({ path }) => path === device.path)) cli.out(changeText(cli, 'added', device));
    for (const device of known) if (!now.some(({ path }) => path === device.path)) cli.out(changeText(cli, 'removed', device));
    known = now;
  }
}

function changeText(cli: Cli, event: string, device: SerialDevice): string {
  return cli.json ? JSON.stringify({ event, ...device }) : `${event}  ${table([row(device)])}`;
}

function row(device: SerialDevice): string[] {
  const usb = device.vid === undefined ? '' : `${device.vid}:${device.pid ?? '????'}`;
  const name = device.known === undefined ? (device.product ?? '') : `${device.known.name} (${device.known.mode})`;
  return [device.path, usb, device.serial ?? '', name, device.usable, device.remedy ?? ''];
}

function devicesText(cli: Cli, found: readonly SerialDevice[]): string {
  if (found.length > 0) return table(found.map(row));
  return cli.say({
    en: 'no serial scanner found\nplug the scanner in; if it types like a keyboard, switch it to USB serial (CDC) mode with the code in its manual',
    ru: 'последовательных сканеров не найдено\nподключите сканер; если он работает как клавиатура, переведите его в режим USB COM (CDC) кодом из его инструкции',
  });
}
