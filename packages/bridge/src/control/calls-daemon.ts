import { z } from 'zod';
import type { Daemon } from '../daemon/daemon.js';
import { defineCall, ok, type Call } from './http.js';

/** Where the daemon listens: an URL, or `off`. */
export type Addresses = () => { readonly api: string; readonly stations: string; readonly console?: string };

/** The daemon itself: for its owner, over the control socket alone. */
export function daemonCalls(daemon: Daemon, addresses: Addresses): readonly Call[] {
  return [
    defineCall({
      method: 'GET',
      path: '/v1/daemon',
      summary: 'The process, its files, its parts.',
      access: 'control',
      answers: { 200: z.looseObject({ pid: z.int(), version: z.string() }) },
      handler: ({ language }) => ok({ ...daemon.status(language), ...addresses() }),
    }),
    defineCall({
      method: 'POST',
      path: '/v1/daemon/stop',
      summary: 'Finish what is in flight and stop.',
      access: 'control',
      answers: { 202: z.object({ stopping: z.literal(true), pid: z.int() }) },
      handler: () => {
        daemon.requestStop();
        return { status: 202, body: { stopping: true, pid: process.pid } };
      },
    }),
    defineCall({
      method: 'POST',
      path: '/v1/daemon/reload',
      summary: 'Apply what changed in the configuration.',
      access: 'control',
      answers: { 200: z.object({ changed: z.array(z.string()), restartNeeded: z.array(z.string()) }) },
      handler: async ({ language }) => ok(await daemon.reload(language)),
    }),
  ];
}
