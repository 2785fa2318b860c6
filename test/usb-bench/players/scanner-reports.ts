/** Reports and report descriptors of scanners, as their documents describe them. Pure. */

const bytes = (...parts: readonly (readonly number[])[]): Uint8Array => Uint8Array.from(parts.flat());

/** Page of bar code scanners, usage scanner, an application (USB-IF, HID Point of Sale Usage Tables 1.02). */
const SCANNER = [0x05, 0x8c, 0x09, 0x02, 0xa1, 0x01];
const OCTETS = [0x15, 0x00, 0x26, 0xff, 0x00, 0x75, 0x08];
const SCANNED_DATA_REPORT = [0x09, 0x12, 0xa1, 0x02];
/** Generic Desktop, byte count; then back to the scanner's page. */
const BYTE_COUNT = [0x05, 0x01, 0x09, 0x3b, 0x95, 0x01, 0x81, 0x02, 0x05, 0x8c];
const AIM = [0x09, 0xfb, 0x09, 0xfc, 0x09, 0xfd, 0x95, 0x03, 0x81, 0x02];
const data = (count: number): number[] => [0x09, 0xfe, 0x95, count, 0x82, 0x02, 0x01];
const filler = (count: number): number[] => [0x95, count, 0x81, 0x03];
/** "Decode data continued" in bit 0. */
const CONTINUED = [0x09, 0xff, 0x25, 0x01, 0x75, 0x01, 0x95, 0x01, 0x81, 0x02, 0x95, 0x07, 0x81, 0x03];
const END = [0xc0];
/** Output report 4: eight bits, among them the beeps (HHP "USB Interfaces User's Guide", p. 1-12). */
const TRIGGER_REPORT = [0x85, 0x04, 0x09, 0x14, 0xa1, 0x02, 0x09, 0x60, 0x25, 0x01, 0x75, 0x01, 0x95, 0x08, 0x91, 0x02, 0xc0];
/** Output report 253: menu commands as over RS-232. */
const COMMAND_REPORT = [0x85, 0xfd, 0x09, 0x11, 0xa1, 0x02, 0x09, 0x61, ...OCTETS, 0x95, 0x3f, 0x91, 0x02, 0xc0];
/** Feature report 254: where scans go. */
const REDIRECTION_REPORT = [0x85, 0xfe, 0x09, 0x11, 0xa1, 0x02, 0x09, 0x62, ...OCTETS, 0x95, 0x01, 0xb1, 0x02, 0xc0];

/** Honeywell, Metrologic, HHP: length, AIM id, 56 bytes, code id, reserved, continued; 64 bytes with the id 2. */
export const LAYOUT_A_DESCRIPTOR = bytes(
  ...[SCANNER, [0x85, 0x02], SCANNED_DATA_REPORT, OCTETS, BYTE_COUNT, AIM, data(56), filler(2), CONTINUED, END],
  ...[TRIGGER_REPORT, COMMAND_REPORT, REDIRECTION_REPORT, END],
);

/** Newland: length, 56 bytes, four reserved, its number for the symbology, continued; 64 bytes with the id 2. Report 4 takes commands. */
export const LAYOUT_B_DESCRIPTOR = bytes(
  ...[SCANNER, [0x85, 0x02], SCANNED_DATA_REPORT, OCTETS, BYTE_COUNT, data(56), filler(5), CONTINUED, END],
  ...[[0x85, 0x04], [0x09, 0x11, 0xa1, 0x02, 0x09, 0x61], OCTETS, [0x95, 0x3f, 0x91, 0x02, 0xc0], END],
);

/** Symbol 05e0:0600: no report id, length and 63 bytes, on a page of the vendor's own. */
export const LAYOUT_C_DESCRIPTOR = bytes([0x06, 0x00, 0xff, 0x09, 0x01, 0xa1, 0x01, 0x09, 0x02], OCTETS, [0x95, 0x40, 0x81, 0x02], END);

/** The boot keyboard of HID 1.11, appendix B.1: modifiers, reserved, six keys. */
export const KEYBOARD_DESCRIPTOR = bytes(
  [0x05, 0x01, 0x09, 0x06, 0xa1, 0x01, 0x05, 0x07, 0x19, 0xe0, 0x29, 0xe7, 0x15, 0x00, 0x25, 0x01, 0x75, 0x01, 0x95, 0x08, 0x81, 0x02],
  [0x75, 0x08, 0x95, 0x01, 0x81, 0x03, 0x05, 0x08, 0x19, 0x01, 0x29, 0x05, 0x75, 0x01, 0x95, 0x05, 0x91, 0x02, 0x75, 0x03, 0x95, 0x01, 0x91, 0x03],
  [0x05, 0x07, 0x19, 0x00, 0x29, 0x65, 0x15, 0x00, 0x25, 0x65, 0x75, 0x08, 0x95, 0x06, 0x81, 0x00, 0xc0],
);

const CHUNK = 56;

function chunks(code: Uint8Array, size: number): readonly Uint8Array[] {
  const count = Math.max(1, Math.ceil(code.length / size));
  return Array.from({ length: count }, (_, index) => code.subarray(index * size, (index + 1) * size));
}

const toBytes = (code: string | Uint8Array): Uint8Array => (typeof code === 'string' ? Buffer.from(code, 'utf8') : code);

/** One read as a Honeywell sends it: the AIM id stands in every report. `aim` empty: three zeros. */
export function layoutA(code: string | Uint8Array, aim = ']Q1'): Uint8Array[] {
  const parts = chunks(toBytes(code), CHUNK);
  return parts.map((part, index) => {
    const report = new Uint8Array(64);
    report.set([2, part.length]);
    report.set(Buffer.from(aim, 'latin1').subarray(0, 3), 2);
    report.set(part, 5);
    report[63] = index < parts.length - 1 ? 1 : 0;
    return report;
  });
}

/** One read as a Newland sends it; `symbology` is its own number, 0 for none. */
export function layoutB(code: string | Uint8Array, symbology = 0): Uint8Array[] {
  const parts = chunks(toBytes(code), CHUNK);
  return parts.map((part, index) => {
    const report = new Uint8Array(64);
    report.set([2, part.length]);
    report.set(part, 2);
    report[62] = symbology;
    report[63] = index < parts.length - 1 ? 1 : 0;
    return report;
  });
}

/** One read as an old Symbol sends it: at most 63 bytes. */
export function layoutC(code: string | Uint8Array): Uint8Array[] {
  return chunks(toBytes(code), 63).map((part) => {
    const report = new Uint8Array(64);
    report[0] = part.length;
    report.set(part, 1);
    return report;
  });
}

const LEFT_CTRL = 0x01;
const LEFT_SHIFT = 0x02;
/** Usages of the US keyboard (USB-IF, HID Usage Tables, page 0x07). */
const PLAIN: Readonly<Record<string, number>> = {
  '\n': 0x28, '\t': 0x2b, ' ': 0x2c, '-': 0x2d, '=': 0x2e, '[': 0x2f, ']': 0x30, '\\': 0x31, ';': 0x33, "'": 0x34, '`': 0x35, ',': 0x36, '.': 0x37, '/': 0x38,
};
const SHIFTED: Readonly<Record<string, string>> = {
  '!': '1', '@': '2', '#': '3', $: '4', '%': '5', '^': '6', '&': '7', '*': '8', '(': '9', ')': '0', _: '-', '+': '=', '{': '[', '}': ']', '|': '\\', ':': ';', '"': "'", '~': '`', '<': ',', '>': '.', '?': '/',
};

function keyOf(char: string): readonly [modifier: number, usage: number] {
  const base = SHIFTED[char] ?? char.toLowerCase();
  const shift = SHIFTED[char] !== undefined || /[A-Z]/.test(char) ? LEFT_SHIFT : 0;
  if (/[a-z]/.test(base)) return [shift, 0x04 + base.charCodeAt(0) - 97];
  if (/[0-9]/.test(base)) return [shift, base === '0' ? 0x27 : 0x1d + Number(base)];
  const usage = PLAIN[base];
  if (usage !== undefined) return [shift, usage];
  const code = char.charCodeAt(0);
  // control characters as Ctrl with the key 0x40 above: GS is Ctrl+]
  if (code > 0 && code < 0x20) return [LEFT_CTRL, keyOf(String.fromCharCode(code + 0x40).toLowerCase())[1]];
  throw new Error(`no key of a US keyboard types ${JSON.stringify(char)}`);
}

/** What a scanner in keyboard mode sends for a text: press and release of each key; `\n` is Enter. */
export function keyboardReports(text: string): Uint8Array[] {
  return Array.from(text).flatMap((char) => {
    const [modifier, usage] = keyOf(char);
    return [Uint8Array.of(modifier, 0, usage, 0, 0, 0, 0, 0), new Uint8Array(8)];
  });
}
