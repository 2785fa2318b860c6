import type { Clock, Log } from '@tillbridge/core';
import { CardImports } from './card-imports.js';
import { Desk } from './desk.js';
import { checkJournal } from './journal-check.js';

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

/** Starts nothing yet: each process begins with the first job, the journal's own check a minute later. */
export function createDesks({ state, config, clock, log }: DesksOptions): Desks {
  const quick = new Desk({ state, config, clock });
  const slow = new Desk({ state, config, clock });
  const imports = new CardImports({ state, clock, log });
  const stopChecks = checkJournal({ desk: () => new Desk({ state, config, clock }), clock, log });
  return {
    quick,
    slow,
    imports,
    close: () => {
      stopChecks();
      imports.close();
      quick.close();
      slow.close();
    },
  };
}
