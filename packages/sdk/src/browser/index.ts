import { pageClock } from '@tillbridge/core';
import type { Bridge } from '../bridge.js';
import { connectOver, pairOver, type ConnectOptions, type ConnectPorts, type Pairing, type PairOptions } from '../client/connect.js';
import { thisPage } from './page.js';
import { explainPermission } from './permission.js';

export type { NativeNumber, NumberKind, OutcomeName } from '@tillbridge/core';
export { BridgeError } from '../client/bridge-error.js';
export type * from '../bridge.js';
export type * from '../events.js';
export type * from '../receipt.js';
export type { ConnectOptions, Pairing, PairOptions } from '../client/connect.js';
export { explainPermission, type PermissionExplanation, type PermissionState } from './permission.js';

const ports = (): ConnectPorts => ({
  runtime: {
    fetch: (url, init) => fetch(url, init),
    socket: (url, protocols) => new WebSocket(url, [...protocols]),
    diagnose: async () => (await explainPermission()).error,
  },
  clock: pageClock,
  random: Math.random,
  onHandlerError: (error) => thisPage().reportError?.(error),
});

/**
 * Connects a web page to the daemon on the same machine. Call it from a click: the browser may ask its user, and `explainPermission` tells
 * what to show before. The page's origin must stand in the daemon's `api.origins`.
 * @throws {BridgeError} `TB_API_LNA_DENIED`, `TB_API_LNA_INSECURE_PAGE`, `TB_API_UNREACHABLE`, `TB_API_UNAUTHORIZED`, ...
 */
export function connect(options: ConnectOptions): Promise<Bridge> {
  return connectOver(options, ports());
}

/** Changes the code that `tillbridge clients pair` shows for a token. @throws {BridgeError} */
export function pair(options: PairOptions): Promise<Pairing> {
  return pairOver(options, ports());
}
