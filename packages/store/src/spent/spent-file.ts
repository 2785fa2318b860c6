import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { SPENT_MS, SpentInMemory, spentKey, TillbridgeError, type Asking, type Clock, type Code, type SpentCodes } from '@tillbridge/core';
import { errorCode, syncFolderLater } from '../state/atomic-file.js';
import type { StateFolder } from '../state/state-folder.js';

export interface SpentCodeFileOptions {
  readonly folder: StateFolder;
  readonly clock: Clock;
}

/** `+` spent or `-` given back, a keyed hash, Unix time in ms, and the keyed hash of the till where one asked for it. */
const LINE = /^([+-])([0-9a-f]{32}) (\d{1,15})(?: ([0-9a-f]{32}))?$/;
/** The file is written anew once it has so many lines more than twice what still counts. */
const SLACK_LINES = 10_000;
/** Of a damaged or foreign file no more than this is looked at, in bytes: 200,000 lines. */
const MAX_FILE = 16_777_216;

/**
 * One-time codes that were delivered, durable across restarts: a log of keyed hashes, flushed to the disk before the number leaves. It is
 * written beside the main thread, many codes in one flush, so that goods never wait for the disk. Nothing in it tells a code without the
 * key in `keys/`, and it is empty again a day after the last one.
 */
export class SpentCodeFile implements SpentCodes {
  readonly #path: string;
  readonly #key: Buffer;
  readonly #clock: Clock;
  readonly #known: SpentInMemory;
  #file: FileHandle | undefined;
  #lines = 0;
  #waiting: string[] = [];
  #flush: Promise<void> | undefined;
  #closed = false;

  /** @throws {TillbridgeError} `TB_JOURNAL_UNAVAILABLE` when the file is there and cannot be read, `TB_JOURNAL_STATE_KEY` */
  constructor({ folder, clock }: SpentCodeFileOptions) {
    this.#path = folder.file('spent-codes.log');
    this.#key = folder.key('spent-codes');
    this.#clock = clock;
    this.#known = new SpentInMemory(clock, { code: (code) => this.#hash(spentKey(code)), till: (till) => this.#hash(`till ${till}`) });
    this.#load();
  }

  claim(code: Code): boolean {
    return this.#known.claim(code);
  }

  ask(code: Code, till: string): Asking {
    return this.#known.ask(code, till);
  }

  spend(code: Code, till?: string): Promise<void> {
    return this.#write(spentLine(this.#hash(spentKey(code)), this.#clock.wall(), till === undefined ? undefined : this.#hash(`till ${till}`)));
  }

  release(code: Code): void {
    this.#known.release(code);
    // a code that stays spent after a crash right here is shown again by its app in a new one
    this.#write(`-${this.#hash(spentKey(code))} ${String(Math.floor(this.#clock.wall()))}\n`).catch(() => undefined);
  }

  /** Writes what is left. Idempotent; never rejects. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#flush?.catch(() => undefined);
    await this.#file?.close().catch(() => undefined);
    this.#file = undefined;
  }

  #hash(text: string): string {
    return createHmac('sha256', this.#key).update(text).digest('hex').slice(0, 32);
  }

  #load(): void {
    const live = new Map<string, { readonly time: number; readonly holder: string | undefined }>();
    for (const line of readLog(this.#path).split('\n')) {
      const [, sign, hash = '', time, holder] = LINE.exec(line) ?? [];
      if (sign === undefined) continue;
      this.#lines += 1;
      live.delete(hash);
      if (sign === '+') live.set(hash, { time: Number(time), holder });
    }
    const now = this.#clock.wall();
    for (const [hash, { time, holder }] of live) if (now - time < SPENT_MS) this.#known.restore(hash, Math.min(time, now), holder);
  }

  /** Resolves when the line is on the disk. What comes while a flush is under way shares the next one. */
  #write(line: string): Promise<void> {
    if (this.#closed) return Promise.reject(unavailable('it is closed'));
    this.#waiting.push(line);
    const before = this.#flush;
    if (before !== undefined && this.#waiting.length > 1) return before;
    const next = (before ?? Promise.resolve()).catch(() => undefined).then(() => this.#flushNow());
    this.#flush = next;
    const done = (): void => {
      if (this.#flush === next) this.#flush = undefined;
    };
    next.then(done, done);
    return next;
  }

  async #flushNow(): Promise<void> {
    const lines = this.#waiting;
    this.#waiting = [];
    try {
      if (this.#lines > 2 * this.#known.entries().length + SLACK_LINES) await this.#compact();
      this.#file ??= await this.#open();
      await this.#file.appendFile(lines.join(''));
      await this.#file.datasync();
      this.#lines += lines.length;
    } catch (error) {
      throw unavailable(errorCode(error) || 'it cannot be written', error);
    }
  }

  async #open(): Promise<FileHandle> {
    const file = await open(this.#path, 'a', 0o600);
    await syncFolderLater(dirname(this.#path));
    return file;
  }

  async #compact(): Promise<void> {
    const temporary = `${this.#path}.tmp`;
    const live = this.#known.entries();
    const file = await open(temporary, 'w', 0o600);
    try {
      await file.writeFile(live.map((each) => spentLine(...each)).join(''));
      await file.sync();
    } finally {
      await file.close();
    }
    await this.#file?.close();
    this.#file = undefined;
    // the next opening makes the new name durable before anything is written under it
    await rename(temporary, this.#path).catch(async (error: unknown) => {
      await rm(temporary, { force: true });
      throw error;
    });
    this.#lines = live.length;
  }
}

function spentLine(hash: string, wall: number, holder: string | undefined): string {
  return `+${hash} ${String(Math.floor(wall))}${holder === undefined ? '' : ` ${holder}`}\n`;
}

function readLog(path: string): string {
  try {
    const bytes = readFileSync(path);
    // the newest lines stand last
    return bytes.subarray(Math.max(0, bytes.length - MAX_FILE)).toString('latin1');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return '';
    throw unavailable(errorCode(error) || 'it cannot be read', error);
  }
}

function unavailable(problem: string, cause?: unknown): TillbridgeError {
  return new TillbridgeError('TB_JOURNAL_UNAVAILABLE', { problem: `spent-codes.log: ${problem}` }, { cause });
}
