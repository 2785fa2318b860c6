// The process that does the administrator's slow work; `Desk` starts it and lets it go when it has been idle.
import { asTillbridgeError } from '@tillbridge/core';
import { RefusedConfigError } from '../daemon/refused-config.js';
import type { DeskAnswer, DeskJob, DeskJobs, DeskPlace, DeskRequest } from './jobs.js';

type Work = { readonly [J in DeskJob]: (place: DeskPlace, input: DeskJobs[J]['in']) => Promise<DeskJobs[J]['out']> };

// each loads what it needs when it is asked for
const cards = () => import('./card-jobs.js');
const journal = () => import('./journal-jobs.js');
const config = () => import('./config-jobs.js');

const WORK: Work = {
  'journal.search': async (place, input) => (await journal()).search(place, input),
  'journal.scan': async (place, input) => (await journal()).scan(place, input),
  'journal.verify': async (place) => (await journal()).verify(place),
  'cards.get': async (place, input) => (await cards()).get(place, input),
  'cards.stats': async (place) => (await cards()).stats(place),
  'cards.add': async (place, input) => (await cards()).add(place, input),
  'cards.remove': async (place, input) => (await cards()).remove(place, input),
  'cards.page': async (place, input) => (await cards()).page(place, input),
  'config.read': async (place) => (await config()).read(place),
  'config.shown': async (place) => (await config()).shown(place),
  'config.schema': async (place) => (await config()).schema(place),
  'config.check': async (place, input) => (await config()).check(place, input),
  'config.save': async (place, input) => (await config()).save(place, input),
  'config.backups': async (place) => (await config()).backups(place),
  'config.backup': async (place, input) => (await config()).backup(place, input),
  doctor: async (place) => (await import('./support-jobs.js')).doctor(place),
  support: async (place) => (await import('./support-jobs.js')).support(place),
};

async function answer<J extends DeskJob>({ id, job, place, input }: DeskRequest<J>): Promise<DeskAnswer> {
  try {
    return { id, result: await WORK[job](place, input) };
  } catch (thrown) {
    const error = asTillbridgeError(thrown, 'TB_API_INTERNAL', { problem: thrown instanceof Error ? thrown.message : 'unknown' });
    const params = Object.fromEntries(Object.entries(error.params).map(([name, value]) => [name, typeof value === 'number' ? value : String(value)]));
    return { id, error: { code: error.code, params, ...(error instanceof RefusedConfigError ? { problems: error.found } : {}) } };
  }
}

// without its caller nobody is left to be told; what was being written is whole or not there
process.once('disconnect', () => process.exit(0));
// a service manager signals the whole group: the daemon decides when this ends
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
process.on('message', (request) => {
  void answer(request as DeskRequest).then((message) => {
    if (process.connected) process.send?.(message);
  });
});
