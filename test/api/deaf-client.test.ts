import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestDaemon } from '../support/daemon.js';
import { needs } from '../support/needs.js';
import { waitFor } from '../support/wait-for.js';
import { ask, dial, events, freePort, openShop, shop } from './support.js';

needs('linux')('a client that is deaf', () => {
  let daemon: TestDaemon;
  let stop: () => Promise<void>;
  let other: string;
  let scanner: number;
  beforeAll(async () => {
    scanner = await freePort();
    ({ daemon, stop } = await openShop(shop(scanner)));
    other = await daemon.token('other', 'status:read,scan:read,goods:read');
  });
  afterAll(() => stop());

  /** Resident memory in MiB. */
  const memory = (): number => Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${daemon.child.pid}/status`, 'utf8'))?.[1]) / 1024;

  test('someone who asks for events and never reads them is let go, costs a bounded memory, and is told what he missed', async () => {
    const line = dial(`tcp://127.0.0.1:${String(scanner)}`);
    let taken = 0;
    const flood = async (): Promise<void> => {
      // long ones: few of them make the queue large
      for (let i = 0; i < 80; i += 1) {
        const reads = Array.from({ length: 100 }, (_, n) => `0104607${String(i * 100 + n).padStart(7, '0')}${'x'.repeat(8000)}\r`).join('');
        if (!line.write(reads)) await new Promise((resolve) => line.once('drain', resolve));
      }
      taken += 8000;
      const metric = new RegExp(`tillbridge_goods_total\\{[^}]*\\} ${String(taken)}\n`);
      await waitFor('the daemon to have taken it all', async () => metric.test((await ask(daemon.url, '/metrics', { token: other })).text), 60_000);
    };
    // what so many reads cost without anybody who listens
    await flood();
    const before = memory();
    const deaf = await events(daemon.url, other);
    const seq = Number((await deaf.next(({ type }) => type === 'hello'))['seq']);
    deaf.socket.pause();
    // kept for him it would be more than 180 MiB; what garbage lies about at a given moment is half of that
    for (let i = 0; i < 3; i += 1) await flood();
    expect(memory() - before).toBeLessThan(110);
    deaf.socket.resume();
    // what lies in the way of the closing frame may be too much for it to come through
    expect([4008, 1006]).toContain(await deaf.closed);
    const back = await events(daemon.url, other, `?since=${String(seq)}`);
    expect(await back.next(({ type }) => type === 'gap')).toMatchObject({ from: seq + 1 });
    line.destroy();
    expect((await ask(daemon.url, '/v1/health', { token: other })).status).toBe(200);
  }, 240_000);
});
