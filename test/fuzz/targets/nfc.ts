import { generateKeyPairSync } from 'node:crypto';
import { Secret } from '@tillbridge/core';
import { VirtualClock } from '@tillbridge/testkit';
import { MAX_COMMANDS } from '../../../packages/readers/src/nfc/chain/channel.js';
import { compileChain } from '../../../packages/readers/src/nfc/chain/compile-chain.js';
import { readCard } from '../../../packages/readers/src/nfc/chain/read-card.js';
import { parseBundle, parseHandset, parseNegotiated, redemptionValue } from '../../../packages/readers/src/nfc/chain/smart-tap/messages.js';
import { openCryptogram, splitCryptogram } from '../../../packages/readers/src/nfc/chain/vas/cryptogram.js';
import { parseCapabilities } from '../../../packages/readers/src/nfc/chain/ways/ndef-type4.js';
import { findType2Message } from '../../../packages/readers/src/nfc/chain/ways/ndef-type2.js';
import { parseAnswer } from '../../../packages/readers/src/nfc/chain/wire/apdu.js';
import { classifyAtr } from '../../../packages/readers/src/nfc/chain/wire/atr.js';
import { encodeNdef, NdefError, parseNdef } from '../../../packages/readers/src/nfc/chain/wire/ndef.js';
import { ndefText } from '../../../packages/readers/src/nfc/chain/wire/ndef-text.js';
import { encodeTlv, findTlv, parseTlv, TlvError } from '../../../packages/readers/src/nfc/chain/wire/tlv.js';
import { must, type FuzzTarget } from '../target.js';

const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.from(a).equals(b);

const tlv: FuzzTarget = {
  name: 'tlv',
  maxBytes: 1024,
  throws: [TlvError],
  dictionary: [Uint8Array.of(0x6f), Uint8Array.of(0x9f, 0x27), Uint8Array.of(0x81, 0x80), Uint8Array.of(0x82, 0xff, 0xff), Uint8Array.of(0x1f, 0x80, 0x80), Uint8Array.of(0x00), Uint8Array.of(0xff)],
  run: (input) => {
    const objects = parseTlv(input);
    must(objects.length <= 64, 'more objects than are read');
    must(objects.reduce((sum, { value }) => sum + value.length, 0) <= input.length, 'values are longer than the text');
    const again = parseTlv(Buffer.concat(objects.map(({ tag, value }) => encodeTlv(tag, value))));
    must(again.length === objects.length && again.every(({ tag, value }, i) => tag === objects[i]?.tag && same(value, objects[i].value)), 'written again it is something else');
    const first = objects[0]?.tag ?? 0;
    must(objects.length === 0 || findTlv(input, first) !== undefined, 'what is there is not found');
    return `objects ${String(Math.min(4, objects.length))} tag ${String(first.toString(16).length)}`;
  },
};

const ndef: FuzzTarget = {
  name: 'ndef',
  maxBytes: 4096,
  throws: [NdefError],
  dictionary: [Uint8Array.of(0xd1, 0x01), 'U', 'T', 'Sp', Uint8Array.of(0x04), Uint8Array.of(0x02, 0x65, 0x6e), Uint8Array.of(0xff, 0xff, 0xff, 0xff), Uint8Array.of(0x91, 0x01), Uint8Array.of(0x51, 0x01)],
  run: (input) => {
    const records = parseNdef(input);
    must(records.length <= 32, 'more records than are read');
    must(records.reduce((sum, { payload }) => sum + payload.length, 0) <= input.length, 'payloads are longer than the message');
    const again = records.length === 0 ? [] : parseNdef(encodeNdef(records));
    must(again.length === records.length && again.every(({ tnf, type, id, payload }, i) => {
      const one = records[i];
      return tnf === one?.tnf && type === one.type && id === one.id && same(payload, one.payload);
    }), 'written again it is something else');
    const text = ndefText(input, ['uri', 'text']);
    // the longest abbreviation stands for 31 characters
    must((text ?? '').length <= input.length + 40, 'a text longer than its record');
    return `records ${String(Math.min(4, records.length))} text ${String(text !== undefined)}`;
  },
};

const cardAnswers: FuzzTarget = {
  name: 'card-answers',
  maxBytes: 600,
  dictionary: [Uint8Array.of(0x90, 0x00), Uint8Array.of(0x3b, 0x8f, 0x80, 0x01), Uint8Array.of(0x80, 0x4f, 0x0c, 0xa0, 0x00, 0x00, 0x03, 0x06), Uint8Array.of(0x00, 0x0f, 0x20), Uint8Array.of(0x04, 0x06, 0xe1, 0x04), Uint8Array.of(0x03, 0xff)],
  run: (input, random) => {
    const answer = parseAnswer(input);
    must((answer === undefined) === (input.length < 2), 'an answer without a status word');
    must(answer === undefined || answer.data.length === input.length - 2, 'data that is not what stands before the status word');
    const file = parseCapabilities(input);
    if (file !== undefined && 'size' in file) must(file.size >= 2 && file.chunk >= 1 && file.chunk <= 255, 'a file that cannot be read');
    const size = random.whole(0, 1024);
    const look = findType2Message(input, size);
    if (look.found === 'message') must(look.offset + look.length <= size, 'a message beyond the end of its tag');
    return `${classifyAtr(input).kind} ${look.found} ${file === undefined ? 'none' : 'size' in file ? 'file' : 'problem'}`;
  },
};

const smartTap: FuzzTarget = {
  name: 'smart-tap',
  maxBytes: 2048,
  throws: [NdefError],
  dictionary: [Uint8Array.of(0xd4, 0x03), 'nrs', 'ses', 'dpk', 'srs', 'reb', 'asv', 'ly', 'mdn', 'n', Uint8Array.of(0x04)],
  run: (input, random) => {
    // one parser an input: the first that refuses would keep the others from being tried
    switch (random.whole(0, 3)) {
      case 0: {
        const negotiated = parseNegotiated(input);
        must(negotiated === undefined || negotiated.sessionId.length === 8, 'a session id that is none');
        return `negotiated ${String(negotiated !== undefined)}`;
      }
      case 1: {
        const bundle = parseBundle(input);
        must((bundle?.bytes.length ?? 0) <= input.length, 'a bundle longer than its answer');
        return `bundle ${String(bundle?.encrypted)}`;
      }
      case 2: {
        const value = redemptionValue(input);
        must((value?.length ?? 0) <= input.length, 'a value longer than its bundle');
        return `value ${String(value !== undefined)}`;
      }
      default:
        return `handset ${String(parseHandset(input).nonce !== undefined)}`;
    }
  },
};

const KEY = generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey;
const PEM = new Secret(KEY.export({ format: 'pem', type: 'pkcs8' }).toString());

const vas: FuzzTarget = {
  name: 'vas',
  maxBytes: 400,
  dictionary: [Uint8Array.of(0x6b, 0x17, 0xd1, 0xf2), new Uint8Array(32), new Uint8Array(16)],
  run: (input) => {
    const cryptogram = splitCryptogram(input);
    if (cryptogram === undefined) return 'none';
    must(cryptogram.x.length === 32 && cryptogram.tag.length === 16, 'parts of the wrong length');
    const opened = openCryptogram(cryptogram, { id: cryptogram.keyId, key: KEY }, Buffer.alloc(32));
    must(opened === undefined, 'what nobody sealed was opened');
    return 'cryptogram';
  },
};

const STATUS = [0x9000, 0x9000, 0x9000, 0x6a82, 0x6100, 0x6c10, 0x6985, 0x0000] as const;

/** The whole way of a card: each answer is a piece of the input, its length in front. */
const card: FuzzTarget = {
  name: 'card',
  maxBytes: 4096,
  dictionary: [Uint8Array.of(0x10), Uint8Array.of(0x6f, 0x09, 0x84, 0x07), Uint8Array.of(0xe1, 0x10, 0x12, 0x00), Uint8Array.of(0x03, 0x0b, 0xd1, 0x01, 0x07), 'U', Uint8Array.of(0x00, 0x0f, 0x20, 0x00, 0x3b, 0x00, 0x34, 0x04, 0x06, 0xe1, 0x04)],
  run: async (input, random) => {
    let at = 0;
    let sent = 0;
    const next = (): Uint8Array => {
      sent += 1;
      const size = input[at] ?? 0;
      const data = Array.from(input.subarray(at + 1, at + 1 + size));
      at += 1 + size;
      const status = random.chance(0.7) ? 0x9000 : random.pick(STATUS);
      return random.chance(0.02) ? Uint8Array.of() : Uint8Array.from([...data, status >> 8, status & 0xff]);
    };
    const atr = random.pick([Uint8Array.of(0x3b, 0x80, 0x80, 0x01, 0x01), Buffer.from('3b8f8001804f0ca000000306030003000000006b', 'hex'), Buffer.from('3b8f8001804f0ca0000003060300010000000068', 'hex'), next()]);
    const options = compileChain({ hce: { aids: ['F054494C4C3031'] }, vas: { passes: [{ id: 'pass.com.example.loyalty', keys: [PEM] }] }, smarttap: { collectorId: 1, keys: [{ version: 1, key: PEM }] }, sector: { block: 4, key: new Secret('A0A1A2A3A4A5') } }, new VirtualClock());
    const result = await readCard({ atr, reader: 'r', transmit: () => Promise.resolve(next()) }, options, new AbortController().signal);
    must(sent <= MAX_COMMANDS + 1, 'more commands than one card gets');
    return `${result.status} ${result.status === 'read' ? '' : 'unread'} ${String(Math.min(6, result.steps.length))}`;
  },
};

export const nfc: readonly FuzzTarget[] = [tlv, ndef, cardAnswers, smartTap, vas, card];
