import { delimiter, join } from 'node:path';

/** The folder of a store's own native packages: `npm install --prefix` it, whatever way Tillbridge was installed. */
export function nativeFolder(statePath: string): string {
  return join(statePath, 'native');
}

/**
 * Where packages are looked for that are no dependency of ours (NFC), before the usual places: TILLBRIDGE_NATIVE_PATH (folders, separated as
 * in PATH), then `native` in the state folder. Each is a folder with a `node_modules` in it.
 */
export function nativeFolders(statePath: string | undefined, env: NodeJS.ProcessEnv = process.env): readonly string[] {
  const named = (env['TILLBRIDGE_NATIVE_PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return statePath === undefined ? named : [...named, nativeFolder(statePath)];
}
