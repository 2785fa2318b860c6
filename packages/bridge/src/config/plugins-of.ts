import type { LocatedPlugin } from '@tillbridge/plugin/manifest';
import type { Config } from './schema.js';

/** The plugins of a configuration, each once. */
export function pluginsOf({ readers, translators, tills }: Config): readonly LocatedPlugin[] {
  const found = [...[...readers, ...translators].flatMap((part) => (part.type === 'plugin' ? [part.found] : [])), ...tills.flatMap((part) => (part.adapter === 'plugin' ? [part.found] : []))];
  const known = found.filter((plugin) => plugin !== undefined);
  return known.filter(({ name }, index) => known.findIndex((other) => other.name === name) === index);
}
