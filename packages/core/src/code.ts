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
  /** The named group `value` of the rule, else the whole text. */
  readonly value: Masked;
  /** Never cached, kept in memory only. */
  readonly oneTime: boolean;
}

export function codeOf(kind: NumberKind, text: string, options: { rule?: string; value?: string; oneTime?: boolean } = {}): Code {
  return {
    kind,
    ...(options.rule === undefined ? {} : { rule: options.rule }),
    text: new Masked(text),
    value: new Masked(options.value ?? text),
    oneTime: options.oneTime ?? false,
  };
}
