import { readDocument } from './document.js';
import type { LoadedConfig, RefusedConfig } from './load.js';
import { say } from './texts.js';

/** A key that holds a secret, with something in line: for a text whose YAML is too broken to be looked at properly. */
const LOOKS_SECRET = /(?:secret|password|passwd|token|key|login)s?["']?[\t ]*:[\t ]*(?!["']?\$\{(?:env|file):)[^\s#{[|>&*]/i;

/**
 * The line (from 1) of a secret that stands in a configuration in line, or undefined where there is none. Such a text is not valid, but it can
 * lie on the disk all the same, and is shown to nobody.
 *
 * @param checked the text, checked in English
 */
export function secretLine(text: string, checked: LoadedConfig | RefusedConfig): number | undefined {
  if (checked.ok) return undefined;
  const told = [say('inlineSecret').en, say('urlCredentials').en];
  const misspelt = say('unknownKey').en;
  const found = checked.problems.find(({ message, keyPath }) => told.includes(message) || (message.startsWith(misspelt) && /\bsecrets\b/.test(keyPath)));
  if (found !== undefined) return found.line;
  if (readDocument(text).document !== undefined) return undefined;
  const line = text.split('\n').findIndex((row) => LOOKS_SECRET.test(row));
  return line < 0 ? undefined : line + 1;
}
