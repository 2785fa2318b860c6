// Builds the console page to packages/bridge/dist/console; scripts/build.mjs does it with its package.
//   node scripts/build-console.mjs
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './packages.mjs';

const FOLDER = join(root, 'packages/bridge');

/** What the page is built of; its licences go with it. */
export const CONSOLE_PACKAGES = ['preact', '@preact/signals', '@preact/signals-core', 'uqr'].map((name) => join(root, 'node_modules', name));

export const hasConsole = ({ folder }) => folder === FOLDER;

export async function buildConsole() {
  const { build } = await import('vite');
  await build({ configFile: join(FOLDER, 'console/vite.config.ts'), logLevel: 'warn' });
  const { notices } = await import('./distribution/notices.mjs');
  writeFileSync(join(FOLDER, 'dist/console/NOTICES.txt'), notices({ folders: CONSOLE_PACKAGES }));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await buildConsole();
