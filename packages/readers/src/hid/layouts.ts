import type { CustomLayout, LayoutName } from '../profiles/index.js';

/** Whose numbers the symbology byte holds. */
export type SymbologyTable = 'hhp' | 'newland' | 'unknown';

/** Where things stand in an input report, in bytes of the report as node-hid gives it: id first, where the device uses ids. */
export interface ReportLayout {
  readonly name: LayoutName | 'custom' | 'descriptor';
  /** Reports with another first byte are not scans. */
  readonly reportId?: number;
  /** Where the number of data bytes stands; without it trailing zero bytes are no data. */
  readonly length?: number;
  readonly data: { readonly offset: number; readonly count: number };
  /** Where the three characters of the AIM id stand; zero bytes there: none. */
  readonly aim?: number;
  readonly symbology?: { readonly offset: number; readonly table: SymbologyTable };
  /** The bit that says that the read goes on in the next report. */
  readonly more?: { readonly offset: number; readonly bit: number };
}

/** The layouts that are known by name; `firmware-docs/hid-pos.md` draws them and names their sources. */
export const LAYOUTS: Readonly<Record<LayoutName, ReportLayout>> = {
  hhp: { name: 'hhp', reportId: 2, length: 1, aim: 2, data: { offset: 5, count: 56 }, symbology: { offset: 61, table: 'hhp' }, more: { offset: 63, bit: 0 } },
  newland: { name: 'newland', reportId: 2, length: 1, data: { offset: 2, count: 56 }, symbology: { offset: 62, table: 'newland' }, more: { offset: 63, bit: 0 } },
  symbol: { name: 'symbol', length: 0, data: { offset: 1, count: 63 } },
  offset1: { name: 'offset1', reportId: 2, length: 1, aim: 3, data: { offset: 6, count: 56 }, more: { offset: 63, bit: 0 } },
  microscan: { name: 'microscan', reportId: 1, length: 1, data: { offset: 2, count: 62 } },
};

export function namedLayout(choice: LayoutName | CustomLayout): ReportLayout {
  if (typeof choice === 'string') return LAYOUTS[choice];
  const { symbology, ...rest } = choice;
  return { name: 'custom', ...rest, ...(symbology === undefined ? {} : { symbology: { offset: symbology, table: 'unknown' } }) };
}
