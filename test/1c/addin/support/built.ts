import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const addin = join(root, 'packages/adapter-1c/addin');
const hostSource = join(root, 'test/1c/addin/host');
const cache = join(root, 'node_modules/.cache/tillbridge/1c-addin');

/** Compiled things are kept, by the hash of their sources: the suites share them, and a second run builds nothing. */
function kept(name: string, folders: readonly string[], make: (out: string) => void): string {
  const hash = createHash('sha256').update(name);
  for (const folder of folders) for (const file of readdirSync(folder).sort()) if (/\.(c|h|cpp|hpp|mjs)$/.test(file)) hash.update(file).update(readFileSync(join(folder, file)));
  const folder = join(cache, `${name}-${hash.digest('hex').slice(0, 16)}`);
  if (existsSync(folder)) return folder;
  mkdirSync(cache, { recursive: true });
  const fresh = mkdtempSync(join(cache, 'new-'));
  make(fresh);
  try {
    renameSync(fresh, folder);
  } catch {
    // another worker was quicker
    rmSync(fresh, { recursive: true, force: true });
  }
  return folder;
}

function run(command: string, argv: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(command, argv, { encoding: 'utf8', timeout: 300_000 });
  if (status !== 0) throw new Error(`${command} ${argv.join(' ')} failed: ${String(error ?? status)}\n${stdout}${stderr}`);
  return stdout;
}

export type Sanitizer = 'address,undefined' | 'thread';
export type Target = 'linux64' | 'windows64' | 'windows32';

function onlyLibrary(folder: string): string {
  const name = readdirSync(folder).find((file) => /\.(so|dll)$/.test(file));
  if (name === undefined) throw new Error(`no library in ${folder}`);
  return join(folder, name);
}

/** The driver as the build script makes it. */
export function driver(target: Target, options: { readonly sanitize?: Sanitizer; readonly symbols?: boolean } = {}): string {
  const { sanitize, symbols = false } = options;
  const name = `driver-${target}${sanitize === undefined ? '' : `-${sanitize.replace(',', '-')}`}${symbols ? '-symbols' : ''}`;
  const make = (out: string): void => {
    const argv = [join(addin, 'build.mjs'), '--out', out, '--targets', target];
    if (sanitize !== undefined) argv.push('--sanitize', sanitize);
    if (symbols) argv.push('--symbols');
    run(process.execPath, argv);
  };
  return onlyLibrary(kept(name, [addin, join(addin, 'src')], make));
}

const strict = ['-std=c++17', '-g', '-Wall', '-Wextra', '-Werror', '-Wno-unused-parameter', '-fno-rtti', '-fno-exceptions'];

/** The test's 1C client for Linux. */
export function linuxHost(sanitize?: Sanitizer): string {
  const checked = sanitize === undefined ? [] : [`-fsanitize=${sanitize}`];
  const make = (out: string): void => {
    const sources = ['host.cpp', 'platform-posix.cpp'].map((file) => join(hostSource, file));
    run('g++', [...strict, '-O1', ...checked, '-o', join(out, 'host'), ...sources, '-ldl', '-lpthread']);
  };
  return join(kept(`host-linux${sanitize === undefined ? '' : `-${sanitize.replace(',', '-')}`}`, [hostSource], make), 'host');
}

/** The test's 1C client for Windows: MSVC's ABI, no C library, linked against kernel32 alone. */
export function windowsHost(): string {
  const make = (out: string): void => {
    const bare = ['--target=x86_64-pc-windows-msvc', '-O1', '-ffreestanding', '-fno-stack-protector', '-mno-stack-arg-probe', '-fno-threadsafe-statics'];
    const objects = ['host', 'platform-windows'].map((name) => {
      const object = join(out, `${name}.obj`);
      run('clang++', [...bare, ...strict, '-c', join(hostSource, `${name}.cpp`), '-o', object]);
      return object;
    });
    const kernel32 = run('x86_64-w64-mingw32-gcc', ['-print-file-name=libkernel32.a']).trim();
    run('lld-link', ['/subsystem:console', '/entry:entry', '/nodefaultlib', `/out:${join(out, 'host.exe')}`, ...objects, kernel32]);
  };
  return join(kept('host-windows', [hostSource], make), 'host.exe');
}

/** A small program of C that is linked with some of the driver's own sources, under the address and undefined-behaviour checkers. */
export function checkedProgram(name: string, sources: readonly string[]): string {
  const programs = join(dirname(hostSource), 'programs');
  const make = (out: string): void => {
    const files = [join(programs, `${name}.c`), ...sources.map((file) => join(addin, 'src', file))];
    run('gcc', ['-std=gnu11', '-O1', '-g', '-Wall', '-Wextra', '-Werror', '-fsanitize=address,undefined', '-fno-sanitize-recover=all', `-I${join(addin, 'src')}`, '-o', join(out, name), ...files, '-lpthread']);
  };
  return join(kept(`program-${name}`, [programs, join(addin, 'src')], make), name);
}

export { root, addin, cache, run };
