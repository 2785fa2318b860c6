import { createPublicKey } from 'node:crypto';
import { TillbridgeError, type Clock } from '@tillbridge/core';
import { AppleWalletPhone, ClassicCard, GoogleWalletPhone, HcePhone, STANDARDS, STORAGE_CARDS, storageAtr, textMessage, Type2Tag, Type4Tag, UidCard, uriMessage, type VirtualCard } from '@tillbridge/testkit';
import { z } from 'zod';

const hexOf = (min: number, max: number) =>
  z
    .string()
    .regex(/^(?:[0-9a-f]{2})+$/i, 'it is hexadecimal, two digits a byte')
    .refine((text) => text.length >= 2 * min && text.length <= 2 * max, `it has ${min} to ${max} bytes`);
const uid = hexOf(4, 10).exactOptional();
const pem = z.string().refine((text) => {
  try {
    return createPublicKey(text).asymmetricKeyDetails?.namedCurve === 'prime256v1';
  } catch {
    return false;
  }
}, 'it is an EC key on P-256 in PEM');
const short = z.string().min(1).max(1000);
const block = z.string().regex(/^(?:[0-9]|[1-5][0-9]|6[0-3])$/);

/** What can be laid on the simulated reader: `{ "type": "uid", "uid": "B2C124CB" }`. */
export const nfcCard = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('uid'), uid: hexOf(4, 10), card: z.enum(['classic1k', 'classic4k', 'type2', 'felica']).exactOptional() }),
  z.strictObject({ type: z.literal('ndef2'), uri: short.exactOptional(), text: short.exactOptional(), uid }),
  z.strictObject({ type: z.literal('ndef4'), uri: short.exactOptional(), text: short.exactOptional(), uid }),
  z.strictObject({ type: z.literal('classic'), key: hexOf(6, 6), keyType: z.enum(['A', 'B']).exactOptional(), blocks: z.record(block, hexOf(1, 16)), uid }),
  z.strictObject({ type: z.literal('hce'), code: short, aid: hexOf(5, 16).exactOptional(), closed: z.boolean().exactOptional() }),
  z.strictObject({ type: z.literal('apple'), passes: z.array(z.strictObject({ id: short, key: pem, message: z.string().max(64) })).min(1).max(6) }),
  z.strictObject({
    type: z.literal('google'),
    collectorId: z.int().min(1).max(0xffffffff),
    keys: z.record(z.string().regex(/^\d{1,9}$/), pem),
    redemptionValue: z.string().max(500).exactOptional(),
    chunk: z.int().min(1).max(250).exactOptional(),
  }),
]);
export type NfcCard = z.output<typeof nfcCard>;

/** What a phone on the reader does at its next tap. */
export const nfcMood = z.strictObject({
  locked: z.boolean().exactOptional(),
  mustChoose: z.boolean().exactOptional(),
  closed: z.boolean().exactOptional(),
  legacy: z.boolean().exactOptional(),
  replay: z.boolean().exactOptional(),
  clockOffsetMs: z.int().exactOptional(),
  forge: z.boolean().exactOptional(),
  compress: z.boolean().exactOptional(),
  transient: z.enum(['negotiate', 'getData']).exactOptional(),
});
export type NfcMood = z.output<typeof nfcMood>;

/** The dial of faults; what is left out is off. */
export const nfcFaults = z.strictObject({
  removeAfter: z.int().min(0).max(1000).exactOptional(),
  delayMs: z.int().min(0).max(60_000).exactOptional(),
  silent: z.boolean().exactOptional(),
  truncateTo: z.int().min(0).max(300).exactOptional(),
  refuse: z.strictObject({ status: z.string().regex(/^[0-9a-f]{4}$/i), ins: z.string().regex(/^[0-9a-f]{2}$/i).exactOptional(), times: z.int().min(1).max(1000).default(1) }).exactOptional(),
  endless: z.enum(['9100', '61ff']).exactOptional(),
  corrupt: z.boolean().exactOptional(),
});
export type NfcFaultSettings = z.output<typeof nfcFaults>;

/** Reads a description. @throws {TillbridgeError} `TB_CONFIG_USAGE` naming the first thing that is wrong with it; values are not repeated */
export function described<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new TillbridgeError('TB_CONFIG_USAGE', { problem: `${what}${issue === undefined ? '' : ` ${issue.path.join('.')}: ${issue.message}`}` });
}

const bytes = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'));
const withUid = (text: string | undefined): { readonly uid?: Uint8Array } => (text === undefined ? {} : { uid: bytes(text) });

function messageOf(card: Extract<NfcCard, { type: 'ndef2' | 'ndef4' }>): Uint8Array {
  if ((card.uri === undefined) === (card.text === undefined)) throw new TillbridgeError('TB_CONFIG_USAGE', { problem: 'card: give either uri or text' });
  return card.uri === undefined ? textMessage(card.text ?? '') : uriMessage(card.uri);
}

/** NFC Forum type 2 tags come in these sizes (NTAG213, 215, 216). */
const TAG_SIZES = [144, 496, 872];

/** The card that a description stands for. @throws {TillbridgeError} `TB_CONFIG_USAGE` */
export function makeCard(card: NfcCard, clock: Clock): VirtualCard {
  switch (card.type) {
    case 'uid':
      return new UidCard(bytes(card.uid), storageAtr(STORAGE_CARDS[card.card ?? 'classic1k'], card.card === 'felica' ? STANDARDS.felica : STANDARDS.iso14443a));
    case 'ndef2': {
      const message = messageOf(card);
      const size = TAG_SIZES.find((room) => message.length + 5 <= room);
      if (size === undefined) throw new TillbridgeError('TB_CONFIG_USAGE', { problem: 'card: the message is longer than the largest tag' });
      return new Type2Tag(message, { ...withUid(card.uid), size });
    }
    case 'ndef4':
      return new Type4Tag(messageOf(card), { ...withUid(card.uid), fileSize: 2050 });
    case 'classic': {
      const blocks = new Map(Object.entries(card.blocks).map(([number, hex]) => [Number(number), bytes(hex)]));
      return new ClassicCard(blocks, { key: card.key, keyType: card.keyType ?? 'A', ...withUid(card.uid) });
    }
    case 'hce':
      return new HcePhone(card.code, { closed: card.closed ?? false, ...(card.aid === undefined ? {} : { aid: card.aid }) });
    case 'apple':
      return new AppleWalletPhone({ passes: card.passes, clock });
    case 'google': {
      const keys = new Map(Object.entries(card.keys).map(([version, key]) => [Number(version), key]));
      return new GoogleWalletPhone({ ...card, keys });
    }
  }
}
