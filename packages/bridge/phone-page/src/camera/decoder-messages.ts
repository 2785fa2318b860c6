import type { Read } from '../recognition/formats.js';
import type { Rgba } from '../recognition/gray.js';
import type { Look } from '../recognition/passes.js';

export interface ToDecoder {
  readonly id: number;
  readonly frame: Rgba;
  /** Each ends at the first of its looks that finds something. */
  readonly tries: readonly (readonly Look[])[];
}

export type FromDecoder = { readonly is: 'open' } | { readonly is: 'failed' } | { readonly is: 'decoded'; readonly id: number; /** What each try that found something found. */ readonly reads: readonly Read[] };
