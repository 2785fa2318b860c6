// Scanners in keyboard mode: the built `keyboard` reader and its process against evdev and usbfs. The console is the witness: what it hears a
// cashier program would have heard.
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { silentLog, systemClock, type Reader } from '@tillbridge/core';
import { createKeyboardReader, type KeyboardReaderOptions } from '@tillbridge/readers';
import { USAGE_OF_KEY } from '../../../packages/readers/src/keyboard/decode/linux-keys.js';
import { chordsOf } from '../../../packages/readers/src/keyboard/testing/typist.js';
import { ConsoleWitness } from '../guest/console-witness.ts';
import { group, until, type Bench } from '../guest/group.ts';
import { listen, untilRetrying, type Listening } from '../guest/listen.ts';
import { inputNode, untilGone, untilInput } from '../guest/system.ts';
import { CharDevice } from '../players/char-device.ts';
import { keyboardReports, KEYBOARD_DESCRIPTOR } from '../players/scanner-reports.ts';

const IDS = { vid: 0x0c2e, pid: 0x0b61 };
const match = { vid: '0c2e', pid: '0b61' };
const WEDGE = { name: 'Bench Wedge', ...IDS, descriptor: KEYBOARD_DESCRIPTOR };
const functions = [{ kind: 'hid' as const, descriptor: KEYBOARD_DESCRIPTOR, boot: 'keyboard' as const }];
const code = (number: number): string => `46${String(number).padStart(11, '0')}`;

const keyboardReader = (options: KeyboardReaderOptions): Reader => createKeyboardReader(options, { clock: systemClock, log: silentLog });

/** The processes that hold keyboards for `parent`, by what they run. */
function helpers(parent = process.pid): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const above = /^PPid:\s*(\d+)$/m.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'))?.[1];
        return Number(above) === parent && readFileSync(`/proc/${String(pid)}/cmdline`, 'utf8').includes('keyboard-host');
      } catch {
        return false;
      }
    });
}

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};
const residentMiB = (pid: number): number => Number(/^VmRSS:\s*(\d+)/m.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'))?.[1]) / 1024;
const droppedBy = ({ sink }: Listening, reason: string): number =>
  sink.calls.reduce((sum, call) => sum + (call.call === 'dropped' && call.reason === reason ? call.byteCount : 0), 0);

async function reading(bench: Bench, options: Omit<KeyboardReaderOptions, 'id'>): Promise<Listening> {
  const listening = await listen(bench, keyboardReader({ id: 'counter', ...options }));
  await listening.ready();
  return listening;
}

/**
 * Sends report after report, as a device does that is asked every millisecond: the kernel's queue of a keyboard holds 64 events, about twenty
 * reports, and what comes in one piece runs over before anybody can read it.
 */
async function paced(scanner: { send(...reports: Uint8Array[]): Promise<void> }, ...reports: readonly Uint8Array[]): Promise<void> {
  for (const report of reports) await scanner.send(report);
}
const type = (scanner: Parameters<typeof paced>[0], text: string): Promise<void> => paced(scanner, ...keyboardReports(text));
/** The same through the first function of a device on the bus. */
const onBus = (scanner: { send(index: number, ...data: Uint8Array[]): Promise<void> }): Parameters<typeof paced>[0] => ({ send: (...reports) => scanner.send(0, ...reports) });

/** Boot reports for bytes as a scanner types them, Alt codes included. */
function reportsOf(bytes: Uint8Array): Uint8Array[] {
  return [...bytes].flatMap(chordsOf).flatMap((chord) => {
    const [first = 0, ...rest] = chord;
    if (rest.length === 0) return [Uint8Array.of(0, 0, first, 0, 0, 0, 0, 0), new Uint8Array(8)];
    const modifier = 1 << (first - 0xe0);
    const keys = rest.flatMap((usage) => [Uint8Array.of(modifier, 0, usage, 0, 0, 0, 0, 0), Uint8Array.of(modifier, 0, 0, 0, 0, 0, 0, 0)]);
    return [Uint8Array.of(modifier, 0, 0, 0, 0, 0, 0, 0), ...keys, new Uint8Array(8)];
  });
}

/** Another process with a reader of its own, as a daemon would have: says `ready` when it holds the keyboard. */
async function holder(bench: Bench): Promise<{ readonly child: ChildProcess; readonly helper: number }> {
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), 'hold'], { stdio: ['ignore', 'pipe', 'inherit'] });
  bench.after(() => void child.kill('SIGKILL'));
  let said = '';
  child.stdout.on('data', (data: Buffer) => (said += data.toString()));
  await until('the other process to hold the keyboard', () => said.includes('ready'));
  const [helper] = helpers(child.pid);
  assert.ok(helper !== undefined, 'it has a helper');
  return { child, helper };
}

async function hold(): Promise<void> {
  const nothing = (): void => undefined;
  const sink = { read: nothing, tail: nothing, quiet: nothing, resumed: nothing, dropped: nothing };
  const state = ({ status }: { readonly status: string }): void => {
    if (status === 'ready') process.stdout.write('ready\n');
  };
  await keyboardReader({ id: 'other', where: { match } }).open({ ...sink, state }, new AbortController().signal);
}

async function checks(bench: Bench): Promise<void> {
  const { rig } = bench;
  const witness = new ConsoleWitness();
  bench.after(() => witness.close());
  const marker = await rig.plug('uhid', { name: 'Bench Marker', vid: 0x1235, pid: 9, descriptor: KEYBOARD_DESCRIPTOR });
  await untilInput('Bench Marker');
  let marks = 0;
  /** The console heard nothing but a later mark of another keyboard. */
  const heardNothing = async (): Promise<void> => {
    marks += 1;
    const mark = `mark${String(marks)}\n`;
    await type(marker, mark);
    await witness.hears(mark);
    assert.equal(witness.heard, mark);
    witness.forget();
  };

  await bench.must('uhid: the keys come to the reader, and none to the console; afterwards the console has them again', async () => {
    const scanner = await rig.plug('uhid', WEDGE);
    await untilInput(WEDGE.name);
    await type(scanner, 'before\n');
    await witness.hears('before\n');
    witness.forget();
    const listening = await reading(bench, { where: { auto: true } });
    await type(scanner, '4607Abc:/?]\u001d-7\n');
    assert.deepEqual(await listening.reads(1), ['4607Abc:/?]\u001d-7']);
    assert.equal(listening.sink.reads[0]?.partial, undefined);
    assert.equal(listening.sink.reads[0]?.keys?.filter(({ down }) => down).length, 19);
    await heardNothing();
    const [helper] = helpers();
    assert.ok(helper !== undefined);
    const note = `helper ${residentMiB(helper).toFixed(0)} MiB`;
    await listening.reader.close();
    assert.deepEqual(helpers(), []);
    await type(scanner, 'after\n');
    await witness.hears('after\n');
    await scanner.close();
    return note;
  });

  await bench.check('every byte that a scanner can type comes through the kernel, Caps Lock or not', async () => {
    const scanner = await rig.plug('uhid', WEDGE);
    await untilInput(WEDGE.name);
    const listening = await reading(bench, { where: { match }, gapMs: 2000 });
    const all = Uint8Array.from({ length: 256 }, (_, byte) => byte).filter((byte) => ![0x03, 0x09, 0x0a, 0x0d].includes(byte));
    const caps = [Uint8Array.of(0, 0, 0x39, 0, 0, 0, 0, 0), new Uint8Array(8)];
    await paced(scanner, ...caps, ...reportsOf(Uint8Array.of(...all, 0x0d)), ...caps);
    await listening.reads(1);
    assert.equal(Buffer.from(listening.sink.reads[0]?.bytes ?? []).toString('hex'), Buffer.from(all).toString('hex'));
    await listening.reader.close();
    await scanner.close();
  });

  await bench.check("our table of keys is the kernel's", async () => {
    const whole = KEYBOARD_DESCRIPTOR.map((byte, at, bytes) => (byte === 0x65 && [0x29, 0x25].includes(bytes[at - 1] ?? 0) ? 0x73 : byte));
    const keyboard = await rig.plug('uhid', { ...WEDGE, name: 'Bench Table', descriptor: whole });
    let got = Buffer.alloc(0);
    const node = new CharDevice(await untilInput('Bench Table'), (data) => (got = Buffer.concat([got, data])), 'read');
    // without the key that switches the machine off, and those of the console
    const usages = Array.from({ length: 0x70 }, (_, i) => 0x04 + i).filter((usage) => ![0x32, 0x46, 0x48, 0x66].includes(usage));
    for (const usage of usages) await paced(keyboard, Uint8Array.of(0, 0, usage, 0, 0, 0, 0, 0), new Uint8Array(8));
    for (let bit = 0; bit < 8; bit += 1) await paced(keyboard, Uint8Array.of(1 << bit, 0, 0, 0, 0, 0, 0, 0), new Uint8Array(8));
    const last = (0x70000 | 0xe7) >>> 0;
    const events = (): readonly (readonly [type: number, code: number, value: number])[] =>
      Array.from({ length: Math.floor(got.length / 24) }, (_, i) => [got.readUInt16LE(i * 24 + 16), got.readUInt16LE(i * 24 + 18), got.readInt32LE(i * 24 + 20)] as const);
    await until('the last key', () => events().filter(([type, , value]) => type === 4 && value === last).length === 2);
    node.close();
    // the kernel names the usage (EV_MSC, MSC_SCAN) right before the key that it made of it
    const pairs = events().flatMap(([type, key, value], i, all) => (type === 1 && value === 1 && all[i - 1]?.[0] === 4 ? [[(all[i - 1]?.[2] ?? 0) & 0xffff, key] as const] : []));
    assert.equal(pairs.length, usages.length + 8);
    for (const [usage, key] of pairs) assert.equal(USAGE_OF_KEY[key], usage, `key ${String(key)}`);
    await keyboard.close();
    await type(marker, '\n');
    await witness.hears('\n');
    witness.forget();
    return `${String(pairs.length)} keys`;
  });

  await bench.check('a second one who wants it is told so, and gets it when it is free', async () => {
    const scanner = await rig.plug('uhid', WEDGE);
    const path = await untilInput(WEDGE.name);
    const first = await reading(bench, { where: { path } });
    const second = await listen(bench, keyboardReader({ id: 'second', where: { path } }));
    await until('the refusal', () => second.reader.state.reason?.code === 'TB_READER_KEYBOARD_GRABBED');
    await type(scanner, `${code(1)}\n`);
    assert.deepEqual(await first.reads(1), [code(1)]);
    await first.reader.close();
    await second.ready();
    await type(scanner, `${code(2)}\n`);
    assert.deepEqual(await second.reads(1), [code(2)]);
    await heardNothing();
    await second.reader.close();
    await scanner.close();
  });

  await bench.check('a key that is held when the reader starts is let go of first', async () => {
    const scanner = await rig.plug('uhid', WEDGE);
    await untilInput(WEDGE.name);
    await scanner.send(Uint8Array.of(2, 0, 0, 0, 0, 0, 0, 0));
    const listening = await listen(bench, keyboardReader({ id: 'counter', where: { match } }));
    await scanner.send(new Uint8Array(8));
    await listening.ready();
    // had the console kept Shift, this would be a capital
    await type(marker, 'shift\n');
    await witness.hears('shift\n');
    witness.forget();
    await type(scanner, `${code(3)}\n`);
    assert.deepEqual(await listening.reads(1), [code(3)]);
    await listening.reader.close();
    await scanner.close();
  });

  await bench.check('unplugged in the middle: half a read is dropped; back again it reads on', async () => {
    const scanner = await rig.plug('uhid', WEDGE);
    await untilInput(WEDGE.name);
    const listening = await reading(bench, { where: { match }, gapMs: 2000 });
    await type(scanner, `${code(1)}\n46000`);
    await listening.reads(1);
    await scanner.unplug();
    await untilRetrying(listening);
    assert.equal(listening.reader.state.reason?.code, 'TB_READER_VANISHED');
    assert.equal(droppedBy(listening, 'unplugged'), 5);
    const start = performance.now();
    await scanner.plug();
    await untilInput(WEDGE.name);
    const shown = performance.now();
    await listening.ready();
    const note = `ready ${(performance.now() - shown).toFixed(0)} ms after the system showed it (${(shown - start).toFixed(0)} ms)`;
    await type(scanner, `${code(2)}\n`);
    assert.deepEqual(await listening.reads(2), [code(1), code(2)]);
    await heardNothing();
    await listening.reader.close();
    await scanner.close();
    return note;
  });

  await bench.check('kill -9 of the helper: the keyboard is free at once, then taken again; what was complete came once', async () => {
    const scanner = await rig.plug('uhid', WEDGE);
    await untilInput(WEDGE.name);
    const listening = await reading(bench, { where: { match }, gapMs: 2000 });
    await type(scanner, `${code(1)}\n4600`);
    await listening.reads(1);
    const [helper] = helpers();
    assert.ok(helper !== undefined);
    process.kill(helper, 'SIGKILL');
    await untilRetrying(listening);
    assert.equal(listening.reader.state.reason?.code, 'TB_READER_KEYBOARD_HELPER');
    await listening.ready();
    await type(scanner, `${code(2)}\n`);
    assert.deepEqual(await listening.reads(2), [code(1), code(2)]);
    await heardNothing();
    await listening.reader.close();
    await scanner.close();
  });

  await bench.check('kill -9 of the whole program: its helper ends, the console has the keys again', async () => {
    const scanner = await rig.plug('uhid', WEDGE);
    await untilInput(WEDGE.name);
    const { child, helper } = await holder(bench);
    await type(scanner, 'held\n');
    await heardNothing();
    child.kill('SIGKILL');
    await once(child, 'exit');
    await until('the helper to end', () => !alive(helper));
    await type(scanner, 'free\n');
    await witness.hears('free\n');
    witness.forget();
    const listening = await reading(bench, { where: { match } });
    await listening.reader.close();
    await scanner.close();
  });

  await bench.check('USB/IP: two of a kind are told apart by their socket; the other one goes on typing', async () => {
    const [left, right] = [await rig.plug('usb', { ...IDS, product: 'Left', functions, port: 0 }), await rig.plug('usb', { ...IDS, product: 'Right', functions, port: 1 })];
    await untilInput('Left');
    await untilInput('Right');
    const both = await listen(bench, keyboardReader({ id: 'both', where: { match } }));
    await until('the refusal', () => both.reader.state.reason?.code === 'TB_READER_USB_MATCH_SEVERAL');
    const ports = [...(both.reader.state.reason?.message.matchAll(/\(port ([0-9.-]+)\)/g) ?? [])].map(([, port]) => port ?? '').sort();
    assert.equal(ports.length, 2);
    await both.reader.close();
    const listening = await reading(bench, { where: { match: { ...match, port: ports[1] ?? '' } } });
    await type(onBus(right), `${code(4)}\n`);
    assert.deepEqual(await listening.reads(1), [code(4)]);
    await type(onBus(left), 'left\n');
    await witness.hears('left\n');
    assert.equal(witness.heard, 'left\n');
    witness.forget();
    await listening.reader.close();
    await left.close();
    await right.close();
    await until('both to go', () => inputNode('Left') === undefined && inputNode('Right') === undefined);
    return ports.join(', ');
  });

  await bench.check('USB/IP: 200 reads one after the other are all there and in order', async () => {
    const scanner = await rig.plug('usb', { ...IDS, product: 'Quick', functions });
    await untilInput('Quick');
    const listening = await reading(bench, { where: { match } });
    const codes = Array.from({ length: 200 }, (_, i) => code(i));
    const start = performance.now();
    for (const each of codes) await type(onBus(scanner), `${each}\n`);
    assert.deepEqual(await listening.reads(200), codes);
    await heardNothing();
    await listening.reader.close();
    await scanner.close();
    return `${(performance.now() - start).toFixed(0)} ms`;
  });

  await bench.check("QEMU's own keyboard, typed slowly, with a pause of one's own", async () => {
    const keyboard = await rig.plug('machine', { device: 'keyboard' });
    await untilInput('QEMU QEMU USB Keyboard');
    const listening = await reading(bench, { where: { match: { vid: '0627', pid: '0001' } }, gapMs: 2000 });
    await keyboard.type('460712345\n');
    assert.deepEqual(await listening.reads(1), ['460712345']);
    await heardNothing();
    await listening.reader.close();
    await keyboard.close();
    await until('it to go', () => inputNode('QEMU QEMU USB Keyboard') === undefined);
  });

  await bench.check('from the bus, without evdev: claimed, given back, claimed again after kill -9, unplugged and back', async () => {
    const scanner = await rig.plug('usb', { ...IDS, product: 'Claimed', functions });
    const path = await untilInput('Claimed');
    const listening = await reading(bench, { where: { match }, access: 'usb' });
    await untilGone(path);
    await type(onBus(scanner), `${code(1)}\n`);
    assert.deepEqual(await listening.reads(1), [code(1)]);
    // a time-out of a transfer would lose what comes around it: longer than the package's own
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await type(onBus(scanner), `${code(2)}\n`);
    assert.deepEqual(await listening.reads(2), [code(1), code(2)]);
    const [helper] = helpers();
    assert.ok(helper !== undefined);
    process.kill(helper, 'SIGKILL');
    await untilRetrying(listening);
    await listening.ready();
    await type(onBus(scanner), `${code(3)}\n4600`);
    await listening.reads(3);
    await scanner.unplug();
    await untilRetrying(listening);
    await scanner.plug();
    await listening.ready();
    await type(onBus(scanner), `${code(4)}\n`);
    assert.deepEqual(await listening.reads(4), [1, 2, 3, 4].map(code));
    await heardNothing();
    await listening.reader.close();
    await untilInput('Claimed');
    await type(onBus(scanner), 'back\n');
    await witness.hears('back\n');
    witness.forget();
    await scanner.close();
  });
}

if (process.argv[2] === 'hold') await hold();
else await group('keyboard', checks);
