import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const NAME = 'tillbridge-keyboard.exe';

/**
 * Where the helper for Windows is: named by TILLBRIDGE_KEYBOARD_HELPER, in this package as it is published, or beside the program that runs
 * (one folder with everything in it). `undefined` where there is none.
 */
export function helperPath(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const here = dirname(fileURLToPath(import.meta.url));
  const places = [
    env['TILLBRIDGE_KEYBOARD_HELPER'],
    // from `dist`, and from the sources in tests
    join(here, '..', 'keyboard-helper', 'dist', NAME),
    join(here, '..', '..', '..', 'keyboard-helper', 'dist', NAME),
    join(here, NAME),
    join(dirname(process.execPath), NAME),
    join(dirname(process.execPath), '..', NAME),
  ];
  return places.find((path) => path !== undefined && path !== '' && existsSync(path));
}
