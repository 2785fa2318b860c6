import { isDeepStrictEqual } from 'node:util';
import type { LocatedPlugin } from '@tillbridge/plugin/manifest';
import { z } from 'zod';
import { configSchema } from './schema.js';

/**
 * The JSON Schema of `tillbridge.yaml`, with a description for every key, made of the one schema that the program itself checks with.
 * Parts that are plugins are told by the name of their package; what options they have is said for `plugins`, those that were found.
 * Draft 7, which is what editors' YAML plug-ins understand best. It cannot say what does not fit together: `config check` does.
 */
export function configJsonSchema(plugins: readonly LocatedPlugin[] = []): Record<string, unknown> {
  const schema = z.toJSONSchema(configSchema, { target: 'draft-7', io: 'input', unrepresentable: 'any', override: ({ zodSchema, jsonSchema }) => {
    sayDefault(zodSchema, jsonSchema);
    asPlugin(jsonSchema, plugins);
  } });
  return { ...schema, title: 'tillbridge.yaml', description: 'Configuration of the Tillbridge daemon.' };
}

/** zod leaves out the default of whatever is transformed, as it is told as the output: most of ours are a right input as well (`idleMs: 120`). */
function sayDefault(zodSchema: z.core.$ZodTypes, jsonSchema: z.core.JSONSchema.BaseSchema): void {
  const { def } = zodSchema._zod;
  if (def.type !== 'default' || jsonSchema.default !== undefined) return;
  const value: unknown = def.defaultValue;
  const read = z.safeParse(def.innerType, value);
  if (read.success && isDeepStrictEqual(read.data, value)) jsonSchema.default = structuredClone(value);
}

/** A part of type `plugin` as it is written: with the package's name for its type, and without what we put in. */
function asPlugin(schema: z.core.JSONSchema.BaseSchema, plugins: readonly LocatedPlugin[]): void {
  const { properties } = schema;
  const key = ['type', 'adapter'].find((name) => isConst(properties?.[name], 'plugin'));
  if (properties?.['found'] === undefined || key === undefined) return;
  const { [key]: kind, id, ...others } = properties;
  const rest = Object.fromEntries(Object.entries(others).filter(([name]) => name !== 'found' && name !== 'package'));
  const about = typeof kind === 'object' ? kind.description : undefined;
  const here = key === 'adapter' ? 'adapter' : id === undefined ? 'translator' : 'reader';
  schema.properties = { ...(id === undefined ? {} : { id }), [key]: { type: 'string', pattern: '^(@[a-z0-9][a-z0-9._-]*/|tillbridge-)[a-z0-9][a-z0-9._-]*$', examples: [`@acme/tillbridge-${here}-x`], ...(about === undefined ? {} : { description: about }) }, ...rest };
  schema.required = (schema.required ?? []).filter((name) => name !== 'package' && name !== 'found');
  const known = plugins.filter((plugin) => plugin.kind === here);
  if (known.length > 0) schema.allOf = known.map(({ name, manifest }) => ({ if: { properties: { [key]: { const: name } } }, then: { properties: { options: manifest.configSchema } } }));
}

function isConst(schema: unknown, value: string): boolean {
  return typeof schema === 'object' && schema !== null && 'const' in schema && schema.const === value;
}
