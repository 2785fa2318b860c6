import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const SIZE_MIB = 48;
const CHUNK = 262_144;

/** A small disk of its own for the state folder (the part `root`). */
export class SmallDisk {
  readonly path: string;

  private constructor(path: string) {
    this.path = path;
  }

  static mount(path: string): SmallDisk {
    mkdirSync(path, { recursive: true });
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${String(SIZE_MIB)}m,mode=700`, 'tmpfs', path]);
    return new SmallDisk(path);
  }

  /** Takes all room that is left. */
  fill(): void {
    const fd = openSync(join(this.path, 'ballast'), 'a');
    try {
      for (let size = CHUNK; size >= 1; ) {
        try {
          if (writeSync(fd, Buffer.alloc(size, 1)) < size) size = Math.floor(size / 2);
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
          size = Math.floor(size / 2);
        }
      }
    } finally {
      closeSync(fd);
    }
  }

  empty(): void {
    rmSync(join(this.path, 'ballast'), { force: true });
  }

  unmount(): void {
    execFileSync('umount', ['-l', this.path]);
  }
}
