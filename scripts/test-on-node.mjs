// The fast suites on another Node.js: node scripts/test-on-node.mjs VERSION [vitest arguments]
// VERSION is one that npm has as a platform package, `22.13.0`, or a line of them, `26`.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fetchNode, withNode } from './package-checks/runtimes.mjs';
import { root } from './packages.mjs';

const [version, ...rest] = process.argv.slice(2);
if (version === undefined) {
  console.error('usage: node scripts/test-on-node.mjs VERSION [vitest arguments]');
  process.exit(2);
}
const folder = await fetchNode(version);
const env = { ...withNode(folder), TILLBRIDGE_REQUIRE: '' };
const argv = [join(root, 'scripts/test.mjs'), '--project', 'packages', ...rest];
const { status } = spawnSync('node', argv, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] });
process.exit(status ?? 1);
