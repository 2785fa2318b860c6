import { LAYOUTS, namedLayout, parseReport, type ReportLayout } from '../hid/index.js';
import { LAYOUT_NAMES, type CustomLayout, type LayoutChoice } from '../profiles/index.js';
import { indexOf, inferAround, type Around, type TextTrouble } from './infer-text.js';

/** The reports of one scan of a known code. */
export interface ReportSample {
  readonly expected: Uint8Array;
  readonly reports: readonly Uint8Array[];
}

export interface LearntLayout {
  readonly layout: Exclude<LayoutChoice, 'auto'>;
  readonly around: Around;
}

/**
 * How reports are laid out, from scans of known codes: one of the named layouts where one fits, else offsets. Pure.
 * A code longer than one report has to be among them, or the layout is known for short codes only.
 */
export function inferLayout(samples: readonly ReportSample[]): LearntLayout | TextTrouble | 'noLayout' {
  const named = LAYOUT_NAMES.flatMap((name) => {
    const around = around_(samples, LAYOUTS[name]);
    return around === undefined ? [] : [{ layout: name, around }];
  });
  // an AIM id in a place of its own is better than one that counts as prefix
  const best = named.sort((a, b) => weight(a.around) - weight(b.around))[0];
  if (best !== undefined) return best;
  for (const layout of customLayouts(samples)) {
    const around = around_(samples, namedLayout(layout));
    if (around !== undefined) return { layout, around };
  }
  const raw = inferAround(samples.map(({ expected, reports }) => ({ expected, got: joined(reports) })));
  return typeof raw === 'string' && raw !== 'unsteady' && raw !== 'otherCode' ? raw : 'noLayout';
}

const weight = ({ prefix, suffix, aim }: Around): number => prefix.length + suffix.length + (aim ? 3 : 0);

/** What stands around the codes under this layout; `undefined` when it does not read them. */
function around_(samples: readonly ReportSample[], layout: ReportLayout): Around | undefined {
  const texts = samples.map(({ expected, reports }) => ({ expected, got: readUnder(reports, layout) }));
  if (texts.some(({ got }) => got === undefined)) return undefined;
  const around = inferAround(texts.map(({ expected, got }) => ({ expected, got: got ?? new Uint8Array() })));
  return typeof around === 'string' ? undefined : around;
}

/** The data of one scan; `undefined` where the reports do not say what they should: more but for the last, and nothing foreign. */
function readUnder(reports: readonly Uint8Array[], layout: ReportLayout): Uint8Array | undefined {
  const chunks: Uint8Array[] = [];
  for (const [i, report] of reports.entries()) {
    const chunk = parseReport(report, layout);
    if (chunk.kind !== 'chunk') return undefined;
    const last = i === reports.length - 1;
    // a clone may say that more follows although nothing does, but never the other way round
    if (layout.more !== undefined ? chunk.more === last && !(last && chunk.full) : !last) return undefined;
    chunks.push(chunk.data);
  }
  return joined(chunks);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(Buffer.concat(parts));
}

interface Place {
  readonly report: Uint8Array;
  /** Where the code begins and ends in its report. */
  readonly from: number;
  readonly to: number;
}

/** Layouts of one's own that the samples suggest, the likeliest first. */
function* customLayouts(samples: readonly ReportSample[]): Generator<CustomLayout> {
  const singles = samples.flatMap(({ expected, reports }): Place[] => {
    const [report] = reports;
    if (report === undefined || reports.length > 1) return [];
    const from = indexOf(report, expected);
    return from < 0 ? [] : [{ report, from, to: from + expected.length }];
  });
  const [one] = singles;
  if (one === undefined || singles.some(({ from }) => from !== one.from)) return;
  const multi = samples.find(({ reports }) => reports.length > 1);
  const first = one.report[0];
  const sameFirst = samples.every(({ reports }) => reports.every((report) => report[0] === first));
  // as a length it would differ
  const id = sameFirst && first !== undefined && first !== 0 && one.from > 0 ? { reportId: first } : {};
  const suffix = Math.min(...singles.map(({ report, to }) => filledFrom(report, to)));
  for (const { length, offset } of [...lengths(singles, suffix, sameFirst), { length: undefined, offset: one.from }]) {
    const count = multi === undefined ? one.report.length - offset : chunkSize(multi, one, offset, length);
    if (count < 1) continue;
    const aim = aimBefore(singles, offset);
    const base = { ...id, ...(length === undefined ? {} : { length }), ...(aim === undefined ? {} : { aim }), data: { offset, count } };
    const bits = multi === undefined ? [] : moreBits(multi, singles, offset, count);
    for (const more of bits) yield { ...base, more };
    if (bits.length === 0) yield base;
  }
}

/** How many bytes that are not zero follow a place. */
function filledFrom(report: Uint8Array, at: number): number {
  let end = at;
  while (end < report.length && report[end] !== 0) end += 1;
  return end - at;
}

/** Bytes that are a constant away from where the code ends, for codes of different lengths: they hold the number of data bytes. */
function* lengths(singles: readonly Place[], suffix: number, sameFirst: boolean): Generator<{ readonly length: number; readonly offset: number }> {
  const ends = new Set(singles.map(({ to }) => to));
  const [one] = singles;
  if (one === undefined || ends.size < 2) return;
  for (let length = sameFirst ? 1 : 0; length < one.from; length += 1) {
    const away = new Set(singles.map(({ report, to }) => to + suffix - (report[length] ?? 0)));
    const [offset] = away;
    if (away.size === 1 && offset !== undefined && offset > length && offset <= one.from) yield { length, offset };
  }
}

/** How many data bytes the first report of a long code holds. */
function chunkSize({ expected, reports }: ReportSample, one: Place, offset: number, length: number | undefined): number {
  const report = reports[0];
  if (report === undefined) return 0;
  const said = length === undefined ? undefined : report[length];
  if (said !== undefined) return said;
  let size = 0;
  while (one.from + size < report.length && report[one.from + size] === expected[size]) size += 1;
  return one.from - offset + size;
}

/** `]`, a letter and a sign in one place before the data, in every report. */
function aimBefore(singles: readonly Place[], offset: number): number | undefined {
  for (let at = 0; at + 3 <= offset; at += 1) {
    const here = singles.every(({ report }) => /^\][A-Za-z][0-9A-Za-z]$/.test(String.fromCharCode(...report.subarray(at, at + 3))));
    if (here) return at;
  }
  return undefined;
}

/** Bits outside the data that are set in every report of a long code but its last, and in no other. */
function moreBits({ reports }: ReportSample, singles: readonly Place[], offset: number, count: number): readonly { readonly offset: number; readonly bit: number }[] {
  const going = reports.slice(0, -1);
  const over = [...reports.slice(-1), ...singles.map(({ report }) => report)];
  const size = Math.min(...[...going, ...over].map((report) => report.length));
  const found: { readonly offset: number; readonly bit: number }[] = [];
  for (let at = 0; at < size; at += 1) {
    if (at >= offset && at < offset + count) continue;
    for (let bit = 0; bit < 8; bit += 1) {
      const isSet = (report: Uint8Array): boolean => (((report[at] ?? 0) >> bit) & 1) === 1;
      if (going.every(isSet) && !over.some(isSet)) found.push({ offset: at, bit });
    }
  }
  // behind the data is where every known scanner has it
  return found.sort((a, b) => Number(a.offset < offset) - Number(b.offset < offset) || b.offset - a.offset || a.bit - b.bit);
}
