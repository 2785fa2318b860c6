// One device with two interfaces that scan, made by the kernel's own gadget drivers: each reader has its interface, and loses only that.
import assert from 'node:assert/strict';
import { silentLog, systemClock } from '@tillbridge/core';
import { listScanners } from '@tillbridge/readers/discovery';
import { createHidReader } from '@tillbridge/readers/hid';
import { group, until } from '../guest/group.ts';
import { listen, serialReader, untilRetrying } from '../guest/listen.ts';
import { nodesOf, untilNodes } from '../guest/system.ts';
import { layoutA, LAYOUT_A_DESCRIPTOR } from '../players/scanner-reports.ts';

const match = { vid: '1d6b', pid: '0104', serial: 'G-1' };

await group('composite', async (bench) => {
  const scanner = await bench.rig.make('gadget', { name: 'duo', vid: 0x1d6b, pid: 0x0104, serial: 'G-1', descriptor: LAYOUT_A_DESCRIPTOR });

  await bench.must('shown as one device with two nodes', async () => {
    await scanner.plug();
    await untilNodes('hidraw', 0x1d6b, 0x0104);
    await untilNodes('tty', 0x1d6b, 0x0104);
    const devices = (await listScanners()).filter(({ vid }) => vid === '1d6b');
    assert.deepEqual(devices.map(({ nodes }) => nodes.map(({ kind }) => kind).sort()), [['hid', 'serial']]);
    await scanner.unplug();
    await until('it to go', () => nodesOf('hidraw', 0x1d6b, 0x0104).length === 0);
  });

  await bench.check('each interface is read by its reader, before and after a replug', async () => {
    const hid = await listen(bench, createHidReader({ id: 'pos', where: { match } }, { clock: systemClock, log: silentLog }));
    const serial = await listen(bench, serialReader({ id: 'com', where: { match } }));
    for (const round of [1, 2]) {
      await scanner.plug();
      await Promise.all([hid.ready(), serial.ready()]);
      await scanner.sendReports(...layoutA(`HID-${String(round)}`));
      await scanner.sendSerial(`COM-${String(round)}\r`);
      assert.equal((await hid.reads(round))[round - 1], `HID-${String(round)}`);
      assert.equal((await serial.reads(round))[round - 1], `COM-${String(round)}`);
      await scanner.unplug();
      await Promise.all([untilRetrying(hid), untilRetrying(serial)]);
    }
    await Promise.all([hid.reader.close(), serial.reader.close()]);
  });
});
