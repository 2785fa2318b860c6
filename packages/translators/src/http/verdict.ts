import { select, textOf, type Tree, type TreePath } from './answer-tree.js';
import { firstThatHolds, type Answer, type CompiledRule } from './judge.js';
import type { AnswerRule, Verdict } from './response-schema.js';

/** What an answer means to a look-up. */
export interface Judged {
  readonly verdict: Verdict;
  readonly reason?: string;
  /** Position of the rule that said so, from 1; undefined where none did. */
  readonly rule?: number;
  readonly coupon?: NonNullable<AnswerRule['coupon']>;
}

/** Verdicts that say that somebody is there: a refusing status must not carry one unless its rule names the status. */
const POSITIVE: ReadonlySet<Verdict> = new Set(['found', 'accrueOnly', 'foundNoNumber', 'coupon']);

/**
 * The first rule that holds decides. An answer that none of them knows is a bad one: never `found`, and never `notFound`, or a platform that
 * is broken would tell the guest that his card does not exist.
 */
export function judgeLookUp(rules: readonly CompiledRule<AnswerRule>[], answer: Answer, call: string, accept: string): Judged {
  const applies = ({ rule, statuses }: CompiledRule<AnswerRule>): boolean => {
    if (rule.calls !== undefined && !rule.calls.includes(call)) return false;
    if (rule.kinds !== undefined && !rule.kinds.includes(accept)) return false;
    return answer.status < 300 || statuses !== undefined || !POSITIVE.has(rule.then);
  };
  const found = firstThatHolds(rules, answer, applies);
  if (found === undefined) return usual(answer);
  const { then, reason, coupon } = found.rule;
  return { verdict: then, rule: found.number, ...(reason === undefined ? {} : { reason }), ...(coupon === undefined ? {} : { coupon }) };
}

/** What statuses mean where no rule says otherwise. 404 is not among them: a wrong address answers so as well. */
function usual({ status, problem, empty }: Answer): Judged {
  if (status === 401 || status === 403 || status === 407) return { verdict: 'authError' };
  if (status === 429) return { verdict: 'rateLimited' };
  if (status >= 500 || status === 408) return { verdict: 'unavailable', reason: `http${status}` };
  if (status >= 300 && status < 400) return { verdict: 'badResponse', reason: 'redirect' };
  return { verdict: 'badResponse', reason: problem ?? (status >= 400 ? `http${status}` : empty ? 'emptyBody' : 'noRule') };
}

/** Where a value may stand; the first that is there, is not empty by this platform's words, and passes. */
export function pick(tree: Tree | undefined, paths: readonly TreePath[], accepts: (text: string) => boolean = () => true): { readonly text: string; readonly path: string } | undefined {
  if (tree === undefined) return undefined;
  for (const path of paths) {
    for (const value of select(tree, path)) {
      const text = textOf(value)?.trim();
      if (text !== undefined && text !== '' && accepts(text)) return { text, path: path.text };
    }
  }
  return undefined;
}
