import { TillbridgeError } from '@tillbridge/core';
import { nearestName } from '../config/hint.js';
import { isScope, PLAIN_SCOPES, TILL_SCOPES, type Scope } from '../control/scope.js';

/** `--scope A,B`: with `--till T`, `delivery` and `till` alone mean those of T. @throws {TillbridgeError} `TB_CONFIG_USAGE` */
export function parseScopes(list: string, till: string | undefined): readonly Scope[] {
  const words = list.split(',').map((word) => word.trim()).filter((word) => word !== '');
  if (words.length === 0) throw usage('--scope: name at least one');
  return [...new Set(words.map((word) => parseScope(word, till)))];
}

function parseScope(word: string, till: string | undefined): Scope {
  const forTill = (TILL_SCOPES as readonly string[]).includes(word);
  if (forTill && till === undefined) throw usage(`--scope: "${word}" is for one till: write ${word}:TILL, or add --till TILL`);
  const scope = forTill ? `${word}:${till ?? ''}` : word;
  if (isScope(scope)) return scope;
  if (forTill) throw usage(`--till: "${till ?? ''}" is no name of a till`);
  const known = [...PLAIN_SCOPES, ...TILL_SCOPES.map((name) => `${name}:TILL`)];
  const near = nearestName(word, known);
  throw usage(`--scope: there is no scope "${word}"${near === undefined ? '' : `; did you mean "${near}"?`} (known: ${known.join(', ')})`);
}

function usage(problem: string): TillbridgeError {
  return new TillbridgeError('TB_CONFIG_USAGE', { problem });
}
