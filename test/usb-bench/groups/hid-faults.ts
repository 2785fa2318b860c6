// HID POS scanners that misbehave: feature requests, descriptors, floods; and two that look alike.
import assert from 'node:assert/strict';
import { group } from '../guest/group.ts';
import { code, codes, droppedBy, helpers, hidReader, residentMiB, untilReady } from '../guest/hid-support.ts';
import { untilRetrying } from '../guest/listen.ts';
import { untilNodes } from '../guest/system.ts';
import { layoutA, LAYOUT_A_DESCRIPTOR } from '../players/scanner-reports.ts';

const HONEYWELL = { vid: 0x0c2e, pid: 0x0b67 };
const match = { vid: '0c2e', pid: '0b67' };
const functions = [{ kind: 'hid' as const, descriptor: LAYOUT_A_DESCRIPTOR }];

await group('hid-faults', async (bench) => {
  const { rig } = bench;
  const listening = await hidReader(bench, { where: { match } });
  let reads = 0;

  for (const set of ['error', 'never'] as const) {
    await bench.check(`feature requests answered with ${set === 'error' ? 'an error' : 'nothing'}: read all the same`, async () => {
      const scanner = await rig.plug('usb', { ...HONEYWELL, functions: [{ kind: 'hid', descriptor: LAYOUT_A_DESCRIPTOR, features: { set } }] });
      await untilReady(listening);
      await scanner.saw('the redirection', ({ name }) => name === 'setReport');
      await scanner.send(0, ...codes(0, 20).flatMap((text) => layoutA(text)));
      assert.deepEqual((await listening.reads(reads + 20)).slice(reads), codes(0, 20));
      reads += 20;
      await scanner.close();
      await untilRetrying(listening);
    });
  }

  await bench.check('a device that stalls its report descriptor: said, survived, and the good one that follows is read', async () => {
    const bad = await rig.plug('usb', { ...HONEYWELL, functions: [{ kind: 'hid', descriptor: LAYOUT_A_DESCRIPTOR, fault: 'stallDescriptor' }] });
    const second = await hidReader(bench, { where: { match } });
    assert.equal(second.reader.state.reason?.code, 'TB_READER_NO_MATCH');
    await second.reader.close();
    const good = await rig.plug('usb', { ...HONEYWELL, functions });
    await untilReady(listening);
    await good.send(0, ...layoutA(code(30)));
    assert.deepEqual((await listening.reads(reads + 1)).slice(reads), [code(30)]);
    reads += 1;
    await good.close();
    await bad.close();
    await untilRetrying(listening);
  });

  await bench.check('two of a kind without serial numbers are told apart by their sockets', async () => {
    const one = await rig.plug('usb', { ...HONEYWELL, functions, port: 2 });
    await untilReady(listening);
    const two = await rig.plug('usb', { ...HONEYWELL, functions, port: 3 });
    await untilNodes('hidraw', HONEYWELL.vid, HONEYWELL.pid, 2);
    const both = await hidReader(bench, { where: { match } });
    const { reason } = both.reader.state;
    assert.equal(reason?.code, 'TB_READER_USB_MATCH_SEVERAL');
    const ports = [...reason.text('en').matchAll(/port (\d+-[\d.]+)/g)].flatMap(([, port]) => (port === undefined ? [] : [port]));
    await both.reader.close();
    const [first = '', second = ''] = ports;
    const other = await hidReader(bench, { where: { match: { ...match, port: second } } });
    await untilReady(other);
    await one.send(0, ...layoutA('of the first'));
    await two.send(0, ...layoutA('of the second'));
    assert.deepEqual(await other.reads(1), ['of the second']);
    assert.deepEqual((await listening.reads(reads + 1)).slice(reads), ['of the first']);
    reads += 1;
    await other.reader.close();
    await two.close();
    await one.close();
    await untilRetrying(listening);
    return `${first} and ${second}`;
  });

  await bench.check('a device that floods: bounded, and the other scanner is read meanwhile', async () => {
    const flood = await rig.plug('uhid', { name: 'Bench Flood', vid: 0x0536, pid: 0x0001, descriptor: LAYOUT_A_DESCRIPTOR });
    const [path = ''] = await untilNodes('hidraw', 0x0536, 0x0001);
    const scanner = await rig.plug('usb', { ...HONEYWELL, functions });
    const flooded = await hidReader(bench, { where: { path } });
    await untilReady(flooded);
    await untilReady(listening);
    const [full] = layoutA('f'.repeat(56)).map((report) => report.with(63, 1));
    assert.ok(full !== undefined);
    const reports = new Array<Uint8Array>(2000).fill(full);
    const before = process.memoryUsage().rss;
    for (let round = 0; round < 3; round += 1) {
      const sending = flood.send(...reports);
      await scanner.send(0, ...layoutA(code(round)));
      await listening.reads(reads + round + 1);
      await sending;
    }
    assert.deepEqual(listening.sink.texts.slice(reads), codes(0, 3));
    assert.ok(flooded.sink.reads.every(({ bytes }) => bytes.length <= 8192));
    const grown = (process.memoryUsage().rss - before) / 2 ** 20;
    const memory = helpers('hid-host').map((pid) => residentMiB(pid));
    assert.ok(Math.max(...memory) < 120);
    await flooded.reader.close();
    await flood.close();
    await scanner.close();
    return `grown by ${grown.toFixed(0)} MiB, helpers ${memory.map((each) => each.toFixed(0)).join(' and ')} MiB, ${String(droppedBy(flooded, 'overflow'))} bytes dropped`;
  });
});
