// Scanners in USB-COM mode through the serial reader: ttyACM from the USB/IP hub, ttyUSB from QEMU's own FTDI chip.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { group, until } from '../guest/group.ts';
import { listen, serialReader, untilRetrying, type Listening } from '../guest/listen.ts';
import { waitFor } from '../../support/wait-for.js';
import { nodesOf, untilGone, untilNodes } from '../guest/system.ts';

const VID = 0x0c2e;
const PID = 0x0b6a;
/** An idle time that is not over before the plug is pulled, however slow the machine. */
const FRAMING = { quietMs: 20, idleMs: 10_000 };
const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');
/** A marked product: GS inside, and bytes that are no UTF-8. */
const MARKED = '010104600000000000215\u001d93dGVz\u00e9\u00ff';

await group('serial', async (bench) => {
  const scanner = await bench.rig.make('usb', { vid: VID, pid: PID, manufacturer: 'Bench', product: 'COM', serial: 'C-1', functions: [{ kind: 'cdc' }] });
  const where = { match: { vid: '0c2e', pid: '0b6a', serial: 'C-1' } };
  let counter: Listening;
  /** Sends codes and waits until the reader has them, in order, and nothing else. */
  const scan = async (...codes: readonly string[]): Promise<void> => {
    const before = counter.sink.reads.length;
    await scanner.send(0, ...codes.map((code) => latin1(`${code}\r`)));
    assert.deepEqual((await counter.reads(before + codes.length)).slice(before), codes);
  };

  await bench.must('a device that is not there yet is waited for, and found by its identity', async () => {
    counter = await listen(bench, serialReader({ id: 'counter', where, framing: FRAMING, baudRate: 115_200, feedback: { good: Uint8Array.of(7) } }));
    assert.equal(counter.reader.state.status, 'retrying');
    await scanner.plug();
    await counter.ready();
    await scanner.saw('115200 baud', ({ name, number }) => name === 'lineCoding' && number === 115_200);
    await scanner.saw('DTR and RTS', ({ name, number }) => name === 'lines' && number === 3);
  });

  await bench.check('bytes come as they were sent', async () => {
    await scan('4607001234567', MARKED);
    assert.equal(Buffer.from(counter.sink.reads.at(-1)?.terminator ?? []).toString('latin1'), '\r');
  });

  await bench.check('200 reads back to back are all there, in order', async () => {
    await scan(...Array.from({ length: 200 }, (_, index) => `46000000${String(index).padStart(5, '0')}`));
  });

  await bench.check('feedback reaches the device', async () => {
    scanner.forget();
    await counter.reader.feedback('good');
    assert.deepEqual([...(await scanner.saw('a beep', ({ name }) => name === 'out')).data], [7]);
  });

  await bench.check('a second opener is told that the port is busy, and the first does not suffer', async () => {
    const [path = ''] = nodesOf('tty', VID, PID);
    const second = serialReader({ id: 'second', where: { path } });
    const other = await listen(bench, second);
    assert.equal(other.reader.state.reason?.code, 'TB_READER_BUSY');
    await second.close();
    await scan('4607001234568');
  });

  await bench.check('unplugged in the middle of a read: the half is dropped and glued to nothing', async () => {
    const [reads, resumed] = [counter.sink.reads.length, counter.sink.count('resumed')];
    await scanner.send(0, latin1('4607001234569\r46070'));
    await counter.reads(reads + 1);
    await until('the half to arrive', () => counter.sink.count('resumed') > resumed);
    await scanner.unplug();
    await untilRetrying(counter);
    const dropped = counter.sink.calls.findLast((call) => call.call === 'dropped');
    assert.deepEqual(dropped, { call: 'dropped', reason: 'unplugged', byteCount: 5 });
    await scanner.plug();
    await counter.ready();
    await scan('4607001234570');
  });

  await bench.check('unplugged while data pour in: noticed all the same', async () => {
    const flood = Array.from({ length: 400 }, (_, index) => latin1(`flood${String(index).padStart(4, '0')}\r`));
    await Promise.all([scanner.send(0, ...flood), scanner.unplug()]);
    await untilRetrying(counter);
    await scanner.plug();
    await counter.ready();
    await scan('4607001234571');
  });

  await bench.check('a plug that wiggles: ready at the end, and reads', async () => {
    const before = counter.sink.statuses.length;
    for (let round = 0; round < 4; round += 1) {
      await scanner.unplug();
      await scanner.plug();
    }
    await until('the wiggling to be noticed', () => counter.sink.statuses.length > before);
    await counter.ready();
    // what the last state was, was it of the last plug? only a read tells
    await until('a read', async () => {
      const reads = counter.sink.reads.length;
      await scanner.send(0, latin1('4607001234572\r'));
      return waitFor('it', () => counter.sink.reads.length > reads, 2000).catch(() => false as const);
    });
  });

  await bench.check('the same device on another port, with another node: found by its identity', async () => {
    await scanner.unplug();
    await until('it to go', () => nodesOf('tty', VID, PID).length === 0);
    // somebody else takes the name that it had
    const other = await bench.rig.plug('usb', { vid: 0x1eab, pid: 0x8206, product: 'Other', serial: 'N-1', functions: [{ kind: 'cdc' }], port: 0 });
    await untilNodes('tty', 0x1eab, 0x8206);
    await scanner.plug(5);
    await counter.ready();
    await scan('4607001234573');
    const nodes = [...nodesOf('tty', 0x1eab, 0x8206), ...nodesOf('tty', VID, PID)];
    await other.unplug();
    return nodes.join(' ');
  });

  await bench.check('two of a kind without serial numbers: refused by ids, told apart by their ports', async () => {
    const spec = { vid: 0x05f9, pid: 0x4204, manufacturer: 'Bench', product: 'Twin', functions: [{ kind: 'cdc' }] } as const;
    const [left, right] = [await bench.rig.plug('usb', { ...spec, port: 6 }), await bench.rig.plug('usb', { ...spec, port: 7 })];
    await untilNodes('tty', 0x05f9, 0x4204, 2);
    const unsure = await listen(bench, serialReader({ id: 'unsure', where: { match: { vid: '05f9', pid: '4204' } } }));
    assert.equal(unsure.reader.state.reason?.code, 'TB_READER_MATCH_SEVERAL');
    await unsure.reader.close();
    const ports = nodesOf('tty', 0x05f9, 0x4204).map(portOf).sort();
    const [first, second] = await Promise.all(
      ports.map((port) => listen(bench, serialReader({ id: `at-${port}`, where: { match: { vid: '05f9', pid: '4204', port } }, framing: FRAMING }))),
    );
    assert.ok(first !== undefined && second !== undefined);
    await Promise.all([first.ready(), second.ready()]);
    await left.send(0, latin1('LEFT\r'));
    await right.send(0, latin1('RIGHT\r'));
    assert.deepEqual([await first.reads(1), await second.reads(1)], [['LEFT'], ['RIGHT']]);
    // both go and come back the other way round: each reader keeps its socket
    await Promise.all([left.unplug(), right.unplug()]);
    await Promise.all([untilRetrying(first), untilRetrying(second)]);
    await right.plug();
    await left.plug();
    await Promise.all([first.ready(), second.ready()]);
    await left.send(0, latin1('LEFT2\r'));
    await right.send(0, latin1('RIGHT2\r'));
    assert.deepEqual([(await first.reads(2))[1], (await second.reads(2))[1]], ['LEFT2', 'RIGHT2']);
    await Promise.all([first.reader.close(), second.reader.close()]);
    await Promise.all([left.unplug(), right.unplug()]);
    return ports.join(' ');
  });

  await bench.check('an FTDI cable: a block of 4 KiB whole, unplugged, plugged in again', async () => {
    const cable = await bench.rig.make('machine', { device: 'serialCable', serial: 'FT0001' });
    const ftdi = await listen(bench, serialReader({ id: 'ftdi', where: { match: { vid: '0403', pid: '6001', serial: 'FT0001' } }, framing: FRAMING }));
    await cable.plug();
    await ftdi.ready();
    const block = 'x'.repeat(4095);
    await cable.sendSerial(`${block}\r`);
    assert.equal((await ftdi.reads(1))[0], block);
    await cable.unplug();
    await untilRetrying(ftdi);
    await cable.plug();
    await ftdi.ready();
    await cable.sendSerial('BACK\r');
    assert.equal((await ftdi.reads(2))[1], 'BACK');
    await ftdi.reader.close();
    await cable.close();
    await until('the cable to go', () => nodesOf('tty', 0x0403, 0x6001).length === 0);
  });

  await bench.check('without udevd: found, lost and found again all the same', async () => {
    await scanner.unplug();
    await untilRetrying(counter);
    execFileSync('udevadm', ['control', '--exit']);
    try {
      await scanner.plug();
      await counter.ready();
      await scan('4607001234574');
      const [path = ''] = nodesOf('tty', VID, PID);
      await scanner.unplug();
      await untilRetrying(counter);
      await untilGone(path);
      await scanner.plug();
      await counter.ready();
      await scan('4607001234575');
    } finally {
      execFileSync('/lib/systemd/systemd-udevd', ['--daemon']);
    }
  });

  await bench.check('a device that hangs: the reader closes', async () => {
    await scanner.hang();
    await counter.reader.close();
    assert.equal(counter.reader.state.status, 'closed');
    await scanner.unplug();
  });
});

/** The USB port that a tty's device is plugged into, as sysfs names it: `3-1`. */
function portOf(path: string): string {
  const device = execFileSync('readlink', ['-f', `/sys/class/tty/${path.replace('/dev/', '')}/device`], { encoding: 'utf8' });
  return /\/([\d.-]+):1\.0/.exec(device)?.[1] ?? '';
}
