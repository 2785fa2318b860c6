/** How a scanner shows itself to the computer. */
export const DEVICE_MODES = ['hidPos', 'keyboard', 'serial', 'vendor', 'oem'] as const;
export type DeviceMode = (typeof DEVICE_MODES)[number];

/** Report layouts that are known by name; `firmware-docs/hid-pos.md` draws them. */
export const LAYOUT_NAMES = ['hhp', 'newland', 'symbol', 'offset1', 'microscan'] as const;
export type LayoutName = (typeof LAYOUT_NAMES)[number];

export const TERMINATORS = ['CR', 'LF', 'CRLF', 'TAB', 'ETX'] as const;
export type Terminator = (typeof TERMINATORS)[number];

export const GS_KEYS = ['ctrl', 'f8', 'alt'] as const;
export type GsKey = (typeof GS_KEYS)[number];

/** How the fact was come by; anything but `document` is too little to send a command to a device. */
export const BASES = ['document', 'publicSource', 'inferred', 'learned'] as const;

/** What a bench of this repository did with the profile. Hardware in somebody's hand is `device`. */
export const TRIALS = ['unit', 'uhid', 'usbip', 'gadget', 'umockdev', 'pty', 'device'] as const;
