import { appendFileSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { codeOf } from '@tillbridge/core';
import { VirtualClock } from '@tillbridge/testkit';
import { beforeEach, describe, expect, it } from 'vitest';
import { tempFolder } from '../../../../test/support/temp-folder.js';
import { openStateFolder, type StateFolder } from '../state/index.js';
import { SpentCodeFile } from './spent-file.js';

let folder: StateFolder;
let clock: VirtualClock;
beforeEach(() => {
  folder = openStateFolder(tempFolder());
  clock = new VirtualClock();
});

const code = (text: string) => codeOf('card', text, { oneTime: true });
const open = (): SpentCodeFile => new SpentCodeFile({ folder, clock });
const log = (): string => readFileSync(folder.file('spent-codes.log'), 'latin1');

describe('spent codes', () => {
  it('stay spent over a restart, for a day', async () => {
    const first = open();
    expect(first.claim(code('482913'))).toBe(true);
    await first.spend(code('482913'));
    // whatever happens now: it is on the disk
    await first.close();
    const second = open();
    expect(second.claim(code('482913'))).toBe(false);
    expect(second.claim(code('482914'))).toBe(true);
    await second.close();
    await clock.advance(24 * 3_600_000);
    expect(open().claim(code('482913'))).toBe(true);
  });

  it('that a till asked about stay that till\'s over a restart and a new writing of the file, without its name', async () => {
    writeFileSync(folder.file('spent-codes.log'), `+${'0'.repeat(32)} 1\n`.repeat(30_000));
    const first = open();
    expect(first.ask(code('482913'), 'hall')).toBe('first');
    await first.spend(code('482913'), 'hall');
    first.ask(code('5'), 'hall');
    // written anew with what counts
    await first.spend(code('5'), 'hall');
    await first.close();
    expect(log()).not.toMatch(/hall|482913/);
    const second = open();
    expect([second.ask(code('482913'), 'bar'), second.ask(code('482913'), 'hall'), second.claim(code('482913'))]).toEqual(['used', 'again', false]);
    await second.close();
  });

  it('that were only claimed, or given back, are free after a restart', async () => {
    const first = open();
    first.claim(code('a'));
    first.claim(code('b'));
    await first.spend(code('b'));
    first.release(code('b'));
    expect(first.claim(code('b'))).toBe(true);
    first.release(code('b'));
    await first.close();
    expect([open().claim(code('a')), open().claim(code('b'))]).toEqual([true, true]);
  });

  it('leave nothing that tells the code: not in clear and not as a plain hash', async () => {
    const file = open();
    file.claim(code('482913'));
    await file.spend(code('482913'));
    await file.close();
    expect(log()).toMatch(/^\+[0-9a-f]{32} \d+\n$/);
    expect(log()).not.toContain('482913');
    if (process.platform !== 'win32') expect(statSync(folder.file('spent-codes.log')).mode & 0o777).toBe(0o600);
    const other = openStateFolder(tempFolder());
    writeFileSync(other.file('spent-codes.log'), log());
    expect(new SpentCodeFile({ folder: other, clock }).claim(code('482913'))).toBe(true);
  });

  it('are all there when many come at once, and what a power cut tore off is passed over', async () => {
    const file = open();
    const codes = Array.from({ length: 200 }, (_, i) => code(`code-${String(i)}`));
    for (const each of codes) file.claim(each);
    await Promise.all(codes.map((each) => file.spend(each)));
    await file.close();
    appendFileSync(folder.file('spent-codes.log'), '+0123456789');
    const again = open();
    expect(codes.filter((each) => again.claim(each))).toEqual([]);
    await again.close();
  });

  it('do not let the file grow without bound', async () => {
    const line = `+${'0'.repeat(32)} 1\n`;
    writeFileSync(folder.file('spent-codes.log'), line.repeat(30_000));
    const file = open();
    file.claim(code('x'));
    await file.spend(code('x'));
    await file.close();
    expect(log().split('\n').length).toBeLessThan(10);
    expect(open().claim(code('x'))).toBe(false);
  });

  it('that cannot be kept are not delivered: spending rejects', async () => {
    const file = open();
    rmSync(folder.file('spent-codes.log'), { force: true });
    mkdirSync(folder.file('spent-codes.log'));
    file.claim(code('x'));
    await expect(file.spend(code('x'))).rejects.toMatchObject({ code: 'TB_JOURNAL_UNAVAILABLE' });
    await file.close();
    await expect(file.spend(code('x'))).rejects.toMatchObject({ code: 'TB_JOURNAL_UNAVAILABLE' });
  });
});
