import type { Clock } from '@tillbridge/core';
import type { Bridge, Waiting } from '../bridge.js';
import { BridgeError, field } from './bridge-error.js';
import { ClientBridge } from './client-bridge.js';
import { Requests } from './requests.js';
import { WebTransport, type WebRuntime } from './web-transport.js';

export interface ConnectOptions extends Waiting {
  /** The daemon's API, from its READY line; default `http://127.0.0.1:7843`. */
  readonly url?: string | undefined;
  /** From `pair`. */
  readonly token: string;
}

export interface PairOptions extends Waiting {
  readonly url?: string | undefined;
  /** The eight digits that `tillbridge clients pair` shows. */
  readonly code: string;
  /** How this program is to be called in `tillbridge clients list`. */
  readonly name: string;
}

export interface Pairing {
  /** To be kept as carefully as a password: it is shown this once. */
  readonly token: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
}

export interface ConnectPorts {
  readonly runtime: WebRuntime;
  readonly clock: Clock;
  readonly random: () => number;
  readonly onHandlerError: (error: unknown) => void;
}

const DEFAULT_URL = 'http://127.0.0.1:7843';

/** The body of `connect`, for every runtime. */
export async function connectOver({ url = DEFAULT_URL, token, signal }: ConnectOptions, ports: ConnectPorts): Promise<Bridge> {
  const transport = new WebTransport({ url, token, runtime: ports.runtime });
  const bridge = new ClientBridge({ ...ports, transport });
  try {
    // first a plain request: where a browser has to ask its user, or nobody is there, it says so clearly and a WebSocket does not
    await greet(new Requests(transport, ports.clock), url, signal);
    await bridge.start(signal).catch(withoutEvents);
    return bridge;
  } catch (error) {
    await bridge.close();
    throw error;
  }
}

/** The body of `pair`, for every runtime. */
export async function pairOver({ url = DEFAULT_URL, code, name, signal }: PairOptions, { runtime, clock }: ConnectPorts): Promise<Pairing> {
  const requests = new Requests(new WebTransport({ url, runtime }), clock);
  return (await requests.post('/v1/pair', { code, name }, { signal })) as Pairing;
}

async function greet(requests: Requests, url: string, signal: AbortSignal | undefined): Promise<void> {
  const hello = await requests.get('/hello', { signal });
  if (field(hello, 'product') !== 'tillbridge' || field(hello, 'wire') !== 1) {
    throw BridgeError.own('TB_API_BAD_ANSWER', { url, problem: 'it is not Tillbridge with wire version 1' });
  }
}

/** A program that only injects scans or stores receipts may have no scope for events: its calls work, its loops throw this error. */
function withoutEvents(error: unknown): void {
  if (!(error instanceof BridgeError && error.code === 'TB_API_SCOPE')) throw error;
}
