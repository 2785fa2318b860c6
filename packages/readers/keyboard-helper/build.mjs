// Builds the helper that takes a scanner's keys on Windows: `npm run keyboard-helper`. The same sources give the same bytes with the same compiler.
//   node packages/readers/keyboard-helper/build.mjs [--out FOLDER]
// Needs MinGW-w64 (Debian: gcc-mingw-w64-x86-64-win32).
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

const here = dirname(fileURLToPath(import.meta.url));
export const source = join(here, 'src');
export const helperName = 'tillbridge-keyboard.exe';
const compiler = 'x86_64-w64-mingw32-gcc';

export const warnings = ['-std=gnu11', '-O2', '-Wall', '-Wextra', '-Wconversion', '-Wno-sign-conversion', '-Werror'];
const flags = [
  ...warnings, '-ffunction-sections', '-fno-ident', `-ffile-prefix-map=${source}=src`,
  '-DUNICODE', '-D_WIN32_WINNT=0x0601', '-DWIN32_LEAN_AND_MEAN', '-D__USE_MINGW_ANSI_STDIO=1', '-fno-asynchronous-unwind-tables',
];
// no console window; its pipes come from whoever starts it
const link = ['-s', '-mwindows', '-static-libgcc', '-Wl,--no-insert-timestamp', '-Wl,--gc-sections', '-Wl,--dynamicbase', '-Wl,--nxcompat'];

/** Compiles the helper into `out`; gives its path. */
export function buildHelper(out = join(here, 'dist')) {
  const sources = readdirSync(source).filter((name) => name.endsWith('.c')).sort().map((name) => join(source, name));
  const path = join(out, helperName);
  mkdirSync(out, { recursive: true });
  const { status, error, stdout, stderr } = spawnSync(compiler, [...flags, '-o', path, ...sources, ...link], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${compiler} failed: ${error?.message ?? status} (sh test/setup-debian.sh installs it)\n${stdout ?? ''}${stderr ?? ''}`);
  return path;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { values } = parseArgs({ options: { out: { type: 'string' } } });
  try {
    console.log(buildHelper(values.out));
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
