import type { KeyChange } from './key-change.js';

/** Bytes of a boot keyboard's report: modifier bits, one reserved, six keys (USB-IF, HID 1.11, appendix B.1). */
export const BOOT_REPORT_BYTES = 8;

const FIRST_MODIFIER = 0xe0;
/** Usages below this are no keys but what went wrong: 1 means that more keys are down than the report has room for. */
const FIRST_KEY = 0x04;
const ROLL_OVER = 0x01;

/** Boot reports in, keys going down and up out: modifiers first, then the six places in their order. */
export class BootReportParser {
  #modifiers = 0;
  #keys: readonly number[] = [];

  /** `at`: when the report came, milliseconds. A report that is too short, or that says "too many keys", says nothing. */
  push(report: Uint8Array, at: number): readonly KeyChange[] {
    if (report.length < BOOT_REPORT_BYTES) return [];
    const places = report.subarray(2, BOOT_REPORT_BYTES);
    if (places.includes(ROLL_OVER)) return [];
    const changes: KeyChange[] = [];
    this.#modifierChanges(report[0] ?? 0, at, changes);
    const keys = [...new Set(places)].filter((usage) => usage >= FIRST_KEY && usage < FIRST_MODIFIER);
    for (const usage of this.#keys) if (!keys.includes(usage)) changes.push({ usage, down: false, at });
    for (const usage of keys) if (!this.#keys.includes(usage)) changes.push({ usage, down: true, at });
    this.#keys = keys;
    return changes;
  }

  #modifierChanges(modifiers: number, at: number, changes: KeyChange[]): void {
    for (let bit = 0; bit < 8; bit += 1) {
      const mask = 1 << bit;
      if (((modifiers ^ this.#modifiers) & mask) !== 0) changes.push({ usage: FIRST_MODIFIER + bit, down: (modifiers & mask) !== 0, at });
    }
    this.#modifiers = modifiers;
  }
}
