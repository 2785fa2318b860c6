import { accessSync, constants, existsSync, lstatSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const PREFIX = 'tillbridge-bench-';
/** The process is part of the name, so that a later run knows whether it is still there. */
const RUN_FOLDER = /^tillbridge-bench-([1-9]\d{0,9})-\w{6}$/;

export interface Places {
  /** Number of the disk that a folder lies on. */
  readonly diskOf: (folder: string) => number;
  readonly isWritable: (folder: string) => boolean;
}

const HERE: Places = { diskOf: (folder) => statSync(folder).dev, isWritable };

/**
 * Where to measure the disk of the state folder without writing into it: the nearest folder above it, else one of `others`, that may be written to and lies on its disk.
 * `undefined` where there is none.
 */
export function placeBeside(state: string, others: readonly string[], { diskOf, isWritable: mayWrite }: Places = HERE): string | undefined {
  const path = resolve(state);
  const disk = diskOf(nearest(path));
  const isInside = (folder: string): boolean => folder === path || folder.startsWith(join(path, '/'));
  return [...above(path), ...others.map((folder) => resolve(folder))].find((folder) => !isInside(folder) && mayWrite(folder) && diskOf(folder) === disk);
}

/** A folder of this run's own in `place`; first removes those of runs that were killed. */
export function makeRunFolder(place: string, pid: number = process.pid): string {
  removeLeftOvers(place);
  return mkdtempSync(join(place, `${PREFIX}${String(pid)}-`));
}

/** Removes folders of this user's runs whose process is gone. What cannot be removed stays: the measurement does not depend on it. */
function removeLeftOvers(place: string): void {
  for (const name of readdirSync(place)) {
    const pid = RUN_FOLDER.exec(name)?.[1];
    if (pid === undefined || isRunning(Number(pid))) continue;
    const folder = join(place, name);
    try {
      const found = lstatSync(folder);
      if (found.isDirectory() && found.uid === (process.getuid?.() ?? found.uid)) rmSync(folder, { recursive: true, force: true });
    } catch {
      // gone meanwhile, or not ours to remove
    }
  }
}

/** Somebody else's process, which may not be signalled, runs too. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}

export function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

/** The folders above a path, the nearest first. */
function above(path: string): readonly string[] {
  const parent = dirname(path);
  return parent === path ? [] : [parent, ...above(parent)];
}

/** The path itself or the first above it that is there. */
function nearest(path: string): string {
  return [path, ...above(path)].find((each) => existsSync(each)) ?? path;
}
