import { execFileSync } from 'node:child_process';
import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Puts the library in front of every process of the daemon, the ones included that start with an empty environment: by /etc/ld.so.preload, in
 * a mount namespace of their own, so that nobody else sees it.
 */
const ENTER = `
mount -t tmpfs tmpfs "$1" && mkdir "$1/up" "$1/work" && printf '%s\\n' "$2" > "$1/up/ld.so.preload" &&
mount -t overlay overlay -o "lowerdir=/etc,upperdir=$1/up,workdir=$1/work" /etc || exit 97
shift 2
exec "$@"
`;

/** The wall clock and the disk of a daemon, as they are to be. */
export class Preload {
  readonly #library: string;
  readonly #folder: string;
  readonly #control: number;

  private constructor(library: string, folder: string, control: number) {
    this.#library = library;
    this.#folder = folder;
    this.#control = control;
  }

  /** Compiles the library (the parts `gcc` and `root`). `folder`: one of its own. `state`: the folder that can be turned read-only. */
  static make(folder: string, state: string): Preload {
    const control = join(folder, 'control');
    writeFileSync(control, Buffer.alloc(4096));
    const library = join(folder, 'preload.so');
    const source = fileURLToPath(new URL('./preload.c', import.meta.url));
    execFileSync('gcc', ['-O2', '-Wall', '-Werror', '-shared', '-fPIC', `-DCONTROL="${control}"`, `-DSTATE="${state}"`, '-o', library, source, '-ldl']);
    return new Preload(library, folder, openSync(control, 'r+'));
  }

  /** The command that runs `argv` behind the library; its pid stays the daemon's. */
  command(argv: readonly string[]): readonly string[] {
    return ['unshare', '--mount', '--propagation', 'private', 'sh', '-c', ENTER, 'sh', join(this.#folder, 'etc'), this.#library, ...argv];
  }

  /** What the wall clock is ahead, in ms; negative: behind. */
  setWall(ms: number): void {
    this.#set(0, BigInt(ms) * 1_000_000n);
  }

  /** How much longer each sync takes, in ms. */
  setSync(ms: number): void {
    this.#set(8, BigInt(ms) * 1000n);
  }

  /** Whether nothing can be written to the state folder. */
  setReadOnly(readOnly: boolean): void {
    this.#set(16, readOnly ? 1n : 0n);
  }

  close(): void {
    closeSync(this.#control);
  }

  #set(offset: number, value: bigint): void {
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64LE(value);
    writeSync(this.#control, bytes, 0, 8, offset);
  }
}
