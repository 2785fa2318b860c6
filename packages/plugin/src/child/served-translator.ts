import { Masked, type Code, type NumberKind, type Translation, type Translator } from '@tillbridge/core';
import type { PluginCall, WireCode, WireContext } from '../wire/messages.js';
import { notHere, type ServedPart } from './served-part.js';

/** Steps of a trace that leave the process. */
const MOST_STEPS = 50;

/** A translator behind the wire. */
export class ServedTranslator implements ServedPart {
  readonly abilities = {};
  readonly #translator: Translator;

  constructor(translator: Translator) {
    this.#translator = translator;
  }

  async answer(call: PluginCall, signal: AbortSignal): Promise<unknown> {
    switch (call.call) {
      case 'translate':
        return this.#translate(call.code, call.context, signal);
      case 'probe':
        return (await this.#translator.probe?.(signal)) ?? [];
      case 'close':
        return this.close();
      default:
        return notHere(call);
    }
  }

  tell(): void {
    // a translator is told nothing
  }

  close(): Promise<void> {
    return this.#translator.close();
  }

  async #translate(wire: WireCode, context: WireContext, signal: AbortSignal): Promise<unknown> {
    const steps: string[] = [];
    const { confirmation, ...rest } = context;
    const translation = await this.#translator.translate(
      codeFrom(wire),
      {
        ...rest,
        ...(confirmation === undefined ? {} : { confirmation: new Masked(confirmation) }),
        trace: (step) => {
          if (steps.length < MOST_STEPS) steps.push(step.slice(0, 300));
        },
      },
      signal,
    );
    return { translation: wireTranslation(translation), steps };
  }
}

function codeFrom({ kind, rule, text, value, payload, oneTime }: WireCode): Code {
  return {
    kind: kind as NumberKind,
    ...(rule === undefined ? {} : { rule }),
    text: new Masked(text),
    value: new Masked(value),
    ...(payload === undefined ? {} : { payload: new Masked(payload) }),
    oneTime,
  };
}

/** The number in clear: it is the answer to what was asked just now. */
function wireTranslation(translation: Translation): unknown {
  if (!('number' in translation)) return translation;
  const { number } = translation;
  return { ...translation, number: { kind: number.kind, value: number.reveal() } };
}
