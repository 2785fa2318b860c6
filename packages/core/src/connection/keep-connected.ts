import type { TillbridgeError } from '../errors/index.js';
import type { Clock } from '../ports/clock.js';
import type { Log } from '../ports/log.js';
import type { PartState, PartStatus } from '../ports/part.js';
import { backOff } from './back-off.js';

/** One connection to a device. */
export interface Link {
  /** Settles when the connection is over, with why; never rejects. */
  readonly ended: Promise<TillbridgeError>;
  /** Releases it. Idempotent, never rejects, bounded to 2 s. */
  close(): Promise<void>;
}

/** How to come by a connection. */
export interface Connector<L extends Link> {
  /** Rejects with a TillbridgeError only; keeps its own time budget; releases what it holds when `signal` aborts. */
  connect(signal: AbortSignal): Promise<L>;
  /** Resolves when it looks worth trying again before the back-off is over, or never; gives up when `signal` aborts. */
  arrival?(reason: TillbridgeError, signal: AbortSignal): Promise<void>;
  /** The connection is up. */
  up(link: L): void;
  /** The connection is over: called once for each `up`, before the next. */
  down(link: L): void;
}

/** The state of a part, and who is told when it changes. */
export interface ConnectionState {
  readonly value: PartState;
  set(status: PartStatus, reason?: TillbridgeError): void;
}

export interface ConnectionContext {
  /** What is connected, for the log: `reader`, `till`. */
  readonly what: string;
  /** Anything that `connect` rejects with, as an error of the catalogue. */
  readonly problem: (error: unknown) => TillbridgeError;
  readonly clock: Clock;
  readonly log: Log;
  readonly state: ConnectionState;
  /** 0 <= x < 1. */
  readonly random: () => number;
}

/**
 * Connects, and connects again for as long as `signal` lasts. Calls `settled` once, when the first attempt is over: with the error where
 * retrying cannot mend it (the loop then ends with the state `failed`). Resolves when everything is released.
 */
export async function keepConnected<L extends Link>(
  connector: Connector<L>,
  context: ConnectionContext,
  signal: AbortSignal,
  settled: (fatal?: TillbridgeError) => void,
): Promise<void> {
  const { state, log } = context;
  const stopped = (): boolean => signal.aborted;
  let attempt = 0;
  while (!stopped()) {
    if (state.value.status === 'closed' || state.value.status === 'failed') state.set('opening');
    const result = await connector.connect(signal).then(
      (link) => ({ link }),
      (error: unknown) => ({ error: context.problem(error) }),
    );
    if ('link' in result) attempt = 0;
    const reason = 'link' in result ? await serve(connector, result.link, state, signal, settled) : result.error;
    if (stopped() || reason === undefined) break;
    if (!reason.retryable) {
      log.error(`the ${context.what} cannot work`, { error: reason });
      state.set('failed', reason);
      settled(reason);
      return;
    }
    // said once for each new reason, not with every attempt
    if (state.value.reason?.code !== reason.code) log.warn(`the ${context.what} is not connected and tries again`, { error: reason });
    state.set('retrying', reason);
    settled();
    await pause(connector, context, reason, backOff(attempt, context.random), signal);
    attempt += 1;
  }
}

async function serve<L extends Link>(
  connector: Connector<L>,
  link: L,
  state: ConnectionState,
  signal: AbortSignal,
  settled: () => void,
): Promise<TillbridgeError | undefined> {
  let reason: TillbridgeError | undefined;
  // one listener a connection, gone with it
  const over = new AbortController();
  const stopped = new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true, signal: over.signal });
    void link.ended.then((why) => {
      reason = why;
      resolve();
    });
  });
  if (!signal.aborted) {
    state.set('ready');
    connector.up(link);
    settled();
    await stopped;
    connector.down(link);
  }
  over.abort();
  await link.close();
  return reason;
}

/** Waits for the back-off or for a sign of life, whichever is first. */
async function pause(
  connector: Connector<Link>,
  context: ConnectionContext,
  reason: TillbridgeError,
  ms: number,
  signal: AbortSignal,
): Promise<void> {
  if (signal.aborted) return;
  const waiting = new AbortController();
  const stop = (): void => waiting.abort();
  signal.addEventListener('abort', stop, { once: true });
  const cancel = context.clock.timer(ms, stop);
  void connector.arrival?.(reason, waiting.signal).then(stop, () => undefined);
  await new Promise<void>((resolve) => waiting.signal.addEventListener('abort', () => resolve(), { once: true }));
  cancel();
  signal.removeEventListener('abort', stop);
}
