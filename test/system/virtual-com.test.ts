import { spawnSync } from 'node:child_process';
import { chmodSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { createVirtualCom } from '@tillbridge/adapter-device';
import { compileOutput, instant, NativeNumber, silentLog, systemClock, Withdrawal, type Adapter, type DeliveryRequest, type Outcome } from '@tillbridge/core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startFarEnd, type FarEnd } from '../support/far-end.js';
import { needs } from '../support/needs.js';
import { makeTempFolder } from '../support/temp-folder.js';
import { waitFor } from '../support/wait-for.js';

// What an unmodified cashier program reads is what counts: the far end is another process that knows nothing of us.
needs('linux', 'python3')('virtual-com on a PTY, read by another program', () => {
  const never = new AbortController().signal;
  let folder: ReturnType<typeof makeTempFolder>;
  let link: string;
  let adapter: Adapter;
  let far: FarEnd | undefined;
  let dropped: number;

  const goods = (code: string): void =>
    adapter.goods?.({ reader: 'r', bytes: Buffer.from(code, 'latin1'), terminator: Buffer.from('\r'), withSuffix: false, at: instant(systemClock) });
  const deliver = (value: string, signal: AbortSignal = never): Promise<Outcome> => {
    const request: DeliveryRequest = { id: value, scanId: value, till: 't', number: new NativeNumber('card', value), at: instant(systemClock), expired: () => false };
    return adapter.deliver(request, signal);
  };
  beforeEach(async () => {
    folder = makeTempFolder();
    link = join(folder.path, 'run', 'front');
    dropped = 0;
    adapter = createVirtualCom({ id: 't', transport: 'pty', link, output: compileOutput({}), backlogMs: 500 }, { clock: systemClock, log: silentLog });
    await adapter.open({ state: () => undefined, goodsDropped: (reads) => void (dropped += reads), order: () => undefined }, never);
  });
  afterEach(async () => {
    await far?.kill();
    await adapter.close();
    folder.remove();
  });

  test('10,000 goods in bursts arrive byte for byte and in order', async () => {
    far = await startFarEnd(link);
    const codes = Array.from({ length: 10_000 }, (_, index) => `01046070${String(index).padStart(6, '0')}\u001d21x\u00ff`);
    for (const [index, code] of codes.entries()) {
      goods(code);
      if (index % 50 === 49) await new Promise((resolve) => setImmediate(resolve));
    }
    const expected = codes.map((code) => `${code}\r`).join('');
    expect((await far.waitForBytes(expected.length, 15_000)).toString('latin1')).toBe(expected);
    expect(dropped).toBe(0);
  });

  test('a number: read, not read, port closed, port not open', async () => {
    far = await startFarEnd(link);
    expect(await deliver('2900000000001')).toEqual({ outcome: 'sent', evidence: 'read' });
    await far.pause();
    const expiry = new AbortController();
    const stuck = deliver('2900000000002', expiry.signal);
    goods('4607001234567');
    await waitFor('both to lie there', async () => (await far?.queued()) === 28);
    expiry.abort(new Withdrawal('expired'));
    expect(await stuck).toEqual({ outcome: 'expired', reason: 'notRead' });
    await far.resume();
    await far.waitForText('4607001234567\r');
    await far.pause();
    const left = deliver('2900000000003');
    await waitFor('the number to lie there', async () => (await far?.queued()) === 14);
    await far.close();
    expect(await left).toEqual({ outcome: 'rejected', reason: 'portClosed' });
    expect(await deliver('2900000000004')).toEqual({ outcome: 'rejected', reason: 'portNotOpen' });
    await far.resume();
    await far.open();
    expect(await deliver('2900000000005')).toEqual({ outcome: 'sent', evidence: 'read' });
    await far.waitForText('2900000000005\r');
    expect(far.received().toString()).toBe('2900000000001\r4607001234567\r2900000000005\r');
  });

  test('a program that starts long after a scan never receives it; one that comes at once does', async () => {
    goods('stale');
    await waitFor('the read to be dropped', () => dropped === 1);
    // it runs already and answers: how long a program takes to start is not what is looked at
    far = await startFarEnd(link, { closed: true });
    await far.close();
    goods('fresh');
    await far.open();
    await far.waitForText('fresh\r');
    expect(far.received().toString()).toBe('fresh\r');
  });

  test('a program that is killed and started again goes on, without what lay unread', async () => {
    far = await startFarEnd(link);
    await far.pause();
    goods('lost');
    await far.kill();
    await waitFor('the unread goods to be dropped', () => dropped === 1);
    far = await startFarEnd(link);
    goods('next');
    await far.waitForText('next\r');
    expect(far.received().toString()).toBe('next\r');
  });

  test('a program that takes the port for itself alone and dies does not lock the next one out', async () => {
    const device = (): string => realpathSync(link);
    const lock = 'import fcntl, os, sys, termios; fd = os.open(sys.argv[1], os.O_RDWR | os.O_NOCTTY); fcntl.ioctl(fd, termios.TIOCEXCL)';
    // TIOCEXCL does not bind root: the next program is an ordinary user
    const open = 'import os, sys; os.getuid() or os.setuid(65534); os.open(sys.argv[1], os.O_RDWR | os.O_NOCTTY)';
    chmodSync(device(), 0o666);
    expect(spawnSync('python3', ['-c', lock, device()]).status).toBe(0);
    await waitFor('the port to be free again', () => spawnSync('python3', ['-c', open, device()]).status === 0);
  });
});
