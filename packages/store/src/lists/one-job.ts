import { existsSync } from 'node:fs';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { TillbridgeError, type Clock, type ErrorCode } from '@tillbridge/core';

/** A change may take this long, a slow disk included, in ms. */
const BUDGET_MS = 15_000;
const LIMITS = { maxOldGenerationSizeMb: 32, maxYoungGenerationSizeMb: 4, stackSizeMb: 1 };

type JobAnswer = { readonly changed: boolean } | { readonly problem: string };

/**
 * Changes of a list, each on a thread of its own that lives for one change: they are rare, and a commit may take long on a slow disk while
 * goods must not wait. A change is made after those asked for before; resolves with whether anything was changed.
 */
export class ListWriter<Job extends { readonly file: string }> {
  readonly #url: URL;
  readonly #clock: Clock;
  readonly #unreadable: ErrorCode;
  #last: Promise<unknown> = Promise.resolve();

  constructor(url: URL, clock: Clock, unreadable: ErrorCode) {
    this.#url = url;
    this.#clock = clock;
    this.#unreadable = unreadable;
  }

  /** @throws {TillbridgeError} the list cannot be written */
  change(job: Job): Promise<boolean> {
    const next = this.#last.then(() => this.#run(job));
    this.#last = next.catch(() => undefined);
    return next;
  }

  #run(job: Job): Promise<boolean> {
    return new Promise((resolve, reject) => {
      const fail = (problem: string, cause?: unknown): void => {
        reject(new TillbridgeError(this.#unreadable, { path: job.file, problem }, { cause }));
      };
      const worker = new Worker(this.#url, { workerData: job, resourceLimits: LIMITS, execArgv: [] });
      const cancel = this.#clock.timer(BUDGET_MS, () => {
        fail(`no answer within ${BUDGET_MS} ms`);
        worker.terminate().catch(() => undefined);
      });
      worker.once('message', (answer: JobAnswer) => {
        if ('problem' in answer) fail(answer.problem);
        else resolve(answer.changed);
      });
      worker.once('error', (error) => fail(error instanceof Error ? error.message : String(error), error));
      worker.once('exit', (code) => {
        cancel();
        // after an answer this changes nothing
        fail(`the thread ended with code ${code}`);
      });
    });
  }
}

/** What such a thread does: its one job, and tells how it went. */
export function doJob(work: (job: unknown) => boolean): void {
  if (isMainThread) return;
  parentPort?.postMessage(answerOf(() => work(workerData)));
}

function answerOf(work: () => boolean): JobAnswer {
  try {
    return { changed: work() };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return { problem: cause instanceof Error ? cause.message : String(cause) };
  }
}

/** Where a built thread is: beside the built package, or, when that runs from its sources (tests), in its `dist`. */
export function threadUrl(name: string, base: string): URL {
  const beside = new URL(`./${name}.js`, base);
  return existsSync(beside) ? beside : new URL(`../../dist/${name}.js`, base);
}
