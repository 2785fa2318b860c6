import { OUTCOMES, printable, type OutcomeName } from '@tillbridge/core';
import { z } from 'zod';
import { PLUGIN_API } from '../define.js';
import { servesApi } from './api-range.js';

/** What a plugin may ask for beside the network and its own folder, and a configuration grant: Node.js's permissions by their names there. */
export const PLUGIN_PERMISSIONS = ['addons', 'child-process', 'worker', 'wasi'] as const;
export type PluginPermission = (typeof PLUGIN_PERMISSIONS)[number];

// made when the first plugin is named: a daemon without one has no use for it
function makeSchema() {
  const key = z.string().min(1).max(64).regex(/^[\w.-]+$/);
  const keys = z.array(key).max(16).default([]);

  const shared = {
    api: z.string().max(32),
    entry: z.string().min(1).max(256).regex(/^\.\/(?!.*(?:^|\/)\.\.(?:\/|$)).+\.m?js$/),
    configSchema: z.record(z.string(), z.unknown()).default({ type: 'object', additionalProperties: false }),
    secrets: keys,
    hosts: keys,
    files: keys,
    permissions: z.array(z.enum(PLUGIN_PERMISSIONS)).max(4).default([]),
  };

  return z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('reader'), ...shared, capabilities: z.strictObject({ feedback: z.boolean(), terminators: z.boolean().default(true) }) }),
    z.strictObject({ kind: z.literal('translator'), ...shared, capabilities: z.strictObject({}).default({}) }),
    z.strictObject({
      kind: z.literal('adapter'),
      ...shared,
      capabilities: z.strictObject({ goods: z.boolean(), best: z.enum(OUTCOMES as [OutcomeName, ...OutcomeName[]]), verify: z.boolean(), accrueOnly: z.boolean().default(false), reportsItself: z.boolean().default(false) }),
    }),
  ]);
}

/** `tillbridge.plugin` of a plugin's package.json. */
export type PluginManifest = z.output<ReturnType<typeof makeSchema>>;

/** What is wrong with a package, as far as its files show it. Nothing of it was run. */
export type ManifestProblem =
  | { readonly kind: 'badManifest'; readonly what: string }
  | { readonly kind: 'apiNotServed'; readonly range: string; readonly served: string }
  | { readonly kind: 'ownCore'; readonly what: string };

/** Packages of the product that would come along as a second copy. */
const OURS = ['@tillbridge/core', '@tillbridge/plugin', '@tillbridge/child-host', 'tillbridge'];

/** Reads a plugin's package.json. Pure: what lies beside it on the disk is another check. */
export function readManifest(text: string): { readonly version: string; readonly manifest: PluginManifest } | ManifestProblem {
  const bad = (what: string): ManifestProblem => ({ kind: 'badManifest', what: printable(what, 160) });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return bad('package.json is not JSON');
  }
  const file = z.looseObject({ version: z.string().max(64), type: z.string().optional(), tillbridge: z.looseObject({ plugin: z.unknown() }).optional() }).safeParse(json);
  if (!file.success) return bad(`package.json: ${firstOf(file.error)}`);
  if (file.data.tillbridge?.plugin === undefined) return bad('package.json has no `tillbridge.plugin`');
  const parsed = makeSchema().safeParse(file.data.tillbridge.plugin);
  if (!parsed.success) return bad(`tillbridge.plugin.${firstOf(parsed.error)}`);
  const manifest = parsed.data;
  const served = servesApi(manifest.api, PLUGIN_API);
  if (served === undefined) return bad('tillbridge.plugin.api: a range such as ^1 expected');
  if (!served) return { kind: 'apiNotServed', range: manifest.api, served: PLUGIN_API };
  if (!manifest.entry.endsWith('.mjs') && file.data.type !== 'module') return bad('the entry is no ES module: `"type": "module"` is missing');
  const brought = OURS.find((name) => bringsAlong(json, name));
  if (brought !== undefined) return { kind: 'ownCore', what: `${brought} under dependencies` };
  const schema = schemaProblem(manifest);
  return schema === undefined ? { version: file.data.version, manifest } : bad(schema);
}

function firstOf(error: z.ZodError): string {
  const [issue] = error.issues;
  return `${issue?.path.map(String).join('.') ?? ''}: ${issue?.message ?? 'invalid'}`;
}

function bringsAlong(json: unknown, name: string): boolean {
  const { dependencies, optionalDependencies, bundleDependencies, bundledDependencies } = json as Record<string, unknown>;
  const names = [dependencies, optionalDependencies].flatMap((group) => (typeof group === 'object' && group !== null ? Object.keys(group) : []));
  const bundled = [bundleDependencies, bundledDependencies].flatMap((list) => (Array.isArray(list) ? list.map(String) : []));
  return [...names, ...bundled].includes(name);
}

function schemaProblem({ configSchema, hosts, files }: PluginManifest): string | undefined {
  if (configSchema['type'] !== 'object') return 'tillbridge.plugin.configSchema: `"type": "object"` expected';
  try {
    optionsSchema(configSchema);
  } catch (error) {
    return `tillbridge.plugin.configSchema: ${error instanceof Error ? error.message : 'no JSON Schema'}`;
  }
  const named = new Set(Object.keys((configSchema['properties'] ?? {})));
  const missing = [...hosts, ...files].find((name) => !named.has(name));
  if (missing !== undefined) return `tillbridge.plugin: \`${missing}\` is no property of configSchema`;
  const given = files.find((name) => fillsIn((configSchema['properties'] as Readonly<Record<string, unknown>>)[name]));
  return given === undefined ? undefined : `tillbridge.plugin.configSchema: \`${given}\` may have no default: which files a plugin gets is for the configuration to say`;
}

function fillsIn(property: unknown): boolean {
  return typeof property === 'object' && property !== null && 'default' in property;
}

/** The checker of a plugin's options. @throws Error where the schema is none, or uses what is not understood */
export function optionsSchema(configSchema: Readonly<Record<string, unknown>>): z.ZodType {
  return z.fromJSONSchema(configSchema);
}
