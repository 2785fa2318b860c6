import type { Adapter, Reader, ReaderKind, Translator } from '@tillbridge/core';
import { translatorId, type PartFactory } from '../daemon/parts.js';
import { standardParts } from '../daemon/parts.js';
import type { WrittenConfig } from './written-config.js';

/** A configuration in which everything is data, and the caller's own parts, to be put in where the data names them. */
export interface SplitConfig {
  readonly document: Record<string, unknown>;
  readonly parts: PartFactory;
  readonly translators: ReadonlyMap<string, Translator>;
}

/** Reads of these have no terminator of their own, and what is no code is no product. */
const WITHOUT_TERMINATOR: readonly ReaderKind[] = ['hid', 'keyboard', 'nfc', 'mobile', 'till'];
const REJECTING: readonly ReaderKind[] = ['nfc', 'mobile', 'till'];

/**
 * Takes the caller's own parts out of a configuration. In their place stand parts that the configuration knows and that can do as much;
 * they are never made.
 */
export function splitConfig(config: WrittenConfig): SplitConfig {
  const readers = config.readers.filter(isReader);
  const tills = config.tills.filter(isAdapter);
  const translators = new Map<string, Translator>();
  const document = {
    version: 1,
    ...config,
    readers: config.readers.map((part) => (isReader(part) ? readerEntry(part) : part)),
    tills: config.tills.map((part) => (isAdapter(part) ? { id: part.id, adapter: 'virtual-com', transport: 'port', path: 'own' } : part)),
    translators: (config.translators ?? []).map((part, index) => {
      if (!isTranslator(part)) return part;
      translators.set(translatorId(index, 'table'), part);
      return { type: 'table' };
    }),
    api: 'off',
  };
  return { document, parts: ownParts(readers, tills), translators };
}

function ownParts(readers: readonly Reader[], tills: readonly Adapter[]): PartFactory {
  return {
    reader: (config, context) => {
      const reader = readers.find(({ id }) => id === config.id);
      const { fallbackCharset, unmatched } = config;
      if (reader === undefined) return standardParts.reader(config, context);
      return Promise.resolve({ reader, settings: { fallbackCharset, unmatched, withSuffix: WITHOUT_TERMINATOR.includes(reader.kind) } });
    },
    till: (config, context) => {
      const adapter = tills.find(({ id }) => id === config.id);
      if (adapter === undefined) return standardParts.till(config, context);
      return Promise.resolve({ adapter, options: { expireMs: config.expireMs, duplicateMs: config.duplicateMs } });
    },
  };
}

function readerEntry({ id, kind }: Reader): Record<string, unknown> {
  return { id, type: 'tcp', connect: '127.0.0.1:1', ...(REJECTING.includes(kind) ? { unmatched: 'reject' } : {}) };
}

function isReader(part: object): part is Reader {
  return 'open' in part && typeof part.open === 'function';
}

function isAdapter(part: object): part is Adapter {
  return 'deliver' in part && typeof part.deliver === 'function';
}

function isTranslator(part: object): part is Translator {
  return 'translate' in part && typeof part.translate === 'function';
}
