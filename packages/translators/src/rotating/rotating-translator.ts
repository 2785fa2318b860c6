import {
  compileTemplate, parseRotatingCode, renderTemplate,
  type Clock, type Code, type NumberKind, type Template, type Translation, type TranslationContext, type Translator, type TranslatorCapabilities,
} from '@tillbridge/core';
import { serves, step, numberOf } from '../support.js';
import { judgeRow, type CardLookup } from '../table-translator.js';
import type { KeyRing } from './key-ring.js';
import { verifyRotatingCode, type RotatingVerdict } from './verify.js';

export interface RotatingTranslatorOptions {
  readonly id: string;
  /** Names of the codes that hold rotating codes. They are one-time codes: whoever builds the rules sees to that. */
  readonly codes: readonly string[];
  readonly keys: KeyRing;
  readonly clock: Clock;
  /** Steps before and after the present one that are taken. */
  readonly skewSteps: number;
  /** Template of the number: `{value}` is the guest's number of the code. */
  readonly number?: string;
  /** Instead of a template: the guest's number is looked up in the local card table. */
  readonly cards?: CardLookup;
  /** Kind of the number; default the kind of the code. Of the table: what stands there. */
  readonly kind?: NumberKind;
}

const REFUSED: Readonly<Record<Exclude<RotatingVerdict, 'valid'>, Translation>> = {
  // blocked and not notFound: no other translator may be asked about a code whose signature is not the issuer's
  unknownKey: { result: 'blocked', reason: 'unknownKey' },
  revokedKey: { result: 'blocked', reason: 'revokedKey' },
  keyNotValidThen: { result: 'blocked', reason: 'revokedKey' },
  badSignature: { result: 'blocked', reason: 'badSignature' },
  tooOld: { result: 'codeExpired' },
  tooNew: { result: 'codeExpired' },
};

const WORDS: Readonly<Record<RotatingVerdict, string>> = {
  valid: 'the signature and the time are right',
  unknownKey: 'the code names a key that the issuer\'s set does not have',
  revokedKey: 'the key of the code was revoked',
  keyNotValidThen: 'the key was not valid at the time of the code',
  badSignature: 'the signature is not the issuer\'s',
  tooOld: 'the code is from an earlier time step',
  tooNew: 'the code is from a time to come: check the clock of this machine',
};

/**
 * Rotating codes of our open format, checked on this machine: no network between the scan and the till. Synchronous, never throws. Each
 * code is delivered once; that is kept where deliveries are.
 */
export function createRotatingTranslator(options: RotatingTranslatorOptions): Translator {
  return new RotatingTranslator(options);
}

class RotatingTranslator implements Translator {
  readonly id: string;
  readonly type = 'rotating';
  readonly capabilities: TranslatorCapabilities = { remote: false, hosts: [] };
  readonly #options: RotatingTranslatorOptions;
  readonly #template: Template;

  constructor(options: RotatingTranslatorOptions) {
    this.id = options.id;
    this.#options = options;
    this.#template = compileTemplate(options.number ?? '{value}');
  }

  translate(code: Code, context: TranslationContext): Translation {
    const { codes, keys, clock, skewSteps } = this.#options;
    const say = (text: string): void => step(context, this.id, text);
    if (!serves(codes, code)) {
      say(`not a code of this translator (${codes.join(', ')})`);
      return { result: 'notFound' };
    }
    const rotating = parseRotatingCode(code.value.reveal());
    if (rotating === undefined) {
      say('not a rotating code');
      return { result: 'notFound' };
    }
    const set = keys.current();
    if (typeof set === 'string') {
      say(set === 'noKeys' ? 'the issuer\'s keys were never loaded' : 'the issuer\'s keys are too old to be trusted');
      keys.want();
      return { result: 'unavailable', reason: set };
    }
    const verdict = verifyRotatingCode(rotating, set, clock.wall(), skewSteps);
    say(WORDS[verdict]);
    if (verdict === 'unknownKey') keys.want();
    return verdict === 'valid' ? this.#number(rotating.guest, code.kind, context) : REFUSED[verdict];
  }

  async close(): Promise<void> {
    // the keys belong to whoever keeps them fresh
  }

  #number(guest: string, codeKind: NumberKind, context: TranslationContext): Translation {
    const { cards, clock, kind = codeKind } = this.#options;
    if (cards !== undefined) return lookedUp(this.id, cards, guest, clock, context);
    const number = numberOf(kind, rendered(this.#template, guest) ?? '');
    if (number === undefined) {
      step(context, this.id, 'the guest\'s number does not fit the template');
      return { result: 'badResponse', reason: 'badNumber' };
    }
    step(context, this.id, `${kind} ${number.masked} by the template`);
    return kind === 'coupon' ? { result: 'coupon', number } : { result: 'found', number };
  }
}

function rendered(template: Template, guest: string): string | undefined {
  try {
    return renderTemplate(template, { value: guest, number: guest });
  } catch {
    return undefined;
  }
}

function lookedUp(id: string, cards: CardLookup, guest: string, clock: Clock, context: TranslationContext): Translation {
  try {
    const row = cards.lookup(guest);
    step(context, id, `the guest's number is ${row === undefined ? 'not ' : ''}in the table`);
    return row === undefined ? { result: 'notFound' } : judgeRow(row, { id, clock }, context);
  } catch {
    return { result: 'unavailable', reason: 'tableUnreadable' };
  }
}
