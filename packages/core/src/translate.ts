import type { Code } from './code.js';
import { NUMBER_KINDS, numberProblem } from './native-number.js';
import type { TranslationContext, Translator } from './ports/translator.js';
import type { Translation } from './translation.js';

/** What the chain of translators made of a code, and who said so. */
export interface Translated {
  readonly translation: Translation;
  /** The id of the translator that answered; undefined where none knew the code. */
  readonly by?: string;
}

/** Not an answer: the next translator is asked. What could not be asked is remembered, since "nobody knows it" would be a lie then. */
const NO_ANSWER: ReadonlySet<Translation['result']> = new Set(['notFound', 'unavailable', 'rateLimited', 'authError', 'badResponse']);

/**
 * Asks the translators in their order until one gives an answer. Local ones answer in the same turn, and then so does this.
 * Never rejects: a translator that throws, or answers with something else than a translation, is a `badResponse`.
 */
export function translateCode(
  code: Code,
  translators: readonly Translator[],
  context: TranslationContext,
  signal: AbortSignal,
): Translated | Promise<Translated> {
  let failure: Translated | undefined;
  const ask = (index: number): Translated | Promise<Translated> => {
    for (let i = index; i < translators.length; i += 1) {
      const translator = translators[i];
      if (translator === undefined) break;
      if (signal.aborted) return { translation: { result: 'unavailable', reason: 'timeout' }, by: translator.id };
      const answer = askOne(translator, code, context, signal);
      if (answer instanceof Promise) {
        return answer.then((translation) => consider(translator.id, translation) ?? ask(i + 1));
      }
      const final = consider(translator.id, answer);
      if (final !== undefined) return final;
    }
    return failure ?? { translation: { result: 'notFound' } };
  };
  const consider = (by: string, translation: Translation): Translated | undefined => {
    context.trace?.(`${by}: ${translation.result}`);
    if (!NO_ANSWER.has(translation.result)) return { translation, by };
    if (translation.result !== 'notFound') failure ??= { translation, by };
    return undefined;
  };
  return ask(0);
}

/**
 * What the translators will make of a read that may still turn out to be goods, where those that decide may be asked ahead
 * (`capabilities.ahead`); `undefined` where one of them may not.
 */
export function translateAhead(code: Code, translators: readonly Translator[], context: TranslationContext): Translated | undefined {
  const first = translators.findIndex(({ capabilities }) => capabilities.ahead !== true);
  const local = first < 0 ? translators : translators.slice(0, first);
  if (local.length === 0) return undefined;
  const translated = translateCode(code, local, context, new AbortController().signal);
  // those behind would be asked as well
  if (translated instanceof Promise || (first >= 0 && NO_ANSWER.has(translated.translation.result))) return undefined;
  return translated;
}

function askOne(translator: Translator, code: Code, context: TranslationContext, signal: AbortSignal): Translation | Promise<Translation> {
  const broken = (): Translation => ({ result: 'badResponse', reason: 'translatorFailed' });
  try {
    const answer = translator.translate(code, context, signal);
    return answer instanceof Promise ? answer.then(sound).catch(broken) : sound(answer);
  } catch {
    return broken();
  }
}

const RESULTS: Readonly<Record<Translation['result'], true>> = {
  found: true,
  coupon: true,
  foundNoNumber: true,
  notFound: true,
  blocked: true,
  codeExpired: true,
  codeUsed: true,
  ambiguous: true,
  confirmRequired: true,
  rateLimited: true,
  authError: true,
  unavailable: true,
  badResponse: true,
};

/** A translator may be somebody else's code: an answer outside the closed set, or a number that is none, is a bad response. */
function sound(answer: Translation): Translation {
  const { result, number }: { readonly result?: unknown; readonly number?: unknown } = { ...(answer as object) };
  const known = typeof result === 'string' && Object.hasOwn(RESULTS, result);
  if (!known || ((result === 'found' || result === 'coupon') && !isNumber(number))) return { result: 'badResponse', reason: 'notATranslation' };
  return answer;
}

/** By its shape: a translator may have been built with a copy of this package of its own. */
function isNumber(value: unknown): boolean {
  const { kind, reveal } = (value ?? {}) as { readonly kind?: unknown; readonly reveal?: () => unknown };
  const text = typeof reveal === 'function' ? reveal.call(value) : undefined;
  return typeof text === 'string' && numberProblem(text) === undefined && NUMBER_KINDS.some((known) => known === kind);
}
