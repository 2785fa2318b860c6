/**
 * One key going down or up, by its place on the keyboard and not by what is printed on it: the same whatever layout the system uses.
 * A row of these shows what was typed: treat it like the code itself and never log it.
 */
export interface KeyEvent {
  /** Usage of the USB HID keyboard page 0x07: 0x04 to 0xe7 (USB-IF, HID Usage Tables, section 10). */
  readonly usage: number;
  readonly down: boolean;
  /** Milliseconds since the first event of its read, with a fraction; the device's own pace. */
  readonly atMs: number;
}

/**
 * What Windows hands on beside each key that this product types (`dwExtraInfo` of SendInput): our own hook lets such keys pass and never takes
 * them for a scanner's. The letters "TBKE".
 */
export const OWN_KEYS_MARK = 0x54424b45;

/** What the Linux kernel calls the keyboard that this product types on: never read as a scanner, or what is typed would be typed again for ever. */
export const OWN_KEYBOARD_NAME = 'Tillbridge keyboard';
