import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { waitFor } from '../../support/wait-for.js';
import type { WineComputer, WineProgram } from '../../support/wine/wine.js';

const source = fileURLToPath(new URL('scanner.c', import.meta.url));

/** Scan codes of set 1 (the US layout) for what these tests type. */
const CODES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Array.from('1234567890').map((digit, i) => [digit, (2 + i).toString(16)])),
  ...{ a: '1e', b: '30', c: '2e', x: '2d', y: '15', z: '2c', '\r': '1c' },
};
export const PREFIX = '64+ 64-';

/** Another program of the computer that presses keys: a scanner in keyboard mode, or a hand. */
export class Scanner {
  readonly #program: WineProgram;
  #answers = 1;

  private constructor(program: WineProgram) {
    this.#program = program;
  }

  static async start(computer: WineComputer): Promise<Scanner> {
    const path = join(computer.folder, 'scanner.exe');
    execFileSync('x86_64-w64-mingw32-gcc', ['-O1', '-Wall', '-Wextra', '-municode', '-o', path, source], { stdio: ['ignore', 'ignore', 'inherit'] });
    const program = computer.start(path, [], { input: true });
    await program.waitForLine(/^up$/);
    return new Scanner(program);
  }

  /** Prefix, text, Enter, as fast as Windows takes them. */
  scans(text: string): Promise<void> {
    return this.keys(0, PREFIX, this.#presses(`${text}\r`));
  }

  /** Text alone, at the pace of a quick hand. */
  types(text: string): Promise<void> {
    return this.keys(10, this.#presses(text));
  }

  /** Resolves when they have been pressed. */
  async keys(ms: number, ...keys: readonly string[]): Promise<void> {
    this.#program.tell(`type ${String(ms)} ${keys.join(' ')}`);
    const answers = this.#answers;
    this.#answers += 1;
    await waitFor('the keys to be pressed', () => this.#program.stdout().split('\n').length - 1 > answers);
  }

  #presses(text: string): string {
    return Array.from(text, (character) => `${CODES[character] ?? ''}+ ${CODES[character] ?? ''}-`).join(' ');
  }
}
