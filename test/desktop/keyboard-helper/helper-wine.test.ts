import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { OWN_KEYS_MARK } from '@tillbridge/core';
import { parseLine, startLine, STOP_LINE, type HelperLine } from '../../../packages/readers/src/keyboard/windows/lines.js';
import { hookRule, type HookOptions } from '../../../packages/readers/src/keyboard/windows/rule.js';
import { needs } from '../../support/needs.js';
import { waitFor } from '../../support/wait-for.js';
import { WineComputer, type WineProgram } from '../../support/wine/wine.js';
import { XServer } from '../../support/x-server.js';
import { compileWindows, Target } from '../wine/programs.js';
import { Scanner } from './scanner.js';

const BUILD = fileURLToPath(new URL('../../../packages/readers/keyboard-helper/build.mjs', import.meta.url));
const BY_PREFIX: HookOptions = { where: { auto: true }, prefix: 'F13', suffix: ['CR', 'TAB', 'ETX', 'LF'], gapMs: 'auto' };

needs('linux', 'mingw', 'wine', 'wine-node', 'xvfb')('taking the keys of a scanner on Windows', () => {
  let screen: XServer;
  let computer: WineComputer;
  let helperExe: string;
  let till: Target;
  let scanner: Scanner;
  let helper: WineProgram;

  beforeAll(async () => {
    screen = await XServer.start();
    screen.layout('us');
    computer = WineComputer.make(screen.display);
    helperExe = execFileSync(process.execPath, [BUILD, '--out', computer.folder], { encoding: 'utf8' }).trim();
    till = await Target.start(computer, compileWindows('target', computer.folder), 'Till', 'raw');
    scanner = await Scanner.start(computer);
    await till.front();
  });
  afterAll(async () => {
    await computer.close();
    await screen.stop();
  });
  beforeEach(() => {
    helper = computer.start(helperExe, [], { input: true });
  });
  afterEach(async () => {
    await helper.kill();
  });

  const lines = (): HelperLine[] => helper.stdout().split('\n').slice(0, -1).map((line) => parseLine(line.trim())).filter((line) => line !== undefined);
  const reads = (): string[] => lines().flatMap((line) => (line.kind === 'keys' ? [line.keys.map(({ usage, down }) => `${usage.toString(16)}${down ? '+' : '-'}`).join(' ')] : []));
  const opened = (): number => lines().filter(({ kind }) => kind === 'opened').length;
  const start = async (options: HookOptions = BY_PREFIX): Promise<void> => {
    const before = opened();
    helper.tell(startLine(hookRule(options), OWN_KEYS_MARK).trim());
    await waitFor('the hook', () => opened() > before);
  };
  const typed = async (from: number, text: string): Promise<void> => {
    await waitFor('the keys', () => till.text().length >= from + text.length).catch(() => undefined);
    expect(till.text().slice(from)).toBe(text);
  };

  test('a read between prefix and Enter comes here, and the till sees nothing of it; typing passes untouched', async () => {
    await start();
    const from = till.text().length;
    const keys = till.keys().length;
    await scanner.types('ab');
    await scanner.scans('4607');
    await scanner.types('c');
    await scanner.scans('12');
    await waitFor('both reads', () => reads().length === 2);
    expect(reads()).toEqual(['21+ 21- 23+ 23- 27+ 27- 24+ 24- 28+ 28-', '1e+ 1e- 1f+ 1f- 28+ 28-']);
    await typed(from, 'abc');
    expect(till.keys().length - keys).toBe(3);
    expect(lines().filter(({ kind }) => kind === 'beat').length).toBeGreaterThan(0);
  });

  test('a prefix that nothing follows is typed again, in its order, marked as ours', async () => {
    await start();
    const from = till.text().length;
    const before = till.keys().length;
    await scanner.types('a');
    await scanner.keys(4, '64+ 64-', '1e+ 1e-', '30+ 30-');
    await typed(from, 'aab');
    expect(reads()).toEqual([]);
    const seen = till.keys().slice(before);
    expect(seen.map((key) => key.split(' ')[0])).toEqual(['41', '7c', '41', '42']);
    expect(seen.slice(1).map((key) => key.split(' ')[2])).toEqual(Array(3).fill(OWN_KEYS_MARK.toString(16)));
  });

  test('a quick typist and a scanner in turn, with the hook put back all the time: nothing lost, nothing mixed', async () => {
    helper.tell(startLine(hookRule(BY_PREFIX), OWN_KEYS_MARK).trim() + ' rehook=20');
    await helper.waitForLine(/^O$/);
    const from = till.text().length;
    let expected = '';
    for (let i = 0; i < 12; i += 1) {
      await scanner.types('xyz'.slice(0, 1 + (i % 3)));
      expected += 'xyz'.slice(0, 1 + (i % 3));
      await scanner.scans(String(4_607_000_000_000 + i));
    }
    await waitFor('the reads', () => reads().length === 12);
    await typed(from, expected);
    const seqs = lines().flatMap((line) => (line.kind === 'keys' ? [line.seq] : []));
    expect(seqs).toEqual(seqs.map((_, i) => i));
  });

  test('by pace: a hand’s keys arrive late and whole, a scanner’s are a read', async () => {
    await start({ ...BY_PREFIX, prefix: 'none', gapMs: 80 });
    const from = till.text().length;
    await scanner.types('a');
    await typed(from, 'a');
    await scanner.types('b');
    await typed(from, 'ab');
    await scanner.keys(1, ...['05', '07', '0b', '08', '1c'].map((scan) => `${scan}+ ${scan}-`));
    await waitFor('the read', () => reads().length === 1);
    expect(reads()).toEqual(['21+ 21- 23+ 23- 27+ 27- 24+ 24- 28+ 28-']);
    expect(till.text().slice(from)).toBe('ab');
  });

  test('keys of our own pass, prefix and all', async () => {
    // this hook's own mark is what wine's keys carry that have none
    helper.tell(startLine(hookRule(BY_PREFIX), 0).trim());
    await helper.waitForLine(/^O$/);
    const from = till.text().length;
    await scanner.scans('46');
    await typed(from, '46\r');
    expect(reads()).toEqual([]);
  });

  test('a helper that is stopped, whose parent is gone, or that is killed lets the keys flow', async () => {
    await start();
    const from = till.text().length;
    await scanner.keys(0, '64+ 64-', '1e+ 1e-');
    helper.tell(STOP_LINE.trim());
    await helper.waitForLine(/^C$/);
    await typed(from, 'a');
    await scanner.scans('1');
    await typed(from, 'a1\r');
    await start();
    await scanner.scans('2');
    await waitFor('the read', () => reads().length === 1);
    await helper.kill();
    await scanner.scans('3');
    await typed(from, 'a1\r3\r');
  });

  test('a keyboard that is not there is said, and the keys are left alone', async () => {
    helper.tell(startLine(hookRule({ ...BY_PREFIX, where: { match: { vid: '05e0', pid: '1200' } } }), OWN_KEYS_MARK).trim());
    await helper.waitForLine(/^F missing .*VID_05e0&PID_1200/i);
    const from = till.text().length;
    await scanner.scans('7');
    await typed(from, '7\r');
  });

  test('a message for the cashier takes no key and no focus', async () => {
    const message = computer.start(helperExe, ['message'], { input: true });
    message.tell('Карта не введена');
    message.end();
    const from = till.text().length;
    await scanner.scans('8');
    await typed(from, '8\r');
    expect((await message.exited).code).toBe(0);
    expect(helper.stdout()).not.toContain('K ');
  });

  test('the helper is small', () => {
    expect(readFileSync(join(helperExe)).length).toBeLessThan(300_000);
  });
});
