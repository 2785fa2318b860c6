import { writeSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { Handshake, IK_PSK1, keyPairOf, KK, type Pattern } from '@tillbridge/phone-link';
import { describe, expect, it } from 'vitest';
import { Initiator, open, seal, x25519Public } from './independent-noise.js';
import { publishedVectors, type NoiseVector } from './published.js';

const bytes = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'));
const hex = (data: Uint8Array | undefined): string => Buffer.from(data ?? []).toString('hex');
const PATTERNS: Readonly<Record<string, Pattern>> = { Noise_IKpsk1_25519_ChaChaPoly_SHA256: IK_PSK1, Noise_KK_25519_ChaChaPoly_SHA256: KK };

function both(vector: NoiseVector): readonly [Handshake, Handshake] {
  const pattern = PATTERNS[vector.protocol_name]!;
  const psk = vector.init_psks?.[0];
  const common = { pattern, prologue: bytes(vector.init_prologue), ...(psk === undefined ? {} : { psk: bytes(psk) }) };
  const phone = keyPairOf(bytes(vector.init_static));
  const till = keyPairOf(bytes(vector.resp_static));
  return [
    new Handshake({ ...common, role: 'initiator', own: phone, theirs: till.public, ephemeral: bytes(vector.init_ephemeral) }),
    new Handshake({ ...common, role: 'responder', own: till, ...(pattern === KK ? { theirs: phone.public } : {}), ephemeral: bytes(vector.resp_ephemeral) }),
  ];
}

const vectors = publishedVectors();
if (vectors === undefined) writeSync(1, "SKIPPED suite=noise-vectors needs=noise-vectors.json install='TILLBRIDGE_CONTRACTS=FOLDER'\n");

describe.runIf(vectors !== undefined)('the published test vectors of Noise', () => {
  it('has some of both patterns', () => {
    expect(new Set(vectors!.map((vector) => vector.protocol_name))).toEqual(new Set(Object.keys(PATTERNS)));
  });

  it.each(vectors ?? [])('$protocol_name ($init_prologue): every byte of handshake and transport', (vector) => {
    const [phone, till] = both(vector);
    const [first, second, ...rest] = vector.messages;
    expect(hex(phone.write(bytes(first!.payload)))).toBe(first!.ciphertext);
    expect(hex(till.read(bytes(first!.ciphertext)))).toBe(first!.payload);
    expect(hex(till.write(bytes(second!.payload)))).toBe(second!.ciphertext);
    expect(hex(phone.read(bytes(second!.ciphertext)))).toBe(second!.payload);
    const [a, b] = [phone.split(), till.split()];
    if (vector.handshake_hash !== undefined) expect(hex(a.hash)).toBe(vector.handshake_hash);
    expect(b.hash).toEqual(a.hash);
    expect([b.send, b.receive]).toEqual([a.receive, a.send]);
    rest.forEach(({ payload, ciphertext }, i) => {
      // in turns, the initiator first; each direction counts for itself
      const key = i % 2 === 0 ? a.send : a.receive;
      expect(hex(seal(key, Math.floor(i / 2), Buffer.alloc(0), bytes(payload)))).toBe(ciphertext);
    });
  });

  it.each(vectors ?? [])('$protocol_name ($init_prologue): the second implementation, too', (vector) => {
    const psk = vector.init_psks?.[0];
    const name = PATTERNS[vector.protocol_name]!.name;
    const own = new Initiator(name, bytes(vector.init_prologue), bytes(vector.init_static), x25519Public(bytes(vector.resp_static)), bytes(vector.init_ephemeral), bytes(psk ?? ''));
    expect(hex(own.write(bytes(vector.messages[0]!.payload)))).toBe(vector.messages[0]!.ciphertext);
    expect(hex(own.read(bytes(vector.messages[1]!.ciphertext)).payload)).toBe(vector.messages[1]!.payload);
  });
});

describe('our Noise and one that shares no line with it', () => {
  it.each([IK_PSK1, KK])('$name agree on every byte and on the keys', (pattern) => {
    for (let round = 0; round < 8; round += 1) {
      const [phoneSecret, tillSecret, e1, e2, psk, prologue] = [32, 32, 32, 32, 32, round * 7].map((length) => new Uint8Array(randomBytes(length)));
      const till = keyPairOf(tillSecret!);
      const other = new Initiator(pattern.name, prologue!, phoneSecret!, till.public, e1!, psk);
      const phone = keyPairOf(phoneSecret!);
      const ours = new Handshake({
        ...{ pattern, role: 'responder', prologue: prologue!, own: till, ephemeral: e2! },
        ...(pattern === KK ? { theirs: phone.public } : { psk: psk! }),
      });
      const payload = randomBytes(round * 50);
      expect(hex(ours.read(other.write(payload)))).toBe(hex(payload));
      expect(hex(ours.theirs)).toBe(hex(phone.public));
      const { payload: back, keys } = other.read(ours.write(payload)!);
      expect(hex(back)).toBe(hex(payload));
      const split = ours.split();
      expect([hex(keys.there), hex(keys.back), hex(keys.hash)]).toEqual([hex(split.receive), hex(split.send), hex(split.hash)]);
      expect(hex(open(keys.there, 7, Buffer.from('ad'), seal(split.receive, 7, Buffer.from('ad'), payload)))).toBe(hex(payload));
    }
  });
});
