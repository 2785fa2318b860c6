// HID POS scanners: the built `hid` reader with node-hid in its process, against hidraw devices of every layout.
import assert from 'node:assert/strict';
import { ConsoleWitness } from '../guest/console-witness.ts';
import { group, until } from '../guest/group.ts';
import { code, codes, droppedBy, helpers, hidReader, residentMiB, untilReady } from '../guest/hid-support.ts';
import { untilRetrying } from '../guest/listen.ts';
import { untilInput, untilNodes } from '../guest/system.ts';
import { keyboardReports, KEYBOARD_DESCRIPTOR, layoutA, LAYOUT_A_DESCRIPTOR, layoutB, LAYOUT_B_DESCRIPTOR, layoutC, LAYOUT_C_DESCRIPTOR } from '../players/scanner-reports.ts';

const HONEYWELL = { vid: 0x0c2e, pid: 0x0b67 };
const match = { vid: '0c2e', pid: '0b67' };
const functions = [{ kind: 'hid' as const, descriptor: LAYOUT_A_DESCRIPTOR }];
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

await group('hid', async (bench) => {
  const { rig } = bench;
  const scanner = await rig.plug('usb', { ...HONEYWELL, serial: 'H-1', functions });
  const honeywell = await hidReader(bench, { where: { match }, flushMs: 2000 });
  let reads = 0;

  await bench.must('200 back-to-back reads are all there and in order', async () => {
    await untilReady(honeywell);
    const start = performance.now();
    await scanner.send(0, ...codes(0, 200).flatMap((text) => layoutA(text, ']E0')));
    assert.deepEqual(await honeywell.reads(200), codes(0, 200));
    reads = 200;
    const [first] = honeywell.sink.reads;
    assert.deepEqual({ aim: first?.aim, symbology: first?.symbology, silence: first?.silence }, { aim: ']E0', symbology: 'ean13', silence: 'settled' });
    const took = performance.now() - start;
    const [helper] = helpers('hid-host');
    assert.ok(helper !== undefined);
    return `200 reads in ${took.toFixed(0)} ms, helper ${residentMiB(helper).toFixed(0)} MiB`;
  });

  await bench.check('layout A: long reads, zero bytes, GS, bytes that are no UTF-8, a clone that always says "more"', async () => {
    const long = Buffer.from('x'.repeat(500));
    const odd = Uint8Array.from([0x30, 0x31, 0x1d, 0xd0, 0x9a, 0xe0, 0x00, 0x7f]);
    const trap = layoutA('t'.repeat(56)).map((report) => report.with(63, 1));
    await scanner.send(0, ...layoutA(long), ...layoutA(odd), ...trap);
    await honeywell.reads(reads + 3);
    assert.deepEqual(honeywell.sink.reads.slice(reads).map(({ bytes }) => hex(bytes)), [hex(long), hex(odd), hex(Buffer.from('t'.repeat(56)))]);
    reads += 3;
  });

  await bench.check('unplugged in the middle of a read, and back: the half is counted and glued to nothing', async () => {
    const [half] = layoutA('y'.repeat(100));
    assert.ok(half !== undefined);
    await scanner.send(0, ...layoutA(code(300)), half);
    await honeywell.reads(reads + 1);
    await scanner.unplug();
    await untilRetrying(honeywell);
    assert.equal(honeywell.reader.state.reason?.code, 'TB_READER_VANISHED');
    assert.equal(droppedBy(honeywell, 'unplugged'), 56);
    await scanner.plug();
    const start = performance.now();
    await untilReady(honeywell);
    const took = performance.now() - start;
    await scanner.send(0, ...layoutA(code(301)));
    assert.deepEqual((await honeywell.reads(reads + 2)).slice(reads), [code(300), code(301)]);
    reads += 2;
    return `ready ${took.toFixed(0)} ms after the plug`;
  });

  await bench.check('feedback: one good and one bad beep reach the device', async () => {
    scanner.forget();
    assert.equal(honeywell.reader.capabilities.feedback, true);
    // a slow machine may take longer for one than it gets: the next is then left out, so each waits for the one before
    for (const [kind, bytes] of [['good', '0440'], ['bad', '0420']] as const) {
      await until(`the ${kind} beep`, async () => {
        await honeywell.reader.feedback(kind);
        return scanner.events.some(({ name, data }) => name === 'output' && hex(data) === bytes);
      });
    }
  });

  await bench.check('a second opener: both get every read', async () => {
    const second = await hidReader(bench, { where: { match } });
    await untilReady(second);
    await scanner.send(0, ...codes(400, 450).flatMap((text) => layoutA(text)));
    assert.deepEqual((await honeywell.reads(reads + 50)).slice(reads), codes(400, 450));
    assert.deepEqual(await second.reads(50), codes(400, 450));
    await second.reader.close();
    reads += 50;
  });

  await bench.check('kill -9 of the helper: nothing that it had sent is lost or doubled, and the next one reads on', async () => {
    const burst = scanner.send(0, ...codes(500, 600).flatMap((text) => layoutA(text)));
    await honeywell.reads(reads + 10);
    const [helper] = helpers('hid-host');
    assert.ok(helper !== undefined);
    process.kill(helper, 'SIGKILL');
    await untilRetrying(honeywell);
    assert.equal(honeywell.reader.state.reason?.code, 'TB_READER_HID_HOST');
    await burst;
    await untilReady(honeywell);
    await scanner.send(0, ...codes(700, 750).flatMap((text) => layoutA(text)));
    await until('the last read', () => honeywell.sink.texts.at(-1) === code(749));
    const texts = honeywell.sink.texts.slice(reads);
    const [before, after] = [texts.slice(0, -50), texts.slice(-50)];
    assert.equal(new Set(texts).size, texts.length);
    // what was sent while no helper had the device open is nobody's; of the rest nothing is missing in between
    assert.deepEqual([...before].sort(), before);
    assert.deepEqual(before.slice(0, 10), codes(500, 510));
    assert.deepEqual(after, codes(700, 750));
    reads += texts.length;
    return `${String(before.length)} of the 100 in the burst`;
  });

  await bench.check('closing leaves no helper behind', async () => {
    await honeywell.reader.close();
    assert.deepEqual(helpers('hid-host'), []);
    await scanner.close();
  });

  await bench.check('layouts B and C; a beep never goes to layout B', async () => {
    const odd = Uint8Array.from([0x30, 0x31, 0x1d, 0xd0, 0x9a, 0xe0, 0x7f]);
    const kinds = [
      { pid: 0x0c10, vid: 0x1eab, descriptor: LAYOUT_B_DESCRIPTOR, reports: [...layoutB('z'.repeat(300)), ...layoutB(odd)], expected: [hex(Buffer.from('z'.repeat(300))), hex(odd)] },
      { pid: 0x0600, vid: 0x05e0, descriptor: LAYOUT_C_DESCRIPTOR, reports: layoutC(odd), expected: [hex(odd)] },
    ];
    for (const { vid, pid, descriptor, reports, expected } of kinds) {
      const other = await rig.plug('uhid', { name: 'Bench POS', vid, pid, descriptor });
      const [path = ''] = await untilNodes('hidraw', vid, pid);
      const listening = await hidReader(bench, { where: { path } });
      await untilReady(listening);
      assert.equal(listening.reader.capabilities.feedback, false);
      await listening.reader.feedback('good');
      await other.send(...reports);
      await listening.reads(expected.length);
      assert.deepEqual(listening.sink.reads.map(({ bytes }) => hex(bytes)), expected);
      await listening.reader.close();
      await other.saw('its last opener go', ({ name }) => name === 'close');
      assert.equal(other.events.filter(({ name }) => name === 'output').length, 0);
      await other.close();
    }
  });

  await bench.check('a scanner that types is told to report here, after each plug; the console hears none of it; closing gives it back', async () => {
    const witness = new ConsoleWitness();
    bench.after(() => witness.close());
    const told = (value: string) => ({ name, data }: { readonly name: string; readonly data: Uint8Array }) => name === 'setReport' && hex(data) === value;
    const duo = await rig.plug('redirecting', { vid: 0x0c2e, pid: 0x0b61, product: 'Duo' });
    const mark = await rig.plug('uhid', { name: 'Bench Mark', vid: 0x1235, pid: 1, descriptor: KEYBOARD_DESCRIPTOR });
    await untilInput('Bench Mark');
    const listening = await hidReader(bench, { where: { match: { vid: '0c2e', pid: '0b61' } } });
    await untilReady(listening);
    await duo.saw('the redirection', told('fe01'));
    witness.forget();
    await duo.scan('777');
    assert.deepEqual(await listening.reads(1), ['777']);
    duo.forget();
    await duo.unplug();
    await untilRetrying(listening);
    await duo.plug();
    await duo.saw('the redirection again', told('fe01'));
    await duo.scan('888');
    assert.deepEqual(await listening.reads(2), ['777', '888']);
    // a later mark proves the silence before it
    await mark.send(...keyboardReports('mark\n'));
    await witness.hears('mark\n');
    assert.equal(witness.heard, 'mark\n');
    await listening.reader.close();
    await duo.saw('the way back', told('fe00'));
    await duo.scan('999');
    await witness.hears('999\n');
    await mark.close();
    await duo.close();
  });
});
