import { deadline, raceAbort, sleep, type Clock } from '@tillbridge/core';
import { textOf } from '../wire/bytes.js';
import { MAX_ENVELOPE } from '../wire/limits.js';
import { isRefusal, PhoneLinkError, REFUSALS } from '../wire/refusals.js';
import type { Post } from './ports.js';

/** An answer has this long, in ms, beside what it is asked to be held back for. */
const POST_MS = 4000;
/** Pauses before the same bytes are sent again, in ms, spread by a half either way: nobody may be there for a moment. */
const PAUSES = [150, 500, 1500];

/** What sending needs. */
export interface SendPorts {
  readonly clock: Clock;
  readonly random: (length: number) => Uint8Array;
  readonly post: Post;
}

/** Sends a body once. @throws {PhoneLinkError} a refusal, `unreachable`, `aborted` */
export async function sendOnce({ clock, post }: SendPorts, path: string, body: Uint8Array, signal: AbortSignal, waitMs = 0): Promise<Uint8Array> {
  const limit = deadline(clock, POST_MS + waitMs, signal);
  try {
    const answer = await raceAbort(post(path, body, limit.signal), limit.signal, () => {
      throw new PhoneLinkError(signal.aborted ? 'aborted' : 'unreachable');
    });
    if (answer.body.length > MAX_ENVELOPE) throw new PhoneLinkError('unreachable');
    if (answer.status === 200) return answer.body;
    const word = textOf(answer.body) ?? '';
    // whatever else answers here (a proxy, a captive portal) is not the till
    throw new PhoneLinkError(isRefusal(word) && REFUSALS[word].status === answer.status ? word : 'unreachable');
  } catch (error) {
    if (error instanceof PhoneLinkError) throw error;
    throw new PhoneLinkError(signal.aborted ? 'aborted' : 'unreachable', { cause: error });
  } finally {
    limit.dispose();
  }
}

export interface AgainOptions {
  /** How long the till is asked to hold its answer back, in ms. */
  readonly waitMs?: number;
  /** Called each time that nobody answered. */
  readonly missed?: (() => void) | undefined;
}

/** Sends the same bytes again where nobody answered: the till takes them once. @throws {PhoneLinkError} as {@link sendOnce} */
export async function sendAgain(ports: SendPorts, path: string, body: Uint8Array, signal: AbortSignal, { waitMs = 0, missed }: AgainOptions = {}): Promise<Uint8Array> {
  for (const pause of PAUSES) {
    try {
      return await sendOnce(ports, path, body, signal, waitMs);
    } catch (error) {
      missed?.();
      if (!isPassing(error)) throw error;
    }
    await sleep(ports.clock, pause * (0.5 + (ports.random(1)[0] ?? 0) / 256), signal);
  }
  return sendOnce(ports, path, body, signal, waitMs);
}

function isPassing(error: unknown): boolean {
  return error instanceof PhoneLinkError && (error.reason === 'unreachable' || (isRefusal(error.reason) && error.reason !== 'noSession' && REFUSALS[error.reason].retryable));
}
