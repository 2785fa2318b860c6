import { AltCodes, type CodePage } from './alt-code.js';
import { controlCode } from './control-codes.js';
import type { KeyChange } from './key-change.js';
import { US_MAP } from '@tillbridge/core';
import { ALT, CTRL, F8, GUI, keypadDigit, modifierBit, SHIFT } from './usages.js';

const GS = 0x1d;
/** More digits than any scanner types; the value counts modulo 256 anyway. */
const MOST_DIGITS = 6;

/** Keys that stand for GS (0x1D): Ctrl+], F8, Alt+029. */
export type GsKeys = 'ctrl' | 'f8' | 'alt';

export interface DecoderOptions {
  /** Which of them do; the others then stand for nothing. */
  readonly gs: readonly GsKeys[];
  readonly codePage: CodePage;
}

/**
 * Keys in, bytes out: physical keys by the US map with Shift, control codes with Ctrl, Alt with digits of the keypad. Caps Lock and Num Lock
 * count for nothing: a scanner types as if they were off and on. Bytes beyond ASCII are those of the code page.
 */
export class KeyDecoder {
  readonly #gs: ReadonlySet<GsKeys>;
  readonly #alt: AltCodes;
  #modifiers = 0;
  /** The digits typed while Alt is down; `undefined` once another key came between. */
  #digits: string | undefined;

  constructor({ gs, codePage }: DecoderOptions) {
    this.#gs = new Set(gs);
    this.#alt = new AltCodes(codePage);
  }

  /** True while a character is being put together from digits. */
  get composing(): boolean {
    return (this.#modifiers & ALT) !== 0 && this.#digits !== undefined;
  }

  /** The byte that this key stands for, if any. A key that repeats itself must not be told again. */
  change({ usage, down }: KeyChange): number | undefined {
    const bit = modifierBit(usage);
    if (bit !== 0) {
      if (!down) return this.#letGo(bit);
      this.#hold(bit);
      return undefined;
    }
    return down ? this.#press(usage) : undefined;
  }

  /** Forgets which keys are down. */
  reset(): void {
    this.#modifiers = 0;
    this.#digits = undefined;
  }

  #hold(bit: number): void {
    if ((bit & ALT) !== 0 && (this.#modifiers & ALT) === 0) this.#digits = '';
    this.#modifiers |= bit;
  }

  #letGo(bit: number): number | undefined {
    this.#modifiers &= ~bit;
    if ((bit & ALT) === 0 || (this.#modifiers & ALT) !== 0) return undefined;
    const byte = this.#alt.byte(this.#digits ?? '');
    this.#digits = undefined;
    return byte === GS && !this.#gs.has('alt') ? undefined : byte;
  }

  #press(usage: number): number | undefined {
    if ((this.#modifiers & ALT) !== 0) {
      const digit = keypadDigit(usage);
      if (digit === undefined) this.#digits = undefined;
      else if (this.#digits !== undefined && this.#digits.length < MOST_DIGITS) this.#digits += String(digit);
      return undefined;
    }
    if ((this.#modifiers & GUI) !== 0) return undefined;
    if (usage === F8) return this.#modifiers === 0 && this.#gs.has('f8') ? GS : undefined;
    const [plain, shifted] = US_MAP[usage] ?? [];
    if (plain === undefined || shifted === undefined) return undefined;
    if ((this.#modifiers & CTRL) === 0) return (this.#modifiers & SHIFT) === 0 ? plain : shifted;
    const code = controlCode(plain, shifted);
    return code === GS && !this.#gs.has('ctrl') ? undefined : code;
  }
}
