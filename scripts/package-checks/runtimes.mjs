// The Node.js versions that packages are tried on, fetched from npm as platform packages and kept under node_modules/.cache.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { root } from '../packages.mjs';
import { runOk } from './run.mjs';

const windows = process.platform === 'win32';
const platformPackage = `node-${windows ? 'win' : process.platform}-${process.arch}`;

/** Downloads one Node.js (or finds it from last time) and gives the folder to put first on PATH. */
export async function fetchNode(version) {
  const folder = join(root, 'node_modules/.cache/tillbridge', `${platformPackage}-${version}`);
  const binFolder = join(folder, 'node_modules', platformPackage, windows ? '.' : 'bin');
  if (!existsSync(join(binFolder, windows ? 'node.exe' : 'node'))) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
    const argv = ['install', '--no-save', '--no-package-lock', '--no-audit', '--no-fund', '--ignore-scripts', '--prefer-offline'];
    await runOk('npm', [...argv, `${platformPackage}@${version}`], { cwd: folder });
  }
  return binFolder;
}

/** The environment in which `node` is the one in `binFolder`. */
export function withNode(binFolder) {
  return { ...process.env, PATH: binFolder + delimiter + process.env.PATH };
}

/** A `node` on PATH that is older than what the packages need, outside any node_modules. */
export function oldNodeOnPath() {
  for (const folder of process.env.PATH.split(delimiter).filter((path) => !path.includes('node_modules'))) {
    const node = join(folder, 'node');
    try {
      accessSync(node, constants.X_OK);
    } catch {
      continue;
    }
    const [major, minor] = spawnSync(node, ['-p', 'process.versions.node'], { encoding: 'utf8', timeout: 10_000 }).stdout.split('.').map(Number);
    if (major < 22 || (major === 22 && minor < 13)) return node;
  }
  return undefined;
}
