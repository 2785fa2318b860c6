import { deadline, isTillbridgeError, raceAbort, TillbridgeError, type Clock } from '@tillbridge/core';
import { aborted, CardFault, removed, timedOut, tooMuch } from './fault.js';
import type { CardSession, ChainStep } from './types.js';
import { command, parseAnswer, statusText, type Answer } from './wire/apdu.js';
import { concat } from './wire/bytes.js';

export type Phase = ChainStep['way'];

export interface ChannelOptions {
  readonly clock: Clock;
  readonly timeoutMs: number;
  readonly budgetMs: number;
}

/** Commands for one card: more than any honest one needs (a tag of 2 KiB read by 16 bytes takes 130). */
export const MAX_COMMANDS = 200;
/** Rounds of "more data is there" (61xx) after one command, and their bytes. */
export const MAX_CONTINUATIONS = 16;
export const MAX_ANSWER_BYTES = 8192;
/** A session keeps its own time limit; only one that does not is given up by us, this much later, in ms. */
const GRACE_MS = 250;

/**
 * Errors of PC/SC that mean that the card is no longer there: REMOVED_CARD, NO_SMARTCARD, NOT_TRANSACTED, COMM_DATA_LOST, RESET_CARD,
 * UNPOWERED_CARD (pcsc-lite, pcsclite.h); bindings carry them in their messages.
 */
const CARD_GONE = /8010(?:0069|000c|0016|002f|0068|0067)/i;

/** The commands of one card: one at a time, each with a time limit, all with a budget, every one noted without its data. */
export class CardChannel {
  readonly steps: ChainStep[] = [];
  readonly #session: CardSession;
  readonly #options: ChannelOptions;
  readonly #signal: AbortSignal;
  readonly #start: number;

  constructor(session: CardSession, options: ChannelOptions, signal: AbortSignal) {
    this.#session = session;
    this.#options = options;
    this.#signal = signal;
    this.#start = options.clock.mono();
  }

  /**
   * One command with its whole answer: continuations by GET RESPONSE (61xx) and a repetition with the right length (6Cxx) are done here.
   * @throws {CardFault} `removed`, `timeout`, `aborted`, `refused` (without end), `failed` (the reader could not)
   */
  async send(way: Phase, step: string, apdu: Uint8Array): Promise<Answer> {
    let answer = await this.#once(way, step, apdu);
    // 6Cxx: wrong length wanted, xx is the right one (ISO 7816-4, 5.1.3). Once only: a card that says so twice lies.
    if (answer.sw >> 8 === 0x6c && apdu.length >= 5) answer = await this.#once(way, step, Uint8Array.of(...apdu.subarray(0, -1), answer.sw & 0xff));
    let { data } = answer;
    for (let round = 0; answer.sw >> 8 === 0x61; round += 1) {
      if (round >= MAX_CONTINUATIONS) throw tooMuch(step, MAX_CONTINUATIONS);
      answer = await this.#once(way, `${step}, more`, command([0x00, 0xc0, 0x00, 0x00], undefined, answer.sw & 0xff));
      data = concat(data, answer.data);
      if (data.length > MAX_ANSWER_BYTES) throw tooMuch(step, MAX_ANSWER_BYTES);
    }
    return { data, sw: answer.sw };
  }

  async #once(way: Phase, step: string, apdu: Uint8Array): Promise<Answer> {
    const { clock, timeoutMs, budgetMs } = this.#options;
    if (this.#signal.aborted) throw aborted();
    if (this.steps.length >= MAX_COMMANDS) throw tooMuch(step, MAX_COMMANDS);
    const before = clock.mono();
    const left = budgetMs - (before - this.#start);
    if (left <= 0) throw timedOut(step, budgetMs);
    const limit = Math.ceil(Math.min(timeoutMs, left));
    try {
      const bytes = await this.#transmit(apdu, step, limit);
      const answer = parseAnswer(bytes);
      this.#note(way, step, before, answer);
      if (answer === undefined) throw removed(step);
      return answer;
    } catch (error) {
      if (error instanceof CardFault && error.reason === 'removed') throw error;
      this.#note(way, step, before, undefined);
      if (error instanceof CardFault) throw error;
      throw sessionFault(error, step, limit);
    }
  }

  async #transmit(apdu: Uint8Array, step: string, timeoutMs: number): Promise<Uint8Array> {
    const limit = deadline(this.#options.clock, timeoutMs + GRACE_MS, this.#signal);
    try {
      // in an async function of its own: some bindings throw at once instead of rejecting
      const work = (async () => this.#session.transmit(apdu, { timeoutMs }))();
      const bytes = await raceAbort<Uint8Array | undefined>(work, limit.signal, () => undefined);
      if (bytes !== undefined) return bytes;
      throw this.#signal.aborted ? aborted() : timedOut(step, timeoutMs);
    } finally {
      limit.dispose();
    }
  }

  #note(way: Phase, command: string, before: number, answer: Answer | undefined): void {
    const ms = Math.round((this.#options.clock.mono() - before) * 10) / 10;
    this.steps.push({ way, command, status: answer === undefined ? 'none' : statusText(answer.sw), bytes: answer?.data.length ?? 0, ms });
  }
}

function sessionFault(error: unknown, step: string, timeoutMs: number): CardFault {
  if (isTillbridgeError(error)) {
    if (error.code === 'TB_READER_NFC_REMOVED') return removed(step);
    if (error.code === 'TB_READER_NFC_NO_ANSWER') return timedOut(step, timeoutMs);
  }
  const problem = error instanceof Error ? error.message : String(error);
  if (CARD_GONE.test(problem)) return removed(step);
  // final, unlike other failures: what the session cannot send now it cannot send for the next way either
  return new BrokenSession('failed', new TillbridgeError('TB_READER_NFC_EXCHANGE', { step, problem }, { cause: error }), 'holdLonger');
}

class BrokenSession extends CardFault {
  override get final(): boolean {
    return true;
  }
}
