// Our packages and their plain JavaScript dependencies in a few files: the command line, and each thread and child process as a file beside it,
// where `new URL('./name.js', import.meta.url)` finds it. Native packages stay outside.
import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { packages, root } from '../packages.mjs';

/** Packages that are copied as they are: they load binaries or files of their own by name, or are loaded in parts. */
export const COPIED = ['koffi', 'serialport', 'node-hid', 'usb', 'prom-client', 'x11'];

/** What is never there on a till: test suites, and NFC backends that a store installs on its own. */
const ABSENT = ['vitest', 'nfc-pcsc', 'pcsc-mini', 'fast-check'];

/** The files that are started: `tillbridge.internal` of every package's manifest. */
function entryPoints() {
  const entries = {};
  for (const p of packages) {
    for (const name of Object.keys(p.manifest.tillbridge?.internal ?? {})) {
      if (name in entries) throw new Error(`two packages have an internal entry "${name}"`);
      entries[name] = join(p.folder, 'dist', `${name}.js`);
    }
  }
  return entries;
}

/** Bundles into `out`. Gives the names of the packages that went in. */
export async function bundle(out) {
  mkdirSync(out, { recursive: true });
  const result = await build({
    absWorkingDir: root,
    entryPoints: entryPoints(),
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    outdir: out,
    chunkNames: 'chunk-[hash]',
    external: [...COPIED, ...ABSENT].flatMap((name) => [name, `${name}/*`]),
    // names stay: a stack trace that a store sends must be readable
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: 'none',
    logLevel: 'error',
    metafile: true,
    // packages in the older module format ask for built-in modules and neighbours this way. `var`: some of ours already have one
    banner: { js: "import{createRequire as tillbridgeCreateRequire}from'node:module';import{dirname as tillbridgeDirname}from'node:path';import{fileURLToPath as tillbridgeFile}from'node:url';var require=tillbridgeCreateRequire(import.meta.url),__filename=tillbridgeFile(import.meta.url),__dirname=tillbridgeDirname(__filename);" },
  });
  // the page for phones stands beside the code that serves it
  cpSync(join(root, 'packages/bridge/dist/phone'), join(out, 'phone'), { recursive: true });
  const folders = Object.keys(result.metafile.inputs).flatMap((path) => {
    const at = path.lastIndexOf('node_modules/');
    if (at < 0) return [];
    const parts = path.slice(at).split('/');
    return [join(root, path.slice(0, at), ...parts.slice(0, parts[1].startsWith('@') ? 3 : 2))];
  });
  // bundled into that page
  folders.push(join(root, 'node_modules/zxing-wasm'));
  return [...new Set(folders)].sort();
}

/** A package and all that it needs at run time, as [name, folder] pairs, each once. `extra`: binaries for a system, which are optional. */
export function closure(names, resolve, extra = {}) {
  const found = new Map();
  const visit = (name, from) => {
    const folder = resolve(name, from);
    if (folder === undefined || found.has(folder)) return;
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    found.set(folder, manifest);
    for (const needed of Object.keys(manifest.dependencies ?? {})) {
      // headers for compilers and types for editors
      if (!needed.startsWith('@types/') && needed !== 'node-addon-api') visit(needed, folder);
    }
    for (const needed of extra[name] ?? []) visit(needed, folder);
  };
  for (const name of names) visit(name, root);
  return [...found].map(([folder, manifest]) => ({ folder, manifest }));
}

/** Where Node.js would find `name` from `folder`. */
export function nodeModules(name, folder, exists) {
  for (let at = folder; ; at = dirname(at)) {
    const candidate = join(at, 'node_modules', name);
    if (exists(join(candidate, 'package.json'))) return candidate;
    if (at === dirname(at)) return undefined;
  }
}
