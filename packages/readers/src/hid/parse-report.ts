import type { ReportLayout } from './layouts.js';

/** One report's part of a read. */
export interface Chunk {
  readonly kind: 'chunk';
  /** A copy: owned by the receiver. */
  readonly data: Uint8Array;
  /** The three characters, where the device sent an AIM id. */
  readonly aim: string | undefined;
  /** The vendor's symbology number; `undefined` where there is none or 0. */
  readonly symbology: number | undefined;
  readonly more: boolean;
  /** The data area is full: a clone may say `more` although nothing follows. */
  readonly full: boolean;
}

/** `foreign`: another kind of report (status, battery, an answer on another id). `bad`: a report of scans that makes no sense. */
export type ParsedReport = Chunk | { readonly kind: 'empty' | 'foreign' | 'bad' };

const EMPTY = { kind: 'empty' } as const;
const FOREIGN = { kind: 'foreign' } as const;
const BAD = { kind: 'bad' } as const;
const AIM_ID = /^\][A-Za-z][0-9A-Za-z]$/;

/** Takes a report apart. Pure; for reports of any length. */
export function parseReport(report: Uint8Array, layout: ReportLayout): ParsedReport {
  if (report.length === 0) return EMPTY;
  if (layout.reportId !== undefined && report[0] !== layout.reportId) return FOREIGN;
  const size = dataLength(report, layout);
  if (size === undefined) return BAD;
  if (size === 0) return EMPTY;
  const { offset, count } = layout.data;
  const number = layout.symbology === undefined ? 0 : (report[layout.symbology.offset] ?? 0);
  const { more } = layout;
  return {
    kind: 'chunk',
    data: Uint8Array.from(report.subarray(offset, offset + size)),
    aim: aimOf(report, layout),
    symbology: number === 0 ? undefined : number,
    more: more !== undefined && (((report[more.offset] ?? 0) >> more.bit) & 1) === 1,
    full: size === count,
  };
}

/** The AIM id of a report; `undefined` where the layout has none, or the device sends none. */
export function aimOf(report: Uint8Array, layout: ReportLayout): string | undefined {
  if (layout.aim === undefined) return undefined;
  const aim = String.fromCharCode(...report.subarray(layout.aim, layout.aim + 3));
  return AIM_ID.test(aim) ? aim : undefined;
}

/** How many bytes are data; `undefined` where the report says something impossible. */
function dataLength(report: Uint8Array, { length, data }: ReportLayout): number | undefined {
  if (length !== undefined) {
    const said = report[length];
    if (said === 0) return 0;
    return said === undefined || said > data.count || data.offset + said > report.length ? undefined : said;
  }
  let end = Math.min(report.length, data.offset + data.count);
  while (end > data.offset && report[end - 1] === 0) end -= 1;
  return Math.max(0, end - data.offset);
}
