import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A part of the system that some suites need beside Node.js and npm. */
export type Part = 'linux' | 'root' | 'socat' | 'python3' | 'gcc' | 'chromium' | 'qemu' | 'umockdev';

/** Names under which systems install a Chromium. */
const CHROMIUM = ['chromium', 'chromium-browser', 'google-chrome'];

/** The browser of the system. */
export function chromiumPath(): string | undefined {
  return CHROMIUM.flatMap((name) => (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, name))).find(isExecutable);
}

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

function succeeds(command: string, argv: readonly string[], input = ''): boolean {
  return onPath(command) && spawnSync(command, argv, { input, timeout: 10_000, stdio: ['pipe', 'ignore', 'ignore'] }).status === 0;
}

/** What shows that a part is there: it is tried, not only looked up, where being found does not mean working. */
export const PROBES: Readonly<Record<Part, () => boolean>> = {
  linux: () => process.platform === 'linux',
  root: () => process.getuid?.() === 0,
  socat: () => onPath('socat'),
  // a minimal Python may come without termios
  python3: () => succeeds('python3', ['-c', 'import select, termios, tty']),
  // a compiler without the C library's headers builds nothing
  gcc: () => succeeds('gcc', ['-x', 'c', '-fsyntax-only', '-'], '#include <termios.h>\n'),
  chromium: () => chromiumPath() !== undefined,
  // the USB bench: a machine of the host's own kind, a static busybox, and what unpacks a kernel from Debian's packages
  qemu: () => process.arch === 'x64' && ['qemu-system-x86_64', 'busybox', 'xz', 'dpkg-deb', 'apt-get'].every(onPath),
  umockdev: () => succeeds('umockdev-run', ['--version']),
};
