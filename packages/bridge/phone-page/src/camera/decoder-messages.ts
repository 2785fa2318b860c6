import type { Read } from '../recognition/formats.js';
import type { Rgba } from '../recognition/gray.js';
import type { Pass } from '../recognition/passes.js';

export interface ToDecoder {
  readonly id: number;
  readonly frame: Rgba;
  /** Tried one after the other. */
  readonly passes: readonly Pass[];
}

export type FromDecoder = { readonly is: 'open' } | { readonly is: 'failed' } | { readonly is: 'decoded'; readonly id: number; /** What each pass that found something found. */ readonly reads: readonly Read[] };
