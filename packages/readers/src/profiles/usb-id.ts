/** Four lower-case hex digits, however the id was written (`0x1EAB`, `1eab`, `C2E`); `undefined` for anything else. */
export function normalUsbId(id: string): string | undefined {
  const digits = /^(?:0x)?([0-9a-f]{1,4})$/i.exec(id.trim())?.[1];
  return digits?.toLowerCase().padStart(4, '0');
}

/**
 * Vendor ids of general chips and of development boards: WCH, GigaDevice, STMicroelectronics, Nuvoton, Cypress, FTDI, Silicon Labs, Prolific.
 * Behind them may be anything, so no device with one of them is ever taken for a scanner unless the configuration or a user's own profile names it.
 */
export const GENERAL_VENDORS: readonly string[] = ['1a86', '28e9', '0483', '0416', '04b4', '0403', '10c4', '067b'];

/** One product id or a family of them: four hex digits, where `?` is any digit and `[357]` any of these. */
export const PID_RULE = /^(?:[0-9a-f]|\?|\[[0-9a-f]{2,15}\]){4}$/;

/** Whether a product id (four lower-case hex digits) falls under a rule of the form {@link PID_RULE}. */
export function pidMatches(rule: string, pid: string): boolean {
  const digits = rule.match(/\?|\[[0-9a-f]+\]|[0-9a-f]/g) ?? [];
  return digits.length === pid.length && digits.every((digit, i) => digit === '?' || digit.includes(pid.charAt(i)));
}
