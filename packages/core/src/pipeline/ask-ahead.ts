import type { AskedAhead } from '../delivery/ahead.js';
import type { Asked } from '../delivery/lane-ports.js';
import type { TranslationContext } from '../ports/translator.js';
import { translateAhead } from '../translate.js';
import type { Rules } from './settings.js';

/** What the translators may know of a scan. */
export function contextOf({ scan, till, confirmation }: Asked): TranslationContext {
  return { scanId: scan.id, reader: scan.reader, till, ...(confirmation === undefined ? {} : { confirmation }) };
}

/** Asks the translators that may be asked ahead. The answer holds as long as the rules do. */
export function askAhead(rulesNow: () => Rules, asked: Asked): AskedAhead | undefined {
  const rules = rulesNow();
  const translated = translateAhead(asked.code, rules.translators, contextOf(asked));
  return translated === undefined ? undefined : { translated, holds: () => rulesNow() === rules };
}
