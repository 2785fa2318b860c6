import { TillbridgeError } from '@tillbridge/core';
import { z } from 'zod';
import type { Daemon } from '../daemon/daemon.js';
import { defineCall, integerParam, ok, type Call } from './http.js';

const taken = z.object({
  on: z.boolean(),
  full: z.boolean().describe('It ended by itself: as much as a recording may hold was recorded.'),
  next: z.int().describe('Ask from here on next time.'),
  lines: z.array(z.string()),
});

/** The flight recorder: for the daemon's owner, over the control socket alone. */
export function recordingCalls(daemon: Daemon): readonly Call[] {
  return [
    defineCall({
      method: 'POST',
      path: '/v1/recording/start',
      summary: 'Begin to record what happens, codes and numbers as pseudonyms.',
      access: 'control',
      answers: { 200: z.object({ on: z.literal(true) }) },
      handler: () => {
        if (!daemon.startRecording()) throw new TillbridgeError('TB_SCAN_RECORDING_ON');
        return ok({ on: true });
      },
    }),
    defineCall({
      method: 'POST',
      path: '/v1/recording/stop',
      summary: 'End the recording; what was recorded stays until the next one.',
      access: 'control',
      answers: { 200: z.object({ on: z.literal(false) }) },
      handler: () => {
        daemon.stopRecording();
        return ok({ on: false });
      },
    }),
    defineCall({
      method: 'GET',
      path: '/v1/recording',
      summary: 'Lines of the recording.',
      access: 'control',
      query: z.strictObject({ from: integerParam(0, 1_000_000).default(0) }),
      answers: { 200: taken },
      handler: ({ query }) => ok({ on: daemon.recorder.on, ...daemon.recorder.take(query.from, PAGE) }),
    }),
  ];
}

/** Lines of one answer. */
const PAGE = 2000;
