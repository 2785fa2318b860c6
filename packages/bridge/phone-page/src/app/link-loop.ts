import { backOff, sleep, type Clock } from '@tillbridge/core';
import type { LinkState, ScanResult, TillConnection } from '@tillbridge/phone-link';

/** How long the till may hold a question back, in ms: shorter than a scan's word of the time is good for (15 s). */
const HOLD_MS = 4_000;
/** At least so long between two questions, whatever the till does. */
const PAUSE_MS = 1_000;

/** What the loop needs of a connection. */
export type Linked = Pick<TillConnection, 'refresh' | 'settle'>;

export interface LinkLoopEvents {
  state(state: LinkState): void;
  /** What became of a scan whose answer had been lost. */
  settled(result: ScanResult): void;
}

/**
 * Keeps the connection to the chosen till fresh while the page is on the screen: makes new sessions silently, backs off while the till does
 * not answer, and asks for what was left open before anything else. Ends when `signal` aborts, or when the till does not know this phone.
 */
export async function keepLinked(connection: Linked, clock: Clock, random: () => number, events: LinkLoopEvents, signal: AbortSignal): Promise<void> {
  let misses = 0;
  // the first answer is wanted at once
  let holdMs = 0;
  // asked anew each time: it changes while something is awaited
  const isOver = (): boolean => signal.aborted;
  while (!isOver()) {
    const state = await connection.refresh(signal, holdMs);
    if (isOver()) return;
    events.state(state);
    if (state === 'notPaired') return;
    holdMs = state === 'ready' || state === 'waiting' ? HOLD_MS : 0;
    if (state === 'ready') {
      misses = 0;
      const result = await connection.settle(signal);
      if (isOver()) return;
      if (result !== undefined && !isUnderWay(result)) events.settled(result);
      await sleep(clock, PAUSE_MS, signal);
      continue;
    }
    await sleep(clock, state === 'waiting' ? PAUSE_MS : backOff(misses, random), signal);
    if (state === 'away') misses += 1;
  }
}

/** A scan of now: whoever sent it tells. */
function isUnderWay(result: ScanResult): boolean {
  return result.is === 'nothing' && result.why === 'busy';
}
