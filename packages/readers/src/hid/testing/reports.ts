// Reports as scanners of each layout send them; composed from the drawings of firmware-docs/hid-pos.md, for tests.
import type { LayoutName } from '../../profiles/index.js';
import { LAYOUTS, type ReportLayout } from '../layouts.js';

export interface SentRead {
  readonly data: Uint8Array;
  /** Three characters; where the layout has no place for it, left out. */
  readonly aim?: string;
  readonly symbology?: number;
  /** Says "more follows" in every full report, as some clones do. */
  readonly alwaysMoreWhenFull?: boolean;
}

/** One read as the reports of a device with this layout, each `size` bytes long. */
export function reportsOf(layout: LayoutName | ReportLayout, read: SentRead, size = 64): Uint8Array[] {
  const { reportId, length, data, aim, symbology, more } = typeof layout === 'string' ? LAYOUTS[layout] : layout;
  const reports: Uint8Array[] = [];
  for (let from = 0; from < read.data.length || from === 0; from += data.count) {
    const chunk = read.data.subarray(from, from + data.count);
    const report = new Uint8Array(size);
    if (reportId !== undefined) report[0] = reportId;
    if (length !== undefined) report[length] = chunk.length;
    if (aim !== undefined && read.aim !== undefined) report.set(Buffer.from(read.aim, 'latin1'), aim);
    report.set(chunk, data.offset);
    if (symbology !== undefined && read.symbology !== undefined) report[symbology.offset] = read.symbology;
    const goesOn = from + data.count < read.data.length || (read.alwaysMoreWhenFull === true && chunk.length === data.count);
    if (more !== undefined && goesOn) report[more.offset] = (report[more.offset] ?? 0) | (1 << more.bit);
    reports.push(report);
  }
  return reports;
}

const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replaceAll(/\s/g, ''), 'hex'));

/**
 * A HID POS scanner of layout `hhp`: byte count, AIM id, 56 data bytes, two vendor bytes, continued flag; trigger report 4, redirection FE,
 * commands FD. Written after the USB-IF's usage tables in the order that public HHP-style firmware uses.
 */
export const HHP_DESCRIPTOR = hex(`
  058c 0902 a101
    0912 a102 8502 1500 26ff00 7508 9501 0501 093b 8102
      9503 058c 09fb 09fc 09fd 8102  9538 09fe 820201
      0666ff 9502 0904 0900 8102  058c 2501 7501 9508 09ff 8102 c0
    0914 a102 8504 1500 2501 7501 9508 095e 095f 0960 0900 0900 0985 0986 9186 c0
    0666ff 7508 26ff00 0903 a102 85fe 9501 0903 b28201 c0
    0901 a102 85fd 9501 0921 9102 953e 0922 928201 c0
  c0`);

/** A scanner without a length: three AIM bytes, 56 data bytes, one flag bit. Composed after the usage tables. */
export const NO_LENGTH_DESCRIPTOR = hex(`
  058c 0902 a101  8502 0912 a102 09fb 09fc 09fd 1500 26ff00 7508 9503 8102  09fe 9538 820201
    09ff 2501 7501 9501 8102 7507 8103 c0  8504 0914 a102 0960 1500 26ff00 7508 9502 9102 c0  c0`);

/** The boot keyboard of HID 1.11, appendix B.1. */
export const KEYBOARD_DESCRIPTOR = hex(`
  0501 0906 a101 0507 19e0 29e7 1500 2501 7501 9508 8102 9501 7508 8101
  9505 7501 0508 1901 2905 9102 9501 7503 9101 9506 7508 1500 2565 0507 1900 2965 8100 c0`);
