// Scanners in keyboard mode: the built `keyboard` reader and its process against evdev. The console is the witness: what it hears a cashier
// program would have heard.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { group, until, type Bench } from '../guest/group.ts';
import { alive, checkKeyboard, code, droppedBy, helpers, hold, holder, match, opening, reading, residentMiB, type, watchConsole, WEDGE } from '../guest/keyboards.ts';
import { untilRetrying } from '../guest/listen.ts';
import { untilInput } from '../guest/system.ts';

async function checks(bench: Bench): Promise<void> {
  const { witness, mark, heardNothing } = await watchConsole(bench);

  await checkKeyboard(bench, 'uhid: the keys come to the reader, and none to the console; afterwards the console has them again', async (plug) => {
    const scanner = await plug('uhid', WEDGE);
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
    witness.forget();
    return note;
  }, true);

  await checkKeyboard(bench, 'a second one who wants it is told so, and gets it when it is free', async (plug) => {
    const scanner = await plug('uhid', WEDGE);
    const path = await untilInput(WEDGE.name);
    const first = await reading(bench, { where: { path } });
    const second = await opening(bench, { id: 'second', where: { path } });
    await until('the refusal', () => second.reader.state.reason?.code === 'TB_READER_KEYBOARD_GRABBED');
    await type(scanner, `${code(1)}\n`);
    assert.deepEqual(await first.reads(1), [code(1)]);
    await first.reader.close();
    await second.ready();
    await type(scanner, `${code(2)}\n`);
    assert.deepEqual(await second.reads(1), [code(2)]);
    await heardNothing();
    await second.reader.close();
  });

  await checkKeyboard(bench, 'keys that are held when the reader starts come up for everybody else', async (plug) => {
    const scanner = await plug('uhid', WEDGE);
    await untilInput(WEDGE.name);
    const shift = Uint8Array.of(2, 0, 0, 0, 0, 0, 0, 0);
    // let go of while the reader waits for it; and not let go of at all
    for (const patient of [true, false]) {
      await scanner.send(shift);
      const pending = opening(bench, { id: 'counter', where: { match } });
      if (patient) await scanner.send(new Uint8Array(8));
      const listening = await pending;
      await listening.ready();
      // had the console kept Shift, this would be in capitals
      await mark('shift');
      witness.forget();
      await scanner.send(new Uint8Array(8));
      // what is typed right after taking it may be the rest of a read
      await type(scanner, '\n');
      await type(scanner, `${code(3)}\n`);
      await until('the read', () => listening.sink.texts.includes(code(3)));
      await listening.reader.close();
    }
    await heardNothing();
  });

  await checkKeyboard(bench, 'unplugged in the middle: half a read is dropped; back again it reads on', async (plug) => {
    const scanner = await plug('uhid', WEDGE);
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
    return note;
  });

  await checkKeyboard(bench, 'kill -9 of the helper: the keyboard is free at once, then taken again; what was complete came once', async (plug) => {
    const scanner = await plug('uhid', WEDGE);
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
  });

  await checkKeyboard(bench, 'kill -9 of the whole program: its helper ends, the console has the keys again', async (plug) => {
    const scanner = await plug('uhid', WEDGE);
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
  });
}

if (process.argv[2] === 'hold') await hold();
else await group('keyboard', checks);
