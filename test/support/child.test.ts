import { expect, test } from 'vitest';
import { startChild } from './child.js';

const node = (script: string) => startChild(process.execPath, ['-e', script]);

test('waits for a whole line, printed before or after the call', async () => {
  const child = node("process.stdout.write('one\\ntw'); process.stdin.once('data', () => process.stdout.write('o 22\\n'))");
  await child.waitForLine(/^one$/);
  const two = child.waitForLine(/^two (\d+)$/);
  child.child.stdin.write('go\n');
  expect((await two)[1]).toBe('22');
  await child.waitForLine(/^one$/);
  await child.kill();
});

test('a program that ends, or stays silent, rejects with what it printed', async () => {
  const ended = node("console.log('bye'); console.error('why'); process.exitCode = 3");
  await expect(ended.waitForLine(/never/)).rejects.toThrow(/code 3.*why[^]*bye/);
  expect(await ended.exited).toEqual({ code: 3, signal: null });
  const silent = node('setInterval(() => {}, 1000)');
  await expect(silent.waitForLine(/never/, 30)).rejects.toThrow('30 ms');
  expect((await silent.kill()).signal).toBe('SIGKILL');
});

test('stop asks first and insists later', async () => {
  const stubborn = node("process.on('SIGTERM', () => console.log('no')); console.log('up'); setInterval(() => {}, 1000)");
  await stubborn.waitForLine(/up/);
  expect(await stubborn.stop(50)).toEqual({ code: null, signal: 'SIGKILL' });
  expect(stubborn.stdout()).toContain('no');
});

test('a program that is not there rejects', async () => {
  await expect(startChild('/nonexistent/program', []).exited).rejects.toThrow('ENOENT');
});
