import { Masked } from './masked.js';
import type { NumberKind } from './native-number.js';

export type CodeKind = NumberKind | 'goods';

/** What a loyalty scan means. Built by classification, or by hand where somebody typed the code in. */
export interface Code {
  readonly kind: NumberKind;
  /** The name of the rule that matched; undefined when the kind was given by hand. */
  readonly rule?: string;
  /** The whole text without its AIM id. */
  readonly text: Masked;
  /** The named group `value` of the rule, else what was cut out of the payload, else the whole text. */
  readonly value: Masked;
  /** What was cut out of a wallet's payload, where the rule declares one: the same code in another URL is the same code. */
  readonly payload?: Masked;
  /** Never cached, kept in memory only, delivered once. */
  readonly oneTime: boolean;
}

export function codeOf(kind: NumberKind, text: string, options: { rule?: string; value?: string; payload?: string; oneTime?: boolean } = {}): Code {
  return {
    kind,
    ...(options.rule === undefined ? {} : { rule: options.rule }),
    text: new Masked(text),
    value: new Masked(options.value ?? options.payload ?? text),
    ...(options.payload === undefined ? {} : { payload: new Masked(options.payload) }),
    oneTime: options.oneTime ?? false,
  };
}
