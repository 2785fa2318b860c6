// The Windows installer, by NSIS.
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../packages.mjs';
import { EPOCH, run } from './archive.mjs';

/** Each file by name: `File /r` would take them in the order of the disk, another one on each machine. */
function* fileLines(folder, below = '') {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  yield `SetOutPath "$INSTDIR${below}"\n`;
  for (const entry of entries) if (!entry.isDirectory()) yield `File "${join(folder, entry.name)}"\n`;
  for (const entry of entries) if (entry.isDirectory()) yield* fileLines(join(folder, entry.name), `${below}\\${entry.name}`);
}

/** Gives the path of the installer of the folder of a distribution. */
export function windowsSetup({ folder, out, as, effort = 'full' }) {
  const file = join(out, `tillbridge-${as}-win-x64-setup.exe`);
  const list = join(out, 'files.nsh');
  const numbers = [...as.split(/[.+-]/).slice(0, 3).map(Number), 0].join('.');
  const define = { VERSION: as, VERSION_NUMBERS: numbers, STAGE: folder, FILES: list, OUT: file, COMPRESSOR: effort === 'full' ? 'lzma' : 'zlib', ...(effort === 'none' ? { PLAIN: '1' } : {}) };
  const argv = Object.entries(define).map(([name, value]) => `-D${name}=${value}`);
  writeFileSync(list, [...fileLines(folder)].join(''));
  try {
    run('makensis', ['-V2', '-INPUTCHARSET', 'UTF8', ...argv, join(root, 'packages/bridge/windows/installer/tillbridge.nsi')], { env: { ...process.env, SOURCE_DATE_EPOCH: EPOCH, LC_ALL: 'C.UTF-8' } });
  } finally {
    rmSync(list, { force: true });
  }
  return file;
}
