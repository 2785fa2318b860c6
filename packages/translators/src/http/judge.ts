import { compilePath, select, textOf, type Tree, type TreePath } from './answer-tree.js';
import type { Condition, RuleConditions } from './response-schema.js';

/** What came back, read. `tree`: undefined where the body is empty or cannot be read as what was declared. */
export interface Answer {
  readonly status: number;
  readonly empty: boolean;
  readonly tree: Tree | undefined;
  /** Why there is no tree though there is a body: a word of ours. */
  readonly problem?: string;
  /** How long the platform wants to be left alone, in ms. */
  readonly retryAfterMs?: number;
  /** The server's clock, unix ms, where it tells. */
  readonly serverTime?: number;
}

/** One place and what has to stand there. */
interface Check {
  readonly path: TreePath;
  readonly condition: Condition;
  readonly in: ReadonlySet<string> | undefined;
  readonly match: RegExp | undefined;
}

/** A rule that can be applied. */
export interface CompiledRule<R extends RuleConditions> {
  /** Position in the declaration, from 1. */
  readonly number: number;
  readonly rule: R;
  readonly checks: readonly Check[];
  readonly statuses: readonly (number | string)[] | undefined;
}

/** Fills `{{vars.NAME}}` into texts of the declaration; a list of values for a list, undefined where a variable is not given. */
export type Fill = (text: string) => readonly string[] | undefined;

export class RuleProblem extends Error {}

/**
 * @throws {RuleProblem} names the rule and what is wrong with it. Rules that look at a place or a list that the integrator left open are
 * left out: they can never hold.
 */
export function compileRules<R extends RuleConditions>(rules: readonly R[], fill: Fill): readonly CompiledRule<R>[] {
  return rules.flatMap((rule, index) => {
    const number = index + 1;
    const conditions: readonly Condition[] = [rule, ...(rule.all ?? [])];
    const checks = conditions.map((condition) => checkOf(condition, number, fill, condition === rule));
    if (checks.includes('open')) return [];
    const statuses = rule.http === undefined ? undefined : Array.isArray(rule.http) ? (rule.http as readonly (number | string)[]) : [rule.http];
    return [{ number, rule, statuses, checks: checks.filter((check): check is Check => typeof check === 'object') }];
  });
}

/** `none`: nothing to look at; `open`: what it looks at was not given. */
function checkOf(condition: Condition, number: number, fill: Fill, mayBeNone: boolean): Check | 'none' | 'open' {
  const refuse = (problem: string): never => {
    throw new RuleProblem(`rule ${number}: ${problem}`);
  };
  const { path: text, match, exists, count, more } = condition;
  const looks = [condition.in, match, exists, count, more].some((part) => part !== undefined);
  if (text === undefined) return looks || !mayBeNone ? refuse('in, match, exists, count and more need a path') : 'none';
  if (!looks) return refuse('a path needs in, match, exists, count or more');
  const filled = fill(text);
  if (filled === undefined || filled.length === 0) return 'open';
  const path = compilePath(filled[0] ?? '') ?? refuse('the path cannot be read');
  const list = condition.in?.flatMap((value) => (typeof value === 'string' ? (fill(value) ?? []) : [String(value)]));
  if (list?.length === 0) return 'open';
  const pattern = match === undefined ? undefined : (patternOf(match) ?? refuse('match is no regular expression'));
  return { path, condition, in: list === undefined ? undefined : new Set(list), match: pattern };
}

/** The first rule that holds. `applies` leaves out those that are for other calls or codes. */
export function firstThatHolds<R extends RuleConditions>(rules: readonly CompiledRule<R>[], answer: Answer, applies: (rule: CompiledRule<R>) => boolean = () => true): CompiledRule<R> | undefined {
  return rules.find((rule) => applies(rule) && holds(rule, answer));
}

function holds({ rule, checks, statuses }: CompiledRule<RuleConditions>, answer: Answer): boolean {
  const { status, empty, tree } = answer;
  if (statuses !== undefined && !statuses.some((each) => statusFits(each, status))) return false;
  if (rule.empty !== undefined && rule.empty !== empty) return false;
  if (rule.format !== undefined && rule.format !== (tree !== undefined)) return false;
  return checks.every((check) => stands(check, tree));
}

function stands({ path, condition, in: list, match }: Check, tree: Tree | undefined): boolean {
  // a body that is none proves nothing, not even that something is missing
  if (tree === undefined) return false;
  const values = select(tree, path);
  const there = values.filter((value) => value !== null);
  if (condition.exists !== undefined && condition.exists !== there.length > 0) return false;
  if (condition.count !== undefined && condition.count !== there.length) return false;
  if (condition.more !== undefined && there.length <= condition.more) return false;
  if (list === undefined && match === undefined) return true;
  const texts = values.map((value) => (value === null ? 'null' : value === '' ? '' : textOf(value))).filter((text) => text !== undefined);
  if (list !== undefined && !texts.some((text) => list.has(text))) return false;
  return match === undefined || texts.some((text) => text.length <= MOST_TEXT && match.test(text));
}

/** Longer values are not matched: what decides is a word or a number. */
const MOST_TEXT = 1000;

function statusFits(wanted: number | string, status: number): boolean {
  const text = String(wanted);
  return text.endsWith('xx') ? Math.floor(status / 100) === Number(text[0]) : Number(text) === status;
}

export function patternOf(source: string): RegExp | undefined {
  try {
    return new RegExp(source, 'u');
  } catch {
    return undefined;
  }
}
