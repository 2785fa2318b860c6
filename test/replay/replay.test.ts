import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { makeTempFolder } from '../support/temp-folder.js';
import { casesIn, playCase } from './cases.js';

const HERE = fileURLToPath(new URL('.', import.meta.url));

describe('recorded evenings', () => {
  it.each(casesIn(HERE))('%s plays again to the end that it must have', async (name) => {
    const { played, expected } = await playCase(HERE, name);
    expect(played).toMatchObject(expected);
    expect(played.events).toBeGreaterThan(0);
    expect(played.goods + played.outcomes).toBeGreaterThan(0);
  });

  it('there are some', () => {
    expect(casesIn(HERE)).toEqual(expect.arrayContaining(['counter', 'iiko-front']));
  });
});

describe('a support case', () => {
  const folder = (): string => {
    const temp = makeTempFolder();
    onTestFinished(temp.remove);
    for (const name of casesIn(HERE)) copyFileSync(join(HERE, `${name}.rec`), join(temp.path, `${name}.rec`));
    return temp.path;
  };
  /** The recording of a bridge that had refused a number which was sent. */
  const wrong = (): string => readFileSync(join(HERE, 'counter.rec'), 'utf8').replace('"e":"outcome"', '"e":"outcome" ').replace(/("e":"outcome" [^\n]*"outcome":)"sent"/, '$1"rejected"');

  it('is a test as soon as its file lies there, and fails where the bridge does something else', async () => {
    const path = folder();
    writeFileSync(join(path, 'evening-at-shop-12.rec'), wrong());
    expect(casesIn(path)).toHaveLength(casesIn(HERE).length + 1);
    const { played, expected } = await playCase(path, 'evening-at-shop-12');
    expect(expected.differences).toEqual([]);
    expect(played.differences).toHaveLength(1);
  });

  it('of a fault that was mended says beside it what must come now', async () => {
    const path = folder();
    writeFileSync(join(path, 'mended.rec'), wrong());
    const { differences } = (await playCase(path, 'mended')).played;
    writeFileSync(join(path, 'mended.expected.json'), JSON.stringify({ differences }));
    const { played, expected } = await playCase(path, 'mended');
    expect(played).toMatchObject(expected);
    expect(expected.differences).toHaveLength(1);
  });
});
