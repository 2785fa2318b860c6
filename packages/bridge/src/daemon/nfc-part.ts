import type { Reader } from '@tillbridge/core';
import { createNfcReader, type NfcReaderOptions } from '@tillbridge/readers';
import type { NfcReaderConfig } from '../config/index.js';
import { nativeFolders } from './native-folders.js';
import type { PartContext } from './parts.js';

/** A contactless reader as configured. */
export function nfcReader(config: NfcReaderConfig, { clock, log, statePath }: PartContext): Reader {
  return createNfcReader(nfcOptions(config), { clock, log, folders: nativeFolders(statePath) });
}

export function nfcOptions(config: NfcReaderConfig): NfcReaderOptions {
  return { ...config, signalHints: Object.values(config.feedback).includes('bad') };
}
