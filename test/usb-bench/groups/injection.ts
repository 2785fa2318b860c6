// The keyboard that we are: the built `uinput` transport, typing through the kernel into a text console.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { silentLog, systemClock, type KeyEvent } from '@tillbridge/core';
import { uinputSource, type Injector, type Stroke } from '@tillbridge/adapter-device/keyboard';
import { ConsoleWitness } from '../guest/console-witness.ts';
import { group, until, type Bench } from '../guest/group.ts';

const never = new AbortController().signal;
const NAME = 'Tillbridge keyboard';
const NUMBERS = 40;

const there = (): boolean => readFileSync('/proc/bus/input/devices', 'utf8').includes(NAME);
const number = (i: number): string => `2${String(i).padStart(12, '0')}`;
const stroke = (text: string, over: Partial<Stroke> = {}): Stroke => ({ parts: [{ text }, { key: 'Enter' }], keyDelayMs: 0, mode: 'unicode', withinMs: 60_000, ...over });
/** Keys of "46" and Enter by their places on the keyboard. */
const KEYS: readonly KeyEvent[] = [0x21, 0x23, 0x28].flatMap((usage, i) => [{ usage, down: true, atMs: i }, { usage, down: false, atMs: i }]);

function hostPids(): number[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number).filter((pid) => {
    try {
      return readFileSync(`/proc/${String(pid)}/cmdline`, 'utf8').includes('uinput-host');
    } catch {
      return false;
    }
  });
}

await group('injection', async (bench: Bench) => {
  const witness = new ConsoleWitness();
  bench.after(() => witness.close());
  const source = (letters: boolean, path?: string) =>
    uinputSource({ till: 'front', clock: systemClock, log: silentLog, letters, ...(path === undefined ? {} : { path }) });
  let digits: Injector | undefined;
  bench.after(() => digits?.close());

  await bench.must('digits and Enter, flat out: each once, in order', async () => {
    digits = await source(false).open(AbortSignal.timeout(120_000));
    assert.ok(there());
    for (let i = 0; i < NUMBERS; i += 1) {
      assert.deepEqual(await digits.type(stroke(number(i)), never), { result: 'typed' });
      // the terminal keeps 4096 bytes that nobody has read
      if (i % 20 === 19) await witness.hears(`${number(i)}\n`);
    }
    assert.equal(witness.heard, Array.from({ length: NUMBERS }, (_, i) => `${number(i)}\n`).join(''));
    witness.forget();
  });

  await bench.check('with pauses, and keys of a scanner again', async () => {
    assert.deepEqual(await digits?.type(stroke('4607', { keyDelayMs: 10 }), never), { result: 'typed' });
    assert.deepEqual(await digits?.replay(KEYS, never), { result: 'typed' });
    await witness.hears('4607\n46\n');
    witness.forget();
  });

  await bench.check('what it does not carry is refused whole: letters, GS, a window', async () => {
    for (const refusal of [stroke('460A'), stroke('', { parts: [{ text: '1' }, { control: 0x1d }] }), stroke('1', { guard: { title: 'till' } })]) {
      assert.deepEqual(await digits?.type(refusal, never), { result: 'refused', reason: 'notCarried' });
    }
    assert.deepEqual(await digits?.type(stroke('1'), never), { result: 'typed' });
    await witness.hears('1\n');
    assert.equal(witness.heard, '1\n');
    witness.forget();
  });

  await bench.check('with letters: what a US keyboard has, and GS', async () => {
    const letters = await source(true).open(AbortSignal.timeout(120_000));
    assert.deepEqual(await letters.type(stroke('', { parts: [{ text: 'aB-;1' }, { control: 0x1d }, { text: 'Z' }, { key: 'Enter' }] }), never), { result: 'typed' });
    await witness.hears('aB-;1\u001dZ\n');
    witness.forget();
    await letters.close();
  });

  await bench.check('kill -9 of its process: no key stays down, the kernel takes the keyboard away, and the next one types', async () => {
    const [pid] = hostPids();
    assert.ok(pid !== undefined && digits !== undefined);
    process.kill(pid, 'SIGKILL');
    assert.equal((await digits.ended).code, 'TB_TILL_KEYBOARD_LOST');
    assert.deepEqual(await digits.type(stroke('1'), never), { result: 'refused', reason: 'notConnected' });
    await digits.close();
    await until('the keyboard to go', () => !there());
    digits = await source(false).open(AbortSignal.timeout(120_000));
    assert.deepEqual(await digits.type(stroke('77'), never), { result: 'typed' });
    await witness.hears('77\n');
    await digits.close();
    await until('no process to be left', () => hostPids().length === 0 && !there());
  });

  await bench.check('a device that is not there is said', async () => {
    await assert.rejects(source(false, '/dev/no-uinput').open(AbortSignal.timeout(120_000)), { code: 'TB_TILL_KEYBOARD_NO_UINPUT' });
  });
});
