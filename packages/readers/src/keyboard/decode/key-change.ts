/** One key going down or up, as a device tells it. */
export interface KeyChange {
  /** Usage of the HID keyboard page 0x07. */
  readonly usage: number;
  readonly down: boolean;
  /** When the device's event reached the system: milliseconds on a clock that only moves forward, with a fraction. */
  readonly at: number;
}
