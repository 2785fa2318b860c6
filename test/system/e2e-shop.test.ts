import { chmodSync, closeSync, constants, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { bin } from '../support/cli.js';
import { startChild } from '../support/child.js';
import { startFarEnd, type FarEnd } from '../support/far-end.js';
import { buildFarEnd } from '../support/far-end/build.js';
import { killRounds } from '../support/kill-rounds.js';
import { mixedLoad } from '../support/mixed-load.js';
import { needs } from '../support/needs.js';
import { numberOf, TestShop, universal } from '../support/shop.js';
import { startTtyPair, type TtyPair } from '../support/socat.js';
import { waitFor } from '../support/wait-for.js';

/** Holds an exclusive flock on a port, as pyserial does with `exclusive=True`, until its input ends. */
const LOCKER = `
import fcntl, os, sys
fd = os.open(sys.argv[1], os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
print("locked", flush=True)
sys.stdin.read()
`;

/** The device end of a cable made of socat: what a scanner writes. */
class Cable {
  readonly #pair: TtyPair;
  #fd: number;

  private constructor(pair: TtyPair) {
    this.#pair = pair;
    this.#fd = openSync(pair.b, constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK);
  }

  static async plugIn(shop: TestShop, id: string): Promise<Cable> {
    return new Cable(await startTtyPair(shop.folder, id));
  }

  get path(): string {
    return this.#pair.a;
  }

  send(text: string): void {
    const bytes = Buffer.from(text, 'latin1');
    for (let sent = 0; sent < bytes.length; ) sent += writeSync(this.#fd, bytes, sent);
  }

  async unplug(): Promise<void> {
    if (this.#fd >= 0) closeSync(this.#fd);
    this.#fd = -1;
    await this.#pair.unplug();
  }
}

needs('linux', 'socat', 'python3', 'gcc')('two scanners and two tills on one machine', () => {
  const ends: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end();
  });

  test('nothing crosses: goods and numbers of each scanner reach its own cashier program, byte for byte', async () => {
    const shop = new TestShop();
    ends.push(() => shop.close());
    const cables = [await Cable.plugIn(shop, 'left'), await Cable.plugIn(shop, 'right')] as const;
    for (const cable of cables) ends.push(() => cable.unplug());
    shop.writeConfig({
      readers: [shop.reader('left', { path: cables[0].path }), shop.reader('right', { path: cables[1].path })],
      tills: [shop.till('front'), shop.till('back', { template: { card: ';778={number}?\r' } })],
      routes: [
        { readers: ['left'], till: 'front' },
        { readers: ['right'], till: 'back' },
      ],
    });
    await shop.run();
    const far: readonly FarEnd[] = [await startFarEnd(shop.path('till-front')), await startFarEnd(shop.path('till-back'), { program: await buildFarEnd('reader', shop.folder) })];
    for (const end of far) ends.push(() => end.kill());
    const expected: [string, string] = ['', ''];
    const side = async (at: 0 | 1): Promise<void> => {
      for (let round = 1; round <= 25; round += 1) {
        const goods = Array.from({ length: 20 }, (_, i) => `0104601234567893${String(at)}${String(round)}\u001d21x${String(i)}\u00ff\u0000\r\n`).join('');
        cables[at].send(goods);
        expected[at] += goods;
        await far[at]!.waitForBytes(expected[at].length, 10_000);
        await shop.silence();
        const code = universal(at * 1000 + round);
        cables[at].send(`${code}\r`);
        expected[at] += at === 0 ? `${numberOf(code)}\r` : `;778=${numberOf(code)}?\r`;
        await far[at]!.waitForBytes(expected[at].length, 10_000);
      }
    };
    await Promise.all([side(0), side(1)]);
    expect(far[0]!.received().toString('latin1')).toBe(expected[0]);
    expect(far[1]!.received().toString('latin1')).toBe(expected[1]);
    await waitFor('all outcomes', async () => (await shop.scans()).length === 50);
    for (const row of await shop.scans()) expect([row.reader, row.till, row.outcome, row.evidence]).toEqual([row.reader, row.reader === 'left' ? 'front' : 'back', 'sent', 'read']);
    expect((await shop.cli(['journal', 'verify'])).code).toBe(0);
  }, 60_000);

  test('an unplugged cable on one side does not disturb the other', async () => {
    const shop = new TestShop();
    ends.push(() => shop.close());
    const left = await Cable.plugIn(shop, 'left');
    let right = await Cable.plugIn(shop, 'right');
    ends.push(() => left.unplug(), () => right.unplug());
    shop.writeConfig({ readers: [shop.reader('left', { path: left.path }), shop.reader('right', { path: right.path })] });
    await shop.run();
    const far = await startFarEnd(shop.path('till-front'));
    ends.push(() => far.kill());
    for (let round = 1; round <= 3; round += 1) {
      right.send('half a fr');
      await right.unplug();
      left.send(`left${String(round)}\r`);
      await far.waitForText(`left${String(round)}\r`);
      await shop.partUntil('readers', 'right', ({ status }) => status === 'retrying');
      right = await Cable.plugIn(shop, 'right');
      await shop.partUntil('readers', 'right', ({ status }) => status === 'ready');
      right.send(`right${String(round)}\r`);
      await far.waitForText(`right${String(round)}\r`);
    }
    expect(far.received().toString('latin1')).not.toContain('halfright');
  }, 60_000);
});

needs('linux', 'socat', 'python3')('a port that another program holds', () => {
  test('READY all the same, busy is said, and it reads once the port is free', async () => {
    const shop = new TestShop();
    const cable = await Cable.plugIn(shop, 'counter');
    const locker = startChild('python3', ['-c', LOCKER, cable.path]);
    try {
      await locker.waitForLine(/^locked$/);
      shop.writeConfig({ readers: [shop.reader('counter', { path: cable.path })] });
      expect((await shop.cli(['doctor'])).stdout).toMatch(/^fail {2}reader counter .*(busy|another program)/m);
      await shop.run();
      expect(await shop.part('readers', 'counter')).toMatchObject({ status: 'retrying', code: 'TB_READER_BUSY' });
      locker.child.stdin.end();
      await locker.exited;
      await shop.partUntil('readers', 'counter', ({ status }) => status === 'ready');
      const till = shop.openTill();
      cable.send('4601234567893\r');
      await till.waitForText('4601234567893\r');
    } finally {
      await locker.kill();
      await cable.unplug();
      await shop.close();
    }
  }, 40_000);
});

needs('linux', 'root', 'socat')('a port without permission', () => {
  test('is said with what to do, and the daemon of that user is ready all the same', async () => {
    const shop = new TestShop();
    const cable = await Cable.plugIn(shop, 'counter');
    chmodSync(shop.folder, 0o777);
    chmodSync(cable.path, 0);
    shop.writeConfig({ readers: [shop.reader('counter', { path: cable.path })] });
    const nobody = ['--reuid=65534', '--regid=65534', '--clear-groups', process.execPath, bin];
    const state = join(shop.folder, 'state-of-nobody');
    const daemon = startChild('setpriv', [...nobody, 'run', '-c', shop.configFile, '--state', state], { cwd: '/' });
    try {
      await daemon.waitForLine(/^READY/, 20_000);
      const doctor = startChild('setpriv', [...nobody, 'status', '--json', '--state', state], { cwd: '/' });
      expect((await doctor.exited).code).toBe(0);
      expect(JSON.parse(doctor.stdout())).toMatchObject({ readers: [{ id: 'counter', status: 'retrying', code: 'TB_READER_NO_PERMISSION', remedy: expect.stringContaining('dialout') as unknown }] });
    } finally {
      await daemon.stop();
      await cable.unplug();
      await shop.close();
    }
  }, 40_000);
});

needs('linux')('a busy day, compressed', () => {
  test('1,000 mixed reads in bursts: every goods byte in order, every loyalty scan exactly one outcome', async () => {
    const shop = new TestShop();
    try {
      await shop.scanner();
      await shop.run();
      const report = await mixedLoad(shop, { reads: 1000, burst: 50 });
      expect(report).toMatchObject({ goods: 900, loyalty: 100, exact: true, outcomes: { sent: 100 }, wrongRows: 0, droppedGoods: 0 });
      expect((await shop.cli(['journal', 'verify'])).code).toBe(0);
    } finally {
      await shop.close();
    }
  }, 60_000);

  test('kill -9 at ten random moments under load', async () => {
    const shop = new TestShop();
    shop.writeConfig({ readers: [{ id: 'counter', type: 'tcp', listen: '127.0.0.1:0' }] });
    try {
      const report = await killRounds(shop, 10);
      expect(report).toMatchObject({ rounds: 10, lost: 0, doubled: 0, changed: 0, deliveredTwice: 0, foreign: 0, verified: true });
    } finally {
      await shop.close();
    }
  }, 120_000);
});
