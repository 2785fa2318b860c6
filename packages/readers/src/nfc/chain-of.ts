import type { ChainConfig } from './chain/types.js';

const KEYS = ['read', 'hce', 'vas', 'smarttap', 'ndef', 'sector', 'uid', 'timeoutMs', 'budgetMs'] as const satisfies readonly (keyof ChainConfig)[];

/** What of a reader's options the reading of cards needs. */
export function chainOf(options: ChainConfig): ChainConfig {
  return Object.fromEntries(KEYS.flatMap((key) => (options[key] === undefined ? [] : [[key, options[key]]])));
}
