// Who may open a scanner: nobody without udev rules, the group and nobody else with those that the command line prints.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { silentLog, systemClock, type Reader } from '@tillbridge/core';
import { createHidReader } from '@tillbridge/readers/hid';
import { createKeyboardReader } from '@tillbridge/readers/keyboard';
import { createSerialReader } from '@tillbridge/readers/serial';
import { RecordingSink } from '../../../packages/testkit/src/suites/recording-sink.js';
import { asUser, groupId, NOBODY_IN_PARTICULAR, task, tillbridge } from '../guest/as-user.ts';
import { group, until } from '../guest/group.ts';
import { inputNode, nodesOf, untilInput, untilNodes } from '../guest/system.ts';
import { KEYBOARD_DESCRIPTOR, LAYOUT_A_DESCRIPTOR } from '../players/scanner-reports.ts';

type Kind = 'hid' | 'keyboard' | 'serial';
interface Attempt {
  readonly kind: Kind;
  readonly path: string;
}

const RULES = '/etc/udev/rules.d/70-tillbridge.rules';
const DENIED: Readonly<Record<Kind, string>> = { hid: 'TB_READER_USB_NO_PERMISSION', keyboard: 'TB_READER_USB_NO_PERMISSION', serial: 'TB_READER_NO_PERMISSION' };

/** As another user: opens a scanner with the reader of its kind, and gives its state or the code of its error. */
async function attempt({ kind, path }: Attempt): Promise<string> {
  const [options, context] = [{ id: 'till', where: { path } }, { clock: systemClock, log: silentLog }];
  const make: Readonly<Record<Kind, () => Reader>> = {
    hid: () => createHidReader(options, context),
    keyboard: () => createKeyboardReader(options, context),
    serial: () => createSerialReader(options, context),
  };
  const reader = make[kind]();
  await reader.open(new RecordingSink(), new AbortController().signal);
  const current = (): string => reader.state.reason?.code ?? reader.state.status;
  // a first attempt may have taken too long here: the reader tries again
  const answer = await until('an answer', () => (current() === 'ready' || current() === DENIED[kind]) && current()).catch(current);
  await reader.close();
  return answer;
}

const mine = task() as readonly Attempt[] | null;
if (mine !== null) {
  console.log(JSON.stringify(await Promise.all(mine.map(attempt))));
  process.exit();
}

/** What another user's attempts come to. */
const attempts = async (user: { readonly uid: number; readonly gid: number }, ...tasks: readonly Attempt[]): Promise<unknown> =>
  JSON.parse(await asUser(import.meta.filename, user, tasks));

await group('access', async (bench) => {
  const { rig } = bench;
  const member = { uid: NOBODY_IN_PARTICULAR.uid, gid: groupId('dialout') };
  const devices = {
    pos: await rig.make('usb', { vid: 0x0c2e, pid: 0x0b67, product: 'POS', functions: [{ kind: 'hid', descriptor: LAYOUT_A_DESCRIPTOR }], port: 0 }),
    keyboard: await rig.make('usb', { vid: 0x05e0, pid: 0x1200, product: 'Typer', manufacturer: 'Bench', functions: [{ kind: 'hid', descriptor: KEYBOARD_DESCRIPTOR, boot: 'keyboard' }], port: 1 }),
    serial: await rig.make('usb', { vid: 0x0c2e, pid: 0x0b6a, product: 'COM', functions: [{ kind: 'cdc' }], port: 2 }),
    stranger: await rig.make('usb', { vid: 0x1209, pid: 0x0001, product: 'Stranger', functions: [{ kind: 'hid', descriptor: LAYOUT_A_DESCRIPTOR }], port: 3 }),
  };
  const nodes = async (): Promise<readonly Attempt[]> => [
    { kind: 'hid', path: (await untilNodes('hidraw', 0x0c2e, 0x0b67))[0] ?? '' },
    { kind: 'keyboard', path: await untilInput('Bench Typer') },
    { kind: 'serial', path: (await untilNodes('tty', 0x0c2e, 0x0b6a))[0] ?? '' },
  ];
  const everything = Object.values(devices);
  const settle = (): void => void execFileSync('udevadm', ['settle']);
  const permissions = (path: string): string => (statSync(path).mode & 0o777).toString(8);

  await bench.must('without rules nobody but root may open one, and each reader says so', async () => {
    for (const device of everything) await device.plug();
    const found = await nodes();
    await untilNodes('hidraw', 0x1209, 0x0001);
    settle();
    assert.deepEqual(await attempts(NOBODY_IN_PARTICULAR, ...found), found.map(({ kind }) => DENIED[kind]));
  });

  await bench.must('the command line prints rules that udev takes', async () => {
    const rules = await tillbridge(['devices', 'rules', '--group', 'dialout']);
    mkdirSync('/etc/udev/rules.d', { recursive: true });
    writeFileSync(RULES, rules);
    const [hidraw = ''] = nodesOf('hidraw', 0x0c2e, 0x0b67);
    const tried = execFileSync('sh', ['-c', `udevadm test /sys/class/hidraw/${hidraw.replace('/dev/', '')} 2>&1`], { encoding: 'utf8' });
    const complaints = tried.split('\n').filter((line) => line.includes(RULES) && /invalid|unknown|ignor|error|fail/i.test(line));
    assert.deepEqual(complaints, []);
    assert.match(tried, /GROUP 20\b|dialout/);
    return `${String(rules.split('\n').length)} lines`;
  });

  await bench.must('after a replug: the group opens them', async () => {
    execFileSync('udevadm', ['control', '--reload']);
    for (const device of everything) await device.unplug();
    await until('all to go', () => nodesOf('hidraw', 0x0c2e, 0x0b67).length + nodesOf('tty', 0x0c2e, 0x0b6a).length === 0 && inputNode('Bench Typer') === undefined);
    for (const device of everything) await device.plug();
    const found = await nodes();
    await untilNodes('hidraw', 0x1209, 0x0001);
    settle();
    assert.deepEqual(found.map(({ path }) => permissions(path)), ['660', '660', '660']);
    assert.deepEqual(await attempts(member, ...found), ['ready', 'ready', 'ready']);
  });

  await bench.check('nobody outside the group does', async () => {
    const found = await nodes();
    assert.deepEqual(await attempts(NOBODY_IN_PARTICULAR, ...found), found.map(({ kind }) => DENIED[kind]));
  });

  await bench.check('a device that is no known scanner stays closed, and so does every other keyboard', async () => {
    const [stranger = ''] = nodesOf('hidraw', 0x1209, 0x0001);
    assert.equal(permissions(stranger), '600');
    const strange = { kind: 'hid', path: stranger } as const;
    const other = await rig.plug('uhid', { name: 'Bench Human', vid: 0x046d, pid: 0xc31c, descriptor: KEYBOARD_DESCRIPTOR });
    const path = await untilInput('Bench Human');
    settle();
    assert.equal(permissions(path).at(-1), '0');
    assert.deepEqual(await attempts(member, strange, { kind: 'keyboard', path }), [DENIED.hid, DENIED.keyboard]);
    await other.unplug();
  });

  for (const device of everything) await device.unplug();
});
