// Writes firmware-docs/phone-protocol.vectors.json: one whole conversation of a phone and a till, every key and byte of it. With --check only
// compares and exits 1 when it is out of step.
//   node scripts/build.mjs --quiet phone-link && node scripts/phone-vectors.mjs [--check]
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  decodeInvitation, decodeText, encodeHeader, encodeNamed, encodeText, Handshake, IK_PSK1, KK, keyPairOf, openAt, pairingDigits, pairPrologue, phoneIdOf,
  sealAt, sessionPrologue, TillLink,
} from '@tillbridge/phone-link';
import { root } from './packages.mjs';

export const phoneVectorsFile = join(root, 'firmware-docs/phone-protocol.vectors.json');

const hex = (bytes) => Buffer.from(bytes).toString('hex');
/** A key that is easily told from the others: 32 bytes that count up from `first`. Nobody must ever use one. */
const counting = (first, length = 32) => Uint8Array.from({ length }, (_, i) => (first + i) & 255);
const concat = (...parts) => new Uint8Array(Buffer.concat(parts));

const CARD = { name: 'Bar', tills: [{ id: 'front', name: 'front' }], formats: [], till: 'front' };
const REQUESTS = [
  { v: 1, t: 'tick' },
  { v: 1, t: 'scan', id: 'AAAAAAAAAAAAAAAAAAAAAA', code: '9812345678901234', sym: 'qr', tick: 0, wait: 4000 },
  { v: 1, t: 'ask', id: 'AAAAAAAAAAAAAAAAAAAAAA', run: 'oKGio6Sl' },
  { v: 1, t: 'scan', id: 'BAAAAAAAAAAAAAAAAAAAAA', hex: '00ff1d0d', tick: 0 },
  { v: 1, t: 'scan', id: 'CAAAAAAAAAAAAAAAAAAAAA', code: '+79161234567', kind: 'phone', till: 'front', tick: 0 },
  { v: 1, t: 'leave' },
];

/** The till: the product's own, with time that stands still and random bytes that are known. */
function till() {
  const known = {
    run: counting(0xa0, 6), decoys: [counting(1), counting(2)], invitationId: counting(0x40, 6), invitationSecret: counting(0x50),
    pairEphemeral: counting(0x70), sessionEphemeral: counting(0x90), sid: counting(0xd0, 6),
  };
  const next = [known.run, ...known.decoys, known.invitationId, known.invitationSecret, known.pairEphemeral, known.sessionEphemeral, known.sid];
  const phones = new Map();
  const link = new TillLink({
    clock: { mono: () => 0, wall: () => 0, timer: () => () => undefined, afterInput: () => () => undefined },
    random: (length) => {
      const bytes = next.shift();
      if (bytes?.length !== length) throw new Error('the till asked for other random bytes than the vectors know');
      return bytes;
    },
    identity: keyPairOf(counting(0x10)),
    phones: { get: (id) => phones.get(id), add: async (phone) => void phones.set(phone.id, phone), remove: async (id) => void phones.delete(id), seen: () => undefined },
    card: () => CARD,
    scan: ({ kind, bytes: read }) => (kind === undefined && read.length === 4 ? { is: 'goods', handled: false } : { is: 'loyalty', kind: kind ?? 'card', ended: Promise.resolve({ outcome: 'sent', signal: 'good' }) }),
  });
  return { link, known };
}

async function answered(link, path, body) {
  const answer = await link.answer(path, body, AbortSignal.timeout(60_000));
  if (answer.status !== 200) throw new Error(`${path}: ${answer.refusal}`);
  return answer.body;
}

function textOf(clear) {
  return Buffer.from(clear).toString('utf8');
}

async function pairing(link, known, phone) {
  const { fragment, code } = link.invite();
  const { id, tillKey, secret } = decodeInvitation(fragment);
  const ephemeral = counting(0xb0);
  const prologue = pairPrologue(link.tillId, id);
  const handshake = new Handshake({ pattern: IK_PSK1, role: 'initiator', prologue, own: phone, theirs: tillKey, psk: secret, ephemeral });
  const text = encodeText({ v: 1, name: 'Anna', model: 'Test phone' });
  const request = encodeNamed({ id, noise: handshake.write(text) });
  const answer = await answered(link, 'pair', request);
  const answerText = handshake.read(answer);
  const { hash } = handshake.split();
  return {
    invitation: { id, secret: hex(secret), fragment, code },
    pair: {
      prologue: textOf(prologue), phoneEphemeral: hex(ephemeral), tillEphemeral: hex(known.pairEphemeral), text: textOf(text), request: hex(request), answer: hex(answer),
      answerText: textOf(answerText), handshakeHash: hex(hash), digits: pairingDigits(hash),
    },
  };
}

async function session(link, known, phone, tillKey) {
  const id = phoneIdOf(phone.public);
  const ephemeral = counting(0xc0);
  const prologue = sessionPrologue(link.tillId, id);
  const handshake = new Handshake({ pattern: KK, role: 'initiator', prologue, own: phone, theirs: tillKey, ephemeral });
  const request = encodeNamed({ id, noise: handshake.write(new Uint8Array()) });
  const answer = await answered(link, 'session', request);
  const answerText = handshake.read(answer);
  const keys = handshake.split();
  const shown = {
    prologue: textOf(prologue), phoneEphemeral: hex(ephemeral), tillEphemeral: hex(known.sessionEphemeral), request: hex(request), answer: hex(answer),
    answerText: textOf(answerText), phoneToTill: hex(keys.send), tillToPhone: hex(keys.receive),
  };
  return { keys, sid: decodeText(answerText).sid, shown };
}

async function message(link, { keys, sid }, counter) {
  const header = encodeHeader(sid, counter);
  const text = encodeText(REQUESTS[counter]);
  const request = concat(header, sealAt(keys.send, counter, header, text));
  const answer = await answered(link, 'msg', request);
  return { counter, header: hex(header), text: textOf(text), request: hex(request), answer: hex(answer), answerText: textOf(openAt(keys.receive, counter, header, answer)) };
}

/** The whole conversation. */
export async function phoneVectors() {
  const { link, known } = till();
  const identity = keyPairOf(counting(0x10));
  const phone = keyPairOf(counting(0x30));
  const { invitation, pair } = await pairing(link, known, phone);
  const begun = await session(link, known, phone, identity.public);
  const messages = [];
  for (let counter = 0; counter < REQUESTS.length; counter += 1) messages.push(await message(link, begun, counter));
  return {
    about: 'One conversation of a phone and a till, protocol version 1; see phone-protocol.md. Keys and bytes in hexadecimal, texts as they are sealed, their spaces included.',
    till: { secret: hex(identity.secret), public: hex(identity.public), tillId: link.tillId },
    phone: { secret: hex(phone.secret), public: hex(phone.public), dev: phoneIdOf(phone.public) },
    invitation, pair, session: begun.shown, messages,
  };
}

export async function phoneVectorsText() {
  return `${JSON.stringify(await phoneVectors(), null, 2)}\n`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const text = await phoneVectorsText();
  if (!process.argv.includes('--check')) writeFileSync(phoneVectorsFile, text);
  else if (readFileSync(phoneVectorsFile, 'utf8') !== text) {
    console.error('firmware-docs/phone-protocol.vectors.json is out of step: node scripts/phone-vectors.mjs');
    process.exit(1);
  }
}
