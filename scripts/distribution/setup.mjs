// The Windows installer, by NSIS.
import { join } from 'node:path';
import { root } from '../packages.mjs';
import { EPOCH, run } from './archive.mjs';

/** Gives the path of the installer of the folder of a distribution. */
export function windowsSetup({ folder, out, as, effort = 'full' }) {
  const file = join(out, `tillbridge-${as}-win-x64-setup.exe`);
  const numbers = [...as.split(/[.+-]/).slice(0, 3).map(Number), 0].join('.');
  const define = { VERSION: as, VERSION_NUMBERS: numbers, STAGE: folder, OUT: file, COMPRESSOR: effort === 'full' ? 'lzma' : 'zlib', ...(effort === 'none' ? { PLAIN: '1' } : {}) };
  const argv = Object.entries(define).map(([name, value]) => `-D${name}=${value}`);
  run('makensis', ['-V2', '-INPUTCHARSET', 'UTF8', ...argv, join(root, 'packages/bridge/windows/installer/tillbridge.nsi')], { env: { ...process.env, SOURCE_DATE_EPOCH: EPOCH, LC_ALL: 'C.UTF-8' } });
  return file;
}
