import { basename, resolve } from 'node:path';
import { createPlugin, PLUGIN_KINDS, PluginFolderError } from './create-plugin.js';

/** Where the command prints. */
export interface Printer {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

const USAGE = `usage: npm create tillbridge-plugin KIND NAME [FOLDER]
  KIND    adapter (a cashier program), reader (a scanner) or translator (where numbers come from)
  NAME    of the package: @acme/tillbridge-adapter-x, or a name that begins with tillbridge-
  FOLDER  default: the name without its scope`;

/** The command. Gives the exit code: 0 written, 1 it could not be, 2 wrong usage. */
export function main(args: readonly string[], { out, err }: Printer): number {
  const [word, name, where] = args;
  const kind = PLUGIN_KINDS.find((each) => each === word);
  if (kind === undefined || name === undefined || args.length > 3) {
    err(USAGE);
    return 2;
  }
  const folder = resolve(where ?? basename(name));
  try {
    const files = createPlugin({ kind, name, folder });
    out(`${files.map((file) => `  ${file}`).join('\n')}\n\n${name} is in ${folder}\nNext: npm install && npm test there; then read its README.md.`);
    return 0;
  } catch (error) {
    if (!(error instanceof PluginFolderError)) throw error;
    err(error.message);
    return 1;
  }
}
