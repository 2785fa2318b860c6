import { sleep, type Clock } from '@tillbridge/core';
import { join, sw } from './bytes.js';
import type { VirtualCard } from './virtual-card.js';

/** What goes wrong at a virtual card. Every field may be changed while a card lies on the reader; all of them off at first. */
export interface NfcFaults {
  /** The card is taken away after so many commands; `undefined`: never. */
  removeAfter: number | undefined;
  /** Every answer comes so much later, in ms. */
  delayMs: number;
  /** No answer at all. */
  silent: boolean;
  /** Only so many bytes of each answer come. */
  truncateTo: number | undefined;
  /** This status word in place of any answer to a command with this instruction byte (`undefined`: to every command). */
  refuse: { readonly status: number; readonly ins?: number; times: number } | undefined;
  /** Says for ever that more is to come: 9100 (Smart Tap) or 61FF (ISO 7816). */
  endless: 0x9100 | 0x61ff | undefined;
  /** Flips one bit in each answer's data. */
  corrupt: boolean;
}

export function noFaults(): NfcFaults {
  return { removeAfter: undefined, delayMs: 0, silent: false, truncateTo: undefined, refuse: undefined, endless: undefined, corrupt: false };
}

/** A card with a dial of faults in front of it. An empty answer means that the card is gone, as the virtual reader driver has it. */
export class FaultyCard implements VirtualCard {
  readonly faults: NfcFaults = noFaults();
  /** Called once when `removeAfter` is reached. */
  onRemoved: () => void = () => undefined;
  readonly #card: VirtualCard;
  readonly #clock: Clock;
  #commands = 0;
  #gone = false;

  constructor(card: VirtualCard, clock: Clock) {
    this.#card = card;
    this.#clock = clock;
  }

  get atr(): Uint8Array {
    return this.#card.atr;
  }

  reset(): void {
    this.#commands = 0;
    this.#gone = false;
    this.#card.reset();
  }

  async respond(apdu: Uint8Array): Promise<Uint8Array> {
    const { faults } = this;
    this.#commands += 1;
    if (this.#gone) return new Uint8Array(0);
    if (faults.removeAfter !== undefined && this.#commands > faults.removeAfter) {
      this.#gone = true;
      this.onRemoved();
      return new Uint8Array(0);
    }
    if (faults.silent) return new Promise(() => undefined);
    if (faults.delayMs > 0) await sleep(this.#clock, faults.delayMs);
    return this.#spoil(await this.#answer(apdu));
  }

  async #answer(apdu: Uint8Array): Promise<Uint8Array> {
    const { refuse, endless } = this.faults;
    if (endless !== undefined) return join([0x00], sw(endless));
    if (refuse !== undefined && refuse.times > 0 && (refuse.ins === undefined || refuse.ins === apdu[1])) {
      refuse.times -= 1;
      return sw(refuse.status);
    }
    return this.#card.respond(apdu);
  }

  #spoil(answer: Uint8Array): Uint8Array {
    const { truncateTo, corrupt } = this.faults;
    const [first] = answer;
    if (corrupt && first !== undefined && answer.length > 2) answer = join([first ^ 0x01], answer.subarray(1));
    return truncateTo === undefined ? answer : answer.subarray(0, truncateTo);
  }
}
