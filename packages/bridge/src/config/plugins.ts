import { checkOptions, isPluginName, type LocatedPlugin, type PluginProblem } from '@tillbridge/plugin/manifest';
import { hintFor } from './hint.js';
import { findingsOf, withKnownKeys, type IssueContext } from './issues.js';
import type { Finding, KeyPath } from './problem.js';
import { PLUGIN } from './schema/plugin.js';
import { joined, say, type Text } from './texts.js';

/** Looks a package up; runs nothing of it. */
export type FindPlugin = (name: string) => LocatedPlugin | PluginProblem;

/** Lists whose parts can be plugins: the key that names the kind of part, and what a plugin there has to be. */
const LISTS = {
  readers: { key: 'type', kind: 'reader' },
  translators: { key: 'type', kind: 'translator' },
  tills: { key: 'adapter', kind: 'adapter' },
} as const;

type Fields = Readonly<Record<string, unknown>>;

export interface WithPlugins {
  /** The document with what was found put in. */
  readonly value: unknown;
  readonly findings: readonly Finding[];
}

/**
 * Reads the names of packages (`adapter: "@acme/tillbridge-adapter-x"`) as plugins, looks for them, and checks their options against their own
 * schemas: mistakes there are mistakes of the file like every other.
 */
export function resolvePlugins(document: unknown, find: FindPlugin, context: Omit<IssueContext, 'document'>): WithPlugins {
  if (!isFields(document)) return { value: document, findings: [] };
  const findings: Finding[] = [];
  const value: Record<string, unknown> = { ...document };
  for (const [list, { key, kind }] of Object.entries(LISTS)) {
    const entries = document[list];
    if (!Array.isArray(entries)) continue;
    value[list] = entries.map((entry: unknown, index) => {
      const name = isFields(entry) ? nameOf(entry, key) : undefined;
      if (name === undefined || !isFields(entry)) return entry;
      const found = find(name);
      const path = [list, index];
      const located = 'manifest' in found && found.kind === kind ? found : undefined;
      const own = located === undefined ? [{ path: [...path, entry[key] === PLUGIN ? 'package' : key], text: refusal(name, kind, found) }] : partFindings(located, entry, path, { ...context, document });
      findings.push(...own);
      return { ...entry, [key]: PLUGIN, package: name, ...(located === undefined ? {} : { found: located, options: own.length === 0 ? optionsOf(located, entry) : (entry['options'] ?? {}) }) };
    });
  }
  return { value, findings };
}

function nameOf(entry: Fields, key: string): string | undefined {
  const word = entry[key] === PLUGIN ? entry['package'] : entry[key];
  return typeof word === 'string' && isPluginName(word) ? word : undefined;
}

function optionsOf(found: LocatedPlugin, entry: Fields): unknown {
  const checked = checkOptions(found, entry['options'] ?? {});
  return 'options' in checked ? checked.options : {};
}

function refusal(name: string, kind: string, found: LocatedPlugin | PluginProblem): Text {
  switch (found.kind) {
    case 'notFound':
      return say('pluginNotFound', { name, places: found.places.join(', ') });
    case 'badManifest':
      return say('pluginBad', { name, problem: found.what });
    case 'apiNotServed':
      return say('pluginApi', { name, range: found.range, served: found.served });
    case 'ownCore':
      return say('pluginOwnCore', { name, what: found.what });
    case 'reader':
    case 'translator':
    case 'adapter':
      return say('pluginKind', { name, kind: found.kind, wanted: kind });
  }
}

function partFindings(found: LocatedPlugin, entry: Fields, path: KeyPath, context: IssueContext): readonly Finding[] {
  const { name, manifest } = found;
  const checked = checkOptions(found, entry['options'] ?? {}, withKnownKeys);
  const options = 'issues' in checked ? checked.issues.flatMap((issue) => findingsOf({ ...issue, path: [...path, 'options', ...issue.path] }, context)) : [];
  const secrets = isFields(entry['secrets']) ? Object.keys(entry['secrets']) : [];
  const unknown = secrets.filter((key) => !manifest.secrets.includes(key));
  const missing = manifest.secrets.filter((key) => !secrets.includes(key));
  const granted = Array.isArray(entry['grant']) ? entry['grant'] : [];
  const refused = manifest.permissions.filter((permission) => !granted.includes(permission));
  return [
    ...options,
    ...unknown.map((key): Finding => ({ path: [...path, 'secrets', key], at: 'key', text: joined(say('unknownKey'), hintFor(key, manifest.secrets)) })),
    ...(missing.length === 0 ? [] : [{ path, text: say('pluginSecret', { name, names: quoted(missing) }) }]),
    ...(refused.length === 0 ? [] : [{ path, text: say('pluginGrant', { name, names: quoted(refused), list: manifest.permissions.join(', ') }) }]),
  ];
}

const quoted = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
