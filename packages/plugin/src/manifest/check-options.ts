import type { z } from 'zod';
import { optionsSchema } from './manifest.js';
import type { LocatedPlugin } from './located.js';

export type CheckedOptions = { readonly options: unknown } | { readonly issues: readonly z.core.$ZodIssue[] };

/** Checks the options of the configuration against the plugin's schema; defaults are filled in. */
export function checkOptions({ manifest }: LocatedPlugin, options: unknown, error?: z.core.$ZodErrorMap): CheckedOptions {
  const parsed = optionsSchema(manifest.configSchema).safeParse(options, error === undefined ? {} : { error });
  if (!parsed.success) return { issues: parsed.error.issues };
  // whatever a schema fills in, by whichever of its ways: no plugin names its own files
  const own = manifest.files.find((name) => fieldsOf(parsed.data)[name] !== fieldsOf(options)[name]);
  return own === undefined ? { options: parsed.data } : { issues: [{ code: 'custom', path: [own], message: 'the configuration has to name this file', input: undefined }] };
}

/** The hosts, with their ports, that options hold: as URLs, or as they stand. */
export function namedHosts(names: readonly string[], options: unknown): readonly string[] {
  return namedOptions(names, options).flatMap((text) => {
    if (/^[\w.-]+(?::\d{1,5})?$/.test(text)) return [text];
    const host = URL.canParse(text) ? new URL(text).host : '';
    return host === '' ? [] : [host];
  });
}

/** The texts of those options that a list of the manifest names (`hosts`, `files`). */
export function namedOptions(names: readonly string[], options: unknown): readonly string[] {
  const fields = fieldsOf(options);
  return names.flatMap((name) => (typeof fields[name] === 'string' ? [fields[name]] : []));
}

const fieldsOf = (options: unknown): Readonly<Record<string, unknown>> => (typeof options === 'object' && options !== null ? (options as Record<string, unknown>) : {});
