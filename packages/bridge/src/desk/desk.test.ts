import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { TillbridgeError } from '@tillbridge/core';
import { VirtualClock } from '@tillbridge/testkit';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { tempFolder } from '../../../../test/support/temp-folder.js';
import { Desk } from './desk.js';

/** A process that answers with its pid, dies, keeps silent or throws, as the code that it is asked for says. */
const CHILD = `process.on('message', ({ id, input: { code } }) => {
  if (code === 'die') process.exit(3);
  if (code === 'silent') return;
  if (code === 'bad') process.send({ id, error: { code: 'TB_TRANSLATE_BAD_ROW', params: { problem: 'codeEmpty' } } });
  else process.send({ id, result: { code: String(process.pid), card: code, kind: 'card', state: 'active' } });
});
process.once('disconnect', () => process.exit(0));
`;

let clock: VirtualClock;
let desk: Desk;

beforeEach(() => {
  const path = join(tempFolder(), 'child.mjs');
  writeFileSync(path, CHILD);
  clock = new VirtualClock();
  desk = new Desk({ state: '/nowhere', config: '/nowhere/x.yaml', clock, child: pathToFileURL(path) });
});
afterEach(() => desk.close());

const ask = (code: string) => desk.run('cards.get', { code }, { language: 'en' });
const pidOf = async (code: string): Promise<string> => (await ask(code))?.code ?? '';
const errorOf = (work: Promise<unknown>): Promise<string> => work.then(() => 'none', (error: unknown) => (error instanceof TillbridgeError ? error.code : String(error)));

describe('the desk', () => {
  test('gives each its own answer, in order, from one process', async () => {
    const answers = await Promise.all(['a', 'b', 'c'].map(ask));
    expect(answers.map((answer) => answer?.card)).toEqual(['a', 'b', 'c']);
    expect(new Set(answers.map((answer) => answer?.code)).size).toBe(1);
  });

  test('hands on what a job throws, and works on', async () => {
    expect(await Promise.all([errorOf(ask('bad')), ask('a').then((answer) => answer?.card)])).toEqual(['TB_TRANSLATE_BAD_ROW', 'a']);
  });

  test('whose process dies fails the job that it had, and does the next with a new one', async () => {
    const first = await pidOf('a');
    const [died, next] = await Promise.all([errorOf(ask('die')), pidOf('b')]);
    expect(died).toBe('TB_API_DESK');
    expect(next).toMatch(/^\d+$/);
    expect(next).not.toBe(first);
  });

  test('gives up a job that takes too long, kills what does it, and goes on', async () => {
    await pidOf('a');
    const silent = errorOf(ask('silent'));
    const next = pidOf('b');
    await clock.advance(14_999);
    await clock.advance(1);
    expect(await silent).toBe('TB_API_TIMEOUT');
    expect(await next).toMatch(/^\d+$/);
  });

  test('lets its process go when it has been idle, and starts another when there is work', async () => {
    const first = await pidOf('a');
    await clock.advance(600_000);
    expect(await pidOf('b')).not.toBe(first);
  });

  test('takes no more than it can do, and nothing when it is closed', async () => {
    const many = Array.from({ length: 40 }, () => errorOf(ask('a')));
    expect((await Promise.all(many)).filter((code) => code === 'TB_API_DESK')).toHaveLength(7);
    const left = errorOf(ask('silent'));
    desk.close();
    expect(await left).toBe('TB_API_DESK');
    expect(await errorOf(ask('a'))).toBe('TB_API_DESK');
  });
});
