import type { Pipeline } from '@tillbridge/core';
import { resolveRoutes, type Config } from '../config/index.js';
import { classifierOf } from '../daemon/classifier.js';
import { translatorId } from '../daemon/parts.js';
import { productVersion } from '../version.js';
import type { Described } from './recorder.js';
import type { RecordingHead } from './recording.js';

/** Of the configuration what a replay needs; nothing that names hosts, files or secrets. */
export function describeFor(config: Config, pipeline: Pipeline, wall: number): Described {
  const kinds = new Map(pipeline.tills().map(({ adapter }) => [adapter.id, adapter.capabilities]));
  const head: RecordingHead = {
    ...{ type: 'tillbridge-recording', wire: 1, version: productVersion(), wall, codes: config.codes, on: config.on },
    readers: config.readers.map(({ id, type, unmatched, fallbackCharset }) => ({ id, kind: type, unmatched, fallbackCharset, withSuffix: ['till', 'hid', 'keyboard', 'nfc', 'mobile'].includes(type) })),
    tills: config.tills.map(({ id, expireMs, duplicateMs }) => {
      const { goods = false, keys = false, best = 'sent', verify = false } = kinds.get(id) ?? {};
      return { id, goods, keys, best, verify, expireMs, duplicateMs };
    }),
    routes: resolveRoutes(config).map(({ readers, till, goods }) => ({ readers: [...readers], till, goods: goods === 'none' ? null : goods })),
    translators: config.translators.map(({ type }, index) => ({ id: translatorId(index, type), type })),
  };
  const charsets = new Map(config.readers.map(({ id, fallbackCharset }) => [id, fallbackCharset]));
  return {
    head,
    classifier: classifierOf(config.codes),
    charsetOf: (reader) => charsets.get(reader) ?? 'windows-1251',
  };
}
