import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { makeDistribution, MAX_DOWNLOAD } from '../service/support/distribution.js';
import { tempFolder } from '../support/temp-folder.js';
import { note, scale } from './note.js';

const digest = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');

test.each(['linux-x64', 'win-x64'] as const)('the downloads for %s: small, and made again to the same bytes', async (target) => {
  const folder = tempFolder();
  const formats = ['archive', target === 'linux-x64' ? 'deb' : 'setup'];
  const effort = scale < 1 ? 'fast' : 'full';
  const { files } = await makeDistribution({ out: join(folder, 'one'), target, formats, effort });
  const again = await makeDistribution({ out: join(folder, 'two'), target, formats, effort });
  const package_ = files.find((file) => file.endsWith('.deb'));
  const lintian = package_ === undefined ? undefined : spawnSync('lintian', ['--allow-root', '--tag-display-limit', '0', package_], { encoding: 'utf8' });
  const words = lintian === undefined ? '' : `${lintian.stdout}${lintian.stderr}`;
  note(`downloads-${target}`, {
    ...Object.fromEntries(files.map((file) => [`${basename(file)}, MB`, statSync(file).size / 1e6])),
    'same bytes again': files.map(digest).join() === again.files.map(digest).join() ? 'yes' : 'NO',
    ...(lintian === undefined ? {} : { 'lintian says': words === '' ? 'nothing' : words }),
  });
  expect(again.files.map(digest)).toEqual(files.map(digest));
  expect(words).toBe('');
  for (const file of files) expect(statSync(file).size, basename(file)).toBeLessThan(MAX_DOWNLOAD);
});
