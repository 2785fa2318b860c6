import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describeError } from './card-errors.js';
import { NfcFault, type BackendName } from './backend.js';

/** A package that was found and loads. */
export interface Loaded {
  readonly name: string;
  readonly exports: unknown;
}

/**
 * Loads a native package from the first folder that has it under `node_modules`, else from where this package's own dependencies are.
 * @throws {NfcFault} `missing` where nobody has it, `broken` where it is there and does not load
 */
export function loadFrom(folders: readonly string[], name: Exclude<BackendName, 'fake'>): Loaded {
  for (const base of [...folders.map((folder) => join(folder, 'package.json')), import.meta.url]) {
    const require = createRequire(base);
    let path: string;
    try {
      path = require.resolve(name);
    } catch {
      continue;
    }
    try {
      return { name, exports: require(path) };
    } catch (error) {
      throw new NfcFault('broken', `${name}: ${firstLine(describeError(error))}`, { cause: error });
    }
  }
  throw new NfcFault('missing', `${name} is not installed`);
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}
