// Builds the driver for 1C and the ZIP that 1C takes: `npm run addin`. The same sources give the same bytes with the same compilers.
//   node packages/adapter-1c/addin/build.mjs [--out FOLDER] [--targets linux64,windows64,windows32] [--sanitize address|undefined|thread] [--symbols]
// Needs gcc, and MinGW-w64 for the Windows libraries (Debian: gcc-mingw-w64-x86-64-win32, gcc-mingw-w64-i686-win32). With --sanitize no ZIP is made.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

const here = dirname(fileURLToPath(import.meta.url));
const source = join(here, 'src');
const { version } = JSON.parse(readFileSync(join(here, '../package.json'), 'utf8'));

const common = [
  '-std=gnu11', '-O2', '-Wall', '-Wextra', '-Wconversion', '-Wno-sign-conversion', '-Werror', '-fvisibility=hidden',
  '-ffunction-sections', '-fdata-sections', '-fno-ident', `-ffile-prefix-map=${source}=src`, `-DTB_VERSION="${version}"`,
];
const windows = { flags: ['-D_WIN32_WINNT=0x0600', '-DWIN32_LEAN_AND_MEAN', '-fno-asynchronous-unwind-tables'], link: ['-shared', '-static-libgcc', '-Wl,--no-insert-timestamp', '-Wl,--gc-sections', '-Wl,--dynamicbase', '-Wl,--nxcompat', '-Wl,--disable-auto-image-base', '-lws2_32'] };

// The libraries by their old names: on a system before glibc 2.34 threads and dlopen are not in libc
const linux = {
  flags: ['-fPIC', '-D_FORTIFY_SOURCE=2', '-fstack-protector-strong'],
  link: ['-shared', '-Wl,--build-id=none', '-Wl,-z,defs', '-Wl,-z,relro', '-Wl,-z,now', '-Wl,--gc-sections', '-Wl,--no-as-needed', '-l:libpthread.so.0', '-l:libdl.so.2'],
};

/** What can be built: compiler, and how 1C names the system in MANIFEST.XML. */
export const TARGETS = {
  linux64: { compiler: 'gcc', ...linux, os: 'Linux', arch: 'x86_64', suffix: 'lin64.so' },
  windows64: { compiler: 'x86_64-w64-mingw32-gcc', ...windows, os: 'Windows', arch: 'x86_64', suffix: 'win64.dll' },
  windows32: { compiler: 'i686-w64-mingw32-gcc', ...windows, os: 'Windows', arch: 'i386', suffix: 'win32.dll' },
};

// Clients of 1C cache a component by the name of its file: the version belongs into it
export const libraryName = (target) => `Tillbridge_${version.replace(/[^0-9A-Za-z]+/g, '_')}_${TARGETS[target].suffix}`;
export const zipName = `Tillbridge_${version}.zip`;

/** The targets whose compilers are installed. */
export function buildable() {
  return Object.keys(TARGETS).filter((name) => spawnSync(TARGETS[name].compiler, ['--version'], { stdio: 'ignore' }).status === 0);
}

function run(command, argv) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, argv, { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`${command} failed (${code})\n${output}`))));
  });
}

/** Compiles one library into `out`; gives its path. */
export async function buildLibrary(target, out, { sanitize, symbols = false } = {}) {
  const { compiler, flags, link } = TARGETS[target];
  const sources = readdirSync(source).filter((name) => name.endsWith('.c')).sort();
  // stripped by the linker: strip would write the time into a DLL
  const debug = symbols || sanitize !== undefined ? ['-g'] : ['-s'];
  const checked = sanitize === undefined ? [] : [`-fsanitize=${sanitize}`, '-fno-omit-frame-pointer', '-fno-sanitize-recover=all', '-U_FORTIFY_SOURCE'];
  const linking = sanitize === undefined ? link : link.filter((flag) => flag !== '-Wl,-z,defs');
  const path = join(out, libraryName(target));
  mkdirSync(out, { recursive: true });
  await run(compiler, [...common, ...flags, ...debug, ...checked, '-o', path, ...sources.map((name) => join(source, name)), ...linking]);
  return path;
}

const manifest = (targets) => `<?xml version="1.0" encoding="UTF-8"?>
<bundle xmlns="http://v8.1c.ru/8.2/addin/bundle" name="Tillbridge">
${targets.map((name) => `  <component os="${TARGETS[name].os}" path="${libraryName(name)}" type="native" arch="${TARGETS[name].arch}"/>`).join('\n')}
</bundle>
`;

const info = `<?xml version="1.0" encoding="UTF-8"?>
<drivers>
  <component progid="AddIn.Tillbridge" type="СканерШтрихкода" name="Tillbridge: сканер и карты лояльности" version="${version}.0"/>
</drivers>
`;

/** MANIFEST.XML, INFO.XML and the libraries; fixed times, so that the same input gives the same file. */
export async function buildZip(libraries, out) {
  const { zipSync } = await import('fflate');
  const targets = Object.keys(libraries);
  const text = (value) => Buffer.from(value);
  const files = { 'MANIFEST.XML': text(manifest(targets)), 'INFO.XML': text(info) };
  for (const name of targets) files[libraryName(name)] = readFileSync(libraries[name]);
  const path = join(out, zipName);
  // the format keeps local time: made of local parts, it is the same everywhere
  writeFileSync(path, zipSync(files, { level: 9, mtime: new Date(2000, 0, 1, 0, 0, 0) }));
  return path;
}

/** Libraries and ZIP for the named targets. */
export async function buildAll(targets, out) {
  const built = await Promise.all(targets.map(async (name) => [name, await buildLibrary(name, out)]));
  const libraries = Object.fromEntries(built);
  return { libraries, zip: await buildZip(libraries, out) };
}

async function main() {
  const { values } = parseArgs({ options: { out: { type: 'string' }, targets: { type: 'string' }, sanitize: { type: 'string' }, symbols: { type: 'boolean' } } });
  const out = values.out ?? join(here, 'dist');
  const targets = values.targets?.split(',') ?? Object.keys(TARGETS);
  const unknown = targets.filter((name) => !(name in TARGETS));
  if (unknown.length > 0) throw new Error(`no such target: ${unknown.join(', ')}; there are ${Object.keys(TARGETS).join(', ')}`);
  const missing = targets.filter((name) => !buildable().includes(name)).map((name) => TARGETS[name].compiler);
  if (missing.length > 0) throw new Error(`not installed: ${missing.join(', ')} (sh test/setup-debian.sh installs them)`);
  if (values.sanitize === undefined && !values.symbols) {
    const { zip } = await buildAll(targets, out);
    console.log(zip);
    return;
  }
  for (const name of targets) console.log(await buildLibrary(name, out, values));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  main().catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
