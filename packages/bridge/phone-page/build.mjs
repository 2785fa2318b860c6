// Builds the phone's page into dist/phone: everything that the daemon serves to phones, with nothing from elsewhere. Files named by their
// content never change; each text stands there compressed too, because phones load it over a busy Wi-Fi.
//   node packages/bridge/phone-page/build.mjs [--quiet] [--out FOLDER]
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { icon } from './icon.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const { values: options } = parseArgs({ options: { quiet: { type: 'boolean' }, out: { type: 'string' } } });
const out = options.out ?? join(here, '../dist/phone');
const require = createRequire(import.meta.url);

const hash = (bytes) => createHash('sha256').update(bytes).digest('hex').slice(0, 12);

async function bundle(entry, format, define) {
  const { outputFiles, warnings } = await build({
    entryPoints: [join(here, 'src', entry)],
    bundle: true,
    write: false,
    minify: true,
    format,
    platform: 'browser',
    // Safari 15: every iPhone that still gets updates
    target: ['es2021', 'safari15', 'chrome94'],
    legalComments: 'none',
    define,
    logLevel: 'silent',
  });
  if (warnings.length > 0) throw new Error(`building ${entry}: ${warnings.map(({ text }) => text).join('; ')}`);
  return Buffer.from(outputFiles[0].contents);
}

/** Licences of what is bundled into the page: they ask to be passed on. */
function notices(names) {
  const of = (name) => {
    const folder = dirname(packageFile(name));
    const licence = ['LICENSE', 'LICENSE.md', 'license'].map((file) => join(folder, file)).find((file) => readable(file));
    if (licence === undefined) throw new Error(`${name} has no licence file`);
    return `${name} ${JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version}\n\n${readFileSync(licence, 'utf8').trim()}\n`;
  };
  const engine = 'zxing-wasm holds ZXing-C++ (https://github.com/zxing-cpp/zxing-cpp), Apache License 2.0: https://www.apache.org/licenses/LICENSE-2.0\n';
  return Buffer.from([...names.map(of), engine].join(`\n${'-'.repeat(70)}\n\n`));
}

function readable(file) {
  try {
    readFileSync(file);
    return true;
  } catch {
    return false;
  }
}

/** A package's own package.json, also where its exports hide it. */
function packageFile(name) {
  for (const folder of require.resolve.paths(name) ?? []) if (readable(join(folder, name, 'package.json'))) return join(folder, name, 'package.json');
  throw new Error(`${name} is not installed`);
}

const files = new Map();
/** Puts a file named by its content; its address. */
function put(name, extension, bytes) {
  const path = `/assets/${name}-${hash(bytes)}.${extension}`;
  files.set(path, bytes);
  return path;
}

const text = (value) => JSON.stringify(value);
const wasm = put('zxing_reader', 'wasm', readFileSync(require.resolve('zxing-wasm/reader/zxing_reader.wasm')));
const worker = put('worker', 'js', await bundle('worker.ts', 'iife', { __WASM__: text(wasm) }));
const app = put('app', 'js', await bundle('main.ts', 'esm', { __WORKER__: text(worker) }));
const style = put('style', 'css', readFileSync(join(here, 'style.css')));
const page = readFileSync(join(here, 'index.html'), 'utf8').replaceAll('/assets/app.js', app).replaceAll('/assets/style.css', style);
files.set('/index.html', Buffer.from(page));
files.set('/manifest.webmanifest', readFileSync(join(here, 'manifest.webmanifest')));
for (const size of [192, 512]) files.set(`/icon-${size}.png`, icon(size));
const kept = ['/', ...[...files.keys()].filter((path) => path !== '/index.html')];
const version = hash(Buffer.concat([...files.values()]));
files.set('/sw.js', await bundle('sw.ts', 'iife', { __FILES__: text(kept), __BUILD__: text(version) }));
files.set('/licences.txt', notices(['zxing-wasm', '@noble/ciphers', '@noble/curves', '@noble/hashes']));

rmSync(out, { recursive: true, force: true });
for (const [path, bytes] of files) {
  const file = join(out, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, bytes);
  if (path.endsWith('.png')) continue;
  writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
  writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }));
}
if (options.quiet !== true) {
  for (const [path, bytes] of files) console.log(`${path} ${bytes.length} bytes`);
}
