import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { TillbridgeError, type Clock } from '@tillbridge/core';
import type { ClientChange } from './client-record.js';
import type { ClientJob, ClientJobAnswer } from './worker.js';

/** A change may take this long, a slow disk included, in ms. */
const BUDGET_MS = 15_000;
const LIMITS = { maxOldGenerationSizeMb: 32, maxYoungGenerationSizeMb: 4, stackSizeMb: 1 };

export interface ClientWriter {
  /**
   * Makes a change, durably, after those asked for before. Resolves with whether anything was changed.
   * @throws {TillbridgeError} `TB_API_CLIENTS_UNREADABLE`
   */
  change(change: ClientChange): Promise<boolean>;
}

/**
 * Changes clients.db on a thread of its own that lives for one change: they are rare, and a commit may take long on a slow disk while goods
 * must not wait.
 */
export function createClientWriter(file: string, clock: Clock, url: URL = defaultWorkerUrl(import.meta.url)): ClientWriter {
  let last: Promise<unknown> = Promise.resolve();
  return {
    change: (change) => {
      const next = last.then(() => runJob(url, { file, change }, clock));
      last = next.catch(() => undefined);
      return next;
    },
  };
}

function runJob(url: URL, job: ClientJob, clock: Clock): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const fail = (problem: string, cause?: unknown): void => {
      reject(new TillbridgeError('TB_API_CLIENTS_UNREADABLE', { path: job.file, problem }, { cause }));
    };
    const worker = new Worker(url, { workerData: job, resourceLimits: LIMITS, execArgv: [] });
    const cancel = clock.timer(BUDGET_MS, () => {
      fail(`no answer within ${BUDGET_MS} ms`);
      worker.terminate().catch(() => undefined);
    });
    worker.once('message', (answer: ClientJobAnswer) => {
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

/** Where the built thread is: beside the built package, or, when that runs from its sources (tests), in its `dist`. */
function defaultWorkerUrl(base: string): URL {
  const beside = new URL('./clients-worker.js', base);
  return existsSync(beside) ? beside : new URL('../../dist/clients-worker.js', base);
}
