import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const PLUGIN_FOLDER = fileURLToPath(new URL('../../../packages/adapter-iiko/front-plugin', import.meta.url));
const HERE = fileURLToPath(new URL('.', import.meta.url));

export type Api = 'V8' | 'V9' | 'V10';

const csharp = (...folder: string[]): string[] => {
  const path = join(...folder);
  return readdirSync(path).filter((name) => name.endsWith('.cs')).map((name) => join(path, name));
};

function compile(out: string, defines: readonly string[], files: readonly string[]): string {
  const references = ['System.Core', 'System.Xml', 'System.Runtime.Serialization'].map((name) => `-reference:${name}`);
  const flags = ['-nologo', '-langversion:7', '-warnaserror', '-warn:4', ...defines.map((name) => `-define:${name}`), ...references, `-out:${out}`];
  execFileSync('mcs', [...flags, ...files], { encoding: 'utf8', timeout: 120_000 });
  return out;
}

/** The tests of the logic, without the vendor's side. */
export const compileUnits = (folder: string): string =>
  compile(join(folder, 'units.exe'), [], [...csharp(PLUGIN_FOLDER, 'src'), ...csharp(HERE, 'cs-units')]);

/** The whole plugin with the simulated till in one program: plugin, vendor's side, clean-room interface. */
export const compileHarness = (folder: string, api: Api): string =>
  compile(
    join(folder, `harness-${api}.exe`),
    [`FRONT_${api}`],
    [...csharp(PLUGIN_FOLDER, 'src'), ...csharp(PLUGIN_FOLDER, 'vendor'), ...csharp(PLUGIN_FOLDER, 'stub'), ...csharp(HERE, 'cs')],
  );
