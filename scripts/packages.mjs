// The packages in dependency order, read from the root manifest's workspaces.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');

const workspaces = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).workspaces;

export const packages = workspaces.map((folder) => {
  const manifest = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
  const named = { ...manifest.dependencies, ...manifest.peerDependencies, ...manifest.devDependencies };
  return { folder: join(root, folder), short: folder.split('/')[1], name: manifest.name, manifest, named };
});

/** Groups of packages: every package stands after all that it depends on; those of one group can be built side by side. */
export function buildLevels() {
  const done = new Set();
  const levels = [];
  let left = packages;
  while (left.length > 0) {
    const ready = left.filter((p) => packages.every((other) => !(other.name in p.named) || done.has(other.name)));
    if (ready.length === 0) throw new Error(`circular dependencies among ${left.map((p) => p.name).join(', ')}`);
    for (const p of ready) done.add(p.name);
    left = left.filter((p) => !ready.includes(p));
    levels.push(ready);
  }
  return levels;
}
