/** An input field of a report descriptor that has a usage. Bit offsets count from the first bit after the report id. */
export interface InputField {
  /** 0 where the device uses no report ids. */
  readonly reportId: number;
  /** Usage page in the upper 16 bits, usage in the lower. */
  readonly usage: number;
  readonly bitOffset: number;
  readonly bitSize: number;
  /** How many values of `bitSize` follow each other under this usage. */
  readonly count: number;
}

/** What a report descriptor says, as far as a scanner's reader wants to know. */
export interface ReportDescriptor {
  readonly fields: readonly InputField[];
  /** The usages (page and usage) of the top-level collections. */
  readonly collections: readonly number[];
  /** Feature and output reports by id; 0 where the device uses no report ids. */
  readonly features: ReadonlySet<number>;
  readonly outputs: ReadonlySet<number>;
}

interface Globals {
  page: number;
  size: number;
  count: number;
  reportId: number;
}

interface Walk {
  globals: Globals;
  readonly stack: Globals[];
  usages: number[];
  minimum: number | undefined;
  depth: number;
  readonly bits: Map<number, number>;
  readonly fields: InputField[];
  readonly collections: number[];
  readonly features: Set<number>;
  readonly outputs: Set<number>;
}

/** HID 1.11, 6.2.2: item types and tags as in the upper six bits of a short item's first byte. */
const ITEM = {
  input: 0x80, output: 0x90, feature: 0xb0, collection: 0xa0, endCollection: 0xc0,
  usagePage: 0x04, reportSize: 0x74, reportId: 0x84, reportCount: 0x94, push: 0xa4, pop: 0xb4,
  usage: 0x08, usageMinimum: 0x18, usageMaximum: 0x28,
} as const;
const LONG_ITEM = 0xfe;
const CONSTANT = 0x01;
/** Linux takes descriptors of at most 4096 bytes (HID_MAX_DESCRIPTOR_SIZE), reports of at most 16 KiB. */
const MAX_DESCRIPTOR = 4096;
const MAX_BITS = 16_384 * 8;
const MAX_FIELDS = 1024;
const MAX_DEPTH = 64;

/**
 * Walks the short items of a HID report descriptor (Device Class Definition for HID 1.11, 6.2.2). Never fails: gives what it understood up
 * to the first byte that makes no sense.
 */
export function readReportDescriptor(bytes: Uint8Array): ReportDescriptor {
  const walk: Walk = {
    globals: { page: 0, size: 0, count: 0, reportId: 0 },
    stack: [],
    usages: [],
    minimum: undefined,
    depth: 0,
    bits: new Map(),
    fields: [],
    collections: [],
    features: new Set(),
    outputs: new Set(),
  };
  const end = Math.min(bytes.length, MAX_DESCRIPTOR);
  for (let at = 0; at < end; ) {
    const prefix = bytes[at] ?? 0;
    if (prefix === LONG_ITEM) {
      at += 3 + (bytes[at + 1] ?? 0);
      continue;
    }
    const size = [0, 1, 2, 4][prefix & 0x03] ?? 0;
    if (at + 1 + size > end) break;
    let value = 0;
    for (let i = size; i > 0; i -= 1) value = value * 256 + (bytes[at + i] ?? 0);
    if (!item(walk, prefix & 0xfc, value, size)) break;
    at += 1 + size;
  }
  const { fields, collections, features, outputs } = walk;
  return { fields, collections, features, outputs };
}

/** False when the descriptor makes no sense from here on. */
function item(walk: Walk, tag: number, value: number, size: number): boolean {
  const { globals } = walk;
  switch (tag) {
    case ITEM.usagePage: globals.page = value & 0xffff; break;
    case ITEM.reportSize: globals.size = value; break;
    case ITEM.reportCount: globals.count = value; break;
    case ITEM.reportId: globals.reportId = value & 0xff; break;
    case ITEM.push: walk.stack.push({ ...globals }); break;
    case ITEM.pop: walk.globals = walk.stack.pop() ?? globals; break;
    case ITEM.usage: walk.usages.push(fullUsage(globals.page, value, size)); break;
    case ITEM.usageMinimum: walk.minimum = fullUsage(globals.page, value, size); break;
    case ITEM.usageMaximum: addRange(walk, fullUsage(globals.page, value, size)); break;
    case ITEM.collection:
      if (walk.depth === 0) walk.collections.push(walk.usages[0] ?? 0);
      walk.depth += 1;
      clearLocals(walk);
      break;
    case ITEM.endCollection:
      walk.depth = Math.max(0, walk.depth - 1);
      clearLocals(walk);
      break;
    case ITEM.input: input(walk, value); clearLocals(walk); break;
    case ITEM.output: walk.outputs.add(globals.reportId); clearLocals(walk); break;
    case ITEM.feature: walk.features.add(globals.reportId); clearLocals(walk); break;
    default: break;
  }
  const bounded = walk.stack.length <= MAX_DEPTH && walk.depth <= MAX_DEPTH && walk.usages.length <= MAX_FIELDS && walk.fields.length <= MAX_FIELDS;
  return bounded && globals.size <= MAX_BITS && globals.count <= MAX_BITS;
}

/** A usage of four bytes brings its own page. */
function fullUsage(page: number, value: number, size: number): number {
  return size === 4 ? value : page * 0x10000 + value;
}

function addRange(walk: Walk, maximum: number): void {
  const from = walk.minimum ?? maximum;
  for (let usage = from; usage <= maximum && walk.usages.length <= MAX_FIELDS; usage += 1) walk.usages.push(usage);
  walk.minimum = undefined;
}

function clearLocals(walk: Walk): void {
  walk.usages = [];
  walk.minimum = undefined;
}

/** Each value gets the next usage; the last usage stands for all that are left (6.2.2.8). */
function input(walk: Walk, flags: number): void {
  const { reportId, size, count } = walk.globals;
  const start = walk.bits.get(reportId) ?? 0;
  walk.bits.set(reportId, Math.min(MAX_BITS, start + size * count));
  if (size === 0 || count === 0 || start + size * count > MAX_BITS || (flags & CONSTANT) !== 0) return;
  // one item may bring as many fields as all may have together
  const named = walk.usages.slice(0, Math.min(count, MAX_FIELDS - walk.fields.length));
  for (const [index, usage] of named.entries()) {
    const last = index === named.length - 1;
    walk.fields.push({ reportId, usage, bitOffset: start + index * size, bitSize: size, count: last ? count - index : 1 });
  }
}
