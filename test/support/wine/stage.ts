import { existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/**
 * The built packages with their dependencies as they would be installed on Windows, in `folder`: links to this checkout, with the libraries for
 * Windows in place of those for Linux. Wine follows links without showing them, so that Node.js finds everything from where it seems to be.
 * Gives the bin file of the command line.
 */
export function stageForWindows(folder: string, natives: string): string {
  const modules = join(folder, 'node_modules');
  mkdirSync(modules, { recursive: true });
  const link = (target: string, name: string): void => {
    if (!existsSync(join(modules, name))) symlinkSync(target, join(modules, name));
  };
  for (const name of readdirSync(join(root, 'node_modules'))) {
    if (name.startsWith('.') || /^node-(?:linux|darwin|win)-/.test(name) || name === 'tillbridge') continue;
    if (name !== '@koromix' && name !== '@tillbridge') link(join(root, 'node_modules', name), name);
  }
  mkdirSync(join(modules, '@koromix'), { recursive: true });
  for (const name of readdirSync(join(natives, '@koromix'))) link(join(natives, '@koromix', name), join('@koromix', name));
  mkdirSync(join(modules, '@tillbridge'), { recursive: true });
  for (const short of readdirSync(join(root, 'packages'))) {
    link(join(root, 'packages', short), short === 'bridge' ? 'tillbridge' : join('@tillbridge', short));
  }
  return join(modules, 'tillbridge/bin/tillbridge.cjs');
}
