import { spawn, spawnSync } from 'node:child_process';
import { closeSync, copyFileSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { WINE_LOADER } from '../parts.js';
import type { Exit } from '../child.js';
import { waitFor } from '../wait-for.js';

const SETUP = fileURLToPath(new URL('../../setup-wine.mjs', import.meta.url));
const SERVER = join(dirname(WINE_LOADER), 'wineserver64');

/** Where `test/setup-wine.mjs` put the prefix, Node.js and the libraries; it makes them where they are missing. */
export function wineParts(): { readonly folder: string; readonly node: string; readonly natives: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [SETUP], { encoding: 'utf8', timeout: 600_000 });
  if (status !== 0) throw new Error(`setup-wine.mjs: ${stderr}`);
  const folder = stdout.trim();
  return { folder, node: join(folder, 'node.exe'), natives: join(folder, 'natives') };
}

export interface WineProgramOptions {
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** A folder of ours, as Linux names it. */
  readonly cwd?: string;
  /** Whether it gets a pipe to read from; else there is nothing to read. */
  readonly input?: boolean;
}

/** A Windows program that runs. Its output goes to files: Node.js cannot write to a pipe under wine (`open EBADF`). */
export interface WineProgram {
  readonly pid: number;
  /** Writes a line to its standard input. */
  tell(line: string): void;
  /** Ends its standard input. */
  end(): void;
  stdout(): string;
  stderr(): string;
  /** The first match in a whole line of stdout; rejects when the program ends before, or after `timeoutMs` (default 60000). */
  waitForLine(pattern: RegExp, timeoutMs?: number): Promise<RegExpExecArray>;
  readonly exited: Promise<Exit>;
  /** TerminateProcess, as seen by the program: Windows has no signals. */
  kill(): Promise<Exit>;
}

export interface WineResult extends Exit {
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * A Windows computer of its own for one suite: a copy of the prepared prefix (hard links, so it takes a second and no space) with its own
 * wineserver, registry, desktop and foreground window. Everything that runs in it ends with `close`.
 */
export class WineComputer {
  /** A folder that goes with the computer. */
  readonly folder: string;
  readonly nodeExe: string;
  readonly natives: string;
  readonly #env: NodeJS.ProcessEnv;
  readonly #programs = new Set<WineProgram>();
  #outputs = 0;

  private constructor(folder: string, parts: { readonly node: string; readonly natives: string }, display: string | undefined) {
    this.folder = folder;
    this.nodeExe = parts.node;
    this.natives = parts.natives;
    const home = join(folder, 'home');
    const { PATH, LC_ALL, TILLBRIDGE_CI_STEP } = process.env;
    this.#env = { PATH, LC_ALL, TILLBRIDGE_CI_STEP, HOME: home, WINEPREFIX: join(home, '.wine'), WINEARCH: 'win64', WINEDEBUG: '-all', DISPLAY: display };
  }

  /** `display`: the X server that its desktop is on; without one windows exist, but no keyboard layouts. */
  static make(display?: string): WineComputer {
    const parts = wineParts();
    const folder = mkdtempSync(join(parts.folder, '..', 'computer-'));
    const home = join(folder, 'home');
    mkdirSync(home);
    // the libraries are never written to; the registry is, and gets files of its own
    const { status, stderr } = spawnSync('cp', ['-al', join(parts.folder, 'home/.wine'), join(home, '.wine')], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`cp: ${stderr}`);
    for (const name of ['system.reg', 'user.reg', 'userdef.reg', '.update-timestamp']) {
      const own = join(home, '.wine', name);
      rmSync(own);
      copyFileSync(join(parts.folder, 'home/.wine', name), own);
    }
    const computer = new WineComputer(folder, parts, display);
    if (display === undefined) {
      // else it looks for a display, finds none, and creates no window
      const key = 'HKCU\\Software\\Wine\\Drivers';
      computer.#now('reg.exe', ['add', key, '/v', 'Graphics', '/d', 'null', '/f']);
    }
    return computer;
  }

  /** A file of this machine as a Windows program names it. */
  path(path: string): string {
    return `Z:${path.replaceAll('/', '\\')}`;
  }

  /** Where drive C lies on this machine. */
  get driveC(): string {
    return join(this.folder, 'home/.wine/drive_c');
  }

  /** Sets a value of the registry. */
  setRegistry(key: string, name: string, value: string, type: 'REG_SZ' | 'REG_DWORD' = 'REG_SZ'): void {
    this.#now('reg.exe', ['add', key, '/v', name, '/t', type, '/d', value, '/f']);
  }

  /** COM port `name` is this tty, from the next start of a program on; everything that runs is ended. Unlisted ports of the machine stay out of reach. */
  mapPort(name: string, tty: string): void {
    this.setRegistry('HKLM\\Software\\Wine\\Ports', name, tty);
    this.#server('-k');
    this.#server('-w');
  }

  start(program: string, args: readonly string[] = [], options: WineProgramOptions = {}): WineProgram {
    this.#outputs += 1;
    const outputs = [`out-${String(this.#outputs)}`, `err-${String(this.#outputs)}`].map((name) => join(this.folder, name));
    const files = outputs.map((path) => openSync(path, 'w'));
    const child = spawn(WINE_LOADER, [program, ...args], { cwd: options.cwd ?? this.folder, env: { ...this.#env, ...options.env }, stdio: [options.input === true ? 'pipe' : 'ignore', ...files] });
    // one that has ended is judged by its exit
    child.stdin?.on('error', () => undefined);
    for (const file of files) closeSync(file);
    const [out = '', err = ''] = outputs;
    let ended: Exit | undefined;
    const exited = new Promise<Exit>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code, signal) => resolve((ended = { code, signal })));
    });
    exited.catch(() => undefined);
    const stdout = (): string => readFileSync(out, 'utf8');
    const stderr = (): string => readFileSync(err, 'utf8');
    const made: WineProgram = {
      pid: child.pid ?? -1,
      tell: (line) => void child.stdin?.write(`${line}\n`),
      end: () => void child.stdin?.end(),
      stdout,
      stderr,
      exited,
      waitForLine: (pattern, timeoutMs = 60_000) =>
        waitFor(
          `a line like ${String(pattern)}`,
          () => {
            const over = ended;
            const text = stdout();
            const whole = over === undefined ? text.slice(0, text.lastIndexOf('\n') + 1) : text;
            const match = whole.split(/\r?\n/).map((line) => pattern.exec(line)).find((found) => found !== null);
            if (match === undefined && over !== undefined) throw new Error(`it ended (code ${String(over.code)}, signal ${String(over.signal)}):\n${text}\n${stderr()}`);
            return match;
          },
          timeoutMs,
        ).catch((error: unknown) => {
          throw new Error(`${program} ${args.join(' ')}\n${stdout()}\n${stderr()}`, { cause: error });
        }),
      kill: () => {
        child.kill('SIGKILL');
        return exited;
      },
    };
    this.#programs.add(made);
    exited.then(
      () => this.#programs.delete(made),
      () => this.#programs.delete(made),
    );
    return made;
  }

  /** Runs a program to its end. @throws Error with what it printed when it is not done in `timeoutMs` (default 120000). */
  async run(program: string, args: readonly string[] = [], options: WineProgramOptions & { readonly timeoutMs?: number } = {}): Promise<WineResult> {
    const { timeoutMs = 120_000 } = options;
    const running = this.start(program, args, options);
    const late = new AbortController();
    const timer = setTimeout(() => {
      late.abort();
      void running.kill();
    }, timeoutMs);
    const exit = await running.exited.finally(() => clearTimeout(timer));
    if (late.signal.aborted) throw new Error(`${program} ${args.join(' ')} took more than ${String(timeoutMs)} ms\n${running.stdout()}\n${running.stderr()}`);
    return { ...exit, stdout: running.stdout(), stderr: running.stderr() };
  }

  /** Starts Node.js for Windows. */
  node(args: readonly string[], options: WineProgramOptions = {}): WineProgram {
    return this.start(this.nodeExe, args, options);
  }

  /** Ends everything that runs in it, by its own server, and removes it. */
  async close(): Promise<void> {
    const running = [...this.#programs];
    this.#server('-k');
    for (const program of running) await program.kill();
    this.#server('-w');
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 3 });
  }

  #server(how: '-k' | '-w'): void {
    spawnSync(SERVER, [how], { env: this.#env, timeout: 60_000, stdio: 'ignore' });
  }

  #now(program: string, args: readonly string[]): void {
    const { status, signal } = spawnSync(WINE_LOADER, [program, ...args], { cwd: this.folder, env: this.#env, timeout: 60_000, stdio: 'ignore' });
    if (status !== 0) throw new Error(`${program} ${args.join(' ')} failed (${String(status)}, ${String(signal)})`);
  }
}
