// Scanners in keyboard mode on the bus: told apart by their socket, read through evdev and, where that is not wanted, claimed from the kernel's driver.
import assert from 'node:assert/strict';
import { group, until } from '../guest/group.ts';
import { checkKeyboard, code, functions, helpers, IDS, match, opening, reading, type, onBus, watchConsole } from '../guest/keyboards.ts';
import { untilRetrying } from '../guest/listen.ts';
import { untilGone, untilInput } from '../guest/system.ts';

await group('keyboard-usb', async (bench) => {
  const { witness, heardNothing } = await watchConsole(bench);

  await checkKeyboard(bench, 'USB/IP: two of a kind are told apart by their socket; the other one goes on typing', async (plug) => {
    const [left, right] = [await plug('usb', { ...IDS, product: 'Left', functions, port: 0 }), await plug('usb', { ...IDS, product: 'Right', functions, port: 1 })];
    await untilInput('Left');
    await untilInput('Right');
    const both = await opening(bench, { id: 'both', where: { match } });
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
    return ports.join(', ');
  });

  await checkKeyboard(bench, 'USB/IP: 40 reads one after the other are all there and in order', async (plug) => {
    const scanner = await plug('usb', { ...IDS, product: 'Quick', functions });
    await untilInput('Quick');
    const listening = await reading(bench, { where: { match } });
    const codes = Array.from({ length: 40 }, (_, i) => String(460_000 + i));
    const start = performance.now();
    for (const each of codes) await type(onBus(scanner), `${each}\n`);
    assert.deepEqual(await listening.reads(40), codes);
    await heardNothing();
    await listening.reader.close();
    return `${(performance.now() - start).toFixed(0)} ms`;
  });

  await checkKeyboard(bench, "QEMU's own keyboard, typed slowly, with a pause of one's own", async (plug) => {
    const keyboard = await plug('machine', { device: 'keyboard' });
    await untilInput('QEMU QEMU USB Keyboard');
    const listening = await reading(bench, { where: { match: { vid: '0627', pid: '0001' } } });
    await keyboard.type('460712345\n');
    assert.deepEqual(await listening.reads(1), ['460712345']);
    await heardNothing();
    await listening.reader.close();
  });

  await checkKeyboard(bench, 'from the bus, without evdev: claimed, given back, claimed again after kill -9, unplugged and back', async (plug) => {
    const scanner = await plug('usb', { ...IDS, product: 'Claimed', functions });
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
  });
});
