import { createClassifier, decodeScan, createTextDecoder, parseAimId, FALLBACK_CHARSETS, type RawRead } from '@tillbridge/core';
import { payloadValue, type PayloadRule } from '../../../packages/core/src/payload/index.js';
import { parseRotatingCode, rotatingHead } from '../../../packages/core/src/rotating/rotating-code.js';
import { createFramer, type Framer, type FrameSink } from '../../../packages/readers/src/framing/framer.js';
import { SUFFIXES } from '../../../packages/readers/src/framing/options.js';
import { createReadlineFramer } from '../../../packages/readers/src/framing/readline-framer.js';
import type { Random } from '../../support/random.js';
import { must, pieces, textOf, type FuzzTarget } from '../target.js';

/** What a framer said, held against what it was given. */
class Heard implements FrameSink {
  readonly bytes: Uint8Array[] = [];
  reads = 0;
  lost = 0;
  overflows = 0;
  readonly #maxBytes: number;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  read({ bytes, terminator, overflow }: RawRead): void {
    must(bytes.length <= this.#maxBytes, 'a read is longer than maxBytes');
    this.reads += 1;
    if (overflow === true) this.overflows += 1;
    this.bytes.push(bytes, terminator);
  }
  tail(bytes: Uint8Array): void {
    this.bytes.push(bytes);
  }
  dropped(_reason: string, count: number): void {
    this.lost += count;
  }
  quiet(): void {
    // counted nowhere
  }
  resumed(): void {
    // counted nowhere
  }
}

/** Every byte comes out once and in order, as a read's, a terminator's, a tail's, or counted as lost at the end. */
function throughFramer(framer: Framer, heard: Heard, input: Uint8Array, random: Random): string {
  let now = 0;
  for (const piece of pieces(input, random)) {
    now += random.pick([0, 0.3, 15, 25, 130]);
    const at = { mono: now, wall: now };
    if (random.chance(0.7)) framer.tick(at, heard);
    framer.push(piece, at, heard);
  }
  framer.end(heard);
  must(framer.deadline() === undefined, 'something is due after the end');
  const out = Buffer.concat(heard.bytes);
  must(heard.reads <= input.length + 1, 'more reads than bytes');
  must(out.length + heard.lost === input.length, 'bytes were lost or made');
  must(out.equals(input.subarray(0, out.length)), 'bytes were changed or reordered');
  return `reads ${String(Math.min(4, heard.reads))} lost ${String(heard.lost > 0)} overflow ${String(heard.overflows > 0)}`;
}

const framer: FuzzTarget = {
  name: 'framer',
  maxBytes: 2048,
  dictionary: ['\r', '\n', '\r\n', '\t', '\u0002', '\u0003', '\u001d', ']C1', '9812345678901234'],
  run: (input, random) => {
    const suffix = SUFFIXES.filter(() => random.chance(0.6));
    const maxBytes = random.pick([1, 2, 7, 300, 8192]);
    const made = createFramer({ suffix, idleMs: random.pick([0, 10, 120]), quietMs: random.pick([0, 20]), maxBytes });
    return throughFramer(made, new Heard(maxBytes), input, random);
  },
};

const readlineFramer: FuzzTarget = {
  name: 'readline-framer',
  maxBytes: 1024,
  dictionary: ['\r', '\n', '\r\n', '>\r', '\u0000'],
  run: (input, random) => {
    const delimiter = Buffer.from(random.pick(['\n', '\r\n', '>', '\u0000ab']));
    const maxBytes = random.pick([delimiter.length, 16, 300]);
    const made = createReadlineFramer({ delimiter, quietMs: random.pick([0, 20]), maxBytes });
    return throughFramer(made, new Heard(maxBytes), input, random);
  },
};

const at = { mono: 0, wall: 0 };

const decode: FuzzTarget = {
  name: 'decode',
  maxBytes: 9000,
  dictionary: [']C1', ']Q3', ']d2', ']E0', ']z4', ']Q2', '\\000026', '\\\\', '\u001d', '\u0002', '\ufeff', Uint8Array.of(0xcd, 0xe0), Uint8Array.of(0xed, 0xa0, 0x80)],
  run: (input, random) => {
    const decodeText = createTextDecoder(random.pick(FALLBACK_CHARSETS));
    const before = Buffer.from(input);
    const aim = random.chance(0.2) ? textOf(input.subarray(0, 3)) : undefined;
    const read: RawRead = { bytes: input, terminator: random.chance(0.5) ? Uint8Array.of(3) : Uint8Array.of(), at, silence: 'settled', silentBefore: true, ...(aim === undefined ? {} : { aim }) };
    const scan = decodeScan(read, 'id', 'counter', decodeText);
    must(before.equals(Buffer.from(scan.bytes)), 'the bytes of a scan are not those that were read');
    // an UPC-A announced as EAN-13 gets one digit
    must(scan.text.length <= input.length + 1, 'the text has more characters than the read bytes');
    must(scan.aim === undefined || parseAimId(scan.aim) !== undefined, 'an AIM id that is none');
    return `${scan.aim ?? 'none'} ${String(scan.gs1)}`;
  },
};

const PAYLOADS: readonly PayloadRule[] = [
  { type: 'url', hosts: ['pass.example', '*.wallet.example'], query: 'c' },
  { type: 'url', hosts: ['pass.example'], path: -1 },
  { type: 'digitalLink', ai: '8018' },
  { type: 'digitalLink', ai: '8018', hosts: ['id.example'] },
  { type: 'json', member: 'card.number' },
  { type: 'tel' },
];
// eslint-disable-next-line no-control-regex -- they are what is looked for
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;
const decodeText = createTextDecoder('windows-1251');

const classify: FuzzTarget = {
  name: 'classify',
  maxBytes: 4096,
  dictionary: ['https://pass.example/', '?c=', '&c=', '%0d', '%25', '8018/', '952012345678901233', '{"card":{"number":', 'tel:', '+7', '@', '\\', 'https://x.wallet.example/?c=1'],
  run: (input) => {
    const rules = PAYLOADS.map((payload, i) => ({ name: `r${String(i)}`, kind: 'card' as const, payload, match: /^(?<value>.+)$/s }));
    const scan = decodeScan({ bytes: input, terminator: Uint8Array.of(), at, silence: 'settled', silentBefore: true }, 'id', 'counter', decodeText);
    const classifier = createClassifier(rules);
    const code = classifier.classify(scan);
    must(classifier.explain(scan).code?.rule === code?.rule, 'explain says something else than classify');
    for (const rule of PAYLOADS) {
      const value = payloadValue(rule, scan.text);
      must(value === undefined || (value.length > 0 && value.length <= 512 && !CONTROL.test(value)), 'a value that no wallet has');
    }
    return code?.rule ?? 'goods';
  },
};

const rotatingCode: FuzzTarget = {
  name: 'rotating-code',
  maxBytes: 256,
  dictionary: ['TB1', 'A1B2', '000000', 'zzzzzz', '.', '_', '-', 'A'.repeat(86)],
  run: (input) => {
    const text = textOf(input);
    const code = parseRotatingCode(text);
    if (code === undefined) return 'none';
    must(`${rotatingHead(code)}${code.signature}` === text, 'a code is not what its parts make');
    return `guest ${String(code.guest.length)}`;
  },
};

export const scannerBytes: readonly FuzzTarget[] = [framer, readlineFramer, decode, classify, rotatingCode];
