import { randomBytes } from 'node:crypto';
import { asTillbridgeError, isoTime, TillbridgeError, type Cancel, type Clock, type Language, type Log } from '@tillbridge/core';
import { badLineText, importCards, type ImportOptions, type ImportProgress, type ImportResult } from '@tillbridge/store';
import { IMPORT_STATES, isOpen, type ImportEvent, type ImportState } from './import-states.js';
import { SpoolFolder, type Spool } from './spool.js';

/** A file may have this many bytes: ten million cards. */
export const MAX_IMPORT_BYTES = 512 * 1024 * 1024;
/** A sender that is silent this long has gone, in ms. */
export const SILENCE_MS = 600_000;
/** Bad lines that are named; all are counted. */
const NAMED_BAD_LINES = 100;

export interface NewImport {
  /** Name of the file, for people. */
  readonly name: string;
  /** Bytes that will come. */
  readonly size: number;
  readonly mode: 'upsert' | 'replace';
  readonly strict: boolean;
}

/** An import as it is shown. */
export interface ImportView extends NewImport {
  readonly id: string;
  readonly state: ImportState;
  readonly since: string;
  /** Bytes that have come. */
  readonly received: number;
  readonly progress?: ImportProgress;
  readonly result?: Omit<ImportResult, 'badLines' | 'peakRssBytes' | 'foreign' | 'own'> & { readonly badLines: readonly { readonly line: number; readonly reason: string; readonly text: string }[] };
  readonly error?: { readonly code: string; readonly message: string; readonly remedy: string };
}

export interface CardImportsOptions {
  /** Absolute path of the state folder. */
  readonly state: string;
  readonly clock: Clock;
  readonly log: Log;
  /** How a file gets into the table; tests play it. */
  readonly load?: (options: ImportOptions) => Promise<ImportResult>;
}

interface Current extends NewImport {
  readonly id: string;
  readonly owner: string;
  readonly spool: Spool;
  readonly since: number;
  readonly stop: AbortController;
  state: ImportState;
  received: number;
  /** The piece that came last, so that one that is sent again after a lost answer is known. */
  last: number;
  writing: boolean;
  progress?: ImportProgress;
  result?: ImportResult;
  error?: TillbridgeError;
}

/**
 * Card files that come in over the API: spooled piece by piece into the state folder, then imported by the same process as those of the command
 * line. One at a time. Whatever cuts an import off leaves the table whole and takes the spool away.
 */
export class CardImports {
  readonly #options: CardImportsOptions;
  readonly #folder: SpoolFolder;
  #current: Current | undefined;
  #beginning = false;
  #silence: Cancel = () => undefined;

  constructor(options: CardImportsOptions) {
    this.#options = options;
    this.#folder = new SpoolFolder(options.state);
    this.#folder.clear();
  }

  /** @throws {TillbridgeError} `TB_TRANSLATE_IMPORT_BUSY`, `TB_TRANSLATE_IMPORT_SIZE`, `TB_TRANSLATE_IMPORT_SPOOL` */
  async begin(wanted: NewImport, owner: string): Promise<string> {
    const busy = this.#current;
    if (this.#beginning || (busy !== undefined && isOpen(busy.state))) throw new TillbridgeError('TB_TRANSLATE_IMPORT_BUSY', { name: busy?.name ?? '' });
    if (wanted.size > MAX_IMPORT_BYTES) throw new TillbridgeError('TB_TRANSLATE_IMPORT_SIZE', { size: wanted.size, max: MAX_IMPORT_BYTES });
    const id = randomBytes(9).toString('base64url');
    this.#beginning = true;
    try {
      // its name tells the importer what is in it
      const spool = await this.#folder.create(`${randomBytes(6).toString('hex')}${/\.(?:jsonl|ndjson)$/i.test(wanted.name) ? '.jsonl' : '.csv'}`, wanted.size);
      this.#current = { ...wanted, id, owner, spool, since: this.#options.clock.wall(), stop: new AbortController(), state: 'receiving', received: 0, last: -1, writing: false };
    } finally {
      this.#beginning = false;
    }
    this.#expect();
    return id;
  }

  /**
   * The next piece. One that has come already is answered as if it came now. Gives how many bytes are here.
   *
   * @throws {TillbridgeError} `TB_API_NOT_FOUND`, `TB_TRANSLATE_IMPORT_OFFSET`, `TB_TRANSLATE_IMPORT_SPOOL`
   */
  async piece(id: string, offset: number, bytes: Uint8Array, owner: string): Promise<number> {
    const current = this.#of(id, owner);
    if (current.state === 'receiving' && !current.writing && offset === current.last && offset + bytes.byteLength === current.received) return current.received;
    if (current.state !== 'receiving' || current.writing || offset !== current.received || offset + bytes.byteLength > current.size) {
      throw new TillbridgeError('TB_TRANSLATE_IMPORT_OFFSET', { expected: current.received });
    }
    current.writing = true;
    try {
      await current.spool.write(bytes, offset);
    } catch (error) {
      this.#end(current, 'failed', asTillbridgeError(error, 'TB_API_INTERNAL'));
      throw error;
    } finally {
      current.writing = false;
    }
    current.last = offset;
    current.received += bytes.byteLength;
    // cancelled while the disk wrote: nothing is expected any more
    if (!current.stop.signal.aborted) this.#expect();
    return current.received;
  }

  /** Everything has come: imports it. @throws {TillbridgeError} `TB_API_NOT_FOUND`, `TB_TRANSLATE_IMPORT_INCOMPLETE` */
  finish(id: string, owner: string): void {
    const current = this.#of(id, owner);
    if (current.state !== 'receiving') return;
    const { received, size } = current;
    if (current.writing || received !== size) throw new TillbridgeError('TB_TRANSLATE_IMPORT_INCOMPLETE', { received, size });
    this.#silence();
    current.state = IMPORT_STATES[current.state].whole;
    void this.#load(current);
  }

  /** Takes an import back, whoever began it; one that has ended stays as it is. @throws {TillbridgeError} `TB_API_NOT_FOUND` */
  cancel(id: string): void {
    this.#end(this.#of(id), 'cancelled');
  }

  /** What is under way, or ended last. */
  view(language: Language): ImportView | undefined {
    const current = this.#current;
    return current === undefined ? undefined : viewOf(current, language);
  }

  /** A client lost its rights: what it was sending is taken back; what has come whole goes on. */
  ownerGone(owner: string): void {
    if (this.#current?.owner === owner && this.#current.state === 'receiving') this.#end(this.#current, 'cancelled');
  }

  /** Stops what is under way. Idempotent. */
  close(): void {
    if (this.#current !== undefined) this.#end(this.#current, 'cancelled');
    this.#silence();
  }

  async #load(current: Current): Promise<void> {
    const { mode, strict, spool, stop, name } = current;
    const load = this.#options.load ?? importCards;
    try {
      await spool.close();
      current.result = await load({
        file: spool.path, database: `${this.#options.state}/cards.db`, mode, strict, signal: stop.signal,
        onProgress: (progress) => (current.progress = progress),
      });
      this.#end(current, 'succeeded');
    } catch (error) {
      const known = asTillbridgeError(error, 'TB_API_INTERNAL');
      // people know the file by its own name
      this.#end(current, 'failed', 'path' in known.params && known.params['path'] === spool.path ? new TillbridgeError(known.code, { ...known.params, path: name }) : known);
    }
  }

  #end(current: Current, event: ImportEvent, error?: TillbridgeError): void {
    const before = current.state;
    const next = IMPORT_STATES[before][event];
    current.state = next;
    if (next !== before && error !== undefined) current.error = error;
    if (isOpen(next) || next === before) return;
    this.#silence();
    current.stop.abort();
    void current.spool.remove();
    const { id, received } = current;
    this.#options.log.info('a card import over the API ended', { import: id, state: next, bytes: received, ...(current.error === undefined ? {} : { error: current.error }) });
  }

  #expect(): void {
    const { clock } = this.#options;
    const current = this.#current;
    this.#silence();
    this.#silence = clock.timer(SILENCE_MS, () => {
      if (current !== undefined) this.#end(current, 'cancelled');
    }, { ref: false });
  }

  /** @throws {TillbridgeError} `TB_API_NOT_FOUND`, also for somebody else's */
  #of(id: string, owner?: string): Current {
    const current = this.#current;
    if (current?.id !== id || (owner !== undefined && owner !== current.owner)) throw new TillbridgeError('TB_API_NOT_FOUND', { what: 'such import' });
    return current;
  }
}

function viewOf(current: Current, language: Language): ImportView {
  const { id, name, size, mode, strict, state, received, progress, result, error, since } = current;
  return {
    id, name, size, mode, strict, state, received, since: isoTime(since),
    ...(progress === undefined ? {} : { progress }),
    ...(result === undefined ? {} : { result: resultView(result, language) }),
    ...(error === undefined ? {} : { error: { code: error.code, message: error.text(language), remedy: error.remedy(language) } }),
  };
}

function resultView({ imported, updated, skipped, repeated, total, badLines }: ImportResult, language: Language): NonNullable<ImportView['result']> {
  const named = badLines.slice(0, NAMED_BAD_LINES).map(({ line, reason }) => ({ line, reason, text: badLineText(reason, language) }));
  return { imported, updated, skipped, repeated, total, badLines: named };
}
