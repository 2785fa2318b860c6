// HID POS scanners: the built `hid` reader with node-hid in its process, against hidraw devices of every layout, and what goes wrong with them.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { silentLog, systemClock, type Reader } from '@tillbridge/core';
import { createHidReader, type HidReaderOptions } from '@tillbridge/readers';
import { ConsoleWitness } from '../guest/console-witness.ts';
import { group, until, type Bench } from '../guest/group.ts';
import { listen, untilRetrying, type Listening } from '../guest/listen.ts';
import { untilGone, untilInput, untilNodes } from '../guest/system.ts';
import { keyboardReports, KEYBOARD_DESCRIPTOR, layoutA, LAYOUT_A_DESCRIPTOR, layoutB, LAYOUT_B_DESCRIPTOR, layoutC, LAYOUT_C_DESCRIPTOR } from '../players/scanner-reports.ts';

const hidReader = (options: HidReaderOptions): Reader => createHidReader(options, { clock: systemClock, log: silentLog });
const code = (number: number): string => `46${String(number).padStart(11, '0')}`;
const codes = (from: number, to: number): string[] => Array.from({ length: to - from }, (_, index) => code(from + index));
const HONEYWELL = { vid: 0x0c2e, pid: 0x0b67 };
const match = { vid: '0c2e', pid: '0b67' };
const functions = [{ kind: 'hid' as const, descriptor: LAYOUT_A_DESCRIPTOR }];

/** The helper processes of this one, by what they run. */
function helpers(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const parent = /^PPid:\s*(\d+)$/m.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'))?.[1];
        return Number(parent) === process.pid && readFileSync(`/proc/${String(pid)}/cmdline`, 'utf8').includes('hid-host');
      } catch {
        return false;
      }
    });
}

const residentMiB = (pid: number): number => Number(/^VmRSS:\s*(\d+)/m.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'))?.[1]) / 1024;
const droppedBy = ({ sink }: Listening, reason: string): number =>
  sink.calls.reduce((sum, call) => sum + (call.call === 'dropped' && call.reason === reason ? call.byteCount : 0), 0);

/** A reader on a scanner that is plugged in, ready; closed at the end of the check. */
async function reading(bench: Bench, options: Omit<HidReaderOptions, 'id'>): Promise<Listening> {
  const listening = await listen(bench, hidReader({ id: 'r', ...options }));
  await listening.ready();
  return listening;
}

await group('hid', async (bench) => {
  const { rig } = bench;
  const witness = new ConsoleWitness();
  bench.after(() => witness.close());

  await bench.must('USB/IP: a scanner by its ids; 200 back-to-back reads are all there and in order', async () => {
    const scanner = await rig.plug('usb', { ...HONEYWELL, serial: 'H-1', functions });
    const listening = await reading(bench, { where: { match } });
    const start = performance.now();
    await scanner.send(0, ...codes(0, 200).flatMap((text) => layoutA(text, ']E0')));
    assert.deepEqual(await listening.reads(200), codes(0, 200));
    const [first] = listening.sink.reads;
    assert.deepEqual({ aim: first?.aim, symbology: first?.symbology, silence: first?.silence }, { aim: ']E0', symbology: 'ean13', silence: 'settled' });
    const took = performance.now() - start;
    const [helper] = helpers();
    assert.ok(helper !== undefined);
    const note = `200 reads in ${took.toFixed(0)} ms, helper ${residentMiB(helper).toFixed(0)} MiB`;
    await listening.reader.close();
    assert.deepEqual(helpers(), []);
    await scanner.close();
    return note;
  });

  await bench.check('uhid: layouts A, B and C; long reads, zero bytes, GS, UTF-8, a clone that always says "more"', async () => {
    const long = 'x'.repeat(500);
    const odd = Uint8Array.from([0x30, 0x31, 0x1d, 0xd0, 0x9a, 0xe0, 0x00, 0x7f]);
    const trap = layoutA('t'.repeat(56)).map((report) => report.with(63, 1));
    const kinds = [
      { pid: 0x0b67, vid: 0x0c2e, descriptor: LAYOUT_A_DESCRIPTOR, reports: [...layoutA(long), ...layoutA(odd), ...trap], extra: 't'.repeat(56) },
      { pid: 0x0c10, vid: 0x1eab, descriptor: LAYOUT_B_DESCRIPTOR, reports: [...layoutB(long), ...layoutB(odd), ...layoutB('end')], extra: 'end' },
      { pid: 0x0600, vid: 0x05e0, descriptor: LAYOUT_C_DESCRIPTOR, reports: layoutC(odd), extra: undefined },
    ];
    for (const { vid, pid, descriptor, reports, extra } of kinds) {
      const scanner = await rig.plug('uhid', { name: 'Bench POS', vid, pid, descriptor });
      const [path = ''] = await untilNodes('hidraw', vid, pid);
      const listening = await reading(bench, { where: { path } });
      await scanner.send(...reports);
      const expected = extra === undefined ? [odd] : [Buffer.from(long), odd, Buffer.from(extra)];
      await listening.reads(expected.length);
      assert.deepEqual(listening.sink.reads.map(({ bytes }) => Buffer.from(bytes).toString('hex')), expected.map((bytes) => Buffer.from(bytes).toString('hex')));
      await listening.reader.close();
      await scanner.saw('its last opener go', ({ name }) => name === 'close');
      await scanner.close();
      await untilGone(path);
    }
  });

  await bench.check('unplugged in the middle of a read, and back: the half is counted and glued to nothing', async () => {
    const scanner = await rig.plug('usb', { ...HONEYWELL, serial: 'H-2', functions });
    const listening = await reading(bench, { where: { match }, flushMs: 5000 });
    const [half] = layoutA('y'.repeat(100));
    assert.ok(half !== undefined);
    await scanner.send(0, ...layoutA(code(1)), half);
    await listening.reads(1);
    await scanner.unplug();
    await untilRetrying(listening);
    assert.equal(listening.reader.state.reason?.code, 'TB_READER_VANISHED');
    assert.equal(droppedBy(listening, 'unplugged'), 56);
    await scanner.plug();
    const start = performance.now();
    await until('the reader to be ready again', () => listening.sink.statuses.at(-1) === 'ready');
    const took = performance.now() - start;
    await scanner.send(0, ...layoutA(code(2)));
    assert.deepEqual(await listening.reads(2), [code(1), code(2)]);
    await listening.reader.close();
    await scanner.close();
    return `ready ${took.toFixed(0)} ms after the plug`;
  });

  await bench.check('a scanner that types is told to report here, after each plug; the console hears none of it; closing gives it back', async () => {
    const scanner = await rig.plug('redirecting', { vid: 0x0c2e, pid: 0x0b61, product: 'Duo' });
    await untilNodes('hidraw', 0x0c2e, 0x0b61, 2);
    const other = await rig.plug('uhid', { name: 'Bench Mark', vid: 0x1235, pid: 1, descriptor: KEYBOARD_DESCRIPTOR });
    await untilInput('Bench Mark');
    const listening = await reading(bench, { where: { match: { vid: '0c2e', pid: '0b61' } } });
    await scanner.saw('the redirection', ({ name, data }) => name === 'setReport' && Buffer.from(data).toString('hex') === 'fe01');
    witness.forget();
    await scanner.scan('777');
    assert.deepEqual(await listening.reads(1), ['777']);
    scanner.forget();
    await scanner.unplug();
    await untilRetrying(listening);
    await scanner.plug();
    await scanner.saw('the redirection again', ({ name, data }) => name === 'setReport' && Buffer.from(data).toString('hex') === 'fe01');
    await scanner.scan('888');
    assert.deepEqual(await listening.reads(2), ['777', '888']);
    // a later mark proves the silence before it
    await other.send(...keyboardReports('mark\n'));
    await witness.hears('mark\n');
    assert.equal(witness.heard, 'mark\n');
    await listening.reader.close();
    await scanner.saw('the way back', ({ name, data }) => name === 'setReport' && Buffer.from(data).toString('hex') === 'fe00');
    await scanner.scan('999');
    await witness.hears('999\n');
    await other.close();
    await scanner.close();
  });

  for (const set of ['error', 'never'] as const) {
    await bench.check(`feature requests answered with ${set === 'error' ? 'an error' : 'nothing'}: read all the same`, async () => {
      const scanner = await rig.plug('usb', { ...HONEYWELL, functions: [{ kind: 'hid', descriptor: LAYOUT_A_DESCRIPTOR, features: { set } }] });
      const listening = await reading(bench, { where: { match } });
      await scanner.saw('the redirection', ({ name }) => name === 'setReport');
      await scanner.send(0, ...codes(0, 20).flatMap((text) => layoutA(text)));
      assert.deepEqual(await listening.reads(20), codes(0, 20));
      await listening.reader.feedback('good');
      const start = performance.now();
      await listening.reader.close();
      const took = performance.now() - start;
      await scanner.close();
      return `closed in ${took.toFixed(0)} ms`;
    });
  }

  await bench.check('feedback: one good and one bad beep reach the device, on layout A and never on layout B', async () => {
    const scanner = await rig.plug('usb', { ...HONEYWELL, functions });
    const listening = await reading(bench, { where: { match } });
    assert.equal(listening.reader.capabilities.feedback, true);
    await listening.reader.feedback('good');
    await listening.reader.feedback('bad');
    await until('two beeps', () => scanner.events.filter(({ name }) => name === 'output').length === 2);
    assert.deepEqual(scanner.events.filter(({ name }) => name === 'output').map(({ data }) => Buffer.from(data).toString('hex')), ['0440', '0420']);
    await listening.reader.close();
    await scanner.close();
    const newland = await rig.plug('usb', { vid: 0x1eab, pid: 0x0c10, functions: [{ kind: 'hid', descriptor: LAYOUT_B_DESCRIPTOR }] });
    const second = await reading(bench, { where: { match: { vid: '1eab' } } });
    assert.equal(second.reader.capabilities.feedback, false);
    await second.reader.feedback('good');
    await newland.send(0, ...layoutB(code(3)));
    assert.deepEqual(await second.reads(1), [code(3)]);
    assert.equal(newland.events.filter(({ name }) => name === 'output').length, 0);
    await second.reader.close();
    await newland.close();
  });

  await bench.check('a second opener: both get every read', async () => {
    const scanner = await rig.plug('usb', { ...HONEYWELL, functions });
    const [one, two] = [await reading(bench, { where: { match } }), await reading(bench, { where: { match } })];
    await scanner.send(0, ...codes(0, 50).flatMap((text) => layoutA(text)));
    assert.deepEqual(await one.reads(50), codes(0, 50));
    assert.deepEqual(await two.reads(50), codes(0, 50));
    await one.reader.close();
    await scanner.send(0, ...layoutA(code(50)));
    assert.deepEqual(await two.reads(51), codes(0, 51));
    await two.reader.close();
    await scanner.close();
  });

  await bench.check('kill -9 of the helper: nothing that it had sent is lost or doubled, and the next one reads on', async () => {
    const scanner = await rig.plug('usb', { ...HONEYWELL, functions });
    const listening = await reading(bench, { where: { match } });
    await scanner.send(0, ...codes(0, 50).flatMap((text) => layoutA(text)));
    await listening.reads(50);
    // in the middle of a burst
    const burst = scanner.send(0, ...codes(50, 150).flatMap((text) => layoutA(text)));
    await listening.reads(60);
    const [helper] = helpers();
    assert.ok(helper !== undefined);
    process.kill(helper, 'SIGKILL');
    await untilRetrying(listening);
    assert.equal(listening.reader.state.reason?.code, 'TB_READER_HID_HOST');
    await burst;
    const start = performance.now();
    await until('the reader to be ready again', () => listening.sink.statuses.at(-1) === 'ready');
    const took = performance.now() - start;
    await scanner.send(0, ...codes(200, 250).flatMap((text) => layoutA(text)));
    await until('the last read', () => listening.sink.texts.at(-1) === code(249));
    const { texts } = listening.sink;
    assert.equal(new Set(texts).size, texts.length);
    assert.deepEqual([...texts].sort(), texts);
    assert.deepEqual(texts.slice(0, 60), codes(0, 60));
    assert.deepEqual(texts.slice(-50), codes(200, 250));
    await listening.reader.close();
    await scanner.close();
    return `${String(texts.length - 100)} of the 100 in the burst, ready again after ${took.toFixed(0)} ms`;
  });

  await bench.check('a device that stalls its report descriptor: said, survived, and the good one that follows is read', async () => {
    const bad = await rig.plug('usb', { ...HONEYWELL, functions: [{ kind: 'hid', descriptor: LAYOUT_A_DESCRIPTOR, fault: 'stallDescriptor' }] });
    const listening = await listen(bench, hidReader({ id: 'r', where: { match } }));
    assert.equal(listening.reader.state.reason?.code, 'TB_READER_NO_MATCH');
    const good = await rig.plug('usb', { ...HONEYWELL, functions });
    await listening.ready();
    await good.send(0, ...layoutA(code(7)));
    assert.deepEqual(await listening.reads(1), [code(7)]);
    await listening.reader.close();
    await good.close();
    await bad.close();
  });

  await bench.check('two of a kind without serial numbers are told apart by their sockets', async () => {
    const one = await rig.plug('usb', { ...HONEYWELL, functions, port: 2 });
    const two = await rig.plug('usb', { ...HONEYWELL, functions, port: 3 });
    await untilNodes('hidraw', HONEYWELL.vid, HONEYWELL.pid, 2);
    const both = await listen(bench, hidReader({ id: 'r', where: { match } }));
    assert.equal(both.reader.state.reason?.code, 'TB_READER_USB_MATCH_SEVERAL');
    const ports = [...both.reader.state.reason.text('en').matchAll(/port (\d+-[\d.]+)/g)].map((found) => found[1]);
    await both.reader.close();
    assert.equal(ports.length, 2);
    const listening: Listening[] = [];
    for (const port of ports) listening.push(await reading(bench, { where: { match: { ...match, port: port ?? '' } } }));
    await one.send(0, ...layoutA('of the first'));
    await two.send(0, ...layoutA('of the second'));
    assert.deepEqual(await listening[0]?.reads(1), ['of the first']);
    assert.deepEqual(await listening[1]?.reads(1), ['of the second']);
    for (const { reader } of listening) await reader.close();
    await one.close();
    await two.close();
    return ports.join(' ');
  });

  await bench.check('a device that floods: bounded, and the other scanner is read meanwhile', async () => {
    const flood = await rig.plug('uhid', { name: 'Bench Flood', vid: 0x0536, pid: 0x0001, descriptor: LAYOUT_A_DESCRIPTOR });
    const [path = ''] = await untilNodes('hidraw', 0x0536, 0x0001);
    const scanner = await rig.plug('usb', { ...HONEYWELL, functions });
    const flooded = await reading(bench, { where: { path } });
    const listening = await reading(bench, { where: { match } });
    const before = process.memoryUsage().rss;
    const [full] = layoutA('f'.repeat(56)).map((report) => report.with(63, 1));
    assert.ok(full !== undefined);
    const reports = new Array<Uint8Array>(2000).fill(full);
    for (let round = 0; round < 4; round += 1) {
      const sending = flood.send(...reports);
      await scanner.send(0, ...layoutA(code(round)));
      await listening.reads(round + 1);
      await sending;
    }
    assert.deepEqual(listening.sink.texts, codes(0, 4));
    assert.ok(Math.max(...flooded.sink.reads.map(({ bytes }) => bytes.length)) <= 8192);
    const grown = (process.memoryUsage().rss - before) / 2 ** 20;
    const memory = helpers().map((pid) => residentMiB(pid));
    assert.ok(Math.max(...memory) < 120);
    await flooded.reader.close();
    await listening.reader.close();
    await flood.close();
    await scanner.close();
    return `grown by ${grown.toFixed(0)} MiB, helpers ${memory.map((each) => each.toFixed(0)).join(' and ')} MiB, ${String(droppedBy(flooded, 'overflow'))} bytes dropped`;
  });
});
