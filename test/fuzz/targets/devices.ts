import { LAYOUTS } from '../../../packages/readers/src/hid/layouts.js';
import { guessLayout, LayoutChooser } from '../../../packages/readers/src/hid/choose-layout.js';
import { isHidPos, layoutOfDescriptor } from '../../../packages/readers/src/hid/descriptor-layout.js';
import { parseReport } from '../../../packages/readers/src/hid/parse-report.js';
import { readReportDescriptor } from '../../../packages/readers/src/hid/report-descriptor.js';
import { ReportAssembler, type Assembled } from '../../../packages/readers/src/hid/assembler.js';
import { createKeyCollector, type KeyNews } from '../../../packages/readers/src/keyboard/collect/key-collector.js';
import { KEY_SUFFIXES } from '../../../packages/readers/src/keyboard/collect/read-end.js';
import { BootReportParser } from '../../../packages/readers/src/keyboard/decode/boot-report.js';
import { InputEventParser, keysDown, keyUpEvents, type EventSize } from '../../../packages/readers/src/keyboard/decode/input-events.js';
import { KeyDecoder } from '../../../packages/readers/src/keyboard/decode/key-decoder.js';
import { HelperLines, parseLine } from '../../../packages/readers/src/keyboard/windows/lines.js';
import { parseMap } from '../../../packages/adapter-device/src/keyboard/xtest/keymap.js';
import { must, pieces, type FuzzTarget } from '../target.js';

/** Reports of a scanner: at most so many bytes each, here as on full-speed USB. */
const REPORT = 64;

const hidDescriptor: FuzzTarget = {
  name: 'hid-descriptor',
  maxBytes: 6000,
  dictionary: [Uint8Array.of(0x05, 0x8c), Uint8Array.of(0x09, 0x02), Uint8Array.of(0xa1, 0x01), Uint8Array.of(0xc0), Uint8Array.of(0x85, 0x02), Uint8Array.of(0x75, 0x08), Uint8Array.of(0x95, 0x38), Uint8Array.of(0x81, 0x02), Uint8Array.of(0xfe, 0xff), Uint8Array.of(0xa4), Uint8Array.of(0xb4), Uint8Array.of(0x97, 0xff, 0xff, 0xff, 0xff), Uint8Array.of(0x0a, 0xfe, 0x00)],
  run: (input) => {
    const read = readReportDescriptor(input);
    must(read.fields.length <= 1024 && read.collections.length <= 4096, 'more fields than there can be');
    for (const { bitOffset, bitSize, count } of read.fields) must(bitOffset >= 0 && bitSize >= 0 && bitOffset + bitSize * count <= 16_384 * 8, 'a field outside of every report');
    const layout = layoutOfDescriptor(input);
    if (layout !== undefined) {
      const { offset, count } = layout.data;
      must(Number.isInteger(offset) && Number.isInteger(count) && offset >= 0 && count > 0, 'a layout without a place');
      const report = parseReport(input.subarray(0, REPORT), layout);
      must(report.kind !== 'chunk' || report.data.length <= REPORT, 'more data than the report has bytes');
    }
    return `${String(isHidPos(read))} ${layout?.name ?? 'none'} ${String(Math.min(8, read.fields.length))} ${String(read.outputs.size > 0)}${String(read.features.size > 0)}`;
  },
};

const bytesOf = (assembled: readonly Assembled[]): number =>
  assembled.reduce((sum, one) => sum + (one.kind === 'read' ? one.read.bytes.length : one.byteCount), 0);

const hidReports: FuzzTarget = {
  name: 'hid-reports',
  maxBytes: 20 * REPORT,
  dictionary: [']C1', ']Z6', ']X0', ']Q1', Uint8Array.of(0x02, 0x38), Uint8Array.of(0, 0, 0, 0), Uint8Array.of(0x02, 0x0d, 0x5d, 0x45, 0x30)],
  run: (input, random) => {
    const maxBytes = random.pick([1, 56, 300, 8192]);
    const layouts = Object.values(LAYOUTS);
    const chooser = new LayoutChooser({ configured: undefined, descriptor: random.chance(0.3) ? random.pick(layouts) : undefined, profile: random.chance(0.3) ? random.pick(layouts) : undefined });
    const assembler = new ReportAssembler({ flushMs: 30, maxBytes });
    let now = 0;
    let out = 0;
    let kinds = '';
    const took = (assembled: readonly Assembled[]): void => {
      out += bytesOf(assembled);
      for (const one of assembled) {
        if (one.kind === 'read') must(one.read.bytes.length <= Math.max(maxBytes, REPORT), 'a piece is longer than maxBytes and a report');
        kinds = `${kinds}${one.kind.charAt(0)}`.slice(0, 3);
      }
    };
    for (let at = 0; at < input.length; at += REPORT) {
      const report = input.subarray(at, at + random.pick([REPORT, REPORT, REPORT, 8, 3]));
      now += random.pick([1, 1, 40]);
      if (random.chance(0.1)) assembler.expectReply({ mono: now, wall: now }, 100);
      const layout = chooser.for(report)?.layout ?? guessLayout(report) ?? LAYOUTS.hhp;
      took(assembler.push(parseReport(report, layout), report.length, { mono: now, wall: now }));
      if (assembler.flushAt !== undefined && random.chance(0.2)) took(assembler.flush());
    }
    out += assembler.reset();
    must(assembler.flushAt === undefined, 'something waits after a reset');
    must(out <= input.length, 'more bytes out than in');
    return kinds;
  },
};

const BOOT = 8;
const bootReports: FuzzTarget = {
  name: 'boot-reports',
  maxBytes: 100 * BOOT,
  dictionary: [Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0), Uint8Array.of(2, 0, 4, 0, 0, 0, 0, 0), Uint8Array.of(0, 0, 0x28, 0, 0, 0, 0, 0), Uint8Array.of(0, 0, 1, 1, 1, 1, 1, 1), Uint8Array.of(4, 0, 0x62, 0, 0, 0, 0, 0)],
  run: (input, random) => {
    const parser = new BootReportParser();
    const decoder = new KeyDecoder({ gs: (['ctrl', 'f8', 'alt'] as const).filter(() => random.chance(0.5)), codePage: random.pick(['windows-1251', 'windows-1252'] as const) });
    const down = new Set<number>();
    let typed = 0;
    for (let at = 0; at < input.length; at += BOOT) {
      const changes = parser.push(input.subarray(at, at + BOOT), at);
      must(changes.length <= 8 + 6 + 6, 'more changes than a report can tell');
      for (const change of changes) {
        must(down.has(change.usage) !== change.down, 'a key that is down goes down again, or up without having been down');
        if (change.down) down.add(change.usage);
        else down.delete(change.usage);
        const byte = decoder.change(change);
        must(byte === undefined || (Number.isInteger(byte) && byte >= 0 && byte <= 255), 'a key is no byte');
        if (byte !== undefined) typed += 1;
      }
    }
    return `${String(down.size)} ${String(decoder.composing)} ${String(Math.min(3, typed))}`;
  },
};

const inputEvents: FuzzTarget = {
  name: 'input-events',
  maxBytes: 2400,
  dictionary: [Uint8Array.of(1, 0, 2, 0, 1, 0, 0, 0), Uint8Array.of(1, 0, 2, 0, 0, 0, 0, 0), Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0), Uint8Array.of(0, 0, 3, 0, 0, 0, 0, 0), new Uint8Array(16)],
  run: (input, random) => {
    const size = random.pick<EventSize>([16, 24]);
    const whole = new InputEventParser(size).push(input);
    must(whole.length <= input.length / size, 'more events than there are');
    const parser = new InputEventParser(size);
    const cut = pieces(input, random).flatMap((piece) => parser.push(piece));
    must(JSON.stringify(cut) === JSON.stringify(whole), 'where the bytes are cut makes a difference');
    const bitmap = input.subarray(0, 96);
    must(keyUpEvents(bitmap, size).length <= (bitmap.length * 8 + 1) * size, 'more keys let go than there are');
    return `${String(keysDown(bitmap).length > 0)} ${String(whole.includes('lost'))} ${String(Math.min(3, whole.length))}`;
  },
};

/** Two bytes a key change: a usage (high bit: down), and the time since the last one. */
const keyRows: FuzzTarget = {
  name: 'key-rows',
  maxBytes: 3000,
  dictionary: [Uint8Array.of(0x9e, 1, 0x1e, 1), Uint8Array.of(0xa8, 1, 0x28, 1), Uint8Array.of(0xff, 0), Uint8Array.of(0x84, 200, 0x04, 1), Uint8Array.of(0xe1, 1)],
  run: (input, random) => {
    const maxBytes = random.pick([1, 8, 300]);
    const collector = createKeyCollector({
      suffix: KEY_SUFFIXES.filter(() => random.chance(0.6)), gapMs: random.pick(['auto', 30, 100] as const), gs: ['ctrl'], codePage: 'windows-1251', maxBytes, certain: random.chance(0.3),
    });
    let now = 0;
    let bytes = 0;
    let keys = 0;
    let reads = 0;
    const sink = {
      read: (read: { readonly bytes: Uint8Array; readonly keys?: readonly { readonly down: boolean; readonly usage: number }[] }): void => {
        must(read.bytes.length <= maxBytes, 'a read is longer than maxBytes');
        const held = new Set<number>();
        for (const { usage, down } of read.keys ?? []) if (down) held.add(usage); else held.delete(usage);
        must(held.size === 0, 'a key of a read stays down');
        must((read.keys ?? []).length <= 65_536, 'more keys than a read may have');
        [bytes, keys, reads] = [bytes + read.bytes.length, keys + (read.keys ?? []).length, reads + 1];
      },
      tail: (): void => undefined,
      quiet: (): void => undefined,
      resumed: (): void => undefined,
      dropped: (): void => undefined,
    };
    let changes = 0;
    for (let at = 0; at + 1 < input.length; at += 2) {
      const [first = 0, pause = 0] = input.subarray(at, at + 2);
      now += pause;
      const moment = { mono: now, wall: now };
      collector.tick(moment, sink);
      const usage = (first & 0x7f) >= 0x78 ? 0xe0 + (first & 7) : first & 0x7f;
      const news: KeyNews = first === 0xff ? { lost: true, down: [] } : { usage, down: first >= 0x80, at: now };
      changes += 1;
      collector.push([news], moment, sink);
    }
    const end = { mono: now + 10_000, wall: now + 10_000 };
    collector.tick(end, sink);
    collector.end(sink);
    must(collector.deadline() === undefined, 'something is due after the end');
    must(bytes <= changes, 'more bytes than keys');
    // a modifier that is held counts for each row: eight of them at most, down and up
    must(keys <= changes * 2 + reads * 16, 'more keys out than in');
    return `${String(Math.min(5, reads))} ${String(bytes > 0)}`;
  },
};

const windowsKeys: FuzzTarget = {
  name: 'windows-keys',
  maxBytes: 4096,
  dictionary: ['H 1\n', 'K 1 1e+1000 1e-2000\n', 'F missing x\n', 'R 3\n', 'G\n', 'C\r\n', ' ', '+', '-', '\r\n'],
  run: (input, random) => {
    const lines = (chunks: readonly Uint8Array[]): readonly string[] | undefined => {
      const splitter = new HelperLines();
      const all: string[] = [];
      for (const chunk of chunks) {
        const some = splitter.push(Buffer.from(chunk).toString('latin1'));
        if (some === undefined) return undefined;
        all.push(...some);
      }
      return all;
    };
    const whole = lines([input]);
    must(JSON.stringify(lines(pieces(input, random))) === JSON.stringify(whole), 'where the text is cut makes a difference');
    const kinds = new Set<string>();
    for (const line of whole ?? []) {
      const parsed = parseLine(line);
      kinds.add(parsed?.kind ?? 'none');
      if (parsed?.kind === 'keys') must(parsed.keys.every(({ usage, at }) => usage >= 0 && usage <= 255 && Number.isFinite(at)), 'a key that is none');
    }
    return [...kinds].sort().join(' ');
  },
};

const xkbMap: FuzzTarget = {
  name: 'xkb-map',
  maxBytes: 4096,
  dictionary: [Uint8Array.of(0xff, 0xff), Uint8Array.of(1, 0, 0, 0), new Uint8Array(8)],
  // the answer of the X server that the configuration names, over its socket; a short one is a RangeError, and the client gives up on it
  throws: [RangeError],
  run: (input) => {
    const map = parseMap(Buffer.from(input));
    must(typeof map === 'object', 'no map');
    return `read ${String(Math.min(3, input.length >> 8))}`;
  },
};

export const devices: readonly FuzzTarget[] = [hidDescriptor, hidReports, bootReports, inputEvents, keyRows, windowsKeys, xkbMap];
