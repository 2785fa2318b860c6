import { get } from 'node:http';
import { deadline, type Clock } from '@tillbridge/core';
import type { StationRead } from './station.js';

/** What a form script can call, with the names that the scripts of r_keeper 7 know. */
export interface ScriptHost {
  /** `HttpGet(url, value)`: 0 and the answer's text, or another number. Texts count as windows-1251; nothing but a GET without headers. */
  httpGet(url: string): Promise<{ readonly code: number; readonly value: string }>;
  /** `PerformMcrAlgorith(Data, DeviceID)`: the MCR algorithms get the data as if a reader had read it. */
  performMcrAlgorith(data: string, deviceId: number): Promise<readonly StationRead[]>;
}

/** A form waits no longer. */
const GET_MS = 30_000;
const MAX_ANSWER = 64 * 1024;

export function scriptHost(clock: Clock, closing: AbortSignal, perform: (data: string, deviceId: number | undefined) => Promise<readonly StationRead[]>): ScriptHost {
  return {
    httpGet: (url) => pull(url, clock, closing),
    performMcrAlgorith: (data, deviceId) => perform(data, deviceId === 0 ? undefined : deviceId),
  };
}

async function pull(url: string, clock: Clock, closing: AbortSignal): Promise<{ readonly code: number; readonly value: string }> {
  const limit = deadline(clock, GET_MS, closing);
  try {
    return await new Promise((resolve) => {
      const nothing = (code: number) => resolve({ code, value: '' });
      const request = get(url, { agent: false, signal: limit.signal }, (response) => {
        const chunks: Buffer[] = [];
        let length = 0;
        response.on('data', (chunk: Buffer) => {
          length += chunk.length;
          chunks.push(chunk);
          if (length > MAX_ANSWER) response.destroy();
        });
        response.on('error', () => nothing(1));
        response.on('close', () => nothing(1));
        response.on('end', () => (response.statusCode === 200 ? resolve({ code: 0, value: new TextDecoder('windows-1251').decode(Buffer.concat(chunks)) }) : nothing(response.statusCode ?? 1)));
      });
      request.on('error', () => nothing(1));
    });
  } finally {
    limit.dispose();
  }
}
