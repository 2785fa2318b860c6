import { problemOf } from './database.js';
import { JournalFailure, type Failure } from './failure.js';
import type { Answers, Reply, Request } from './protocol.js';
import type { NewRow } from './row.js';
import type { JournalWriter } from './writer.js';

/** Entries of one transaction at most. */
const GROUP = 1000;

function failureOf(error: unknown): Failure {
  if (error instanceof JournalFailure) return { code: error.code, params: error.params };
  return { code: 'TB_JOURNAL_UNAVAILABLE', params: { problem: problemOf(error) } };
}

type Asked = Extract<Request, { readonly type: 'open' | 'checkpoint' | 'scrub' | 'prune' | 'close' }>;

function answer(writer: JournalWriter, request: Asked): Answers[keyof Answers] {
  switch (request.type) {
    case 'open':
      return writer.open(request.wall);
    case 'checkpoint':
      writer.checkpoint(request.wall);
      return null;
    case 'scrub':
      return writer.scrub(request.wall);
    case 'prune':
      return writer.prune(request.before, request.wall);
    case 'close':
      writer.close(request.wall);
      return null;
  }
}

/** Does what the journal's process is asked for, in order; appends that arrive together share a transaction. */
export class Desk {
  readonly #writer: JournalWriter;
  readonly #send: (reply: Reply) => void;
  #rows: NewRow[] = [];
  #last: { readonly id: number; readonly wall: number } | undefined;

  constructor(writer: JournalWriter, send: (reply: Reply) => void) {
    this.#writer = writer;
    this.#send = send;
  }

  handle(requests: readonly Request[]): void {
    for (const request of requests) this.#one(request);
    this.#flush();
  }

  #one(request: Request): void {
    switch (request.type) {
      case 'append':
        this.#collect(request);
        break;
      case 'rehearse':
        this.#flush();
        this.#writer.rehearse();
        break;
      default:
        this.#flush();
        this.#answer(request);
    }
  }

  #collect({ id, rows, wall }: Extract<Request, { readonly type: 'append' }>): void {
    if (this.#rows.length + rows.length > GROUP) this.#flush();
    this.#rows.push(...rows);
    this.#last = { id, wall };
  }

  #flush(): void {
    const last = this.#last;
    if (last === undefined) return;
    const rows = this.#rows;
    this.#rows = [];
    this.#last = undefined;
    this.#write(rows, last);
  }

  /** Answers for every append up to `id`, and does then what may wait. */
  #write(rows: readonly NewRow[], { id, wall }: { readonly id: number; readonly wall: number }): void {
    try {
      this.#send({ type: 'appended', upTo: id, seq: this.#writer.append(rows, wall) });
    } catch (error) {
      this.#send({ type: 'refused', upTo: id, failure: failureOf(error) });
      return;
    }
    try {
      this.#writer.tidy(wall);
    } catch (error) {
      // the entries are durable; what failed is tried again with the next ones
      this.#send({ type: 'warning', failure: failureOf(error) });
    }
  }

  #answer(request: Asked): void {
    try {
      this.#send({ type: 'done', id: request.id, value: answer(this.#writer, request) });
    } catch (error) {
      this.#send({ type: 'failed', id: request.id, failure: failureOf(error) });
    }
  }
}
