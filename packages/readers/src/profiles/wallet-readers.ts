import walletReaderData from './wallet-readers.json' with { type: 'json' };
import type { WalletReader } from './wallet-schema.js';
import type { WalletSource } from './wallet-sources.js';

/** What is known of readers that do wallets themselves; a test holds them against the schema. */
export function walletReaders(): readonly WalletReader[] {
  return walletReaderData.readers as unknown as readonly WalletReader[];
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
