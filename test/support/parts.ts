import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A part of the system that some suites need beside Node.js and npm. */
export type Part = 'linux' | 'root' | 'openssl' | 'socat' | 'python3' | 'gcc' | 'chromium' | 'qemu' | 'umockdev' | 'pcscd' | 'nfc-packages' | 'g++' | 'valgrind' | 'mingw' | 'wine' | 'wine-node' | 'xvfb' | 'xterm' | 'mono' | 'systemd' | 'debian' | 'nsis';

/** Names under which systems install a Chromium. */
const CHROMIUM = ['chromium', 'chromium-browser', 'google-chrome'];

/** The browser of the system. */
export function chromiumPath(): string | undefined {
  return CHROMIUM.flatMap((name) => (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, name))).find(isExecutable);
}

/** The loader itself, where Debian puts it. */
export const WINE_LOADER = '/usr/lib/wine/wine64';

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function onPath(command: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => isExecutable(join(folder, command)));
}

const SETUP_NFC = fileURLToPath(new URL('../setup-nfc.mjs', import.meta.url));

/** They compile for one Node.js, so they are made when they are needed, once: ten seconds. */
function nfcPackagesAreThere(): boolean {
  const args = process.env['TILLBRIDGE_REQUIRE'] === 'all' ? [SETUP_NFC] : [SETUP_NFC, '--where'];
  const { status, stdout } = spawnSync(process.execPath, args, { encoding: 'utf8', timeout: 300_000, stdio: ['ignore', 'pipe', 'inherit'] });
  return status === 0 && existsSync(join(stdout.trim(), 'package.json'));
}

const SETUP_WINE = fileURLToPath(new URL('../setup-wine.mjs', import.meta.url));

/** A wine prefix and Node.js for Windows: made when they are needed, once: a minute and a half. */
function wineNodeIsThere(): boolean {
  const args = process.env['TILLBRIDGE_REQUIRE'] === 'all' ? [SETUP_WINE] : [SETUP_WINE, '--where'];
  const { status, stdout } = spawnSync(process.execPath, args, { encoding: 'utf8', timeout: 600_000, stdio: ['ignore', 'pipe', 'inherit'] });
  return status === 0 && existsSync(join(stdout.trim(), 'ready'));
}

function succeeds(command: string, argv: readonly string[], input = ''): boolean {
  return onPath(command) && spawnSync(command, argv, { input, timeout: 10_000, stdio: ['pipe', 'ignore', 'ignore'] }).status === 0;
}

/** What shows that a part is there: it is tried, not only looked up, where being found does not mean working. */
export const PROBES: Readonly<Record<Part, () => boolean>> = {
  linux: () => process.platform === 'linux',
  root: () => process.getuid?.() === 0,
  openssl: () => onPath('openssl'),
  socat: () => onPath('socat'),
  // a minimal Python may come without termios
  python3: () => succeeds('python3', ['-c', 'import select, termios, tty']),
  // a compiler without the C library's headers builds nothing
  gcc: () => succeeds('gcc', ['-x', 'c', '-fsyntax-only', '-'], '#include <termios.h>\n'),
  'g++': () => succeeds('g++', ['-x', 'c++', '-fsyntax-only', '-'], '#include <dlfcn.h>\n'),
  valgrind: () => succeeds('valgrind', ['--version']),
  // both word sizes of Windows
  mingw: () => ['x86_64-w64-mingw32-gcc', 'i686-w64-mingw32-gcc'].every((compiler) => succeeds(compiler, ['--version'])),
  // Windows programs of MSVC's ABI are built with clang and lld, and run by a 64-bit wine without its wrapper, which wants a 32-bit one too
  wine: () => ['clang++', 'lld-link'].every(onPath) && existsSync(WINE_LOADER),
  // an X server without a screen, and what switches its layouts
  // a terminal that is typed into, and a window manager
  xterm: () => ['xterm', 'jwm'].every(onPath),
  xvfb: () => ['Xvfb', 'setxkbmap', 'xkbcomp'].every(onPath),
  'wine-node': () => existsSync(WINE_LOADER) && wineNodeIsThere(),
  chromium: () => chromiumPath() !== undefined,
  // the USB bench: a machine of the host's own kind, a static busybox, and what unpacks a kernel from Debian's packages
  qemu: () => process.arch === 'x64' && ['qemu-system-x86_64', 'busybox', 'xz', 'dpkg-deb', 'apt-get'].every(onPath),
  umockdev: () => succeeds('umockdev-run', ['--version']),
  // the PC/SC service with the driver of virtual readers, and what hands it a private socket
  pcscd: () => onPath('pcscd') && onPath('perl') && existsSync('/usr/lib/pcsc/drivers/serial/libifdvpcd.so'),
  'nfc-packages': nfcPackagesAreThere,
  // units can be checked and notices sent without it being the machine's first process
  systemd: () => succeeds('systemd-analyze', ['--version']) && succeeds('systemd-notify', ['--version']),
  // a Debian of a suite's own: made, packed for, and booted in namespaces
  debian: () => ['debootstrap', 'dpkg-deb', 'lintian', 'xz', 'nsenter'].every(onPath) && succeeds('unshare', ['--mount', '--pid', '--cgroup', '--fork', 'true']),
  nsis: () => succeeds('makensis', ['-VERSION']),
  // a C# compiler, its runtime, and the library of JSON that Debian packs on its own
  mono: () => succeeds('mcs', ['--version']) && succeeds('mono', ['--version']) && existsSync('/usr/lib/mono/4.5/System.Runtime.Serialization.dll'),
};
