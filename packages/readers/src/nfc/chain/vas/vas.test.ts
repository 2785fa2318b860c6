import { createHash, generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Secret } from '@tillbridge/core';
import { VirtualClock } from '@tillbridge/testkit';
import { compileChain } from '../compile-chain.js';
import type { VasKey } from '../options.js';
import { ascii, fromHex, toHex } from '../wire/bytes.js';
import { findTlv } from '../wire/tlv.js';
import { openCryptogram, splitCryptogram } from './cryptogram.js';
import { MAX_REMEMBERED, ReplayGuard } from './replay-guard.js';
import { vasRequest } from './request.js';

/**
 * A real iPhone's answer, published in kormax/apple-vas (examples/traces/VASONLY.READ.log), and the key of that demo pass, published in
 * kormax/android-universal-reader (assets/configuration.json, Apache-2.0). It opens nothing but PassKit's public demo.
 */
const PUBLISHED = {
  passId: 'pass.com.passkit.pksamples.nfcdemo',
  answer: fromHex(
    '70549f2a009f274ec0b77375d3f37956d84a538f28ac2a04b38ddc1a67d3647a4dd30abd736ea1cea8038388692e89db99e4746d872de782395640c536e79a75c47a9343da0af3937f06eeca7a865c4ad05a2c543ad2',
  ),
  key: [
    '-----BEGIN EC PRIVATE KEY-----',
    'MHcCAQEEID0VR/I814rQUqWIYPEhno+3kexN/jN2n1ub+mJ6ZWyhoAoGCCqGSM49',
    'AwEHoUQDQgAEwKMBv29ByaSLiGF0FctuyB+Hs2oZ1kDIYhTVllPexNGudAlm8IWO',
    'H0e+Exc97/zBdawu7Yl+XytQONszGzAK7w==',
    '-----END EC PRIVATE KEY-----',
  ].join('\n'),
  at: '2023-07-09T16:35:58.000Z',
  message: '6d1UlFpnOc50iVKRaboDOK',
};

function keyOf(pem: string, id = PUBLISHED.passId): VasKey {
  const { vas } = compileChain({ vas: { passes: [{ id, keys: [new Secret(pem)] }] } }, new VirtualClock());
  return vas!.passes[0]!.keys[0]!;
}

const merchant = new Uint8Array(createHash('sha256').update(PUBLISHED.passId).digest());
const cryptogram = findTlv(PUBLISHED.answer, 0x70, 0x9f27)!;
const foreign = generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();

describe('the published cryptogram of an iPhone', () => {
  it('names our key and opens to its message and time', () => {
    const key = keyOf(PUBLISHED.key);
    const parts = splitCryptogram(cryptogram)!;
    expect(parts.keyId).toBe('c0b77375');
    expect(key.id).toBe('c0b77375');
    const opened = openCryptogram(parts, key, merchant)!;
    expect(new Date(opened.at).toISOString()).toBe(PUBLISHED.at);
    expect(Buffer.from(opened.message).toString()).toBe(PUBLISHED.message);
  });

  it('stays shut for another key and another pass type', () => {
    const parts = splitCryptogram(cryptogram)!;
    expect(openCryptogram(parts, keyOf(foreign), merchant)).toBeUndefined();
    expect(openCryptogram(parts, keyOf(PUBLISHED.key), new Uint8Array(32))).toBeUndefined();
  });

  it('stays shut when any bit of it was changed', () => {
    const key = keyOf(PUBLISHED.key);
    fc.assert(
      fc.property(fc.integer({ min: 4, max: cryptogram.length - 1 }), fc.integer({ min: 0, max: 7 }), (at, bit) => {
        const changed = cryptogram.slice();
        changed[at]! ^= 1 << bit;
        expect(openCryptogram(splitCryptogram(changed)!, key, merchant)).toBeUndefined();
      }),
    );
  });

  it('of any other bytes opens nothing and breaks nothing', () => {
    const key = keyOf(PUBLISHED.key);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 250 }), (bytes) => {
        const parts = splitCryptogram(bytes);
        expect(parts === undefined ? undefined : openCryptogram(parts, key, merchant)).toBeUndefined();
      }),
    );
  });
});

describe('the request for a pass', () => {
  it('is what the trace has, but for the optional parts', () => {
    // 9f22 version, 9f25 merchant, 9f26 capabilities, 9f28 nonce, 9f29 address
    expect(toHex(vasRequest({ merchant, signupUrl: 'https://apple.com' }, true))).toBe(
      '80ca01014a' + '9f22020100' + '9f252003b57cdb3eca0984ba9abdc2fb45d86626d87b39d33c5c6dbbc313a6347a3146' + '9f260400800002' + '9f280400000000' + '9f2911' + toHex(ascii('https://apple.com')) + '00',
    );
  });

  it('says when more passes will be asked for', () => {
    expect(toHex(vasRequest({ merchant, signupUrl: undefined }, false))).toContain('9f260400800082');
  });
});

describe('the memory of cryptograms', () => {
  const one = Uint8Array.of(1);

  it('refuses the second time, until the time window is long over', () => {
    const guard = new ReplayGuard(1000);
    expect(guard.accept(one, 0)).toBe(true);
    expect(guard.accept(one, 2000)).toBe(false);
    expect(guard.accept(one, 2001)).toBe(true);
  });

  it('without a window forgets only when it is full, and never grows', () => {
    const guard = new ReplayGuard(undefined);
    expect(guard.accept(one, 0)).toBe(true);
    expect(guard.accept(one, Number.MAX_SAFE_INTEGER)).toBe(false);
    for (let count = 0; count < MAX_REMEMBERED + 10; count += 1) guard.accept(Uint8Array.of(2, count >> 8, count & 0xff), count);
    expect(guard.size).toBe(MAX_REMEMBERED);
    expect(guard.accept(one, 0)).toBe(true);
  });
});
