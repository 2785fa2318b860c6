import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { WINE_LOADER, type Part } from '../../../support/parts.js';
import { makeTempFolder } from '../../../support/temp-folder.js';
import { driver, linuxHost, windowsHost } from './built.js';
import { OneC } from './client.js';

/** Where the driver runs, and how a test gets there. */
export interface Platform {
  readonly name: string;
  readonly parts: readonly Part[];
  /** The name of the program that 1C would be. */
  readonly program: string;
  /** Whether the program's own process id is the one that the system outside sees. */
  readonly samePid: boolean;
  /** A file's path as the program knows it. */
  path(path: string): string;
  library(): string;
  /** The client, not yet attached. */
  start(): OneC;
  /** Before the first start, which also builds what is not built yet, and after the last. */
  readonly begin: () => void;
  readonly end: () => void;
}

const linux: Platform = {
  name: 'Linux',
  parts: ['gcc', 'g++'],
  program: 'host',
  samePid: true,
  path: (path) => path,
  library: () => driver('linux64'),
  start: () => new OneC(linuxHost()),
  begin: () => {
    driver('linux64');
    linuxHost();
  },
  end: () => undefined,
};

/** What the driver and its host load, and what these load. */
const WINDOWS_LIBRARIES = ['ntdll', 'kernel32', 'kernelbase', 'msvcrt', 'ws2_32', 'sechost', 'advapi32', 'ucrtbase', 'iphlpapi', 'rpcrt4', 'nsi', 'bcrypt', 'cryptbase'];

/**
 * Wine with nothing but those libraries: no services, no desktop, no registry to fill. Setting up an ordinary prefix takes half a minute
 * and 700 MB; this one takes 50 ms.
 */
function windows(): Platform {
  const folder = { path: '', remove: (): void => undefined };
  const env = (): NodeJS.ProcessEnv => ({
    ...process.env,
    DISPLAY: undefined,
    WINEPREFIX: join(folder.path, 'prefix'),
    WINEARCH: 'win64',
    WINEDEBUG: '-all',
    WINEDLLOVERRIDES: 'wineboot.exe,services.exe=d;mscoree=d;mshtml=d',
  });
  return {
    name: 'Windows x64 under wine',
    parts: ['mingw', 'wine'],
    program: 'host.exe',
    samePid: false,
    path: (path) => `Z:${path.replaceAll('/', '\\')}`,
    library: () => `Z:${driver('windows64').replaceAll('/', '\\')}`,
    start: () => new OneC(WINE_LOADER, [windowsHost()], env()),
    begin: () => {
      driver('windows64');
      windowsHost();
      Object.assign(folder, makeTempFolder());
      const prefix = join(folder.path, 'prefix');
      const system = join(prefix, 'drive_c/windows/system32');
      mkdirSync(system, { recursive: true });
      mkdirSync(join(prefix, 'dosdevices'));
      symlinkSync('../drive_c', join(prefix, 'dosdevices/c:'));
      symlinkSync('/', join(prefix, 'dosdevices/z:'));
      for (const name of WINDOWS_LIBRARIES) symlinkSync(join(wineLibraries(), `${name}.dll`), join(system, `${name}.dll`));
    },
    end: () => {
      // its server outlives the last program by some seconds: end the one of this prefix, and wait for that
      for (const how of ['-k', '-w']) spawnSync(join(dirname(WINE_LOADER), 'wineserver64'), [how], { env: env(), timeout: 30_000 });
      folder.remove();
    },
  };
}

function wineLibraries(): string {
  const { stdout } = spawnSync('dpkg-query', ['-L', 'libwine'], { encoding: 'utf8' });
  const found = stdout.split('\n').find((line) => line.endsWith('/x86_64-windows/kernel32.dll'));
  if (found === undefined) throw new Error('libwine has no kernel32.dll');
  return dirname(found);
}

export const PLATFORMS: readonly Platform[] = [linux, windows()];
