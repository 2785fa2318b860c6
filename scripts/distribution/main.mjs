// Makes what a till without Node.js installs: `npm run distribution`. Nothing is compiled or downloaded at the till; the same input gives the same bytes.
//   node scripts/distribution/main.mjs [--out FOLDER] [--targets linux-x64,win-x64] [--formats archive,deb,setup] [--readme]
// Needs the built packages (npm run build) and the driver for 1C (npm run addin); tar, xz, dpkg-deb, makensis and MinGW-w64 for their formats.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { buildWindowsPrograms } from '../../packages/bridge/windows/build.mjs';
import { buildHelper } from '../../packages/readers/keyboard-helper/build.mjs';
import { root } from '../packages.mjs';
import { checksums, tarXz, zip } from './archive.mjs';
import { bundle } from './bundle.mjs';
import { debianPackage } from './debian.mjs';
import { makeFolder, settleModes, version } from './folder.mjs';
import { writeSizes } from './readme-sizes.mjs';
import { windowsSetup } from './setup.mjs';
import { PLATFORMS } from './platforms.mjs';

export const FORMATS = ['archive', 'deb', 'setup'];
const DRIVERS = join(root, 'packages/adapter-1c/addin/dist');

/** The 1C driver is compiled code of ours: without it the distribution would not be whole. */
function driverIn(folder) {
  const name = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.zip')).sort().at(-1) : undefined;
  if (name === undefined) throw new Error('the driver for 1C is not built: npm run addin');
  return join(folder, name);
}

/**
 * Makes the named targets in the named formats. Gives the files, and the folder of each target where `keep` is set. `drivers`: where the ZIP for
 * 1C lies. `effort`: how hard it is packed, full for a release, fast or none for tests; `as` calls it another version.
 */
export async function distribution({ out, targets = Object.keys(PLATFORMS), formats = FORMATS, drivers = DRIVERS, keep = false, effort = 'full', as = version }) {
  const driver = driverIn(drivers);
  mkdirSync(out, { recursive: true });
  const work = mkdtempSync(join(out, 'work-'));
  const made = { files: [], folders: {} };
  try {
    const bundled = { folder: join(work, 'bundle'), folders: await bundle(join(work, 'bundle')) };
    for (const id of targets) {
      const platform = PLATFORMS[id];
      if (platform === undefined) throw new Error(`no such target: ${id}; there are ${Object.keys(PLATFORMS).join(', ')}`);
      const folder = join(keep ? out : work, `tillbridge-${as}-${id}`);
      rmSync(folder, { recursive: true, force: true });
      makeFolder({ platform, to: folder, bundled, driver, as, programs: platform.os === 'win32' ? [...buildWindowsPrograms(join(work, 'programs')), buildHelper(join(work, 'programs'))] : [] });
      settleModes(folder);
      made.folders[id] = folder;
      if (formats.includes('archive')) made.files.push(archive(platform, folder, out, effort));
      if (formats.includes('deb') && platform.os === 'linux') made.files.push(debianPackage({ folder, work, out, as, effort }));
      if (formats.includes('setup') && platform.os === 'win32') made.files.push(windowsSetup({ folder, out, as, effort }));
    }
    writeFileSync(join(out, 'SHA256SUMS'), checksums(made.files));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return made;
}

function archive(platform, folder, out, effort) {
  const name = folder.split('/').at(-1);
  const file = join(out, `${name}.${platform.os === 'linux' ? 'tar.xz' : 'zip'}`);
  (platform.os === 'linux' ? tarXz : zip)(folder, file, effort);
  return file;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    const { values } = parseArgs({ options: { out: { type: 'string' }, targets: { type: 'string' }, formats: { type: 'string' }, readme: { type: 'boolean' } } });
    const { files } = await distribution({
      out: resolve(values.out ?? join(root, 'dist')),
      ...(values.targets === undefined ? {} : { targets: values.targets.split(',') }),
      ...(values.formats === undefined ? {} : { formats: values.formats.split(',') }),
    });
    if (values.readme) writeSizes(files);
    for (const file of files) console.log(`${file}  ${(statSync(file).size / 1e6).toFixed(1)} MB`);
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
