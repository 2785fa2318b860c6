export { HostedPlugin, type PluginPart, type PluginPorts } from './hosted-plugin.js';
export { launchFlags } from './launch.js';
export { loadPlugin, type LoadedPlugin, type LoadOptions } from './load-plugin.js';
export { RemoteAdapter } from './remote-adapter.js';
export { RemoteReader } from './remote-reader.js';
export { RemoteTranslator, type RemoteTranslatorOptions } from './remote-translator.js';
export type { LocatedPlugin } from '../manifest/located.js';
