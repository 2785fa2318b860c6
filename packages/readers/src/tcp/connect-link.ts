import { connect } from 'node:net';
import { deadline, TillbridgeError, type Clock } from '@tillbridge/core';
import type { Link } from '../connection/keep-connected.js';
import type { FramingDriver } from '../framing/index.js';
import type { Endpoint } from './options.js';
import { tameSocket } from './socket-limits.js';

const CONNECT_BUDGET_MS = 5000;

/** Connects to a scanner within 5 s. @throws TillbridgeError TB_READER_CONNECT_FAILED */
export function connectLink(reader: string, to: Endpoint, driver: FramingDriver, clock: Clock, signal: AbortSignal): Promise<Link> {
  const params = { reader, host: to.host, port: to.port };
  const budget = deadline(clock, CONNECT_BUDGET_MS, signal);
  const socket = connect({ host: to.host, port: to.port });
  const ended = new Promise<TillbridgeError>((resolve) => {
    socket.once('close', () => {
      driver.end();
      resolve(new TillbridgeError('TB_READER_DISCONNECTED', params));
    });
  });
  const link: Link = {
    ended,
    close: async () => {
      socket.destroy();
      await ended;
    },
  };
  return new Promise<Link>((resolve, reject) => {
    const fail = (problem: string): void => {
      socket.destroy();
      reject(new TillbridgeError('TB_READER_CONNECT_FAILED', { ...params, problem }));
    };
    if (budget.signal.aborted) fail('stopped');
    budget.signal.addEventListener('abort', () => fail('no answer'), { once: true });
    socket.once('error', (error: NodeJS.ErrnoException) => fail(error.code ?? error.message));
    socket.once('connect', () => {
      // not before: where Windows' calls are wine's, a socket that is given options while it connects fails to
      tameSocket(socket);
      socket.on('data', (chunk) => driver.push(chunk));
      resolve(link);
    });
  }).finally(() => budget.dispose());
}
