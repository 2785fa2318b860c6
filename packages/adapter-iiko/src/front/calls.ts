import { PLUGIN_CALLS, type PluginCallName } from './contract.js';

export function isPluginCall(name: string): name is PluginCallName {
  return Object.hasOwn(PLUGIN_CALLS, name);
}
