import { createClassifier, type Classifier, type PayloadRule } from '@tillbridge/core';
import { compileMatch, type CodeConfig } from '../config/index.js';

/**
 * Decides what a scan means, as `codes:` has it.
 *
 * @param oneTime Names of codes that are valid once by what translates them, whatever they say themselves.
 */
export function classifierOf(codes: readonly CodeConfig[], oneTime: ReadonlySet<string> = new Set()): Classifier {
  return createClassifier(
    codes.map(({ name, kind, match, payload, symbologies, requireSymbology, readers, ...code }) => ({
      name,
      kind,
      match: compileMatch(match),
      requireSymbology,
      oneTime: code.oneTime || oneTime.has(name),
      ...(payload === undefined ? {} : { payload: payloadRule(payload) }),
      ...(symbologies === undefined ? {} : { symbologies }),
      ...(readers === undefined ? {} : { readers }),
    })),
  );
}

/** The configuration sees to it that a URL has exactly one of its two places. */
function payloadRule(payload: NonNullable<CodeConfig['payload']>): PayloadRule {
  if (payload.type === 'url') {
    const { type, hosts, query, path = 1 } = payload;
    return query === undefined ? { type, hosts, path } : { type, hosts, query };
  }
  if (payload.type !== 'digitalLink') return payload;
  const { type, ai, hosts } = payload;
  return { type, ai, ...(hosts === undefined ? {} : { hosts }) };
}
