// Keys of scanners in keyboard mode, through the kernel: what we take them for is what they are.
import assert from 'node:assert/strict';
import { USAGE_OF_KEY } from '../../../packages/core/src/keys/linux-keys.js';
import { group, until } from '../guest/group.ts';
import { checkKeyboard, match, paced, reading, reportsOf, watchConsole, WEDGE } from '../guest/keyboards.ts';
import { untilInput } from '../guest/system.ts';
import { CharDevice } from '../players/char-device.ts';
import { KEYBOARD_DESCRIPTOR } from '../players/scanner-reports.ts';

await group('keyboard-keys', async (bench) => {
  const { witness, mark } = await watchConsole(bench);

  await checkKeyboard(bench, 'bytes of every kind come through the kernel, Caps Lock or not', async (plug) => {
    const scanner = await plug('uhid', WEDGE);
    await untilInput(WEDGE.name);
    const listening = await reading(bench, { where: { match } });
    // above ASCII each takes ten reports: one in eight will do
    const all = Uint8Array.from({ length: 256 }, (_, byte) => byte).filter((byte) => ![0x03, 0x09, 0x0a, 0x0d].includes(byte) && (byte < 0x80 || byte % 8 === 1));
    const caps = [Uint8Array.of(0, 0, 0x39, 0, 0, 0, 0, 0), new Uint8Array(8)];
    await paced(scanner, ...caps, ...reportsOf(Uint8Array.of(...all, 0x0d)), ...caps);
    await listening.reads(1);
    assert.equal(Buffer.from(listening.sink.reads[0]?.bytes ?? []).toString('hex'), Buffer.from(all).toString('hex'));
    await listening.reader.close();
  });

  await checkKeyboard(bench, "our table of keys is the kernel's", async (plug) => {
    const whole = KEYBOARD_DESCRIPTOR.map((byte, at, bytes) => (byte === 0x65 && [0x29, 0x25].includes(bytes[at - 1] ?? 0) ? 0x73 : byte));
    const keyboard = await plug('uhid', { ...WEDGE, name: 'Bench Table', descriptor: whole });
    let got = Buffer.alloc(0);
    const node = new CharDevice(await untilInput('Bench Table'), (data) => (got = Buffer.concat([got, data])), 'read');
    // without those that change the console's own state, and the one that switches the machine off
    const usages = Array.from({ length: 0x70 }, (_, i) => 0x04 + i).filter((usage) => ![0x32, 0x39, 0x46, 0x47, 0x48, 0x53, 0x66].includes(usage));
    const events = (): readonly (readonly [type: number, code: number, value: number])[] =>
      Array.from({ length: Math.floor(got.length / 24) }, (_, i) => [got.readUInt16LE(i * 24 + 16), got.readUInt16LE(i * 24 + 18), got.readInt32LE(i * 24 + 20)] as const);
    /** Presses and releases it, and waits until both were heard: who reads too slowly loses keys, the kernel keeps 64 events for each. */
    const press = async (usage: number, report: Uint8Array): Promise<void> => {
      await paced(keyboard, report, new Uint8Array(8));
      const scan = (0x70000 | usage) >>> 0;
      await until(`usage ${String(usage)}`, () => events().filter(([type, , value]) => type === 4 && value === scan).length === 2);
    };
    for (const usage of usages) await press(usage, Uint8Array.of(0, 0, usage, 0, 0, 0, 0, 0));
    for (let bit = 0; bit < 8; bit += 1) await press(0xe0 + bit, Uint8Array.of(1 << bit, 0, 0, 0, 0, 0, 0, 0));
    node.close();
    // the kernel names the usage (EV_MSC, MSC_SCAN) right before the key that it made of it
    const pairs = events().flatMap(([type, key, value], i, all) => (type === 1 && value === 1 && all[i - 1]?.[0] === 4 ? [[(all[i - 1]?.[2] ?? 0) & 0xffff, key] as const] : []));
    assert.equal(pairs.length, usages.length + 8);
    for (const [usage, key] of pairs) assert.equal(USAGE_OF_KEY[key], usage, `key ${String(key)}`);
    await mark('all-heard');
    witness.forget();
    return `${String(pairs.length)} keys`;
  });
});
