import {
  compileTemplate, isTillbridgeError, renderTemplate,
  type Code, type NumberKind, type Template, type Translation, type TranslationContext, type Translator, type TranslatorCapabilities,
} from '@tillbridge/core';
import { numberOf, serves, step } from './support.js';

export interface RuleTranslatorOptions {
  readonly id: string;
  /** Names of the codes that this rule is for; default: every code. A code that was typed in has no name and is only for a rule without them. */
  readonly codes?: readonly string[];
  /** Template of the number: `{value}` is the code's value, `{number}` its whole text. */
  readonly number: string;
  /** Kind of the number; default the kind of the code. A coupon is answered as `coupon`. */
  readonly kind?: NumberKind;
}

/**
 * The store's number computed from the code itself. Local, synchronous, never throws while translating.
 * @throws {TillbridgeError} `TB_TRANSLATE_TEMPLATE` when the template is wrong.
 */
export function createRuleTranslator(options: RuleTranslatorOptions): Translator {
  return new RuleTranslator(options);
}

class RuleTranslator implements Translator {
  readonly id: string;
  readonly type = 'rule';
  readonly capabilities: TranslatorCapabilities = { remote: false, hosts: [], ahead: true };
  readonly #options: RuleTranslatorOptions;
  readonly #template: Template;

  constructor(options: RuleTranslatorOptions) {
    this.id = options.id;
    this.#options = options;
    this.#template = compileTemplate(options.number);
  }

  translate(code: Code, context: TranslationContext): Translation {
    const { codes, kind = code.kind } = this.#options;
    if (!serves(codes, code)) {
      step(context, this.id, `not a code of this rule (${codes?.join(', ') ?? ''})`);
      return { result: 'notFound' };
    }
    const text = this.#render(code, context);
    if (text === undefined) return { result: 'badResponse', reason: 'wrongLength' };
    const number = numberOf(kind, text);
    if (number === undefined) {
      step(context, this.id, 'the template gives a number that no till can take');
      return { result: 'badResponse', reason: 'badNumber' };
    }
    step(context, this.id, `${kind} ${number.masked} by the template`);
    return kind === 'coupon' ? { result: 'coupon', number } : { result: 'found', number };
  }

  async close(): Promise<void> {
    // nothing is held
  }

  #render(code: Code, context: TranslationContext): string | undefined {
    try {
      return renderTemplate(this.#template, { value: code.value.reveal(), number: code.text.reveal() });
    } catch (error) {
      // the problem of TB_TRANSLATE_LENGTH names positions and lengths, never the text
      const problem = isTillbridgeError(error) && error.code === 'TB_TRANSLATE_LENGTH' ? String(error.params['problem']) : 'failed';
      step(context, this.id, `the code does not fit the template: ${problem}`);
      return undefined;
    }
  }
}
