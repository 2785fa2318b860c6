import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LineSplitter, MAX_LINE } from './lines.js';
import { decodeDriverLine, encodeMessage, type DaemonMessage } from './messages.js';
import { parseObject } from './strict-json.js';

const HELLO = { type: 'hello', protocol: 1, token: 's3cret', driver: '0.1.0', device: 'd', instance: '5f0c2a9be1d47788', client: { host: 'KASSA1', pid: 1, name: '1cv8c.exe' }, test: false };
const line = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));

describe('lines', () => {
  it('come out whole, however their bytes are cut', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 40 }).filter((text) => !/[\r\n]/.test(text) && text !== '')), fc.array(fc.nat(20)), fc.constantFrom('\n', '\r\n'), (texts, cuts, end) => {
        const bytes = Buffer.from(texts.map((text) => text + end).join(''));
        const splitter = new LineSplitter();
        const lines: string[] = [];
        let at = 0;
        for (const cut of [...cuts, bytes.length]) {
          for (const each of splitter.push(bytes.subarray(at, at + cut)) ?? []) lines.push(each.toString());
          at += cut;
        }
        expect(lines).toEqual(texts);
      }),
    );
  });

  it.each([
    ['one of 4096 bytes with its end', MAX_LINE - 1, true],
    ['one byte more', MAX_LINE, false],
  ])('%s: taken %s', (_name, size, taken) => {
    for (const step of [1, 1000, 10_000]) {
      const splitter = new LineSplitter();
      const bytes = Buffer.concat([Buffer.alloc(size, 0x41), Buffer.from('\n')]);
      let lines: readonly Buffer[] | undefined = [];
      for (let at = 0; at < bytes.length && lines !== undefined; at += step) lines = splitter.push(bytes.subarray(at, at + step));
      expect(lines?.length).toBe(taken ? 1 : undefined);
      if (!taken) expect(splitter.push(Buffer.from('{}\n'))).toBeUndefined();
    }
  });
});

describe('strict JSON', () => {
  it.each(['[]', '1', '"x"', 'null', '', '{', '{"a":1}x', '\ufeff{}', '{"a":1,"a":2}', String.raw`{"a":1,"\u0061":2}`, '{"a":{"a":{"a":{"a":{}}}}}', "{'a':1}", '{"a":"\u0000"}'])('is not %s', (text) => {
    expect(parseObject(Buffer.from(text))).toBeUndefined();
  });

  it.each(['{}', '{"a":{"a":1},"b":["a","a",":"],"c":"\\"a\\":"}', '{"a":{"a":{"a":{}}}}', ' { "a" : "x" } '])('is %s', (text) => {
    expect(parseObject(Buffer.from(text))).toEqual(JSON.parse(text));
  });

  it('takes what JSON.stringify makes, and no bytes that are no UTF-8', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.oneof(fc.string({ unit: 'binary' }), fc.integer(), fc.boolean())), (value) => {
        expect(parseObject(line(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
    expect(parseObject(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]))).toBeUndefined();
  });
});

describe('messages of the driver', () => {
  it('are read as the page has them', () => {
    expect(decodeDriverLine(line(HELLO))).toEqual(HELLO);
    expect(decodeDriverLine(line({ ...HELLO, later: { a: 1 } }))).toEqual(HELLO);
    expect(decodeDriverLine(line({ type: 'status', id: 'a2', state: 'expired', reason: 'hostBusy' }))).toEqual({ type: 'status', id: 'a2', state: 'expired', reason: 'hostBusy' });
    expect(decodeDriverLine(line({ type: 'confirm', id: 'a2', state: 'rejected', text: 'Карта не найдена' }))).toEqual({ type: 'confirm', id: 'a2', state: 'rejected' });
    expect(decodeDriverLine(line({ type: 'news' }))).toEqual({ type: 'other' });
    // not a way into the prototype
    expect(decodeDriverLine(Buffer.from('{"type":"constructor"}'))).toEqual({ type: 'other' });
  });

  it.each([
    ...(['protocol', 'token', 'driver', 'device', 'instance', 'client', 'test'] as const).map((key) => ({ ...HELLO, [key]: undefined })),
    ...[{ protocol: 1.5 }, { protocol: -1 }, { token: '' }, { token: 'x'.repeat(257) }, { device: '' }, { instance: 'xyz' }, { client: 'x' }, { client: { host: '', pid: '1', name: '' } }, { test: 1 }].map((over) => ({ ...HELLO, ...over })),
    { type: 'status', id: 'a b', state: 'queued' },
    { type: 'status', id: 'a', state: 'done' },
    { type: 'status', id: 'x'.repeat(65), state: 'queued' },
    { type: 'confirm', id: 'a', state: 'yes', text: '' },
    { type: 'confirm', id: 'a', state: 'applied' },
    { type: 'pong', n: '1' },
    { type: 7 },
    {},
  ])('%j is a fault', (message) => {
    expect(decodeDriverLine(line(message))).toBeUndefined();
  });

  it('never throw, whatever comes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void decodeDriverLine(bytes)));
    fc.assert(fc.property(fc.json(), (text) => void decodeDriverLine(Buffer.from(text))));
  });
});

it('messages of the daemon are one line of plain characters that say the same', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 100 }), (data) => {
      const message: DaemonMessage = { type: 'deliver', id: 'a', seq: 1, event: 'barcode', data, expiresInMs: 1 };
      const bytes = encodeMessage(message);
      expect(bytes.indexOf(0x0a)).toBe(bytes.length - 1);
      // eslint-disable-next-line no-control-regex -- that is what must not be there
      expect(/[\u0000-\u001f\u007f]/.test(bytes.subarray(0, -1).toString())).toBe(false);
      expect(JSON.parse(bytes.toString())).toEqual(message);
    }),
  );
});
