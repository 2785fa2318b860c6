import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromBase64url, fromHex, textOf, toBase64url, toHex, utf8 } from './bytes.js';
import { decodeMessage, decodePair, decodeSession, decodeText, encodeHeader, encodeNamed, encodeText, HEADER } from './envelope.js';
import { decodeInvitation, encodeInvitation, invitationCode } from './invitation.js';
import { MAX_ENVELOPE, MAX_NAME, PADDING } from './limits.js';
import { pathAt, pathTo, readPath } from './paths.js';
import { readPairAnswer, readSessionAnswer, readTillAnswer } from './read-answers.js';
import { cleanName, readPairRequest, readPhoneRequest, scanBytes } from './read-texts.js';
import { isRefusal, REFUSALS } from './refusals.js';

const sid = fc.uint8Array({ minLength: 6, maxLength: 6 }).map(toBase64url);
const json = fc.dictionary(fc.constantFrom('v', 't', 'st', 'id', 'sid', 'run', 'tick', 'card', 'state', 'code', 'hex', 'sym', 'kind', 'till', 'wait', 'at', 'outcome', 'dev', 'freshMs', 'why', 'name'), fc.jsonValue());

describe('base64url', () => {
  it('is what Node.js makes of it, and one text for one value', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        expect(toBase64url(bytes)).toBe(Buffer.from(bytes).toString('base64url'));
        expect(fromBase64url(toBase64url(bytes))).toEqual(bytes);
      }),
    );
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), (text) => {
        const bytes = fromBase64url(text);
        if (bytes !== undefined) expect(toBase64url(bytes)).toBe(text);
      }),
    );
    // other texts for the same bytes
    expect([fromBase64url('AB'), fromBase64url('AA=='), fromBase64url('A'), fromBase64url('+/+/')]).toEqual([undefined, undefined, undefined, undefined]);
  });

  it('and hexadecimal come back as they were', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      expect(fromHex(toHex(bytes))).toEqual(bytes);
    }));
    expect([fromHex('abc'), fromHex('zz')]).toEqual([undefined, undefined]);
  });
});

describe('an invitation', () => {
  it('is 95 characters and comes back whole; whatever else is in a QR code is none', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 70, maxLength: 70 }), (bytes) => {
        const parts = { id: toBase64url(bytes.subarray(0, 6)), tillKey: bytes.slice(6, 38), secret: bytes.slice(38) };
        const fragment = encodeInvitation(parts);
        expect(fragment).toHaveLength(95);
        expect(decodeInvitation(`#${fragment}`)).toEqual(parts);
        expect(invitationCode(parts)).toMatch(/^\d{4}$/);
        expect(decodeInvitation(fragment.slice(0, -1))).toBeUndefined();
        expect(decodeInvitation(`${fragment}A`)).toBeUndefined();
        expect(decodeInvitation(`B${fragment.slice(1)}`)).toBeUndefined();
      }),
    );
    fc.assert(fc.property(fc.string({ maxLength: 300 }), (text) => {
      expect(decodeInvitation(text)).toBeUndefined();
    }));
  });
});

describe('envelopes', () => {
  it('of a message come back as they were', () => {
    fc.assert(
      fc.property(sid, fc.nat(Number.MAX_SAFE_INTEGER), fc.uint8Array({ minLength: 16, maxLength: 400 }), (name, counter, sealed) => {
        const header = encodeHeader(name, counter);
        const body = new Uint8Array([...header, ...sealed]);
        expect(decodeMessage(body)).toEqual({ sid: name, counter, header, sealed });
        // a window onto a larger buffer is read as it is
        const wide = Buffer.concat([Buffer.alloc(3), body, Buffer.alloc(3)]);
        expect(decodeMessage(wide.subarray(3, 3 + body.length))?.counter).toBe(counter);
      }),
    );
  });

  it('are taken apart or not taken at all, whatever their bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }).map((bytes) => (bytes.length > 0 ? bytes.fill(1, 0, 1) : bytes)), (body) => {
        const message = decodeMessage(body);
        if (message !== undefined) expect(message.sealed.length).toBe(body.length - HEADER);
        for (const named of [decodePair(body), decodeSession(body)]) {
          if (named !== undefined) expect(encodeNamed(named)).toEqual(body);
        }
      }),
      { numRuns: 500 },
    );
    const long = new Uint8Array(MAX_ENVELOPE + 1).fill(65).fill(1, 0, 1);
    expect([decodePair(long), decodeSession(long), decodeMessage(long)]).toEqual([undefined, undefined, undefined]);
    expect(decodePair(long.subarray(0, MAX_ENVELOPE))).toBeDefined();
  });

  it('have no counter that a number cannot hold', () => {
    const body = new Uint8Array(60).fill(1, 0, 1);
    body.set(encodeHeader('AAAAAAAA', 0));
    new DataView(body.buffer).setBigUint64(9, 2n ** 53n);
    expect(decodeMessage(body)).toBeUndefined();
  });
});

describe('sealed texts', () => {
  it('are as long as a multiple of 128 says, and come back', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (text) => {
        const bytes = encodeText({ v: 1, text });
        expect(bytes.length % PADDING).toBe(0);
        expect(decodeText(bytes)).toEqual({ v: 1, text });
      }),
    );
    expect(encodeText({ v: 1, code: '1' })).toHaveLength(encodeText({ v: 1, code: '1'.repeat(60) }).length);
  });

  it.each(['', '[]', 'null', '{"v":2}', '{}', '{"v":1', '\ufeff{"v":1}', '"v"'])('%j is none', (text) => {
    expect(decodeText(utf8(text))).toBeUndefined();
  });

  it('of another side are read or not read, never half', () => {
    fc.assert(
      fc.property(json, (fields) => {
        const request = readPhoneRequest(fields);
        if (request?.t === 'scan') expect((request.code === undefined) !== (request.hex === undefined)).toBe(true);
        if (request !== undefined && 'wait' in request) expect(request.wait).toBeLessThanOrEqual(20_000);
        expect(readPairRequest(fields).name.length).toBeLessThanOrEqual(MAX_NAME);
        const answer = readTillAnswer(fields);
        if (answer !== undefined) expect(Number.isSafeInteger(answer.tick)).toBe(true);
        readPairAnswer(fields);
        readSessionAnswer(fields);
      }),
      { numRuns: 500 },
    );
  });

  it('are let grow: what is new is left out', () => {
    const scan = { t: 'scan', id: 'A'.repeat(22), code: '98', tick: 3, sym: 'a newer one', colour: 'red' };
    expect(readPhoneRequest(scan)).toEqual({ v: 1, t: 'scan', id: 'A'.repeat(22), code: '98', tick: 3, sym: 'other' });
  });
});

describe('what a phone sends', () => {
  it('are the bytes of its text, or those that it names', () => {
    expect(textOf(scanBytes({ code: 'код\u001d' }) ?? new Uint8Array())).toBe('код\u001d');
    expect(scanBytes({ hex: '00ff' })).toEqual(Uint8Array.of(0, 255));
    expect([scanBytes({ code: '' }), scanBytes({ hex: '0' }), scanBytes({ code: '\udc00' }), scanBytes({ code: 'я'.repeat(1537) })]).toEqual([undefined, undefined, undefined, undefined]);
  });

  it('as its name shows no escape, no turned text, and not too much', () => {
    expect(cleanName('\u001b[31mАнна\u202e\n Петровна ')).toBe('[31mАнна Петровна');
    expect(cleanName('x'.repeat(100))).toHaveLength(MAX_NAME);
    expect(cleanName(`${'x'.repeat(39)}\u{1f600}`)).toBe('x'.repeat(39));
    expect(cleanName(7)).toBe('');
    fc.assert(fc.property(fc.array(fc.nat(0xffff), { maxLength: 60 }).map((units) => String.fromCharCode(...units)), (text) => {
      expect(cleanName(cleanName(text))).toBe(cleanName(text));
    }));
  });
});

describe('paths and words', () => {
  it('name a till and a call, and whether they may be carried on', () => {
    const till = 'AAAAAAAAAAAAAAA-';
    expect(readPath(pathTo(till, 'msg'))).toEqual({ tillId: till, path: 'msg', mayRelay: true });
    expect(readPath(pathAt(till, 'pair'))).toEqual({ tillId: till, path: 'pair', mayRelay: false });
    for (const path of ['/v1/to/short/msg', `/v1/to/${till}/other`, `/v1/to/${till}/msg/`, `/v2/to/${till}/msg`, `/v1/to/${till}`]) expect(readPath(path)).toBeUndefined();
  });

  it('of a refusal are few, and nothing of an object\'s own', () => {
    for (const word of Object.keys(REFUSALS)) expect(isRefusal(word)).toBe(true);
    for (const word of ['toString', '__proto__', 'constructor', '']) expect(isRefusal(word)).toBe(false);
  });
});
