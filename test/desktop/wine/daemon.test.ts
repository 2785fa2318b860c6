import { writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { needs } from '../../support/needs.js';
import { numberOf, SHOP_RULES, universal, type Row } from '../../support/shop.js';
import { waitFor } from '../../support/wait-for.js';
import { stageForWindows } from '../../support/wine/stage.js';
import { WineComputer, type WineProgram, type WineResult } from '../../support/wine/wine.js';
import { XServer } from '../../support/x-server.js';
import { compileWindows, Target } from './programs.js';

/** A limit, not an expectation: each command starts a Node.js under wine, and the machine may be busy. */
const SLOW_MS = 240_000;

needs('linux', 'mingw', 'wine', 'wine-node', 'xvfb')('the daemon on Windows (Node.js for Windows under wine)', () => {
  let screen: XServer;
  let computer: WineComputer;
  let bin: string;
  let till: Target;
  let daemon: WineProgram;
  let scanner: Socket | undefined;

  const args = (...more: readonly string[]): readonly string[] => [
    ...[computer.path(bin), '-c', computer.path(join(computer.folder, 'tillbridge.yaml'))],
    ...['--state', 'C:\\ProgramData\\Tillbridge\\state', ...more],
  ];
  const cli = (...more: readonly string[]): Promise<WineResult> => computer.run(computer.nodeExe, args(...more));
  /** A card is shown again at once, which on a quick machine is a duplicate by default. */
  const config = (tillMore: object = {}): void => {
    const readers = [{ id: 'counter', type: 'tcp', listen: '127.0.0.1:0' }];
    const window = { title: 'Till', class: 'TillClass', process: 'target.exe' };
    const tills = [{ id: 'front', adapter: 'keyboard', transport: 'sendinput', agent: false, window, expireMs: 2500, duplicateMs: 0, ...tillMore }];
    writeFileSync(join(computer.folder, 'tillbridge.yaml'), JSON.stringify({ version: 1, readers, tills, ...SHOP_RULES }));
  };
  const start = async (): Promise<void> => {
    daemon = computer.node(args('run'));
    await daemon.waitForLine(/^READY pid=\d+ api=off$/);
    const port = await waitFor('its port', () => /"port":(\d+)/.exec(daemon.stderr())?.[1]);
    const socket = connect(Number(port), '127.0.0.1');
    scanner = socket;
    socket.on('error', () => undefined);
    await new Promise<void>((resolve) => socket.once('connect', resolve));
  };
  const arrives = async (text: string): Promise<void> => {
    await waitFor('the text', () => till.text().endsWith(text)).catch(() => undefined);
    expect(till.text().slice(-text.length)).toBe(text);
  };
  const rows = async (): Promise<readonly Row[]> => {
    const { stdout } = await cli('journal', '--json', '--since', '1d');
    return stdout.split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as Row);
  };

  beforeAll(async () => {
    screen = await XServer.start();
    screen.layout('us,ru');
    // the Russian layout is the active one
    screen.group(1);
    computer = WineComputer.make(screen.display);
    bin = stageForWindows(computer.folder, computer.natives);
    till = await Target.start(computer, compileWindows('target', computer.folder), 'Till', 'raw');
    config();
    await start();
    await till.front();
  }, SLOW_MS);
  afterAll(async () => {
    scanner?.destroy();
    await computer.close();
    await screen.stop();
  }, SLOW_MS);

  test('a scan over the named pipe lands in the cashier program as its number', async () => {
    const { code, stdout } = await cli('--json', 'scan', universal(1), '--wait');
    expect([code, (JSON.parse(stdout) as { outcome: string }).outcome]).toEqual([0, 'sent']);
    await arrives(`${numberOf(universal(1))}\r`);
    expect((await rows()).at(-1)).toMatchObject({ till: 'front', kind: 'card', outcome: 'sent' });
  }, SLOW_MS);

  test('loyalty and goods from a scanner, in order; a marking code is refused whole where the program takes no GS', async () => {
    const from = till.text().length;
    const first = universal(2);
    scanner?.write('4600000000017\r\n');
    await arrives('4600000000017\r');
    // what it has read before it answers a command lies behind a silence by now, however busy this machine is
    await cli('status');
    scanner?.write(`${first}\r\n`);
    await arrives(`${numberOf(first)}\r`);
    scanner?.write('0104600000000017\u001d21abc\r\n');
    scanner?.write('4600000000024\r\n');
    await arrives('4600000000024\r');
    expect(till.text().slice(from)).toBe(`4600000000017\r${numberOf(first)}\r4600000000024\r`);
  }, SLOW_MS);

  test('another window in front: refused after its time, with the reason', async () => {
    const other = await Target.start(computer, join(computer.folder, 'target.exe'), 'Other', 'raw');
    await other.front();
    const { code, stdout } = await cli('--json', 'scan', universal(3), '--wait');
    expect([code, JSON.parse(stdout)]).toEqual([1, expect.objectContaining({ outcome: 'expired' })]);
    expect((await rows()).at(-1)).toMatchObject({ outcome: 'expired', reason: 'windowNotInFront' });
    expect(other.text()).toBe('');
    await other.close();
    await till.front();
  }, SLOW_MS);

  test('the card table is imported, replaced and asked while the daemon runs', async () => {
    const file = join(computer.folder, 'cards.csv');
    for (const [card, how] of [['2000000001111', []], ['2000000002222', ['--replace']]] as const) {
      writeFileSync(file, `code,card\n7700000001,${card}\n`);
      const done = await cli('cards', 'import', computer.path(file), ...how);
      expect([done.code, done.stdout]).toEqual([0, expect.stringContaining('imported 1')]);
      expect((await cli('scan', '7700000001', '--wait')).code).toBe(0);
      await arrives(`${card}\r`);
    }
    expect((await cli('cards', 'stats', '--json')).stdout).toContain('"total": 1');
  }, SLOW_MS);

  test('status, doctor, reload; a second daemon is refused', async () => {
    expect((await cli('status')).stdout).toMatch(/^front\s+keyboard\s+ready/m);
    config({ suffix: 'TAB', markedGoods: false });
    expect((await cli('reload')).code).toBe(0);
    expect((await cli('scan', universal(4), '--wait')).code).toBe(0);
    await arrives(`${numberOf(universal(4))}\t`);
    const doctor = await cli('doctor');
    expect([doctor.code, doctor.stdout]).toEqual([0, expect.stringMatching(/^ok\s+till front/m)]);
    const second = await cli('run');
    expect([second.code, second.stderr]).toEqual([1, expect.stringContaining('TB_')]);
  }, SLOW_MS);

  test('ended like a power cut, it comes back with its journal whole; stopped, it ends in order', async () => {
    await daemon.kill();
    scanner?.destroy();
    await start();
    await till.front();
    expect((await cli('scan', universal(5), '--wait')).code).toBe(0);
    await arrives(`${numberOf(universal(5))}\t`);
    const stopped = await cli('stop');
    expect([stopped.code, stopped.stderr]).toEqual([0, '']);
    expect((await daemon.exited).code).toBe(0);
    const verified = await cli('journal', 'verify');
    expect([verified.code, verified.stdout]).toEqual([0, expect.stringMatching(/^ok \d+ entries/)]);
    expect((await rows()).map(({ outcome }) => outcome)).toEqual(['sent', 'sent', 'expired', 'sent', 'sent', 'sent', 'sent']);
    expect(daemon.stderr()).not.toContain(numberOf(universal(5)));
  }, SLOW_MS);
});
