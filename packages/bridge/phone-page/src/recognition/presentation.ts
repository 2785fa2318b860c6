/** A code has to be out of sight for so long, in ms of looking, before it counts as shown again. */
const GONE_MS = 5_000;
/** How many codes are remembered. */
const REMEMBERED = 8;

/** `send`: shown for the first time. `ask`: seen moments ago; the waiter has to say that it is meant again. */
export type Verdict = 'send' | 'ask';

/**
 * One presentation, one send. A frame without a code ends nothing: a steady code is missed in one frame now and then, and forgetting it
 * there sent it twice. Only a code that was out of sight for five seconds counts as shown again by itself, and only seconds in which
 * frames were looked at count. Times are monotonic.
 */
export class Presentations {
  readonly #lastSeen = new Map<string, number>();
  #pausedAt: number | undefined;

  /** What to do about a code that is in sight. */
  saw(text: string, atMs: number): Verdict {
    const last = this.#lastSeen.get(text);
    this.#lastSeen.delete(text);
    this.#lastSeen.set(text, atMs);
    const [oldest] = this.#lastSeen.keys();
    if (this.#lastSeen.size > REMEMBERED && oldest !== undefined) this.#lastSeen.delete(oldest);
    return last !== undefined && atMs - last < GONE_MS ? 'ask' : 'send';
  }

  /** No frame is looked at from now on: what is in sight stays so, as far as anybody knows. */
  pause(atMs: number): void {
    this.#pausedAt ??= atMs;
  }

  resume(atMs: number): void {
    if (this.#pausedAt === undefined) return;
    const paused = atMs - this.#pausedAt;
    this.#pausedAt = undefined;
    for (const [text, last] of this.#lastSeen) this.#lastSeen.set(text, last + paused);
  }

  /** It is known that the code did not arrive: the next sight of it is to be sent. */
  forget(text: string): void {
    this.#lastSeen.delete(text);
  }
}
