import { READ_WAYS, SMART_TAP_SERVICES, UID_FORMATS } from '@tillbridge/readers/option-names';
import { z } from 'zod';
import { ms, msOrOff, secret } from './common.js';
import { common, readerId } from './reader-common.js';

const shortText = z.string().max(32);

const uid = z
  .strictObject({
    format: z.enum(UID_FORMATS).exactOptional().describe('How the number is written: hex, hexLower, dec, dec10 (ten digits), 3+5 (Wiegand-26). Default hex.'),
    byteOrder: z.enum(['direct', 'reversed']).exactOptional().describe('direct: as the card sends it; reversed: last byte first. Default direct.'),
    take: z.int().min(-10).max(10).exactOptional().describe('Only so many bytes: from the front, or from the end when negative (1 to 10, -1 to -10).'),
    mask: z.string().regex(/^[0-9A-Fa-f]{1,20}$/).exactOptional().describe('Only these bits, in hexadecimal, ending at the last byte: "00FFFFFF".'),
    pad: z.int().min(0).max(32).exactOptional().describe('At least so many digits, filled with zeros at the front (0 to 32).'),
    separator: shortText.exactOptional().describe('Between the two numbers of 3+5 (default a comma) or between the bytes of hex (default nothing).'),
    extract: z.string().min(1).max(200).exactOptional().describe('A regular expression on that text: its group `value`, its first group or the whole match stays.'),
    prefix: shortText.exactOptional().describe('Put in front.'),
    suffix: shortText.exactOptional().describe('Put behind.'),
    isoDep: z
      .boolean()
      .exactOptional()
      .describe('true: also of bank cards, passports, phones and DESFire, whose UID is often made up anew. Default false.'),
  })
  .describe('The number that the till knows a card by, made from its UID. `tillbridge nfc learn` finds it.');

const vas = z
  .strictObject({
    passes: z
      .array(
        z.strictObject({
          id: z.string().min(3).max(255).describe('Pass type identifier: pass.com.example.loyalty.'),
          secrets: z.strictObject({
            keys: z.array(secret).min(1).max(6).describe('Private keys of the passes as PEM (P-256), by ${file:PATH}; several while a key is replaced.'),
          }).describe('Kept outside of this file.'),
          signupUrl: z.string().max(64).exactOptional().describe('Address (https) that a phone without the pass may offer.'),
        }),
      )
      .min(1)
      .max(6)
      .describe('Tried in this order.'),
    windowMs: z
      .union([z.enum(['off']), ms(1000, 86_400_000)])
      .exactOptional()
      .describe('How far the clock of a phone may be off, in ms (1000 to 86400000; default 900000; off: any).'),
  })
  .describe('Apple Wallet passes. The reader must be one that Apple approved for them.');

const smarttap = z
  .strictObject({
    collectorId: z.int().min(1).max(4_294_967_295).describe('Collector id, from the Google Wallet console.'),
    keys: z
      .array(
        z.strictObject({
          version: z.int().min(0).max(4_294_967_295).describe('Version under which its public half was told to Google.'),
          secrets: z.strictObject({ key: secret.describe('Private key as PEM (P-256), by ${file:PATH}.') }).describe('Kept outside of this file.'),
        }),
      )
      .min(1)
      .max(6)
      .describe('Tried in this order.'),
    services: z.array(z.enum(SMART_TAP_SERVICES)).min(1).max(SMART_TAP_SERVICES.length).exactOptional().describe('Kinds of passes; default loyalty.'),
  })
  .describe('Google Wallet passes (Smart Tap).');

const sector = z
  .strictObject({
    block: z.int().min(0).max(255).describe('First block of the number, counted over the whole card (0 to 255).'),
    blocks: z.int().min(1).max(3).exactOptional().describe('How many blocks (1 to 3, of one sector). Default 1.'),
    secrets: z.strictObject({ key: secret.describe('Key of the sector: twelve hexadecimal digits, by ${env:NAME} or ${file:PATH}.') }).describe('Kept outside of this file.'),
    keyType: z.enum(['A', 'B']).exactOptional().describe('Which of its two keys that is. Default A.'),
    offset: z.int().min(0).max(47).exactOptional().describe('First byte of the number (0 to 47). Default 0.'),
    length: z.int().min(1).max(48).exactOptional().describe('Bytes of the number (1 to 48). Default all that follow.'),
    encoding: z.enum(['ascii', 'hex', 'bcd', 'dec']).exactOptional().describe('How it is written. Default ascii.'),
  })
  .describe('A number in a sector of a MIFARE Classic card.');

export const nfcReader = z.strictObject({
  id: readerId,
  type: z.literal('nfc').describe('A contactless reader on PC/SC: cards, tags, phones, wallet passes.'),
  match: z
    .strictObject({ name: z.string().min(1).max(128).describe('Part of its PC/SC name, in any case, as `tillbridge devices` shows it.') })
    .exactOptional()
    .describe('Which reader; default any contactless one. Signature tokens and slots for contact cards are never used.'),
  backend: z
    .enum(['auto', 'nfc-pcsc', 'pcsc-mini'])
    .default('auto')
    .describe('The package that talks to PC/SC. `auto`: nfc-pcsc where it loads, else pcsc-mini, which needs no compiler.'),
  read: z.array(z.enum(READ_WAYS)).min(1).max(READ_WAYS.length).default([...READ_WAYS]).describe('Ways to a code, tried in this order; those that nothing is configured for are left out.'),
  hce: z
    .strictObject({ aids: z.array(z.string().regex(/^([0-9A-Fa-f]{2}){5,16}$/)).min(1).max(8).describe('Application ids in hexadecimal (5 to 16 bytes), in quotes.') })
    .exactOptional()
    .describe("Phones with the store's own app."),
  vas: vas.exactOptional(),
  smarttap: smarttap.exactOptional(),
  ndef: z
    .strictObject({ records: z.array(z.enum(['uri', 'text'])).min(1).max(2).describe('Which records count. Default both.') })
    .exactOptional()
    .describe('NFC tags with an address or a text on them.'),
  sector: sector.exactOptional(),
  uid: uid.exactOptional(),
  timeoutMs: ms(100, 10_000).default(2000).describe('Time for one command to the card, in ms (100 to 10000).'),
  budgetMs: ms(500, 30_000).default(5000).describe('Time for one card, in ms (500 to 30000).'),
  debounceMs: msOrOff(10_000).default(1500).describe('The same card again within this time after it left is the same tap, in ms (0 to 10000; 0 or off: each time counts).'),
  ...common,
  unmatched: z
    .enum(['passThrough', 'reject'])
    .default('reject')
    .describe('What becomes of a read that no code matches: reject (dropped and counted) or passThrough (typed as goods).'),
});
