import { codeOf, MAX_NUMBER_LENGTH, NativeNumber, NUMBER_KINDS, type Code, type Translation, type TranslationContext, type Translator } from '@tillbridge/core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

/** A translator under test and what it should know. */
export interface TranslatorFixture {
  readonly translator: Translator;
  /** A code that it answers with `found` or `coupon`, long enough (12 characters or more) that its mask hides something. */
  readonly known: Code;
  /** A code that it does not know, or that is not its own. */
  readonly unknown: Code;
  /** The number that `known` stands for, in clear. */
  readonly number: string;
  /** Releases what the fixture made; called after the translator was closed. */
  dispose?(): void | Promise<void>;
}

/** The words that each result may carry beside it. */
const SHAPES: Readonly<Record<Translation['result'], readonly string[]>> = {
  found: ['number', 'state', 'platform'],
  coupon: ['number', 'state', 'gives', 'platform'],
  foundNoNumber: ['platform'],
  notFound: [],
  blocked: ['reason'],
  codeExpired: [],
  codeUsed: [],
  ambiguous: [],
  confirmRequired: ['channel'],
  rateLimited: ['retryAfterMs'],
  authError: [],
  unavailable: ['reason'],
  badResponse: ['reason'],
};

/** How long an answer may take after its signal aborted, in milliseconds. */
const AFTER_ABORT_MS = 1_000;

/** Codes that a hostile QR can hold. None may break a translator, and none may be found by it. */
const HOSTILE = [
  "' OR '1'='1", "x'; DROP TABLE cards; --", '{value}', '{{number}}', '${7*7}', '../../etc/passwd', '<!ENTITY x SYSTEM "file:///etc/passwd">',
  '\r\n', '\u001b[2J', '\u0000', '%', '_', '*', '\ud800', '\ufffd', 'A'.repeat(8192), ' '.repeat(20), '💳'.repeat(100),
];

/** Conformance of a {@link Translator}: a closed set of answers, no throwing, nothing in clear, an abort honoured, closing twice. */
export function describeTranslator(name: string, make: () => TranslatorFixture | Promise<TranslatorFixture>): void {
  describe(`translator ${name}`, () => {
    let fixture: TranslatorFixture;
    beforeEach(async () => {
      fixture = await make();
    });
    afterEach(async () => {
      await fixture.translator.close();
      await fixture.dispose?.();
    });

    const ask = async (code: Code, signal = new AbortController().signal): Promise<{ answer: Translation; steps: string[] }> => {
      const steps: string[] = [];
      const context: TranslationContext = { scanId: 'scan-1', reader: 'reader-1', till: 'till-1', trace: (step) => steps.push(step) };
      const answer = await fixture.translator.translate(code, context, signal);
      expectClosed(answer);
      return { answer, steps };
    };

    test('finds the number, exactly', async () => {
      const { answer } = await ask(fixture.known);
      expect(['found', 'coupon']).toContain(answer.result);
      expect('number' in answer && answer.number.reveal()).toBe(fixture.number);
    });

    test('a code that it does not know is notFound', async () => {
      expect((await ask(fixture.unknown)).answer).toEqual({ result: 'notFound' });
    });

    test('answers hostile codes from the closed set and finds none', async () => {
      for (const text of HOSTILE) {
        for (const kind of NUMBER_KINDS) {
          const rule = fixture.known.rule;
          const { answer } = await ask(codeOf(kind, text, rule === undefined ? {} : { rule }));
          if ('number' in answer) expect(answer.number.reveal()).not.toBe(fixture.number);
        }
      }
    });

    test('works without a trace', async () => {
      const answer = await fixture.translator.translate(fixture.known, { scanId: 's', reader: 'r' }, new AbortController().signal);
      expectClosed(answer);
    });

    test('shows nothing in clear: neither in its trace nor in its answer', async () => {
      const secrets = [fixture.number, ...[fixture.known, fixture.unknown].flatMap((code) => [code.text.reveal(), code.value.reveal()])];
      for (const code of [fixture.known, fixture.unknown]) {
        const { answer, steps } = await ask(code);
        expect(steps.length).toBeGreaterThan(0);
        const shown = `${steps.join('\n')}\n${JSON.stringify(answer)}`;
        for (const secret of secrets) expect(shown).not.toContain(secret);
      }
    });

    test('answers when its signal has aborted, before and during', async () => {
      const controller = new AbortController();
      controller.abort();
      await within(ask(fixture.known, controller.signal));
      const later = new AbortController();
      const pending = ask(fixture.known, later.signal);
      later.abort();
      await within(pending);
    });

    test('a local translator answers without a promise and names no host', () => {
      const { capabilities } = fixture.translator;
      if (capabilities.remote) return;
      expect(capabilities.hosts).toEqual([]);
      const answer = fixture.translator.translate(fixture.known, { scanId: 's', reader: 'r' }, new AbortController().signal);
      expect(answer).not.toBeInstanceOf(Promise);
    });

    test('closes twice, and answers from the closed set afterwards', async () => {
      await fixture.translator.close();
      await fixture.translator.close();
      await ask(fixture.known);
    });
  });
}

function expectClosed(answer: Translation): void {
  expect(Object.keys(SHAPES)).toContain(answer.result);
  for (const key of Object.keys(answer)) expect(['result', ...SHAPES[answer.result]]).toContain(key);
  if (!('number' in answer)) return;
  expect(answer.number).toBeInstanceOf(NativeNumber);
  expect(answer.number.reveal().length).toBeLessThanOrEqual(MAX_NUMBER_LENGTH);
  if (answer.result === 'coupon') expect(answer.number.kind).toBe('coupon');
}

async function within(work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer ${String(AFTER_ABORT_MS)} ms after the abort`)), AFTER_ABORT_MS);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
