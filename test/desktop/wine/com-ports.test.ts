import { closeSync, constants, openSync, readlinkSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { needs } from '../../support/needs.js';
import { numberOf, SHOP_RULES, universal } from '../../support/shop.js';
import { startTtyPair, type TtyPair } from '../../support/socat.js';
import { TillPort } from '../../support/till-port.js';
import { waitFor } from '../../support/wait-for.js';
import { stageForWindows } from '../../support/wine/stage.js';
import { WineComputer, type WineProgram, type WineResult } from '../../support/wine/wine.js';

/** A limit, not an expectation: each command starts a Node.js under wine, and the machine may be busy. */
const SLOW_MS = 240_000;

needs('linux', 'socat', 'mingw', 'wine', 'wine-node')('COM ports on Windows (null-modem cables mapped to COM ports of wine)', () => {
  let computer: WineComputer;
  let bin: string;
  let daemon: WineProgram;
  let till: TillPort;
  let scanner: number;
  const cables: TtyPair[] = [];

  const args = (...more: readonly string[]): readonly string[] => [
    ...[computer.path(bin), '-c', computer.path(join(computer.folder, 'tillbridge.yaml'))],
    ...['--state', 'C:\\ProgramData\\Tillbridge\\state', ...more],
  ];
  const cli = (...more: readonly string[]): Promise<WineResult> => computer.run(computer.nodeExe, args(...more));
  const config = (tillMore: object): void => {
    const readers = [{ id: 'counter', type: 'serial', path: 'COM15' }];
    const tills = [{ id: 'front', adapter: 'virtual-com', transport: 'port', path: 'COM16', ...tillMore }];
    writeFileSync(join(computer.folder, 'tillbridge.yaml'), JSON.stringify({ version: 1, readers, tills, ...SHOP_RULES }));
  };

  beforeAll(async () => {
    computer = WineComputer.make();
    bin = stageForWindows(computer.folder, computer.natives);
    // numbers that no real port of this machine gets
    for (const name of ['COM15', 'COM16']) {
      const cable = await startTtyPair(computer.folder, name);
      cables.push(cable);
      computer.mapPort(name, readlinkSync(cable.a));
    }
    scanner = openSync(cables[0]?.b ?? '', constants.O_RDWR | constants.O_NOCTTY);
    till = TillPort.open(cables[1]?.b ?? '');
    config({});
    daemon = computer.node(args('run'));
    await daemon.waitForLine(/^READY pid=\d+ api=off$/);
    await waitFor('both ports', async () => {
      const { stdout } = await cli('status');
      return /^counter\s+serial\s+ready/m.test(stdout) && /^front\s+virtual-com\s+ready/m.test(stdout);
    }).catch((error: unknown) => {
      throw new Error(daemon.stderr(), { cause: error });
    });
  }, SLOW_MS);
  afterAll(async () => {
    till.close();
    closeSync(scanner);
    await computer.close();
    for (const cable of cables) await cable.unplug();
  });

  const send = (text: string): void => void writeSync(scanner, Buffer.from(text, 'latin1'));

  test('500 products, marking codes and foreign bytes among them: none lost, byte for byte, in order', async () => {
    const expected: string[] = [];
    for (let i = 0; i < 500; i += 1) {
      const read = `0104${String(i).padStart(12, '0')}21${i % 3 === 0 ? '\u001d93ab' : ''}${i % 50 === 0 ? '\u00e4\u00ff\u0000' : ''}\r${i % 2 === 0 ? '\n' : ''}`;
      expected.push(read);
      send(read);
      // a queue of a tty holds 4 KiB
      if (i % 20 === 19) await till.waitForBytes(expected.join('').length);
    }
    expect(await till.waitForBytes(expected.join('').length)).toEqual(Buffer.from(expected.join(''), 'latin1'));
  }, SLOW_MS);

  test('a universal code between products arrives as its number', async () => {
    till.clear();
    for (let i = 0; i < 3; i += 1) {
      const code = universal(100 + i);
      send('4600000000017\r');
      await till.waitForText('4600000000017\r');
      // what it has read before it answers a command lies behind a silence by now, however busy this machine is
      await cli('status');
      till.clear();
      send(`${code}\r`);
      expect(await till.waitForText('\r')).toBe(`${numberOf(code)}\r`);
      till.clear();
    }
    const { stdout } = await cli('status');
    expect(stdout).toMatch(/^front .*outcome_sent=3/m);
  }, SLOW_MS);

  // a pair made by com0com shows the other end's DTR as our DSR; a pty has no such lines, and a line that cannot be read is not ready
  test('a peer that is required and cannot be seen: the number is rejected, the product passes', async () => {
    config({ requirePeer: 'dsr' });
    expect((await cli('reload')).code).toBe(0);
    till.clear();
    const scanned = await cli('--json', 'scan', universal(200), '--wait');
    expect([scanned.code, JSON.parse(scanned.stdout)]).toEqual([1, expect.objectContaining({ outcome: 'rejected' })]);
    send('4600000000024\r');
    expect(await till.waitForText('\r')).toBe('4600000000024\r');
  }, SLOW_MS);

  test('a port that is not there is said in words, and the daemon goes on', async () => {
    config({ path: 'COM17' });
    expect((await cli('reload')).code).toBe(0);
    const { stdout } = await waitFor('the news', async () => {
      const status = await cli('status');
      return /^front\s+virtual-com\s+retrying/m.test(status.stdout) && status;
    });
    expect(stdout).toMatch(/COM17/);
    expect((await cli('stop')).code).toBe(0);
    expect((await daemon.exited).code).toBe(0);
  }, SLOW_MS);
});
