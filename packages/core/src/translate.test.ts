import { SimulatedTranslator, VirtualClock } from '@tillbridge/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeOf } from './code.js';
import { NativeNumber } from './native-number.js';
import { translateCode, type Translated } from './translate.js';
import type { Translation } from './translation.js';

const clock = new VirtualClock();
const code = codeOf('card', '98123');
const context = { scanId: 's', reader: 'r' };
const never = new AbortController().signal;
const found: Translation = { result: 'found', number: new NativeNumber('card', '1') };

const answer = fc.constantFrom<Translation | 'throw'>(
  found, { result: 'notFound' }, { result: 'unavailable' }, { result: 'rateLimited' }, { result: 'authError' }, { result: 'badResponse' },
  { result: 'blocked' }, { result: 'ambiguous' }, { result: 'foundNoNumber' }, 'throw',
);

/** The first answer; else the first failure, since "nobody knows it" would be a lie; else not found. */
function expected(answers: readonly (Translation | 'throw')[]): Translation['result'] {
  const results = answers.map((one) => (one === 'throw' ? 'badResponse' : one.result));
  const failures = ['unavailable', 'rateLimited', 'authError', 'badResponse'];
  return results.find((result) => result !== 'notFound' && !failures.includes(result)) ?? results.find((result) => result !== 'notFound') ?? 'notFound';
}

describe('the chain of translators', () => {
  it('asks one after the other until one gives an answer, in the same turn while all are local', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.record({ answer, later: fc.boolean() }), { maxLength: 5 }), async (script) => {
        const translators = script.map((one, i) => new SimulatedTranslator(`t${i}`, clock, { answer: one.answer, ...(one.later ? { afterMs: 0 } : {}) }));
        const trace: string[] = [];
        const given = translateCode(code, translators, { ...context, trace: (step) => void trace.push(step) }, never);
        if (script.every(({ later }) => !later)) expect(given).not.toBeInstanceOf(Promise);
        await clock.advance(0);
        const { translation, by }: Translated = await given;
        expect(translation.result).toBe(expected(script.map((one) => one.answer)));
        expect(by === undefined).toBe(translation.result === 'notFound');
        const asked = translators.filter((translator) => translator.asked.length > 0);
        expect(trace).toHaveLength(asked.length);
        expect(translators.slice(0, asked.length)).toEqual(asked);
        expect(JSON.stringify(trace)).not.toContain('98123');
      }),
    );
  });

  it('asks nobody once it was aborted', () => {
    const translator = new SimulatedTranslator('t', clock, { answer: found });
    expect(translateCode(code, [translator], context, AbortSignal.abort())).toEqual({ translation: { result: 'unavailable', reason: 'timeout' }, by: 't' });
    expect(translator.asked).toEqual([]);
  });
});
