// Runs in the guest of the USB bench: plugs in scanners and writes down how the kernel shows them.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { group, handOver, until } from '../../usb-bench/guest/group.ts';
import { untilInput, untilNodes } from '../../usb-bench/guest/system.ts';
import { KEYBOARD_DESCRIPTOR, layoutA, LAYOUT_A_DESCRIPTOR, LAYOUT_B_DESCRIPTOR } from '../../usb-bench/players/scanner-reports.ts';

/** The devices behind these nodes and all that stands above them, as text. */
const record = (...nodes: readonly string[]): string => {
  const text = execFileSync('umockdev-record', [...nodes], { encoding: 'utf8', maxBuffer: 1 << 24 });
  assert.match(text, /^P: /m);
  return text;
};

/** The second is longer than a report. */
const READS = ['4607001234567', `https://shop.example/card?number=4607001234574&${'x'.repeat(30)}`];

/** Opens the scanner, says so, says each report that comes, and beeps after the third. */
const DRIVER = `
  const { HIDAsync } = require('node-hid');
  HIDAsync.open(process.env.SCANNER).then((device) => {
    let reports = 0;
    device.on('error', console.error);
    device.on('data', async () => {
      console.log(reports += 1);
      if (reports === 3) await device.write([4, 0x40]);
      if (reports === 4) await device.close();
    });
    console.log('open');
  });
`;

await group('devices', async (bench) => {
  const hid = { kind: 'hid', descriptor: LAYOUT_A_DESCRIPTOR } as const;

  await bench.check('a HID POS scanner of Honeywell', async () => {
    const scanner = await bench.rig.plug('usb', { vid: 0x0c2e, pid: 0x0b67, manufacturer: 'Bench', product: 'Honeywell POS', serial: 'H-1', functions: [hid], port: 0 });
    const [path = ''] = await untilNodes('hidraw', 0x0c2e, 0x0b67);
    handOver('hid-pos.umockdev', record(path));
    // what node-hid and the device say to each other: three reports, a beep, and one more report that tells of the beep
    const driver = spawn('umockdev-record', [`--ioctl=${path}=/run/hid.ioctl`, `--script=${path}=/run/hid.script`, '--', 'node', '-e', DRIVER], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, SCANNER: path },
    });
    const over = once(driver, 'exit');
    let said = '';
    driver.stdout.on('data', (text: Buffer) => (said += text.toString()));
    const lines = (count: number): Promise<unknown> => until(`line ${String(count)}`, () => said.split('\n').length > count);
    await lines(1);
    for (const [index, report] of READS.flatMap((text) => layoutA(text)).entries()) {
      await scanner.send(0, report);
      await lines(index + 2);
    }
    await scanner.saw('a beep', ({ name }) => name === 'output');
    await scanner.send(0, ...layoutA('4607001234581'));
    await over;
    for (const name of ['hid.ioctl', 'hid.script']) handOver(name, readFileSync(`/run/${name}`, 'latin1'));
    await scanner.unplug();
  });

  await bench.check('two of a kind of Newland without serial numbers', async () => {
    const spec = { vid: 0x1eab, pid: 0x8210, manufacturer: 'Bench', product: 'Newland POS', functions: [{ kind: 'hid', descriptor: LAYOUT_B_DESCRIPTOR }] } as const;
    const [left, right] = [await bench.rig.plug('usb', { ...spec, port: 1 }), await bench.rig.plug('usb', { ...spec, port: 2 })];
    handOver('twins.umockdev', record(...(await untilNodes('hidraw', 0x1eab, 0x8210, 2))));
    await left.unplug();
    await right.unplug();
  });

  await bench.check('a scanner in keyboard mode with a HID POS interface beside it', async () => {
    const scanner = await bench.rig.plug('redirecting', { vid: 0x0c2e, pid: 0x0b61, manufacturer: 'Bench', product: 'Honeywell keyboard', serial: 'K-1', port: 3 });
    const nodes = await untilNodes('hidraw', 0x0c2e, 0x0b61, 2);
    handOver('redirecting.umockdev', record(...nodes, await untilInput('Bench Honeywell keyboard')));
    await scanner.unplug();
  });

  await bench.check('a keyboard that only types', async () => {
    const functions = [{ kind: 'hid', descriptor: KEYBOARD_DESCRIPTOR, boot: 'keyboard' }] as const;
    const scanner = await bench.rig.plug('usb', { vid: 0x05e0, pid: 0x1200, manufacturer: 'Bench', product: 'Symbol keyboard', functions, port: 4 });
    const [hidraw = ''] = await untilNodes('hidraw', 0x05e0, 0x1200);
    handOver('keyboard.umockdev', record(hidraw, await untilInput('Bench Symbol keyboard')));
    await scanner.unplug();
  });

  await bench.check('a scanner in USB-COM mode', async () => {
    const scanner = await bench.rig.plug('usb', { vid: 0x0c2e, pid: 0x0b6a, manufacturer: 'Bench', product: 'Honeywell COM', serial: 'C-1', functions: [{ kind: 'cdc' }], port: 5 });
    handOver('serial.umockdev', record(...(await untilNodes('tty', 0x0c2e, 0x0b6a))));
    await scanner.unplug();
  });
});
