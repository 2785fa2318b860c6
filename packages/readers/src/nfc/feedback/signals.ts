import type { Signal } from '../host/protocol.js';

/** One command to a reader, and the ways that it can take. */
export interface SignalCommand {
  readonly bytes: Uint8Array;
  /** `card`: as a pseudo-APDU while a card is there, else by escape. `escape`: by escape only. */
  readonly way: 'card' | 'escape';
}

interface Signals {
  readonly name: RegExp;
  readonly good: readonly SignalCommand[];
  readonly bad: readonly SignalCommand[];
}

const through = (way: SignalCommand['way'], hex: string): SignalCommand => ({ way, bytes: Uint8Array.from(Buffer.from(hex, 'hex')) });

/**
 * What readers can show, by their PC/SC names. A reader that is not here has nothing that a program can switch.
 *
 * ACR122U (ACS, "API V2.04", 6.2 Bi-color LED and Buzzer Control): FF 00 40 P2 04 T1 T2 N link. P2: bit 0/1 red/green at the end, 2/3 their
 * masks, 4/5 red/green at the start of blinking, 6/7 their masks. Times in 100 ms; link 01: the buzzer sounds during T1.
 * Good: green once with a beep. Bad: red twice with two beeps.
 *
 * ACR1252U, ACR1552U and WalletMate (ACS, "Reference Manual", buzzer control): E0 00 00 28 01 tt, in 10 ms. One short, or one long.
 */
const SIGNALS: readonly Signals[] = [
  { name: /ACR122/i, good: [through('card', 'ff0040ae0401010101')], bad: [through('card', 'ff00405d0401010201')] },
  { name: /ACR1252|ACR1552|ACM1552|WalletMate/i, good: [through('escape', 'e00000280108')], bad: [through('escape', 'e00000280128')] },
];

/** The commands with which this reader shows a signal; none where it cannot. */
export function signalCommands(reader: string, signal: Signal): readonly SignalCommand[] {
  return SIGNALS.find(({ name }) => name.test(reader))?.[signal] ?? [];
}
