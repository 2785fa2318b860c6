import type { KeyObject } from 'node:crypto';
import type { Clock, Secret } from '@tillbridge/core';
import type { UidOptions } from './uid/uid-options.js';
import type { ReplayGuard } from './vas/replay-guard.js';
import type { NdefKind } from './wire/ndef-text.js';
import type { ReadWay, SectorOptions } from './types.js';

/**
 * What a chain configuration becomes: keys parsed, defaults filled in. Made once by `compileChain` and used for every card; it remembers
 * the passes that were read, so that none is taken twice.
 */
export interface ChainOptions {
  readonly clock: Clock;
  readonly read: readonly ReadWay[];
  readonly timeoutMs: number;
  readonly budgetMs: number;
  readonly hce: readonly Uint8Array[];
  readonly vas: CompiledVas | undefined;
  readonly smarttap: CompiledSmartTap | undefined;
  readonly ndef: readonly NdefKind[];
  readonly sector: CompiledSector | undefined;
  readonly uid: UidOptions;
}

export interface CompiledVas {
  readonly passes: readonly CompiledPass[];
  readonly windowMs: number | undefined;
  readonly replays: ReplayGuard;
}

export interface CompiledPass {
  readonly id: string;
  /** SHA-256 of the pass type identifier. */
  readonly merchant: Uint8Array;
  readonly signupUrl: string | undefined;
  readonly keys: readonly VasKey[];
}

export interface VasKey {
  /** First four bytes of SHA-256 over the public key's X coordinate, in hex. Not secret. */
  readonly id: string;
  readonly key: KeyObject;
}

export interface CompiledSmartTap {
  readonly collectorId: number;
  readonly keys: readonly { readonly version: number; readonly key: KeyObject }[];
  readonly services: readonly number[];
}

export interface CompiledSector extends Required<Omit<SectorOptions, 'key' | 'length'>> {
  readonly key: Secret;
  readonly length: number | undefined;
}
