import { TillbridgeError } from '@tillbridge/core';
import { z } from 'zod';
import { EVENTS_PATH } from './events-path.js';
import { defineCall, type Call } from './http.js';

export function eventCalls(): readonly Call[] {
  return [
    defineCall({
      method: 'GET',
      path: EVENTS_PATH,
      summary: 'A WebSocket, subprotocol tillbridge.v1: everything that happens, as one JSON object a frame.',
      access: 'scan:read',
      query: z.strictObject({ since: z.string().regex(/^\d{1,16}$/).optional().describe('The last event that the client has: what came later is sent again.') }),
      answers: {},
      handler: () => {
        throw new TillbridgeError('TB_API_BAD_REQUEST', { problem: 'connect with a WebSocket' });
      },
    }),
  ];
}
