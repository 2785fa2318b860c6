import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Masked, NativeNumber, Secret } from '@tillbridge/core';
import { expect, onTestFinished, test } from 'vitest';
import { createLog } from './logger.js';

function logFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tillbridge-log-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'deep', 'bridge.log');
}

const lines = (path: string): Record<string, unknown>[] =>
  readFileSync(path, 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);

test('JSON lines with level, time and event; masked values stay masked', () => {
  const path = logFile();
  const log = createLog({ level: 'info', file: path });
  const number = new NativeNumber('card', '2900000000018');
  log.info('one', { number, secret: new Secret('hush-hush-hush'), code: new Masked('9812345678901234'), nothing: undefined });
  log.child({ reader: 'counter', code: new Masked('7700000001') }).warn('two', { number });
  expect(lines(path)).toMatchObject([{ level: 'info', event: 'one', time: expect.stringMatching(/^\d{4}-/) as unknown }, { level: 'warn', event: 'two', reader: 'counter' }]);
  expect(readFileSync(path, 'utf8')).not.toMatch(/2900000000018|hush|9812345678901234|7700000001/);
});

test('stacks only at debug level; levels change while it runs', () => {
  const path = logFile();
  const log = createLog({ level: 'info', file: path });
  const error = Object.assign(new Error('boom'), { code: 'EIO' });
  log.debug('hidden');
  log.error('plain', { error });
  log.setLevel('debug');
  log.debug('shown', { error });
  expect(lines(path)).toMatchObject([{ event: 'plain', error: { name: 'Error', code: 'EIO', message: 'boom' } }, { event: 'shown' }]);
  expect(lines(path)[0]).not.toHaveProperty('error.stack');
  expect(lines(path)[1]).toHaveProperty('error.stack');
});

test('a file that cannot be written is an error of ours', () => {
  expect(() => createLog({ level: 'info', file: tmpdir() })).toThrow(expect.objectContaining({ code: 'TB_CONFIG_LOG_FILE' }) as Error);
});

test.runIf(process.platform === 'linux')('a full disk is no reason to fail', () => {
  const log = createLog({ level: 'info', file: '/dev/full' });
  for (let i = 0; i < 100; i += 1) log.info('into the void', { text: 'x'.repeat(1000) });
});
