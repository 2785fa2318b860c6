import type { Clock, Log } from '@tillbridge/core';
import { CardImports } from './card-imports.js';
import { Desk } from './desk.js';

export { CardImports } from './card-imports.js';
export { Desk } from './desk.js';

/** What works for an administrator beside the main thread. */
export interface Desks {
  /** Answers while somebody waits for it: searches, checks, changes. */
  readonly quick: Desk;
  /** For what may take a minute, so that nothing waits behind it. */
  readonly slow: Desk;
  readonly imports: CardImports;
  close(): void;
}

export interface DesksOptions {
  /** Absolute path of the state folder. */
  readonly state: string;
  /** Path of the configuration file. */
  readonly config: string;
  readonly clock: Clock;
  readonly log: Log;
}

/** Starts nothing yet: each process begins with the first job. */
export function createDesks({ state, config, clock, log }: DesksOptions): Desks {
  const quick = new Desk({ state, config, clock });
  const slow = new Desk({ state, config, clock });
  const imports = new CardImports({ state, clock, log });
  return {
    quick,
    slow,
    imports,
    close: () => {
      imports.close();
      quick.close();
      slow.close();
    },
  };
}
