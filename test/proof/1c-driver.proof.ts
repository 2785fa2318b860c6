import { expect, onTestFinished, test } from 'vitest';
import { run } from '../1c/addin/support/exercise.js';
import { driver, linuxHost } from '../1c/addin/support/built.js';
import { OneC } from '../1c/addin/support/client.js';
import { Daemon } from '../1c/addin/support/daemon.js';
import { note, scale } from './note.js';

async function till(command: string, argv: readonly string[]): Promise<{ readonly daemon: Daemon; readonly client: OneC }> {
  const daemon = await new Daemon().listen();
  const client = new OneC(command, argv);
  onTestFinished(async () => {
    await client.process.kill();
    await daemon.die();
  });
  await client.attach(driver('linux64'));
  await client.tell('quiet 1');
  await client.open({ Port: daemon.port, Token: 'secret' });
  await daemon.waitForCount('hello', 1);
  return { daemon, client };
}

test('100,000 events leave nothing behind (valgrind)', async () => {
  const events = Math.max(500, Math.round(100_000 * scale));
  const { client, daemon } = await till('valgrind', ['--quiet', '--error-exitcode=9', '--leak-check=full', '--show-leak-kinds=all', '--errors-for-leak-kinds=all', linuxHost()]);
  await run(client, daemon, 'e', events);
  for (const command of ['done 0', 'destroy 0', 'unload']) await client.tell(command);
  const { live, faults } = await client.state();
  const code = await client.quit();
  const words = client.process.stderr();
  note('1c-driver-events', { events, 'strings of 1C not given back': live, 'wrong frees': faults, 'valgrind says': words === '' ? 'nothing' : words });
  expect([live, faults, code, words]).toEqual([0, 0, 0, '']);
});

test('from the line of the daemon to the event in 1C, and the answer back', async () => {
  const { client, daemon } = await till(linuxHost(), []);
  const times: number[] = [];
  const count = Math.max(200, Math.round(5000 * scale));
  for (let i = 0; i < count; i += 1) {
    const id = `t${String(i)}`;
    const answered = daemon.next('status');
    const start = performance.now();
    daemon.deliver(id, '2000000001234');
    await answered;
    times.push(performance.now() - start);
    if (i % 100 === 99) daemon.forget();
  }
  const { taken } = await client.state();
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor(sorted.length * share)] ?? 0;
  const result = { 'events, there and back': count, 'p50 ms': at(0.5), 'p99 ms': at(0.99), 'longest ms': at(0.9999) };
  note('1c-driver-latency', result);
  expect(taken).toBe(count);
  expect(at(0.99)).toBeLessThanOrEqual(5);
});
