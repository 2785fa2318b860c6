export { createPlugin, PLUGIN_KINDS, PluginFolderError, type NewPlugin } from './create-plugin.js';
export { main, type Printer } from './main.js';
