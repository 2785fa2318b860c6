import { fileURLToPath } from 'node:url';

/** Where the built console lies, seen from `src` as from `dist`. */
export function consoleFolder(): string {
  return fileURLToPath(new URL('../dist/console', import.meta.url));
}
