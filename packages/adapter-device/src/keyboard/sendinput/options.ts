import type { Clock, Log } from '@tillbridge/core';
import type { SpawnHost } from '@tillbridge/child-host';

export interface SendInputOptions {
  /** Of the till, for texts. */
  readonly till: string;
  readonly clock: Clock;
  readonly log: Log;
  /** 0 <= x < 1. */
  readonly random?: () => number;
  /** How the process is made; for tests. */
  readonly spawn?: SpawnHost;
  /** For tests. */
  readonly platform?: NodeJS.Platform;
}

/** What it is connected to, in texts. */
export const PLACE = 'SendInput';

/** Windows takes Unicode whatever the layout; the focus can be looked at and not be held. */
export const CAPABILITIES = { guard: true, atomic: false, text: 'unicode' } as const;
