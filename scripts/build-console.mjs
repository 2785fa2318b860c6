// Builds the console page to packages/bridge/dist/console; scripts/build.mjs does it with its package.
//   node scripts/build-console.mjs
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './packages.mjs';

const FOLDER = join(root, 'packages/bridge');

export const hasConsole = ({ folder }) => folder === FOLDER;

export async function buildConsole() {
  const { build } = await import('vite');
  await build({ configFile: join(FOLDER, 'console/vite.config.ts'), logLevel: 'warn' });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await buildConsole();
