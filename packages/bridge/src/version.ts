import { readFileSync } from 'node:fs';

/** The version of this package, read from its manifest so that it is written in one place. */
export function productVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  if (typeof manifest === 'object' && manifest !== null && 'version' in manifest && typeof manifest.version === 'string') return manifest.version;
  return '0.0.0';
}

/** The version of the local protocol. */
export const WIRE_VERSION = 1;
