import type { Code } from './code.js';
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
 * Never rejects: a translator that throws is a `badResponse`.
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

function askOne(translator: Translator, code: Code, context: TranslationContext, signal: AbortSignal): Translation | Promise<Translation> {
  const broken = (): Translation => ({ result: 'badResponse', reason: 'translatorFailed' });
  try {
    const answer = translator.translate(code, context, signal);
    return answer instanceof Promise ? answer.catch(broken) : answer;
  } catch {
    return broken();
  }
}
