import { systemClock } from '@tillbridge/core';
import type { Bridge } from '../bridge.js';
import { connectOver, pairOver, type ConnectOptions, type ConnectPorts, type Pairing, type PairOptions } from '../client/connect.js';

const ports: ConnectPorts = {
  runtime: {
    fetch: (url, init) => fetch(url, init),
    socket: (url, protocols) => new WebSocket(url, [...protocols]),
  },
  clock: systemClock,
  random: Math.random,
  onHandlerError: reportHandlerError,
};

/** A handler of the program failed: shown, but a till does not end because of it. */
export function reportHandlerError(error: unknown): void {
  process.emitWarning(error instanceof Error ? error : String(error), 'TillbridgeHandlerWarning');
}

/**
 * Connects to a running daemon. Once connected, a lost connection is made again on its own, and what was missed meanwhile is given then.
 * @throws {BridgeError} `TB_API_UNREACHABLE`, `TB_API_UNAUTHORIZED`, ...; the signal's reason when it aborts
 */
export function connect(options: ConnectOptions): Promise<Bridge> {
  return connectOver(options, ports);
}

/** Changes the code that `tillbridge clients pair` shows for a token. @throws {BridgeError} */
export function pair(options: PairOptions): Promise<Pairing> {
  return pairOver(options, ports);
}
