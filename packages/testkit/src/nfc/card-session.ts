import type { VirtualCard } from './virtual-card.js';

/** A session with a card as the readers' card chain takes it; structural, so that testkit needs nothing of the readers. */
export interface VirtualCardSession {
  transmit(apdu: Uint8Array, options: { readonly timeoutMs: number }): Promise<Uint8Array>;
  readonly atr: Uint8Array;
  readonly reader: string;
  /** Every command and answer, oldest first. In clear: for tests. */
  readonly log: readonly { readonly apdu: Uint8Array; readonly answer: Uint8Array }[];
}

/** Lays a card on a reader that exists only here: no PC/SC, no process, answers at once. */
export function cardSession(card: VirtualCard, reader = 'Virtual PICC 00 00'): VirtualCardSession {
  const log: { apdu: Uint8Array; answer: Uint8Array }[] = [];
  card.reset();
  return {
    atr: card.atr,
    reader,
    log,
    transmit: async (apdu) => {
      const answer = await card.respond(apdu);
      log.push({ apdu: apdu.slice(), answer: answer.slice() });
      return answer;
    },
  };
}
