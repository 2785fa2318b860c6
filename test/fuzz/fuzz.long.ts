import { appendFileSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '@tillbridge/core';
import { test } from 'vitest';
import { keep } from './corpus.js';
import { fuzz, nameOf, shortened } from './fuzz-target.js';
import { TARGETS } from './targets/index.js';

/** What run.mjs asks for, and where it looks at what becomes of it. */
const wish = JSON.parse(process.env['TILLBRIDGE_FUZZ'] ?? '{"folder":""}') as { readonly folder: string; readonly targets: readonly string[]; readonly seconds: number; readonly seed: number; readonly keepShapes: boolean };

test.skipIf(wish.folder === '').each(TARGETS.filter(({ name }) => wish.targets.includes(name)))('$name', async (target) => {
  const end = systemClock.mono() + wish.seconds * 1000;
  const tell = (line: object): void => appendFileSync(join(wish.folder, 'results'), `${JSON.stringify({ target: target.name, ...line })}\n`);
  const current = openSync(join(wish.folder, 'current'), 'w');
  tell({ event: 'start' });
  const run = await fuzz(target, {
    seed: wish.seed,
    cases: Number.MAX_SAFE_INTEGER,
    goOn: () => systemClock.mono() < end,
    // an input that never ends is read from here by whoever ends this process
    trying: (input) => {
      writeSync(current, input, 0, input.length, 0);
      ftruncateSync(current, input.length);
    },
    ...(wish.keepShapes ? { newKind: (input: Uint8Array) => void keep(target.name, 'shape', input) } : {}),
  });
  const { cases, kinds, finding } = run;
  const found = finding === undefined ? {} : { problem: nameOf(finding.error), stack: finding.error instanceof Error ? finding.error.stack : '', file: keep(target.name, 'found', await shortened(target, finding)) };
  tell({ event: 'end', cases, kinds, ...found });
});
