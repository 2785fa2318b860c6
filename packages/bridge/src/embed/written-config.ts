import type { Adapter, Reader, Secret, Translator } from '@tillbridge/core';
import type { z } from 'zod';
import type { configSchema } from '../config/schema.js';

/** A configuration as it is written down: keys that have a default may be left out, secrets are references such as `${env:NAME}`. */
type Written<T> = T extends Secret
  ? string
  : T extends string | number | boolean | null | undefined
    ? T
    : T extends readonly (infer Item)[]
      ? readonly Written<Item>[]
      : { readonly [Key in keyof T]: Written<T[Key]> };

type WholeConfig = Written<z.input<typeof configSchema>>;

/** A reader of the configuration, or any object that keeps the port's promises. */
export type WrittenReader = WholeConfig['readers'][number] | Reader;
/** The same for tills. */
export type WrittenTill = WholeConfig['tills'][number] | Adapter;
/** The same for translators. */
export type WrittenTranslator = NonNullable<WholeConfig['translators']>[number] | Translator;

/** `tillbridge.yaml` as an object, without what only a daemon has. Parts may be objects of the caller's own. */
export interface WrittenConfig extends Pick<WholeConfig, 'store' | 'machine' | 'codes' | 'on' | 'routes' | 'receipts' | 'journal' | 'sync'> {
  readonly readers: readonly WrittenReader[];
  readonly translators?: readonly WrittenTranslator[];
  readonly tills: readonly WrittenTill[];
}
