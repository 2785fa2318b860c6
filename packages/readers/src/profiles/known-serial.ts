/** A family of scanners that appear as a serial port, recognised by their USB ids. */
export interface KnownSerial {
  readonly name: string;
  /** USB vendor id, four lower-case hex digits. */
  readonly vid: string;
  /** Matches the product id, four lower-case hex digits. */
  readonly pid: RegExp;
  /** Where this was learned. */
  readonly source: string;
}

/**
 * Serial modes only: the same scanner has another product id as a keyboard or HID POS device. Ids of general USB-serial chips
 * (1a86, 28e9, 0483, 0416, 04b4, 0403, 10c4, 067b) are not listed and must not be: behind them may be anything.
 */
export const KNOWN_SERIAL: readonly KnownSerial[] = [
  // product id = base of the model + offset: +5 serial, +6 FTDI serial, +a CDC-ACM, +14 CDC-ACM with remote management
  { name: 'Honeywell', vid: '0c2e', pid: /^([0-9a-f]{3}[456a]|0ca1|0700|0720)$/, source: 'Honeywell TERMID offsets in public firmware headers; usb.ids; quasar-peripherals devices.js' },
  { name: 'Youjie', vid: '23d0', pid: /^0c82$/, source: 'quasar-peripherals devices.js' },
  { name: 'Intermec', vid: '067e', pid: /^080[35]$/, source: 'usb.ids (VCP and VCP+UVC)' },
  { name: 'Zebra', vid: '05e0', pid: /^1701$/, source: 'usb.ids (CDC)' },
  // the first digit is the mode
  { name: 'Datalogic', vid: '05f9', pid: /^4[0-9a-f]{3}$/, source: 'usb.ids (4204 COM)' },
  // the last byte is the mode: 03 keyboard, 06 CDC, 10 HID POS
  { name: 'Newland', vid: '1eab', pid: /^[0-9a-f]{2}06$/, source: 'usb.ids; quasar-peripherals devices.js' },
  { name: 'Mertech', vid: '2dd6', pid: /^(0261|21ca|228a|2a6a)$/, source: 'quasar-peripherals devices.js' },
  // the vendor id belongs to a chip maker: this one product only
  { name: 'Atol SB2108 Plus', vid: '1f3a', pid: /^1009$/, source: 'quasar-peripherals devices.js' },
  { name: 'Mindeo MD6600-HD', vid: '27dd', pid: /^0002$/, source: 'quasar-peripherals devices.js' },
  { name: 'BitBook SC-60', vid: 'ac90', pid: /^3003$/, source: 'quasar-peripherals devices.js' },
  { name: 'VMC BurstScan', vid: '0647', pid: /^3339$/, source: 'quasar-peripherals devices.js' },
  { name: 'Opticon', vid: '065a', pid: /^0009$/, source: 'usb.ids' },
  { name: 'Access-IS', vid: '0db5', pid: /^0139$/, source: 'usb.ids (CDC)' },
];

/** Four lower-case hex digits, however the id was written (`0x1EAB`, `1eab`, `C2E`); `undefined` for anything else. */
export function normalUsbId(id: string): string | undefined {
  const digits = /^(?:0x)?([0-9a-f]{1,4})$/i.exec(id.trim())?.[1];
  return digits?.toLowerCase().padStart(4, '0');
}

/** The family that these ids belong to. */
export function knownSerial(vid: string | undefined, pid: string | undefined): KnownSerial | undefined {
  if (vid === undefined || pid === undefined) return undefined;
  return KNOWN_SERIAL.find((known) => known.vid === vid && known.pid.test(pid));
}
