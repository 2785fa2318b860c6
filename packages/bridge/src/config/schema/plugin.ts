import { isPluginName, PLUGIN_PERMISSIONS, type LocatedPlugin } from '@tillbridge/plugin/manifest';
import { z } from 'zod';
import { idList, ms, says, secret } from './common.js';
import { common, readerId } from './reader-common.js';
import { delivery, tillId } from './till-common.js';

/** The word that a plugin's package name becomes where the kind of a part is told: see `plugins.ts`. */
export const PLUGIN = 'plugin';

const packaged = {
  package: z.string().refine(isPluginName, says('badPluginName')).describe('The plugin\'s package.'),
  options: z.record(z.string(), z.unknown()).default({}).describe('The plugin\'s own options: `tillbridge config schema` shows them where it is installed.'),
  secrets: z.record(z.string(), secret).default({}).describe('Secrets that the plugin asks for, by reference only.'),
  grant: z
    .array(z.enum(PLUGIN_PERMISSIONS))
    .max(PLUGIN_PERMISSIONS.length)
    .default([])
    .describe('What the plugin may do beside reading its own folder and using the network, where it asks for it: addons (native code: no limit holds for it), child-process, worker, wasi.'),
  // put in by us: what was found on the disk, so that another version of the package is another part for `reload`
  found: z.custom<LocatedPlugin>((value) => typeof value === 'object' && value !== null).exactOptional(),
};

export const pluginReader = z.strictObject({
  id: readerId,
  type: z.literal(PLUGIN).describe('A reader that is a package of its own, run in a process of its own: the name of the package.'),
  ...packaged,
  ...common,
});

export const pluginTranslator = z.strictObject({
  type: z.literal(PLUGIN).describe('A translator that is a package of its own, run in a process of its own: the name of the package.'),
  codes: idList(200).exactOptional().describe('Only for these codes; default all.'),
  timeoutMs: ms(100, 60_000).default(2500).describe('Time for one answer, in ms (100 to 60000).'),
  ...packaged,
});

export const pluginTill = z.strictObject({
  id: tillId,
  adapter: z.literal(PLUGIN).describe('A till adapter that is a package of its own, run in a process of its own: the name of the package.'),
  ...packaged,
  ...delivery(5000),
});
