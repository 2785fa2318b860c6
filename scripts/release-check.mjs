// node scripts/release-check.mjs TAG: what is published is what the tag says: every package has its version, and the change log speaks of it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { packages, root } from './packages.mjs';

/** Why these packages are not to be published under this tag. */
export function releaseProblems(tag, manifests, changelog) {
  const version = /^v(\d+\.\d+\.\d+(?:-[\w.]+)?)$/.exec(tag)?.[1];
  if (version === undefined) return [`${tag} is no tag of a version: v1.2.3`];
  return [
    ...manifests.filter((manifest) => manifest.version !== version).map(({ name, version: other }) => `${name} has version ${other} and not ${version}`),
    ...(changelog.split('\n').some((line) => line.startsWith('## ') && line.slice(3).trim().split(/[\s(]/)[0] === version) ? [] : [`CHANGELOG.md has no part "## ${version}"`]),
  ];
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const problems = releaseProblems(process.argv[2] ?? '', packages.map(({ manifest }) => manifest), readFileSync(join(root, 'CHANGELOG.md'), 'utf8'));
  for (const problem of problems) console.error(problem);
  process.exit(problems.length === 0 ? 0 : 1);
}
