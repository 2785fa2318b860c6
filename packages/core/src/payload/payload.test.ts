import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createClassifier } from '../classify/classify.js';
import { Scan } from '../scan.js';
import { markedPhone, MAX_PAYLOAD_LENGTH, payloadValue, type PayloadRule } from './index.js';

const QUERY: PayloadRule = { type: 'url', hosts: ['pass.example', '*.wallet.example'], query: 'c' };
const PATH: PayloadRule = { type: 'url', hosts: ['pass.example'], path: 2 };
const LINK: PayloadRule = { type: 'digitalLink', ai: '8018' };
const JSON_RULE: PayloadRule = { type: 'json', member: 'card.number' };
const GSRN = '952012345678901233';

describe('what a wallet shows around a code', () => {
  it.each([
    [QUERY, 'https://pass.example/x?c=123', '123'],
    [QUERY, 'HTTPS://PASS.EXAMPLE/x?a=1&c=12%2B3#frag', '12+3'],
    [QUERY, 'http://a.wallet.example/?c=+79161234567', '+79161234567'],
    [QUERY, 'https://wallet.example/?c=1', undefined],
    [QUERY, 'https://pass.example.evil.com/?c=1', undefined],
    [QUERY, 'https://evil.com/pass.example?c=1', undefined],
    [QUERY, 'https://pass.example@evil.com/?c=1', undefined],
    [QUERY, 'https://user:pw@pass.example/?c=1', undefined],
    [QUERY, 'https://pass.example\\.evil.com/?c=1', undefined],
    [QUERY, 'https://pass.example/?c=1&c=2', undefined],
    [QUERY, 'https://pass.example/?c=1&%63=2', undefined],
    [QUERY, 'https://pass.example/?c=', undefined],
    [QUERY, 'https://pass.example/?C=1', undefined],
    [QUERY, 'https://pass.example/?c=1%0d2', undefined],
    [QUERY, 'https://pass.example/?c=%ff', undefined],
    [QUERY, 'javascript:alert(1)//pass.example/?c=1', undefined],
    [QUERY, ' https://pass.example/?c=1', undefined],
    [QUERY, 'https://pass.example/?c=1\nhttps://pass.example/?c=2', undefined],
    [PATH, 'https://pass.example/p/ABC-1', 'ABC-1'],
    [PATH, 'https://pass.example/p//ABC%201/', 'ABC 1'],
    [PATH, 'https://pass.example/p', undefined],
    [{ ...PATH, path: -1 }, 'https://pass.example/a/b/last', 'last'],
    [LINK, `https://id.example/8018/${GSRN}`, GSRN],
    [LINK, `https://id.example/some/where/8018/${GSRN}/8019/3?x=1`, GSRN],
    [LINK, `https://id.example/01/09506000134352?8018=${GSRN}`, GSRN],
    [LINK, `https://id.example/8018/${GSRN.slice(0, -1)}${String((Number(GSRN.at(-1)) + 1) % 10)}`, undefined],
    [LINK, `https://id.example/8018/${GSRN}?8018=${GSRN}`, undefined],
    [LINK, 'https://id.example/01/09506000134352', undefined],
    [LINK, `https://id.example/8018x/${GSRN}`, undefined],
    [{ ...LINK, hosts: ['other.example'] }, `https://id.example/8018/${GSRN}`, undefined],
    [JSON_RULE, '{"card":{"number":"0042"},"x":[1]}', '0042'],
    [JSON_RULE, ' {"card":{"number":42}}', '42'],
    [JSON_RULE, '{"card":{"number":9007199254740993}}', undefined],
    [JSON_RULE, '{"card":{"number":-1}}', undefined],
    [JSON_RULE, '{"card":{"number":1.5}}', undefined],
    [JSON_RULE, '{"card":{"number":{}}}', undefined],
    [JSON_RULE, '{"card":["number"]}', undefined],
    [JSON_RULE, '["card"]', undefined],
    [JSON_RULE, '{"card":', undefined],
    [{ type: 'json', member: '__proto__.polluted' }, '{"card":1}', undefined],
    [{ type: 'json', member: 'constructor.name' }, '{"card":1}', undefined],
    [{ type: 'tel' }, 'tel:+7-916-123-45-67', '+79161234567'],
    [{ type: 'tel' }, '79161234567', undefined],
  ] as const)('%j of %s: %s', (rule, text, value) => {
    expect(payloadValue(rule, text)).toBe(value);
  });

  it('never breaks, never gives a control character, and stays within its bounds, whatever stands there', () => {
    const rules: readonly PayloadRule[] = [QUERY, PATH, LINK, JSON_RULE, { type: 'tel' }];
    const piece = fc.oneof(fc.string({ unit: 'binary', maxLength: 30 }), fc.constantFrom('https://pass.example/', '?c=', '&', '%0d', '%', '8018/', GSRN, '{"card":{"number":', '"}}', 'tel:', '+7', '/'));
    fc.assert(
      fc.property(fc.constantFrom(...rules), fc.array(piece, { maxLength: 12 }), (rule, pieces) => {
        const value = payloadValue(rule, pieces.join(''));
        if (value === undefined) return;
        expect(value.length).toBeGreaterThan(0);
        expect(value.length).toBeLessThanOrEqual(512);
        // eslint-disable-next-line no-control-regex -- they are what is looked for
        expect(value).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/);
      }),
      { numRuns: 2000 },
    );
  });

  it('is not looked for in a text that no wallet shows', () => {
    expect(payloadValue(QUERY, `https://pass.example/?c=1&x=${'y'.repeat(MAX_PAYLOAD_LENGTH)}`)).toBeUndefined();
    expect(payloadValue(JSON_RULE, '{"a":'.repeat(300))).toBeUndefined();
  });
});

describe('a telephone', () => {
  it.each([
    ['+7 (916) 123-45-67', '+79161234567'],
    ['+375 29 123 45 67', '+375291234567'],
    ['tel:+380501234567', '+380501234567'],
    ['tel:89161234567', '+89161234567'],
    ['TEL:+79161234567;ext=12', '+79161234567'],
    ['tel:+79161234567?x=1', '+79161234567'],
    ['89161234567', undefined],
    ['375291234567', undefined],
    ['+1234', undefined],
    ['+1234567890123456', undefined],
    ['+79161234567x', undefined],
    ['tel:', undefined],
    ['tel:abc', undefined],
  ])('%s: %s', (text, value) => {
    expect(markedPhone(text)).toBe(value);
  });
});

describe('classification', () => {
  const scan = (text: string): Scan => new Scan({ id: 'id', reader: 'r', bytes: Buffer.from(text), terminator: Buffer.from(''), text, aim: undefined, symbology: undefined, gs1: false, at: { mono: 0, wall: 0 } });
  const classifier = createClassifier([{ name: 'wallet', kind: 'card', match: /^(?:W)?(?<value>\d+)$/, payload: QUERY }, { name: 'rest', kind: 'card', match: /^9/ }]);

  it('tries the expression on what was cut out, and keeps the whole text', () => {
    const code = classifier.classify(scan('https://pass.example/?c=W77&t=1'));
    expect([code?.rule, code?.text.reveal(), code?.payload?.reveal(), code?.value.reveal()]).toEqual(['wallet', 'https://pass.example/?c=W77&t=1', 'W77', '77']);
  });

  it('says why a rule did not match', () => {
    expect(classifier.explain(scan('987')).steps).toEqual([{ rule: 'wallet', verdict: 'payload' }, { rule: 'rest', verdict: 'matched' }]);
    expect(classifier.explain(scan('https://pass.example/?c=abc')).steps[0]).toEqual({ rule: 'wallet', verdict: 'text' });
  });
});
