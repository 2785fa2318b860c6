// HID POS scanners that move, wiggle, hang, and say things while nobody listens.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { silentLog, systemClock } from '@tillbridge/core';
import { createHidReader } from '@tillbridge/readers/hid';
import { createHotplug } from '@tillbridge/readers/usb';
import { waitFor } from '../../support/wait-for.js';
import { group, until } from '../guest/group.ts';
import { listen, untilRetrying, type Listening } from '../guest/listen.ts';
import { nodesOf, untilNodes } from '../guest/system.ts';
import { CharDevice } from '../players/char-device.ts';
import { layoutA, layoutB, LAYOUT_A_DESCRIPTOR, LAYOUT_B_DESCRIPTOR } from '../players/scanner-reports.ts';

const VID = 0x0c2e;
const PID = 0x0b67;
const match = { vid: '0c2e', pid: '0b67', serial: 'P-1' };

await group('hid-places', async (bench) => {
  const context = { clock: systemClock, log: silentLog, hotplug: createHotplug({ clock: systemClock, log: silentLog }) };
  const scanner = await bench.rig.make('usb', { vid: VID, pid: PID, product: 'POS', serial: 'P-1', functions: [{ kind: 'hid', descriptor: LAYOUT_A_DESCRIPTOR }] });
  let counter: Listening;
  const scan = async (...codes: readonly string[]): Promise<void> => {
    const before = counter.sink.reads.length;
    await scanner.send(0, ...codes.flatMap((code) => layoutA(code)));
    assert.deepEqual((await counter.reads(before + codes.length)).slice(before), codes);
  };
  const gone = (): Promise<true> => until('it to go', () => nodesOf('hidraw', VID, PID).length === 0);

  await bench.must('waited for, with USB events, and read', async () => {
    counter = await listen(bench, createHidReader({ id: 'counter', where: { match } }, context));
    assert.equal(counter.reader.state.status, 'retrying');
    await scanner.plug();
    await counter.ready();
    await scan('4607001234567');
  });

  await bench.check('five times unplugged and plugged in again', async () => {
    const took: number[] = [];
    for (let round = 0; round < 5; round += 1) {
      await scanner.unplug();
      await untilRetrying(counter);
      await scanner.plug();
      await untilNodes('hidraw', VID, PID);
      const start = performance.now();
      await counter.ready();
      took.push(Math.round(performance.now() - start));
      await scan(`460700123452${String(round)}`);
    }
    return `ready after ${took.sort((a, b) => a - b).join(' ')} ms`;
  });

  await bench.check('a plug that wiggles: ready at the end, and reads', async () => {
    for (let round = 0; round < 4; round += 1) {
      await scanner.unplug();
      await scanner.plug();
    }
    await until('a read', async () => {
      const reads = counter.sink.reads.length;
      await scanner.send(0, ...layoutA('4607001234574'));
      return waitFor('it', () => counter.sink.reads.length > reads, 2000).catch(() => false as const);
    });
  });

  await bench.check('the same device on another port, with another node: found by its identity', async () => {
    await scanner.unplug();
    await gone();
    await untilRetrying(counter);
    const other = await bench.rig.plug('usb', { vid: 0x1eab, pid: 0x8210, product: 'Other', functions: [{ kind: 'hid', descriptor: LAYOUT_B_DESCRIPTOR }], port: 0 });
    const [taken = ''] = await untilNodes('hidraw', 0x1eab, 0x8210);
    await scanner.plug(5);
    const [path = ''] = await untilNodes('hidraw', VID, PID);
    assert.notEqual(path, taken);
    await counter.ready();
    await other.send(0, ...layoutB('of the other'));
    await scan('4607001234581');
    await other.unplug();
    assert.ok(!counter.sink.texts.includes('of the other'));
    return `${taken} and ${path}`;
  });

  await bench.check('what was scanned while nobody listened is not read later, as the next guest', async () => {
    await counter.reader.close();
    const [path = ''] = await untilNodes('hidraw', VID, PID);
    // somebody else has it open, so that its reports are taken from the device
    let heard = 0;
    const eavesdropper = new CharDevice(path, (data) => (heard += data.length), 'read');
    await until('the opener', () => scanner.events.length > 0);
    await scanner.send(0, ...layoutA('STALE-1'), ...layoutA('STALE-2'));
    await until('the reports to be taken', () => heard >= 128);
    eavesdropper.close();
    counter = await listen(bench, createHidReader({ id: 'counter', where: { match } }, context));
    await counter.ready();
    await scan('4607001234598');
    assert.deepEqual(counter.sink.texts, ['4607001234598']);
  });

  await bench.check('without udevd: found, lost and found again all the same', async () => {
    execFileSync('udevadm', ['control', '--exit']);
    try {
      for (const round of [1, 2]) {
        await scanner.unplug();
        await untilRetrying(counter);
        await scanner.plug();
        await counter.ready();
        await scan(`460700123450${String(round)}`);
      }
    } finally {
      execFileSync('/lib/systemd/systemd-udevd', ['--daemon']);
    }
  });

  await bench.check('a descriptor cut in half: nothing crashes, the good device is read', async () => {
    const bad = await bench.rig.plug('usb', {
      vid: 0x0536, pid: 0x0207, product: 'Cut', functions: [{ kind: 'hid', descriptor: LAYOUT_A_DESCRIPTOR, fault: 'cutDescriptor' }],
    });
    await scan('4607001234604');
    await bad.unplug();
  });

  await bench.check('a device that hangs: feedback and close come back', async () => {
    await scanner.hang();
    await counter.reader.feedback('good');
    await counter.reader.close();
    assert.equal(counter.reader.state.status, 'closed');
    await scanner.unplug();
  });
});
