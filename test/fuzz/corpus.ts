import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('corpus', import.meta.url));

export const corpusFolders = (): readonly string[] => readdirSync(ROOT, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? entry.name : []));

/** The saved inputs of a target, by name. */
export function readCorpus(target: string): readonly { readonly name: string; readonly bytes: Uint8Array }[] {
  const folder = join(ROOT, target);
  if (!existsSync(folder)) return [];
  return readdirSync(folder).sort().map((name) => ({ name, bytes: Uint8Array.from(readFileSync(join(folder, name))) }));
}

/** Keeps an input for ever; gives its path. `kind`: what it is an example of. */
export function keep(target: string, kind: 'found' | 'shape', bytes: Uint8Array): string {
  const folder = join(ROOT, target);
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${kind}-${createHash('sha256').update(bytes).digest('hex').slice(0, 12)}`);
  writeFileSync(path, bytes);
  return path;
}
