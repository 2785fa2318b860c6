import type { ScanResult } from '@tillbridge/phone-link';
import type { Words } from '../i18n/index.js';
import { clean } from './clean.js';

export type Look = 'good' | 'bad' | 'unsure';
export type AnswerKey = keyof Words['answer'];

/** What the whole screen says about one scan. */
export interface Shown {
  readonly look: Look;
  readonly title: AnswerKey;
  /** What to do, in the till's words. */
  readonly text: string;
  /** What may be shown of the number. */
  readonly mask: string;
  /** For how long it stays by itself, in ms; undefined: until somebody taps, because it has to be read. */
  readonly holdMs: number | undefined;
  /** Known not to have arrived, and worth another try: the next sight of the code is sent without asking. */
  readonly again: boolean;
}

const GOOD_MS = 1_500;
const BAD_MS = 4_000;

/** Reasons for which nothing happened that pass by themselves. */
const PASSING: readonly string[] = ['stale', 'never', 'away', 'busy', 'rate', 'shutdown'];

type Nothing = Extract<ScanResult, { readonly is: 'nothing' }>['why'];

const NOTHING: Readonly<Record<Nothing, AnswerKey>> = {
  stale: 'stale',
  never: 'never',
  away: 'notSent',
  busy: 'rate',
  waiting: 'waiting',
  till: 'till',
  rate: 'rate',
  code: 'code',
  shutdown: 'shutdown',
  request: 'request',
};

/** `mask`: what the phone itself may show of the code, where the till says nothing about the number. */
export function shownOf(result: Exclude<ScanResult, { readonly is: 'notPaired' }>, mask: string): Shown {
  const plain = { text: '', mask, again: false };
  switch (result.is) {
    case 'done': {
      const look = result.outcome === 'unknown' ? 'unsure' : result.signal === 'bad' || !isGood(result.outcome) ? 'bad' : 'good';
      return { ...plain, look, title: result.outcome, text: clean(result.text ?? '', 200), mask: clean(result.mask ?? mask, 40), holdMs: look === 'good' ? GOOD_MS : look === 'bad' ? BAD_MS : undefined };
    }
    case 'goods':
      return result.handled ? { ...plain, look: 'good', title: 'goodsPassed', holdMs: GOOD_MS } : { ...plain, look: 'bad', title: 'goods', holdMs: BAD_MS };
    case 'nothing':
      return { ...plain, look: 'bad', title: NOTHING[result.why], holdMs: BAD_MS, again: PASSING.includes(result.why) };
    case 'unknown':
      return { ...plain, look: 'unsure', title: result.why, holdMs: undefined };
  }
}

/** What the phone itself refuses. */
export function tooLong(): Shown {
  return { look: 'bad', title: 'tooLong', text: '', mask: '', holdMs: BAD_MS, again: false };
}

function isGood(outcome: string): boolean {
  return outcome === 'applied' || outcome === 'alreadyApplied' || outcome === 'sent';
}
