import { asTillbridgeError, type Clock, type Log, type TillbridgeError } from '@tillbridge/core';
import { backOff } from './back-off.js';
import type { StateCell } from './state-cell.js';

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

export interface KeepConnectedContext {
  /** The reader's id and its device as configured: for error texts. */
  readonly reader: string;
  readonly device: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly state: StateCell;
  /** 0 <= x < 1. */
  readonly random: () => number;
}

/**
 * Connects, and connects again for as long as `signal` lasts. Calls `settled` once, when the first attempt is over: with the error where
 * retrying cannot mend it (the loop then ends with the state `failed`). Resolves when everything is released.
 */
export async function keepConnected<L extends Link>(
  connector: Connector<L>,
  context: KeepConnectedContext,
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
      (error: unknown) => ({ error: asTillbridgeError(error, 'TB_READER_OPEN_FAILED', { reader: context.reader, path: context.device }) }),
    );
    if ('link' in result) attempt = 0;
    const reason = 'link' in result ? await serve(connector, result.link, state, signal, settled) : result.error;
    if (stopped() || reason === undefined) break;
    if (!reason.retryable) {
      log.error('the reader cannot work', { error: reason });
      state.set('failed', reason);
      settled(reason);
      return;
    }
    // said once for each new reason, not with every attempt
    if (state.value.reason?.code !== reason.code) log.warn('the reader is not connected and tries again', { error: reason });
    state.set('retrying', reason);
    settled();
    await pause(connector, context, reason, backOff(attempt, context.random), signal);
    attempt += 1;
  }
}

async function serve<L extends Link>(
  connector: Connector<L>,
  link: L,
  state: StateCell,
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
  context: KeepConnectedContext,
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
