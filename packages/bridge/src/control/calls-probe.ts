import { TillbridgeError, within, type ProbeRow } from '@tillbridge/core';
import { z } from 'zod';
import type { Daemon } from '../daemon/daemon.js';
import { defineCall, ok, type Call } from './http.js';

/** One till's checks have this long, in ms. */
const PROBE_MS = 5000;

const row = z.object({ level: z.enum(['ok', 'warn', 'fail']), id: z.string(), text: z.string(), remedy: z.string().optional() });

/** What only a running till can tell `doctor`: whether the other side was ever heard of, and what it said. */
export function probeCalls({ pipeline, clock }: Pick<Daemon, 'pipeline' | 'clock'>): readonly Call[] {
  return [
    defineCall({
      method: 'GET',
      path: '/v1/tills/:id/probe',
      summary: 'The checks of a running till, for `doctor`; changes nothing at the till.',
      access: 'control',
      answers: { 200: z.object({ rows: z.array(row) }) },
      handler: async ({ params: { id = '' }, signal }) => {
        const tills = pipeline.tills();
        const till = tills.find(({ adapter }) => adapter.id === id);
        if (till === undefined) throw new TillbridgeError('TB_TILL_UNKNOWN', { till: id, known: tills.map(({ adapter }) => adapter.id).join(', ') });
        const rows: readonly ProbeRow[] = await within(clock, PROBE_MS, () => till.adapter.probe(signal), () => new TillbridgeError('TB_API_TIMEOUT', { what: `till ${id}`, ms: PROBE_MS }));
        return ok({ rows });
      },
    }),
  ];
}
