// What the command line tells of scanners that are plugged in, on real device nodes: devices, --watch, doctor, learn. And USB's own events.
import assert from 'node:assert/strict';
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { silentLog, systemClock } from '@tillbridge/core';
import { createHidReader } from '@tillbridge/readers/hid';
import { createKeyboardReader } from '@tillbridge/readers/keyboard';
import { codeBytes, learnCodes } from '@tillbridge/readers/learn';
import type { CustomLayout } from '@tillbridge/readers/profiles';
import { createHotplug, createTwinFilter, type TwinFilter } from '@tillbridge/readers/usb';
import { NOBODY_IN_PARTICULAR } from '../guest/as-user.ts';
import { group, until } from '../guest/group.ts';
import { listen, serialReader } from '../guest/listen.ts';
import { nodesOf, TREE, untilInput, untilNodes } from '../guest/system.ts';
import { keyboardReports, KEYBOARD_DESCRIPTOR, LAYOUT_A_DESCRIPTOR, LAYOUT_B_DESCRIPTOR, layoutA } from '../players/scanner-reports.ts';

const CLI = `${TREE}/packages/bridge/bin/tillbridge.cjs`;
const HOME = '/run/discovery';
const options = { cwd: HOME, env: { ...process.env, HOME, LANG: 'C.UTF-8' }, maxBuffer: 1 << 24 };

interface Shown {
  readonly key: string;
  readonly vid?: string;
  readonly mode: string;
  readonly profile?: string;
  readonly usable: string;
  readonly heldBy?: number;
  readonly remedy: string;
  readonly path: string;
}

/** Runs the built command line; its exit code is not judged. */
function cli(argv: readonly string[], user?: { readonly uid: number; readonly gid: number }): Promise<string> {
  return new Promise((resolve) => execFile('node', [CLI, ...argv], { ...options, ...user }, (_, stdout) => resolve(stdout)));
}

const devices = async (user?: { readonly uid: number; readonly gid: number }): Promise<readonly Shown[]> =>
  (JSON.parse(await cli(['--json', 'devices'], user)) as { readonly devices: readonly Shown[] }).devices.filter(({ vid }) => vid !== undefined);

/** A running command, and what it has printed. */
function start(argv: readonly string[]): { readonly child: ChildProcess; readonly out: () => string; readonly err: () => string } {
  const child = spawn('node', [CLI, ...argv], { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  const texts = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (texts.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (texts.err += chunk.toString()));
  return { child, out: () => texts.out, err: () => texts.err };
}

const ended = (child: ChildProcess): Promise<true> => until('the command to end', () => child.exitCode !== null && true);

// a scanner whose reports nobody has described: id 7, length, a gap, 40 bytes, "more" in bit 3
const ODD_DESCRIPTOR = Uint8Array.from([0x05, 0x8c, 0x09, 0x02, 0xa1, 0x01, 0x85, 0x07, 0x09, 0xfe, 0x15, 0x00, 0x26, 0xff, 0x00, 0x75, 0x08, 0x95, 0x2b, 0x81, 0x02, 0xc0]);
function oddReports(code: Uint8Array): Uint8Array[] {
  const count = Math.ceil(code.length / 40);
  return Array.from({ length: count }, (_, i) => {
    const part = code.subarray(i * 40, (i + 1) * 40);
    const report = new Uint8Array(44);
    report.set([7, part.length]);
    report.set(part, 3);
    report[43] = i < count - 1 ? 8 : 0;
    return report;
  });
}

await group('discovery', async (bench) => {
  const { rig } = bench;
  mkdirSync(HOME, { recursive: true });

  await bench.check("USB's own events tell of a plug and of an unplug", async () => {
    const hotplug = createHotplug({ clock: systemClock, log: silentLog });
    const scanner = await rig.make('usb', { vid: 0x1eab, pid: 0x8206, product: 'Plug', functions: [{ kind: 'cdc' }] });
    for (const act of ['plug', 'unplug', 'plug', 'unplug'] as const) {
      const stop = new AbortController();
      let told = false;
      const wait = hotplug.changed(stop.signal).then(() => (told = !stop.signal.aborted));
      // its watcher starts in the background; a plug before that is what polling is for
      await until('the event', async () => {
        await scanner[act]();
        if (await Promise.race([wait, new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 4000))])) return true;
        await scanner[act === 'plug' ? 'unplug' : 'plug']();
        return told;
      });
      stop.abort();
    }
    await scanner.close();
  });

  const pos = await rig.plug('usb', { vid: 0x1eab, pid: 0x0c10, product: 'HR', functions: [{ kind: 'hid', descriptor: LAYOUT_B_DESCRIPTOR }], port: 0 });
  const com = await rig.plug('usb', { vid: 0x0c2e, pid: 0x0b6a, product: 'COM', serial: 'C-1', functions: [{ kind: 'cdc' }], port: 1 });
  const typer = await rig.plug('usb', { vid: 0x05e0, pid: 0x1200, product: 'Typer', manufacturer: 'Bench', functions: [{ kind: 'hid', descriptor: KEYBOARD_DESCRIPTOR, boot: 'keyboard' }], port: 2 });
  const snapi = await rig.plug('usb', { vid: 0x05e0, pid: 0x1900, product: 'SNAPI', functions: [{ kind: 'hid', descriptor: Uint8Array.from([0x06, 0x00, 0xff, 0x09, 0x01, 0xa1, 0x01, 0x09, 0x02, 0x15, 0, 0x25, 0x7f, 0x75, 8, 0x95, 8, 0x81, 2, 0xc0]) }], port: 3 });

  const watching = start(['--json', 'devices', '--watch']);
  bench.after(() => void watching.child.kill('SIGKILL'));
  /** What it has told so far of devices with USB ids. */
  const told = (): readonly (Shown & { readonly event: string })[] =>
    watching.out().split('\n').filter((line) => line.endsWith('}')).map((line) => JSON.parse(line) as Shown & { readonly event: string }).filter(({ vid }) => vid !== undefined);
  const event = (name: string, profile: string): Promise<Shown> => until(`${name} ${profile}`, () => told().find((each) => each.event === name && each.profile === profile));

  await bench.must('devices --watch: four modes, each with its next step', async () => {
    await untilNodes('hidraw', 0x1eab, 0x0c10);
    await untilNodes('tty', 0x0c2e, 0x0b6a);
    await untilInput('Bench Typer');
    await untilNodes('hidraw', 0x05e0, 0x1900);
    await until('all of them', () => told().filter(({ profile }) => profile !== undefined).length >= 4);
    const shown = new Map(told().map((device) => [device.profile, device]));
    assert.deepEqual([...shown.values()].map(({ profile, mode, usable }) => `${profile ?? '-'} ${mode} ${usable}`).sort(), [
      'honeywell-serial serial yes', 'newland-hidpos hidPos yes', 'zebra-keyboard keyboard yes', 'zebra-snapi vendor wrongMode',
    ]);
    assert.match(shown.get('newland-hidpos')?.remedy ?? '', /type: hid, match: \{ vid: "1eab", pid: "0c10" \}/);
    assert.match(shown.get('zebra-keyboard')?.remedy ?? '', /type: keyboard/);
    assert.match(shown.get('zebra-snapi')?.remedy ?? '', /CDC Host/);
    assert.equal(shown.get('honeywell-serial')?.key, '0c2e:0b6a:C-1');
  });

  await bench.check('a port that becomes busy: by whom', async () => {
    const holder = await listen(bench, serialReader({ id: 'holder', where: { match: { vid: '0c2e' } } }));
    await holder.ready();
    const busy = await event('changed', 'honeywell-serial');
    assert.deepEqual([busy.usable, busy.heldBy], ['busy', process.pid]);
    await holder.reader.close();
  });

  await bench.check('what goes and comes back in another socket', async () => {
    await pos.unplug();
    await event('removed', 'newland-hidpos');
    await pos.plug(4);
    await event('added', 'newland-hidpos');
    watching.child.kill('SIGTERM');
    await ended(watching.child);
    assert.equal(watching.child.exitCode, 0);
  });

  await bench.check('to somebody without rights: which rules to install', async () => {
    const shown = await devices(NOBODY_IN_PARTICULAR);
    assert.deepEqual(shown.map(({ usable }) => usable).sort(), ['noPermission', 'noPermission', 'noPermission', 'wrongMode']);
    assert.match(shown.find(({ profile }) => profile === 'newland-hidpos')?.remedy ?? '', /tillbridge devices rules \| sudo tee/);
  });

  await bench.check('doctor: each reader that would not work, with its next step', async () => {
    const config = `${HOME}/doctor.yaml`;
    writeFileSync(config, [
      'version: 1', 'readers:', '  - { id: good, type: hid, auto: true }', '  - { id: typing, type: serial, match: { vid: "05e0", pid: "1200" } }',
      '  - { id: vendor, type: hid, match: { vid: "05e0", pid: "1900" } }', '  - { id: gone, type: hid, match: { vid: "1234" } }', 'tills: [ { id: t, adapter: client } ]', 'routes: [ { readers: [good, typing, vendor, gone], till: t } ]', '',
    ].join('\n'));
    const { rows } = JSON.parse(await cli(['--json', '-c', config, '--state', `${HOME}/state`, 'doctor'])) as { readonly rows: readonly { readonly id: string; readonly level: string; readonly text: string; readonly remedy?: string }[] };
    const row = (id: string): string => rows.filter((each) => each.id === `reader ${id}`).map(({ level, text, remedy }) => `${level}: ${text}: ${remedy ?? ''}`).join();
    assert.match(row('good'), /^ok: Newland/);
    assert.match(row('typing'), /^fail: .*Zebra.*type: keyboard/);
    assert.match(row('vendor'), /^fail: .*maker's own protocol.*CDC Host/);
    assert.match(row('gone'), /^fail: /);
  });

  for (const device of [pos, com, typer, snapi]) await device.unplug();

  await bench.check('learn: three scans of an unknown scanner, and it can be read', async () => {
    const odd = await rig.plug('uhid', { name: 'Odd', vid: 0x24ea, pid: 0x0197, descriptor: ODD_DESCRIPTOR });
    const [path = ''] = await untilNodes('hidraw', 0x24ea, 0x0197);
    const config = `${HOME}/tillbridge.yaml`;
    writeFileSync(config, 'version: 1\nreaders: [ { id: r, type: hid, auto: true } ]\ntills: [ { id: t, adapter: client } ]\n');
    const learning = start(['--json', '-c', config, 'devices', 'learn', '--path', path, '--name', 'Odd one']);
    bench.after(() => void learning.child.kill('SIGKILL'));
    for (const [i, code] of learnCodes('qr').entries()) {
      await until(`the prompt ${String(i + 1)}`, () => learning.err().includes(`${String(i + 1)}/3`) || (learning.child.exitCode ?? 0) > 0);
      await odd.send(...oddReports(Uint8Array.from([...codeBytes(code), 13])));
    }
    await ended(learning.child);
    assert.equal(learning.child.exitCode, 0, learning.err());
    const { path: file, profile } = JSON.parse(learning.out()) as { readonly path: string; readonly profile: Readonly<Record<string, unknown>> };
    assert.equal(file, `${HOME}/profiles/learned-24ea-0197-hidpos.yaml`);
    assert.deepEqual(profile['layout'], { reportId: 7, length: 1, data: { offset: 3, count: 40 }, more: { offset: 43, bit: 3 } });
    assert.match(readFileSync(file, 'utf8'), /basis: learned/);
    const layout = profile['layout'] as CustomLayout;
    const reading = await listen(bench, createHidReader({ id: 'odd', where: { path }, layout }, { clock: systemClock, log: silentLog }));
    await reading.ready();
    await odd.send(...oddReports(Buffer.from('x'.repeat(100))));
    assert.deepEqual(await reading.reads(1), ['x'.repeat(100)]);
    await reading.reader.close();
    await odd.unplug();
  });

  await bench.check('one read through two interfaces is one; two reads through one interface are two', async () => {
    const twins: TwinFilter = createTwinFilter({ clock: systemClock });
    const context = { clock: systemClock, log: silentLog };
    const now = { hid: '', keys: '' };
    const duo = await rig.plug('usb', {
      vid: 0x1eab, pid: 0x0c10, product: 'Both', manufacturer: 'Bench',
      functions: [{ kind: 'hid', descriptor: KEYBOARD_DESCRIPTOR, boot: 'keyboard' }, { kind: 'hid', descriptor: LAYOUT_A_DESCRIPTOR }],
    });
    await untilInput('Bench Both');
    await until('both of its nodes', () => nodesOf('hidraw', 0x1eab, 0x0c10).length === 2);
    const match = { vid: '1eab', pid: '0c10' };
    const hid = await listen(bench, twins.wrap(createHidReader({ id: 'hid', where: { match }, layout: 'hhp' }, { ...context, onDevice: (device) => (now.hid = device ?? '') }), () => now.hid));
    const keys = await listen(bench, twins.wrap(createKeyboardReader({ id: 'keys', where: { match }, gapMs: 1500 }, { ...context, onDevice: (device) => (now.keys = device ?? '') }), () => now.keys));
    await Promise.all([hid.ready(), keys.ready()]);
    assert.equal(now.hid, now.keys);
    assert.match(now.hid, /\/usb\d+\//);
    // twice through one interface, with another code behind as the mark
    await duo.send(1, ...layoutA('111'), ...layoutA('111'), ...layoutA('222'));
    assert.deepEqual(await hid.reads(3), ['111', '111', '222']);
    // through both: the slow machine decides which is first, and whether the second is within 300 ms
    let once = 0;
    for (let round = 0; round < 5; round += 1) {
      const code = `46${String(round).padStart(3, '0')}`;
      const before = hid.sink.reads.length + keys.sink.reads.length;
      await Promise.all([duo.send(1, ...layoutA(code)), duo.send(0, ...keyboardReports(`${code}\n`))]);
      await duo.send(0, ...keyboardReports(`9${String(round)}\n`));
      await until('the mark', () => keys.sink.texts.includes(`9${String(round)}`));
      const reads = [...hid.sink.texts, ...keys.sink.texts].filter((text) => text === code).length;
      assert.ok(reads === 1 || reads === 2, String(reads));
      assert.ok(hid.sink.reads.length + keys.sink.reads.length > before);
      once += reads === 1 ? 1 : 0;
    }
    assert.ok(once > 0, 'no copy was found in five reads');
    await duo.unplug();
    const counted = [hid, keys].flatMap(({ sink }) => sink.calls.filter((call) => call.call === 'dropped' && call.reason === 'copy'));
    assert.equal(counted.length, once);
    return `${String(once)} of 5 within 300 ms`;
  });
});
