import type { Code } from '../code.js';
import type { NewId } from '../ids.js';
import type { Masked } from '../masked.js';
import type { Outcome } from '../outcome.js';
import type { Clock } from '../ports/clock.js';
import type { Journal } from '../ports/journal.js';
import type { Log } from '../ports/log.js';
import type { Scan } from '../scan.js';
import type { Translated } from '../translate.js';
import type { AskedAhead } from './ahead.js';
import type { Delivery } from './delivery.js';
import type { RefusalPolicies } from './refusal.js';
import type { SpentCodes } from './spent.js';

export interface LaneOptions {
  /** How long a number may be under way, in ms from the scan. */
  readonly expireMs: number;
  /** Window in which the same code is one scan, in ms; 0 switches it off. */
  readonly duplicateMs: number;
}

/** What a lane wants to know the number of. */
export interface Asked {
  readonly code: Code;
  readonly scan: Scan;
  readonly till: string;
  readonly confirmation: Masked | undefined;
}

export interface LanePorts {
  readonly clock: Clock;
  readonly journal: Journal;
  readonly log: Log;
  readonly newId: NewId;
  /** `known`: what {@link askAhead} was told about this scan. */
  readonly translate: (asked: Asked, signal: AbortSignal, known: Translated | undefined) => Translated | Promise<Translated>;
  /** Asks about a read that may still turn out to be goods; `undefined` where that would tell somebody. */
  readonly askAhead: (asked: Asked) => AskedAhead | undefined;
  readonly policies: () => RefusalPolicies;
  /** Shared by all tills: a one-time code is delivered once. */
  readonly spent: SpentCodes;
  /** Hands the code as read to the goods till; false when there is none. */
  readonly passThrough: (scan: Scan) => boolean;
  /** Called once for each scan, after its outcome is durable, or after the journal could not make it so. */
  readonly onOutcome: (delivery: Delivery, outcome: Outcome) => void;
}
