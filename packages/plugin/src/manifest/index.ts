export { checkOptions, namedHosts, namedOptions, type CheckedOptions } from './check-options.js';
export { besideOf, installedIn, locatePlugin, pluginAt, pluginFolders } from './locate.js';
export { isPluginName, type LocatedPlugin, type PluginPlaces, type PluginProblem } from './located.js';
export { optionsSchema, PLUGIN_PERMISSIONS, readManifest, type ManifestProblem, type PluginManifest, type PluginPermission } from './manifest.js';
