// The same working day under checkers of memory and threads.
import { expect, onTestFinished, test } from 'vitest';
import { needs } from '../../support/needs.js';
import { driver, linuxHost, type Sanitizer } from './support/built.js';
import { OneC } from './support/client.js';
import { Daemon } from './support/daemon.js';
import { exercise } from './support/exercise.js';

/** A compiler, and a program that is slowed down fifty times, on a busy machine. */
const BUILDING_MS = 300_000;

async function day(command: string, argv: readonly string[], library: string, env: NodeJS.ProcessEnv = process.env): Promise<OneC> {
  const daemon = await new Daemon().listen();
  const client = new OneC(command, argv, env);
  onTestFinished(async () => {
    await client.process.kill();
    await daemon.die();
  });
  await exercise(client, daemon, library, 300);
  return client;
}

needs('gcc', 'g++', 'valgrind')('the driver for 1C: checked', () => {
  test('valgrind: no wrong access, nothing left behind', async () => {
    const argv = ['--quiet', '--error-exitcode=9', '--leak-check=full', '--show-leak-kinds=all', '--errors-for-leak-kinds=all', linuxHost()];
    const client = await day('valgrind', argv, driver('linux64'));
    expect(await client.state()).toMatchObject({ live: 0, faults: 0 });
    expect([await client.quit(), client.process.stderr()]).toEqual([0, '']);
  }, BUILDING_MS);

  test.each<[Sanitizer, string]>([
    ['address,undefined', 'ASAN_OPTIONS'],
    ['thread', 'TSAN_OPTIONS'],
  ])('sanitizer %s has nothing to say', async (sanitize, variable) => {
    // addresses at random places are too far apart for the thread sanitizer's map
    const argv = ['-R', linuxHost(sanitize)];
    const client = await day('setarch', argv, driver('linux64', { sanitize }), { ...process.env, [variable]: 'halt_on_error=0:exitcode=9' });
    expect(await client.state()).toMatchObject({ live: 0, faults: 0 });
    expect([await client.quit(), client.process.stderr()]).toEqual([0, '']);
  }, BUILDING_MS);
});
