import { codeOf, type Code } from '../code.js';
import type { Symbology } from '../decode/symbology.js';
import type { NumberKind } from '../native-number.js';
import { payloadValue, type PayloadRule } from '../payload/index.js';
import type { Scan } from '../scan.js';

/** One entry of `codes:`. The first rule that matches a scan decides; what matches none is goods. */
export interface CodeRule {
  readonly name: string;
  readonly kind: NumberKind;
  /** Set: `match` looks at what this cuts out of the text, and where it cuts nothing the rule does not match. */
  readonly payload?: PayloadRule;
  /** On the text after the AIM id; the named group `value`, else the whole text, is the code's value. */
  readonly match: RegExp;
  /** Empty or absent: every symbology. */
  readonly symbologies?: readonly Symbology[];
  /** A scanner that does not say its symbology matches unless this is set. */
  readonly requireSymbology?: boolean;
  /** Absent: every reader. */
  readonly readers?: readonly string[];
  readonly oneTime?: boolean;
}

/** No loyalty code is longer, in characters; a longer read is goods and no expression is tried on it. */
export const MAX_LOYALTY_LENGTH = 2048;

/** Why a rule took a scan or not: a step of `translate`. */
export interface RuleStep {
  readonly rule: string;
  readonly verdict: 'matched' | 'reader' | 'symbology' | 'payload' | 'text' | 'tooLong';
}

/** Decides what a scan means. */
export interface Classifier {
  /** `undefined`: goods. */
  classify(scan: Scan): Code | undefined;
  /** The same, with each rule's verdict. */
  explain(scan: Scan): { readonly code: Code | undefined; readonly steps: readonly RuleStep[] };
}

export function createClassifier(rules: readonly CodeRule[]): Classifier {
  // a sticky or global expression would remember the last scan
  const own = rules.map((rule) => ({ ...rule, match: new RegExp(rule.match.source, rule.match.flags.replace(/[gy]/g, '')) }));
  return {
    classify: (scan) => {
      for (const rule of own) {
        const verdict = apply(rule, scan);
        if (typeof verdict === 'object') return verdict;
      }
      return undefined;
    },
    explain: (scan) => {
      const steps: RuleStep[] = [];
      for (const rule of own) {
        const verdict = apply(rule, scan);
        if (typeof verdict === 'object') return { code: verdict, steps: [...steps, { rule: rule.name, verdict: 'matched' }] };
        steps.push({ rule: rule.name, verdict });
      }
      return { code: undefined, steps };
    },
  };
}

function apply(rule: CodeRule, scan: Scan): Code | Exclude<RuleStep['verdict'], 'matched'> {
  if (rule.readers !== undefined && !rule.readers.includes(scan.reader)) return 'reader';
  if (!symbologyFits(rule, scan.symbology)) return 'symbology';
  if (scan.text === '') return 'text';
  if (scan.text.length > MAX_LOYALTY_LENGTH) return 'tooLong';
  const payload = rule.payload === undefined ? undefined : payloadValue(rule.payload, scan.text);
  if (rule.payload !== undefined && payload === undefined) return 'payload';
  const match = rule.match.exec(payload ?? scan.text);
  if (match === null) return 'text';
  const value = match.groups?.['value'];
  return codeOf(rule.kind, scan.text, {
    rule: rule.name,
    oneTime: rule.oneTime ?? false,
    ...(value === undefined ? {} : { value }),
    ...(payload === undefined ? {} : { payload }),
  });
}

function symbologyFits(rule: CodeRule, symbology: Symbology | undefined): boolean {
  if (symbology === undefined) return rule.requireSymbology !== true;
  return rule.symbologies === undefined || rule.symbologies.length === 0 || rule.symbologies.includes(symbology);
}
