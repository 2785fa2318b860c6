import type { PluginManifest } from '../manifest/manifest.js';
import type { WireAbilities } from '../wire/messages.js';

/** What a plugin's code says of itself beside what its manifest promised; undefined where both say the same. */
export function abilitiesProblem(manifest: PluginManifest, abilities: { readonly [Key in keyof WireAbilities]: WireAbilities[Key] | undefined }): string | undefined {
  const promised: Readonly<Record<string, unknown>> = manifest.kind === 'reader' ? { feedback: manifest.capabilities.feedback } : manifest.capabilities;
  const wrong = Object.keys(promised).find((name) => promised[name] !== abilities[name as keyof WireAbilities]);
  return wrong === undefined ? undefined : `its code has another \`${wrong}\` than its manifest`;
}
