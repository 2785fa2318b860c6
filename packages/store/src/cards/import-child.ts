// The process that imports: `importCards` starts it, sends one job and listens. Big imports neither block nor swell the caller.
import { asTillbridgeError } from '@tillbridge/core';
import type { ChildMessage, ImportJob } from './import-protocol.js';
import { runImport } from './import-run.js';

/** Resolves when the message has left this process; a caller that is gone needs no answer. */
function send(message: ChildMessage): Promise<void> {
  return new Promise((resolve) => {
    if (process.send === undefined || !process.connected) resolve();
    else process.send(message, undefined, undefined, () => resolve());
  });
}

async function run(job: ImportJob): Promise<void> {
  const answer = await runImport(job, (progress) => void send({ type: 'progress', progress })).then(
    (result): ChildMessage => ({ type: 'done', result }),
    (thrown: unknown): ChildMessage => {
      const error = asTillbridgeError(thrown, 'TB_TRANSLATE_IMPORT_DIED');
      const params = Object.entries(error.params).map(([name, value]) => [name, typeof value === 'number' ? value : String(value)] as const);
      return { type: 'error', code: error.code, params: Object.fromEntries(params) };
    },
  );
  await send(answer);
  if (process.connected) process.disconnect();
}

// without its caller an import has nobody to report to; before the commit it leaves nothing behind
process.once('disconnect', () => process.exit(0));
process.once('message', (job) => void run(job as ImportJob));
