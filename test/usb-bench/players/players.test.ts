import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyboardReports, layoutA, layoutB, layoutC } from './scanner-reports.ts';
import { packCreate, packGetReply, parseUhidEvent, UHID_EVENT_BYTES } from './uhid-events.ts';
import { packAnswer, packUnlinked, parseUsbip } from './usbip-wire.ts';

const submit = (seq: number, endpoint: number, direction: 0 | 1, data: Buffer, length = data.length): Buffer => {
  const header = Buffer.alloc(48);
  header.writeUInt32BE(1, 0);
  header.writeUInt32BE(seq, 4);
  header.writeUInt32BE(direction, 12);
  header.writeUInt32BE(endpoint, 16);
  header.writeUInt32BE(length, 24);
  return Buffer.concat([header, direction === 0 ? data : Buffer.alloc(0)]);
};
const unlink = (seq: number, victim: number): Buffer => {
  const header = Buffer.alloc(48);
  header.writeUInt32BE(2, 0);
  header.writeUInt32BE(seq, 4);
  header.writeUInt32BE(victim, 20);
  return header;
};

describe('USB/IP', () => {
  it('finds the same messages however the stream is cut', () => {
    const stream = Buffer.concat([submit(1, 0, 1, Buffer.alloc(0), 18), submit(2, 2, 0, Buffer.from('hello')), unlink(3, 1), submit(4, 1, 1, Buffer.alloc(0), 64)]);
    const whole = parseUsbip(stream);
    expect(whole.rest).toHaveLength(0);
    expect(whole.messages.map(({ kind, seq }) => `${kind} ${String(seq)}`)).toEqual(['submit 1', 'submit 2', 'unlink 3', 'submit 4']);
    expect(whole.messages[1]).toMatchObject({ direction: 'out', endpoint: 2, data: Buffer.from('hello') });
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: stream.length })), (cuts) => {
        let rest: Buffer = Buffer.alloc(0);
        const messages = [0, ...cuts.sort((a, b) => a - b)].flatMap((from, index, all) => {
          const parsed = parseUsbip(Buffer.concat([rest, stream.subarray(from, all[index + 1] ?? stream.length)]));
          rest = parsed.rest;
          return parsed.messages;
        });
        expect(messages).toEqual(whole.messages);
      }),
    );
  });

  it('refuses a command that does not exist', () => {
    expect(() => parseUsbip(Buffer.alloc(48))).toThrow('0');
  });

  it('answers with no more than was asked for', () => {
    const [asked] = parseUsbip(submit(7, 1, 1, Buffer.alloc(0), 4)).messages;
    if (asked?.kind !== 'submit') throw new Error('no submit');
    const answer = packAnswer(asked, Buffer.from('123456'));
    expect([answer.readUInt32BE(0), answer.readUInt32BE(4), answer.readInt32BE(20), answer.readUInt32BE(24)]).toEqual([3, 7, 0, 4]);
    expect(answer.toString('latin1', 48)).toBe('1234');
    expect(packAnswer(asked, 'stall').readInt32BE(20)).toBe(-32);
    expect(packUnlinked({ kind: 'unlink', seq: 9, victim: 7 }, true).readInt32BE(20)).toBe(-104);
  });
});

describe('uhid', () => {
  it('describes a device where the kernel expects it', () => {
    const event = packCreate({ name: 'N', vid: 0x0c2e, pid: 0x0b67, serial: 'S', descriptor: Uint8Array.of(1, 2, 3) });
    expect([event.readUInt32LE(0), event.readUInt16LE(260), event.readUInt16LE(262), event.readUInt32LE(264), event.readUInt32LE(268)]).toEqual([11, 3, 3, 0x0c2e, 0x0b67]);
    expect([...event.subarray(280, 284)]).toEqual([1, 2, 3, 0]);
  });

  it('reads what the kernel asks, and answers with bytes or an error', () => {
    const event = Buffer.alloc(UHID_EVENT_BYTES);
    event.writeUInt32LE(9, 0);
    event.writeUInt32LE(77, 4);
    event.writeUInt8(254, 8);
    expect(parseUhidEvent(event)).toEqual({ type: 'getReport', request: 77, report: 254 });
    expect(packGetReply(77, undefined).readUInt16LE(8)).toBe(5);
    expect(packGetReply(77, Uint8Array.of(254, 1)).subarray(8).toString('hex')).toBe('00000200fe01');
    event.writeUInt32LE(99, 0);
    expect(parseUhidEvent(event)).toBeUndefined();
  });
});

describe('reports', () => {
  it('are 64 bytes, and carry every byte of the code', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 0, maxLength: 300 }), (code) => {
        for (const [reports, at] of [[layoutA(code), 5], [layoutB(code), 2]] as const) {
          expect(reports.every((report) => report.length === 64)).toBe(true);
          expect(reports.map((report) => report[63])).toEqual(reports.map((_, index) => (index < reports.length - 1 ? 1 : 0)));
          expect(reports.flatMap((report) => [...report.subarray(at, at + (report[1] ?? 0))])).toEqual([...code]);
        }
        expect(layoutC(code).flatMap((report) => [...report.subarray(1, 1 + (report[0] ?? 0))])).toEqual([...code]);
      }),
    );
  });

  it('of a keyboard press and release each key', () => {
    expect(keyboardReports('1A\n').map((report) => [report[0], report[2]])).toEqual([[0, 0x1e], [0, 0], [2, 4], [0, 0], [0, 0x28], [0, 0]]);
    expect(keyboardReports('\u001d').map((report) => [report[0], report[2]])).toEqual([[1, 0x30], [0, 0]]);
    expect(() => keyboardReports('я')).toThrow('no key');
  });
});
