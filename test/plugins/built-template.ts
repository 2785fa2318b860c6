import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createPlugin, type NewPlugin } from 'create-tillbridge-plugin';
import { transformSync } from 'esbuild';

/** Makes the template's plugin and turns its TypeScript into JavaScript; types are checked where it is built as its author would. */
export function builtTemplate(kind: NewPlugin['kind'], folder: string, name = `@acme/tillbridge-${kind}`): void {
  createPlugin({ kind, name, folder });
  mkdirSync(join(folder, 'dist'));
  for (const file of readdirSync(join(folder, 'src')).filter((each) => !each.endsWith('.test.ts'))) {
    const { code } = transformSync(readFileSync(join(folder, 'src', file), 'utf8'), { loader: 'ts', format: 'esm' });
    writeFileSync(join(folder, 'dist', file.replace(/\.ts$/, '.js')), code);
  }
}
