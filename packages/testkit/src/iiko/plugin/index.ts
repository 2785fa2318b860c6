export { HttpLink, type CallName, type HttpLinkOptions, type PluginLink, type Reply } from './link.js';
export { PluginModel, type PluginModelOptions } from './plugin-model.js';
export type { Done, WireAction, WireOutcome } from './wire.js';
