import { z } from 'zod';
import walletReaderData from './wallet-readers.json' with { type: 'json' };
import { BASES, TERMINATORS, TRIALS } from './schema.js';

/** Where a read came from, for readers that say so by a letter in front of it. */
export const WALLET_SOURCES = ['appleVas', 'smartTap', 'mifareClassic', 'type2', 'type4', 'type5', 'emulation', 'scanner', 'appleAccess'] as const;
export type WalletSource = (typeof WALLET_SOURCES)[number];

const bothLanguages = { en: z.string().min(1).max(400), ru: z.string().min(1).max(400) };

/**
 * A reader that talks to Apple and Google Wallet by itself, with the keys in it, and hands over plain text: for us a scanner on a serial
 * port or a keyboard. Apart from the device profiles because their USB ids are not known, or are those of its PC/SC mode.
 */
const walletReader = () => z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/),
  name: z.string().min(1).max(160),
  wallets: z.array(z.enum(['appleVas', 'smartTap'])).min(1),
  interfaces: z.array(z.enum(['serial', 'keyboard'])).min(1),
  /** `serial`: what its line needs beside the defaults. */
  framing: z.strictObject({ suffix: z.array(z.enum(TERMINATORS)).min(1), baudRate: z.int() }).exactOptional(),
  /** The letter in front of a read, where the maker has fixed which one means what; empty where the integrator chooses. */
  typeLetters: z.record(z.string().regex(/^[A-Z0-9]$/), z.enum(WALLET_SOURCES)),
  setup: z.strictObject(bothLanguages),
  basis: z.enum(BASES),
  source: z.string().min(4).max(400),
  tested: z.array(z.enum(TRIALS)),
});
export type WalletReader = Readonly<z.output<ReturnType<typeof walletReader>>>;

/** What is known of readers that do wallets themselves. */
export function walletReaders(): readonly WalletReader[] {
  return z.strictObject({ readers: z.array(walletReader()).min(1) }).parse(walletReaderData).readers;
}

/** Takes the type letter off a read. `undefined`: it has none that this reader knows, or nothing behind it. */
export function splitTypeLetter(reader: WalletReader, text: string): { readonly source: WalletSource; readonly value: string } | undefined {
  const source = reader.typeLetters[text.slice(0, 1)];
  return source === undefined || text.length < 2 ? undefined : { source, value: text.slice(1) };
}

/** An expression for `codes[].match` that takes reads of these sources and leaves the letter out of `value`; `undefined` where no letter says so. */
export function matchOfSources(reader: WalletReader, sources: readonly WalletSource[]): string | undefined {
  const letters = Object.entries(reader.typeLetters).flatMap(([letter, source]) => (sources.includes(source) ? [letter] : []));
  return letters.length === 0 ? undefined : `^[${letters.join('')}](?<value>.+)$`;
}
