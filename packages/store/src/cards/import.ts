import { fork, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, resolve as absolute } from 'node:path';
import { isTillbridgeError, TillbridgeError } from '@tillbridge/core';
import type { ChildMessage, ImportJob, ImportProgress, ImportResult } from './import-protocol.js';

/** How many bad lines a result names. */
const KEEP_BAD_LINES = 1_000;

/** How much of what a dying import process prints is kept, in characters. */
const KEEP_STDERR = 2_000;

export interface ImportOptions {
  /** CSV with a header, or JSON Lines; UTF-8. */
  readonly file: string;
  /** Path of `cards.db`; made when it is not there. */
  readonly database: string;
  /** `replace` swaps the whole table in one step. Default `upsert`. */
  readonly mode?: 'upsert' | 'replace';
  /** One bad line refuses the file. Default false. */
  readonly strict?: boolean;
  /** Default `auto`: by the file's name and first character. */
  readonly format?: ImportJob['format'];
  /** See {@link ImportJob}. */
  readonly source?: ImportJob['source'];
  /** Of `format: 'json'`: where its rows are. */
  readonly mapping?: ImportJob['mapping'];
  readonly onProgress?: (progress: ImportProgress) => void;
  /** Aborting kills the import process; the table stays whole. */
  readonly signal?: AbortSignal;
  /** The built import process, for callers that do not stand beside it (tests that run from the sources). */
  readonly child?: URL;
}

/**
 * Imports a card file in a process of its own. Nothing half-imported is ever visible, whatever ends either process and whenever: look-ups
 * find the old table until the import has ended and the new one from then on.
 *
 * Rejects with `TB_TRANSLATE_IMPORT_*` (`FILE`, `HEADER`, `ENCODING`, `STRICT`, `EMPTY`, `DIED`, `ABORTED`), `TB_TRANSLATE_TABLE_*` or
 * `TB_TRANSLATE_DISK_FULL`.
 */
export async function importCards(options: ImportOptions): Promise<ImportResult> {
  const { signal } = options;
  if (isAborted(signal)) throw aborted(signal);
  const database = absolute(options.database);
  const child = start(options.child ?? builtChild(import.meta.url), dirname(database));
  const abort = (): void => void child.kill('SIGKILL');
  signal?.addEventListener('abort', abort, { once: true });
  try {
    return await converse(child, {
      file: absolute(options.file),
      database,
      mode: options.mode ?? 'upsert',
      strict: options.strict ?? false,
      format: options.format ?? 'auto',
      ...(options.source === undefined ? {} : { source: options.source }),
      ...(options.mapping === undefined ? {} : { mapping: options.mapping }),
      keepBadLines: KEEP_BAD_LINES,
    }, options.onProgress);
  } catch (error) {
    if (isAborted(signal) && isTillbridgeError(error) && error.code === 'TB_TRANSLATE_IMPORT_DIED') {
      throw aborted(signal);
    }
    throw error;
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}

/** Beside this file where both are built; tests run this from the sources and need the built one all the same. */
function builtChild(base: string): URL {
  const beside = new URL('./import-child.js', base);
  return existsSync(beside) ? beside : new URL('../../dist/import-child.js', base);
}

const isAborted = (signal: AbortSignal | undefined): boolean => signal?.aborted ?? false;

function start(entry: URL, folder: string): ChildProcess {
  // SQLite's temporary files hold codes and numbers: beside the table and not in a folder for everybody, which may also be small
  const env = { ...process.env, SQLITE_TMPDIR: folder, ...(process.platform === 'win32' ? { TMP: folder, TEMP: folder } : {}) };
  return fork(entry, [], { env, execArgv: ['--disable-warning=ExperimentalWarning'], stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
}

/** Sends the job, passes progress on, and settles when the process is gone. */
function converse(child: ChildProcess, job: ImportJob, onProgress: ImportOptions['onProgress']): Promise<ImportResult> {
  return new Promise((resolve, reject) => {
    let answer: Exclude<ChildMessage, { type: 'progress' }> | undefined;
    let failure: unknown;
    let printed = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      printed = (printed + text).slice(-KEEP_STDERR);
    });
    child.on('message', (message) => {
      const told = message as ChildMessage;
      if (told.type !== 'progress') answer = told;
      else onProgress?.(told.progress);
    });
    child.on('error', (error) => {
      failure = error;
      // one that could not be started never closes
      if (child.pid === undefined) reject(died(error.message, error));
    });
    child.on('close', (code, killedBy) => {
      if (answer?.type === 'done') resolve(answer.result);
      else if (answer?.type === 'error') reject(new TillbridgeError(answer.code, answer.params));
      else reject(died(killedBy ?? `exit code ${String(code)}`, failure ?? printed));
    });
    child.send(job, (error) => {
      // the process is gone already: `close` tells how
      if (error !== null) failure ??= error;
    });
  });
}

function died(problem: string, cause: unknown): TillbridgeError {
  return new TillbridgeError('TB_TRANSLATE_IMPORT_DIED', { problem }, { cause });
}

function aborted(signal: AbortSignal | undefined): TillbridgeError {
  return new TillbridgeError('TB_TRANSLATE_IMPORT_ABORTED', {}, { cause: signal?.reason });
}
