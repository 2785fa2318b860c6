import { createClassifier, type Classifier } from '../classify/classify.js';
import type { FallbackCharset } from '../decode/charset.js';
import { REJECT_ALL, type RefusalPolicies } from '../delivery/refusal.js';
import type { SpentCodes } from '../delivery/spent.js';
import type { NewId } from '../ids.js';
import type { Outcome } from '../outcome.js';
import type { Clock } from '../ports/clock.js';
import type { Journal } from '../ports/journal.js';
import type { Log } from '../ports/log.js';
import type { FeedbackKind } from '../ports/reader.js';
import type { Translator } from '../ports/translator.js';
import type { Route } from './routes.js';

export interface ReaderSettings {
  readonly fallbackCharset: FallbackCharset;
  /** What becomes of a read that no code rule claims. */
  readonly unmatched: 'passThrough' | 'reject';
  /** Reads of this reader have no terminator of their own; goods get the till's suffix. */
  readonly withSuffix: boolean;
  /** What the scanner is told for an outcome; absent: nothing. */
  readonly feedback?: Readonly<Partial<Record<Outcome['outcome'], FeedbackKind>>>;
}

/** What decides about every scan; replaced whole on a reload. */
export interface Rules {
  readonly classifier: Classifier;
  readonly translators: readonly Translator[];
  readonly policies: RefusalPolicies;
  readonly routes: readonly Route[];
}

export const NO_RULES: Rules = { classifier: createClassifier([]), translators: [], policies: REJECT_ALL, routes: [] };

export interface PipelinePorts {
  readonly clock: Clock;
  readonly journal: Journal;
  readonly log: Log;
  readonly newId: NewId;
  /** One-time codes that were delivered; default: remembered as long as the pipeline lives. */
  readonly spent?: SpentCodes;
}
