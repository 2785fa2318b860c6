import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Symbology } from '../decode/symbology.js';
import { Scan } from '../scan.js';
import { createClassifier, MAX_LOYALTY_LENGTH, type CodeRule } from './classify.js';

const scan = (text: string, reader = 'counter', symbology?: Symbology): Scan =>
  new Scan({ id: 'id', reader, bytes: Buffer.from(text), terminator: Buffer.from(''), text, aim: undefined, symbology, gs1: false, at: { mono: 0, wall: 0 } });
const rule = (more: Partial<CodeRule> = {}): CodeRule => ({ name: 'universal', kind: 'card', match: /^98(?<value>\d{14})$/, ...more });
const CARD = '9812345678901234';

describe('classification', () => {
  it('gives the whole text and the named group as the value', () => {
    const code = createClassifier([rule()]).classify(scan(CARD));
    expect(code).toMatchObject({ kind: 'card', rule: 'universal', oneTime: false });
    expect([code?.text.reveal(), code?.value.reveal()]).toEqual([CARD, CARD.slice(2)]);
    const whole = createClassifier([rule({ match: /^98/, oneTime: true })]).classify(scan(CARD));
    expect([whole?.value.reveal(), whole?.oneTime]).toEqual([CARD, true]);
    const optional = createClassifier([rule({ match: /^98(?<value>X)?/ })]).classify(scan(CARD));
    expect(optional?.value.reveal()).toBe(CARD);
  });

  it('takes the first rule that matches; what matches none is goods', () => {
    const classifier = createClassifier([rule({ name: 'one', match: /^99/ }), rule({ name: 'two', kind: 'coupon', match: /^9/ }), rule({ name: 'three', match: /^98/ })]);
    expect(classifier.classify(scan(CARD))).toMatchObject({ rule: 'two', kind: 'coupon' });
    expect(classifier.classify(scan('4600001'))).toBeUndefined();
    expect(createClassifier([]).classify(scan(CARD))).toBeUndefined();
    expect(createClassifier([rule({ match: /^$/ })]).classify(scan(''))).toBeUndefined();
  });

  it.each([
    [{ readers: ['tap'] }, 'counter', undefined, 'reader'],
    [{ readers: ['counter', 'tap'] }, 'counter', undefined, 'matched'],
    [{ symbologies: ['qr'] }, 'counter', 'code128', 'symbology'],
    [{ symbologies: ['qr'] }, 'counter', 'qr', 'matched'],
    [{ symbologies: ['qr'] }, 'counter', undefined, 'matched'],
    [{ symbologies: ['qr'], requireSymbology: true }, 'counter', undefined, 'symbology'],
    [{ symbologies: ['qr'], requireSymbology: true }, 'counter', 'qr', 'matched'],
    [{ symbologies: [] }, 'counter', 'code128', 'matched'],
    [{ requireSymbology: true }, 'counter', 'code128', 'matched'],
    [{ match: /^99/ }, 'counter', undefined, 'text'],
  ] as const)('with %j, from %s, as %s: %s', (more, reader, symbology, verdict) => {
    const classifier = createClassifier([rule(more)]);
    const { code, steps } = classifier.explain(scan(CARD, reader, symbology));
    expect(steps).toEqual([{ rule: 'universal', verdict }]);
    expect(code !== undefined).toBe(verdict === 'matched');
    expect(classifier.classify(scan(CARD, reader, symbology)) !== undefined).toBe(verdict === 'matched');
  });

  it('has no memory: global and sticky expressions match every time, other flags stay', () => {
    for (const flags of ['g', 'y', 'gy', 'gi']) {
      const match = new RegExp('98\\d{14}', flags);
      const classifier = createClassifier([rule({ match })]);
      for (let i = 0; i < 4; i += 1) expect(classifier.classify(scan(CARD))).toBeDefined();
      expect(match.lastIndex).toBe(0);
    }
    expect(createClassifier([rule({ match: /^loy/giu })]).classify(scan('LOY7'))).toBeDefined();
  });

  it('tries no expression on a text that is too long', () => {
    const classifier = createClassifier([rule({ match: /^9+$/ })]);
    expect(classifier.classify(scan('9'.repeat(MAX_LOYALTY_LENGTH)))).toBeDefined();
    expect(classifier.explain(scan('9'.repeat(MAX_LOYALTY_LENGTH + 1)))).toEqual({ code: undefined, steps: [{ rule: 'universal', verdict: 'tooLong' }] });
  });

  it('explains what it decides, for any text', () => {
    const classifier = createClassifier([rule(), rule({ name: 'phone', kind: 'phone', match: /^\+7\d{10}$/ })]);
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^98\d{14}$/), fc.stringMatching(/^\+7\d{10}$/)), (text) => {
        const code = classifier.classify(scan(text));
        const explained = classifier.explain(scan(text));
        expect(explained.code?.rule).toBe(code?.rule);
        expect(explained.steps.at(-1)?.verdict === 'matched').toBe(code !== undefined);
        expect(JSON.stringify(explained.steps)).not.toContain('98');
      }),
    );
  });
});
