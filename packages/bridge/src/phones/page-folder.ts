import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where the built page stands: beside the built daemon. */
export function pageFolder(): string {
  return join(dirname(fileURLToPath(import.meta.url)), 'phone');
}
