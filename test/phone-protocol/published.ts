import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** One of the published test vectors of Noise, in hexadecimal (cacophony's and snow's, as in mcginty/snow `tests/vectors`). */
export interface NoiseVector {
  readonly protocol_name: string;
  readonly init_prologue: string;
  readonly init_psks?: readonly string[];
  readonly init_static: string;
  readonly init_ephemeral: string;
  readonly init_remote_static: string;
  readonly resp_static: string;
  readonly resp_ephemeral: string;
  readonly handshake_hash?: string;
  readonly messages: readonly { readonly payload: string; readonly ciphertext: string }[];
}

const FILE = join(process.env['TILLBRIDGE_CONTRACTS'] ?? fileURLToPath(new URL('../../../shared/contracts', import.meta.url)), 'noise-vectors.json');

/** undefined: they are not on this machine. A folder that was named and does not hold them is an error. */
export function publishedVectors(): readonly NoiseVector[] | undefined {
  try {
    return (JSON.parse(readFileSync(FILE, 'utf8')) as { readonly vectors: readonly NoiseVector[] }).vectors;
  } catch (error) {
    if (process.env['TILLBRIDGE_CONTRACTS'] === undefined && error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
