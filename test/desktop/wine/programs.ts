import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { WineComputer, WineProgram } from '../../support/wine/wine.js';

const here = fileURLToPath(new URL('.', import.meta.url));

/** Compiles a Windows program of this folder; gives its path. */
export function compileWindows(name: string, out: string, flags: readonly string[] = []): string {
  const path = join(out, `${name}.exe`);
  execFileSync('x86_64-w64-mingw32-gcc', ['-O1', '-Wall', '-Wextra', '-municode', ...flags, '-o', path, join(here, `${name}.c`)], { stdio: ['ignore', 'ignore', 'inherit'] });
  return path;
}

/** A cashier program: a window that keeps what is typed into it. */
export class Target {
  readonly title: string;
  readonly #program: WineProgram;
  readonly #file: string;

  private constructor(title: string, program: WineProgram, file: string) {
    this.title = title;
    this.#program = program;
    this.#file = file;
  }

  /** Its title and class are one word, its program's file is `exe`. */
  static async start(computer: WineComputer, exe: string, title: string, kind: 'edit' | 'raw', env: Readonly<Record<string, string>> = {}): Promise<Target> {
    const file = join(computer.folder, `typed-${title}`);
    const program = computer.start(exe, [computer.path(file), title, `${title}Class`, kind], { input: true, env });
    await program.waitForLine(/^up$/);
    return new Target(title, program, file);
  }

  /** Comes to the front; resolves when it has the focus. */
  async front(): Promise<void> {
    const before = this.#fronts();
    this.#program.tell('front');
    const end = performance.now() + 30_000;
    while (this.#fronts() === before) {
      if (performance.now() > end) throw new Error(`${this.title} does not come to the front`);
      await new Promise((resolve) => setTimeout(resolve, 3));
    }
  }

  /** Everything that it received so far. */
  text(): string {
    return readFileSync(this.#file, 'utf8');
  }

  /** The keys, each as `VK SCAN EXTRA` in hexadecimal. */
  keys(): readonly string[] {
    return readFileSync(`${this.#file}.keys`, 'utf8').split('\n').slice(0, -1);
  }

  tell(command: string): void {
    this.#program.tell(command);
  }

  async close(): Promise<void> {
    this.#program.tell('close');
    await this.#program.exited;
  }

  #fronts(): number {
    return this.#program.stdout().split('\n').filter((line) => line.startsWith('front')).length;
  }
}

/** Somebody at the keyboard of this computer. */
export class User {
  readonly #program: WineProgram;
  #answers = 1;

  private constructor(program: WineProgram) {
    this.#program = program;
  }

  static async start(computer: WineComputer, exe: string): Promise<User> {
    const program = computer.start(exe, [], { input: true });
    await program.waitForLine(/^up$/);
    return new User(program);
  }

  /** See user.c; gives its answer. */
  async does(command: string): Promise<string> {
    this.#program.tell(command);
    const end = performance.now() + 30_000;
    for (;;) {
      const lines = this.#program.stdout().split(/\r?\n/).slice(0, -1);
      const answer = lines[this.#answers];
      if (answer !== undefined) {
        this.#answers += 1;
        return answer;
      }
      if (performance.now() > end) throw new Error(`no answer to ${command}`);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  }
}
