// Scanners in keyboard mode: the built `keyboard` reader and its process against evdev. The console is the witness: what it hears a cashier
// program would have heard.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { USAGE_OF_KEY } from '../../../packages/readers/src/keyboard/decode/linux-keys.js';
import { group, until, type Bench } from '../guest/group.ts';
import { alive, code, droppedBy, helpers, hold, holder, keyboardReader, match, paced, reading, reportsOf, residentMiB, type, watchConsole, WEDGE } from '../guest/keyboards.ts';
import { listen, untilRetrying } from '../guest/listen.ts';
import { untilInput } from '../guest/system.ts';
import { CharDevice } from '../players/char-device.ts';
import { KEYBOARD_DESCRIPTOR } from '../players/scanner-reports.ts';

async function checks(bench: Bench): Promise<void> {
  const { rig } = bench;
  const { witness, mark, heardNothing } = await watchConsole(bench);

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

  await bench.check('bytes of every kind come through the kernel, Caps Lock or not', async () => {
    const scanner = await rig.plug('uhid', WEDGE);
    await untilInput(WEDGE.name);
    const listening = await reading(bench, { where: { match } });
    // above ASCII each takes ten reports: one in eight will do
    const all = Uint8Array.from({ length: 256 }, (_, byte) => byte).filter((byte) => ![0x03, 0x09, 0x0a, 0x0d].includes(byte) && (byte < 0x80 || byte % 8 === 1));
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
    // without those that change the console's own state, and the one that switches the machine off
    const usages = Array.from({ length: 0x70 }, (_, i) => 0x04 + i).filter((usage) => ![0x32, 0x39, 0x46, 0x47, 0x48, 0x53, 0x66].includes(usage));
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
    await mark('all-heard');
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
    await mark('shift');
    witness.forget();
    await type(scanner, `${code(3)}\n`);
    assert.deepEqual(await listening.reads(1), [code(3)]);
    await listening.reader.close();
    await scanner.close();
  });

  await bench.check('unplugged in the middle: half a read is dropped; back again it reads on', async () => {
    const scanner = await rig.plug('uhid', WEDGE);
    await untilInput(WEDGE.name);
    const listening = await reading(bench, { where: { match } });
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
    const listening = await reading(bench, { where: { match } });
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
}

if (process.argv[2] === 'hold') await hold();
else await group('keyboard', checks);
