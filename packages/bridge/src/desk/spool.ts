import { mkdirSync, rmSync } from 'node:fs';
import { open, rm, statfs, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { TillbridgeError } from '@tillbridge/core';

/** What must stay free beside a file that comes in, as a multiple of its size: the importer sorts it and writes the table. */
const ROOM = 3;

/** Where files that come in over the API wait until they are whole: below the state folder, for its owner alone. */
export class SpoolFolder {
  readonly #path: string;

  constructor(state: string) {
    this.#path = join(state, 'imports');
  }

  /** What a daemon that died left behind. */
  clear(): void {
    rmSync(this.#path, { recursive: true, force: true });
  }

  /** @throws {TillbridgeError} `TB_TRANSLATE_IMPORT_SPOOL` */
  async create(name: string, size: number): Promise<Spool> {
    try {
      mkdirSync(this.#path, { mode: 0o700, recursive: true });
      const { bavail, bsize } = await statfs(this.#path);
      if (bavail * bsize < size * ROOM) throw new TillbridgeError('TB_TRANSLATE_IMPORT_SPOOL', { problem: 'there is not enough room on the disk' });
      const path = join(this.#path, name);
      return new Spool(path, await open(path, 'wx', 0o600));
    } catch (error) {
      throw spoolError(error);
    }
  }
}

/** A file that is being received. */
export class Spool {
  readonly path: string;
  readonly #file: FileHandle;

  constructor(path: string, file: FileHandle) {
    this.path = path;
    this.#file = file;
  }

  /** @throws {TillbridgeError} `TB_TRANSLATE_IMPORT_SPOOL` */
  async write(bytes: Uint8Array, offset: number): Promise<void> {
    try {
      for (let done = 0; done < bytes.byteLength; ) done += (await this.#file.write(bytes, done, bytes.byteLength - done, offset + done)).bytesWritten;
    } catch (error) {
      throw spoolError(error);
    }
  }

  /** No more is written; the file stays. */
  async close(): Promise<void> {
    await this.#file.close().catch(() => undefined);
  }

  /** Takes the file away. Never rejects. */
  async remove(): Promise<void> {
    await this.close();
    await rm(this.path, { force: true }).catch(() => undefined);
  }
}

function spoolError(error: unknown): TillbridgeError {
  if (error instanceof TillbridgeError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'EIO';
  return new TillbridgeError('TB_TRANSLATE_IMPORT_SPOOL', { problem: code === 'ENOSPC' ? 'the disk is full' : code }, { cause: error });
}
