import { maskText } from '@tillbridge/core';
import { namedHosts, type LocatedPlugin } from '@tillbridge/plugin/manifest';
import { stringify } from 'yaml';
import type { LoadedConfig } from './load.js';
import { formatKeyPath, type KeyPath } from './problem.js';
import { platformOf, type HttpConfig } from './platform.js';
import type { Config } from './schema.js';
import { parseHostPort } from './host-port.js';

const HIDDEN = '****';

export interface ShownConfig {
  /** Plain values, every default filled in, secrets and whatever came from a reference hidden. */
  readonly config: unknown;
  /** Every host that this configuration may contact, with its port where that is not the usual one. */
  readonly hosts: readonly string[];
}

/** The effective configuration as it may be shown to anybody. */
export function shownConfig(loaded: LoadedConfig): ShownConfig {
  const referenced = new Set(loaded.referenced);
  // the way through JSON turns every secret into its mask
  const plain: unknown = JSON.parse(JSON.stringify(loaded.config));
  return { config: hide(withoutFound(plain), [], referenced), hosts: hostsOf(loaded.config) };
}

/** Plugins by the name of their package and the version that was found. */
function withoutFound(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutFound);
  if (typeof value !== 'object' || value === null) return value;
  const { found, package: name, ...rest } = value as Record<string, unknown>;
  const key = rest['adapter'] === 'plugin' ? 'adapter' : 'type';
  if (found === undefined || rest[key] !== 'plugin') return Object.fromEntries(Object.entries(value).map(([each, item]) => [each, withoutFound(item)]));
  const { version, folder } = found as LocatedPlugin;
  return { ...rest, [key]: name, plugin: { version, folder } };
}

/** Hosts among a plugin's options, as its manifest names them. What else it asks, only its author knows. */
function pluginHosts({ found, options }: { readonly found?: LocatedPlugin; readonly options: unknown }): readonly string[] {
  return found === undefined ? [] : namedHosts(found.manifest.hosts, options);
}

function hide(value: unknown, path: KeyPath, referenced: ReadonlySet<string>): unknown {
  if (referenced.has(formatKeyPath(path))) return HIDDEN;
  if (Array.isArray(value)) return value.map((item, i) => hide(item, [...path, i], referenced));
  // the sample of a translator is somebody's code
  if (typeof value === 'string' && path.at(-1) === 'code' && path.at(-2) === 'sample') return maskText(value);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, hide(item, [...path, key], referenced)]));
}

/** The same as text: YAML with the hosts as a comment below. */
export function showAsYaml(loaded: LoadedConfig): string {
  const { config, hosts } = shownConfig(loaded);
  const list = hosts.length === 0 ? ['#   none'] : hosts.map((host) => `#   ${host}`);
  return `${stringify(config, { lineWidth: 0 })}\n# hosts that may be contacted:\n${list.join('\n')}\n`;
}

/** The addresses that a till asks. */
function addressesOf(till: Config['tills'][number]): readonly string[] {
  return [
    ...('url' in till ? [till.url] : []),
    ...('upstream' in till ? [till.upstream.url] : []),
    ...('posServer' in till ? [till.posServer.url] : []),
    ...('readBack' in till ? [till.readBack.url] : []),
    ...('odata' in till ? [till.odata.url] : []),
  ];
}

/** Where a platform is asked; nothing where it is left out. */
function platformHost(translator: HttpConfig): readonly string[] {
  const definition = platformOf(translator);
  const address = definition?.enabled === true ? (translator.baseUrl ?? definition.baseUrl) : undefined;
  return address === undefined ? [] : [new URL(address).host];
}

/** Where cards and keys are fetched by themselves. */
function fetchedFrom(config: Config): readonly string[] {
  const keys = config.translators.flatMap((translator) => (translator.type === 'rotating' && 'url' in translator.keys ? [translator.keys.url] : []));
  return [...config.sync.map((job) => (job.type === 'osmi' ? job.baseUrl : job.url)), ...keys];
}

export function hostsOf(config: Config): readonly string[] {
  const hosts = [
    ...config.readers.flatMap((reader) => (reader.type === 'tcp' && reader.connect !== undefined ? [reader.connect] : [])),
    ...config.readers.flatMap((reader) => (reader.type === 'mobile' ? reader.relay.map(({ url }) => new URL(url).host) : [])),
    ...[...config.tills.flatMap(addressesOf), ...fetchedFrom(config)].map((address) => new URL(address).host),
    ...[...config.readers, ...config.translators].flatMap((part) => (part.type === 'plugin' ? pluginHosts(part) : [])),
    ...config.tills.flatMap((part) => (part.adapter === 'plugin' ? pluginHosts(part) : [])),
    ...config.translators.flatMap((translator) => (translator.type === 'http' ? platformHost(translator) : [])),
  ];
  return [...new Set(hosts.map((host) => (parseHostPort(host) === undefined ? host : host.toLowerCase())))].sort();
}
