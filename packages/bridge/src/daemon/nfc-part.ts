import type { Reader } from '@tillbridge/core';
import { createNfcReader, type NfcReaderOptions } from '@tillbridge/readers/nfc';
import type { NfcReaderConfig } from '../config/index.js';
import { nativeFolders } from './native-folders.js';
import type { PartContext } from './parts.js';

/** A contactless reader as configured. */
export function nfcReader(config: NfcReaderConfig, { clock, log, statePath }: PartContext): Reader {
  return createNfcReader(nfcOptions(config), { clock, log, folders: nativeFolders(statePath) });
}

/** The configuration keeps secrets under `secrets`; the reader takes them where they are used. */
export function nfcOptions(config: NfcReaderConfig): NfcReaderOptions {
  const { vas, smarttap, sector, ...rest } = config;
  return {
    ...rest,
    signalHints: Object.values(config.feedback).includes('bad'),
    ...(vas === undefined ? {} : { vas: { ...vas, passes: vas.passes.map(({ secrets, ...pass }) => ({ ...pass, keys: secrets.keys })) } }),
    ...(smarttap === undefined ? {} : { smarttap: { ...smarttap, keys: smarttap.keys.map(({ version, secrets }) => ({ version, key: secrets.key })) } }),
    ...(sector === undefined ? {} : { sector: sectorOptions(sector) }),
  };
}

function sectorOptions({ secrets, ...sector }: NonNullable<NfcReaderConfig['sector']>): NonNullable<NfcReaderOptions['sector']> {
  return { ...sector, key: secrets.key };
}
