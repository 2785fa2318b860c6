import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { corpusFolders, readCorpus } from './corpus.js';
import { fuzz, nameOf, shortened } from './fuzz-target.js';
import { NOT_PARSERS, PARSERS } from './parsers.js';
import { must, type FuzzTarget } from './target.js';
import { TARGETS } from './targets/index.js';

/** Inputs of one target in a run of the suites; the saved ones come first, whatever their number. `npm run fuzz` takes more. */
const CASES = 200;
const PACKAGES = fileURLToPath(new URL('../../packages', import.meta.url));

describe('what takes apart what comes from outside', () => {
  it.each(TARGETS)('$name keeps its promises, whatever comes', async (target) => {
    const { finding } = await fuzz(target, { seed: 1, cases: CASES });
    if (finding === undefined) return;
    const input = await shortened(target, finding);
    throw new Error(`${nameOf(finding.error)}; input (base64): ${Buffer.from(input).toString('base64').slice(0, 2000)}`, { cause: finding.error });
  });
});

describe('the harness', () => {
  /** Breaks at one word, which stands in no saved input. */
  const weak: FuzzTarget = { name: 'tlv', maxBytes: 200, dictionary: ['bang', 'noise'], run: (input) => (must(!Buffer.from(input).includes('bang'), 'it went off'), 'quiet') };

  it('finds what breaks, the same again by its seed, and makes it short', async () => {
    const [one, again] = [await fuzz(weak, { seed: 7, cases: 20_000 }), await fuzz(weak, { seed: 7, cases: 20_000 })];
    expect(one.finding).toBeDefined();
    expect(again.cases).toBe(one.cases);
    expect(again.finding?.input).toEqual(one.finding?.input);
    expect(Buffer.from(await shortened(weak, one.finding!)).toString()).toBe('bang');
  });

  it('takes only documented errors for an answer', async () => {
    const throwing: FuzzTarget = { ...weak, run: () => { throw new TypeError('x is undefined'); } };
    expect((await fuzz(throwing, { seed: 1, cases: 1 })).finding?.error).toBeInstanceOf(TypeError);
    expect((await fuzz({ ...throwing, throws: [TypeError] }, { seed: 1, cases: 50 })).finding).toBeUndefined();
  });
});

describe('the table of parsers', () => {
  const names = TARGETS.map(({ name }) => name);

  it('names every target, each with saved inputs, and no folder is left over', () => {
    expect(new Set(names).size).toBe(names.length);
    expect([...new Set(PARSERS.map(([, , target]) => target))].sort()).toEqual([...names].sort());
    expect([...corpusFolders()].sort()).toEqual([...names].sort());
    for (const name of names) expect(readCorpus(name).length, name).toBeGreaterThan(0);
  });

  it('names what its modules export', () => {
    const missing = PARSERS.flatMap(([module, exports]) => {
      const text = readFileSync(join(PACKAGES, module), 'utf8');
      return exports.filter((name) => !new RegExp(`^export (?:async )?(?:abstract )?(?:function|class|const) ${name}\\b`, 'm').test(text)).map((name) => `${module} ${name}`);
    });
    expect(missing).toEqual([]);
  });

  it('names everything in the sources that is called like a parser', () => {
    const known = new Set([...PARSERS.flatMap(([module, exports]) => exports.map((name) => `${module} ${name}`)), ...Object.keys(NOT_PARSERS)]);
    const pattern = /^export (?:async )?(?:function ((?:parse|decode|read(?=[A-Z]))\w*)|class (\w*(?:Splitter|Parser|Frames|Lines|Assembler|Decoder|Blocks|XmlReader))\b)/gm;
    const found = sources().flatMap((module) => [...readFileSync(join(PACKAGES, module), 'utf8').matchAll(pattern)].map(([, called, made]) => `${module} ${called ?? made ?? ''}`));
    expect(found.length).toBeGreaterThan(80);
    expect(found.filter((each) => !known.has(each))).toEqual([]);
    // and no exception is left of what is there no more
    expect(Object.keys(NOT_PARSERS).filter((each) => !exists(each))).toEqual([]);
  });
});

/** @param each "module name", as the table names it */
function exists(each: string): boolean {
  const [module = '', name = ''] = each.split(' ');
  return sources().includes(module) && new RegExp(`^export (?:async )?(?:function|class|const) ${name}\\b`, 'm').test(readFileSync(join(PACKAGES, module), 'utf8'));
}

/** The sources of the product, below packages/. The test kit takes apart what we ourselves wrote. */
function sources(): readonly string[] {
  return readdirSync(PACKAGES, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => /^(?!testkit\/)[\w-]+\/(?:(?:console|phone-page)\/)?src\/.*\.ts$/.test(path) && !/\.test\.ts$|test-support|\/testing\/|node_modules/.test(path));
}
