import { Masked, type Receipt } from '@tillbridge/core';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { parseXml } from '../http/xml-tree.js';
import { MissingValueError, renderBody, Templates } from './body.js';
import { reportSchema, type ReportInput } from './definition.js';
import { balanced, minorDigits, moneyText, platformUnits } from './money.js';
import { DNS, receiptUuid, uuid5 } from './uuid5.js';
import { reportScope, type ReportFacts } from './values.js';
import { writeJson, writeXml } from './write-body.js';

const REPORT: ReportInput = { key: { field: 'key' }, sale: [{ id: 's', request: { path: '/' }, rules: [{ http: 200, then: 'done' }] }] };
const receipt: Receipt = {
  receiptId: 'r-1', operation: 'sale', tillId: 't', closedAt: '2026-01-10T12:03:11+03:00', currency: 'RUB', total: 125_050, discount: 4950,
  lines: [{ lineId: '1', sku: 'A', qty: '1.000', price: 100_000, total: 100_000 }, { lineId: '2', qty: '0.333', price: 90_000, total: 30_000 }],
  payments: [{ kind: 'bonus', amount: 5050 }, { kind: 'card', amount: 120_000 }],
};
const facts = (more: Partial<ReportFacts> = {}): ReportFacts => ({
  receipt, guest: { number: new Masked('77'), phone: new Masked('+79990001122') }, way: 'number', coupons: [new Masked('C1'), new Masked('C2')], newGuest: false, late: true,
  step: 's', kept: { ticket: 'T' }, original: {}, platformNow: Date.parse('2026-01-10T09:00:00Z'), settings: (name) => (name === 'vars.shop' ? 'S-1' : undefined), ...more,
});
const names = (report: ReportInput = REPORT, more: Partial<ReportFacts> = {}) => reportScope(facts(more), reportSchema.parse(report));

describe('money', () => {
  it.each([
    [125_000, 'RUB', 2, '1250.00'],
    [5, 'RUB', 2, '0.05'],
    [125_050, 'RUB', 0, '1251'],
    [125_049, 'RUB', 0, '1250'],
    [125_000, 'RUB', 4, '1250.0000'],
    [1250, 'JPY', 2, '1250.00'],
    [1255, 'KWD', 2, '1.26'],
  ])('%i of %s with %i decimals is %s', (minor, currency, decimals, text) => {
    const form = { unit: 'major', decimals } as const;
    expect(moneyText(platformUnits(minor, minorDigits(currency), form), form)).toBe(text);
  });

  test('lines always add up to the total, and none is less than nothing', () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt({ min: 0n, max: 10_000n }), { minLength: 1, maxLength: 20 }), fc.bigInt({ min: 0n, max: 200_000n }), (lines, total) => {
        const sums = balanced(lines, total);
        expect(sums.reduce((sum, line) => sum + line, 0n)).toBe(total);
        expect(sums.every((line) => line >= 0n)).toBe(true);
      }),
    );
  });

  it('the difference goes to the last line', () => {
    expect(names().list('lines').map((line) => [line('line.total'), line('line.discount')])).toEqual([['1000.00', '0.00'], ['250.50', '49.20']]);
    const whole = names({ ...REPORT, money: { decimals: 0 } });
    expect([whole.names('receipt.total'), ...whole.list('lines').map((line) => line('line.total'))]).toEqual(['1251', '1000', '251']);
  });
});

describe('what a report can name', () => {
  it('times, sums, the one way by which the guest is named', () => {
    const { names: name } = names();
    expect(['receipt.spent', 'receipt.cash', 'receipt.gross', 'guest.number', 'guest.value', 'guest.phone', 'late', 'newGuest', 'coupon', 'vars.shop', 'kept.ticket', 'receipt.closedAtUtc', 'receipt.closedAtEpoch'].map(name)).toEqual([
      '50.50', '1200.00', '1300.00', '77', '77', undefined, 'true', undefined, 'C1', 'S-1', 'T', '2026-01-10T09:03:11.000Z', '1768035791',
    ]);
    // in the local time in which it was written, a second before the platform's clock
    expect(name('receipt.notLater')).toBe('2026-01-10T11:59:59');
    expect(names(REPORT, { platformNow: Date.parse('2026-01-10T10:00:00Z') }).names('receipt.notLater')).toBe('2026-01-10T12:03:11');
    expect(names(REPORT, { way: undefined }).names('guest.value')).toBeUndefined();
  });

  it('a UUIDv5 of the receipt, the same on every machine', () => {
    expect(receiptUuid('till7-20260110-000123')).toMatch(/^[\da-f]{8}-[\da-f]{4}-5[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    expect(receiptUuid('r-1')).toBe(receiptUuid('r-1'));
    expect(receiptUuid('r-1')).not.toBe(receiptUuid('r-2'));
    // RFC 9562, appendix A.4
    expect(uuid5(DNS, 'www.example.com')).toBe('2ed6657d-e927-568b-95e1-2665a8aea6a2');
  });
});

describe('bodies', () => {
  const json = (template: Parameters<typeof renderBody>[0], more: Partial<ReportFacts> = {}): string => writeJson(renderBody(template, names(REPORT, more), new Templates()));

  it.each<readonly [Parameters<typeof renderBody>[0], string]>([
    [{ a: '{{receipt.total|number}}', b: '{{receipt.total}}' }, '{"a":1250.50,"b":"1250.50"}'],
    [{ a: '{{receipt.shift?}}', b: null, c: true, d: 7 }, '{"b":null,"c":true,"d":7}'],
    [{ $if: 'receipt.shift', $then: '1', $else: '2' }, '"2"'],
    [{ a: { $if: 'receipt.shift', $then: '1' } }, '{}'],
    [{ $flag: 'late' }, 'true'],
    [{ $flag: 'newGuest' }, 'false'],
    [{ $each: 'coupons', $item: { code: '{{coupon}}' } }, '[{"code":"C1"},{"code":"C2"}]'],
    [{ $each: 'lines', $item: '{{line.qty|number}}' }, '[1.000,0.333]'],
    [{ $each: 'payments', $item: ['{{payment.kind}}', '{{payment.amount}}'] }, '[["bonus","50.50"],["card","1200.00"]]'],
    [{ '{{vars.shop}}': 1 }, '{"S-1":1}'],
  ])('%j', (template, text) => {
    expect(json(template)).toBe(text);
  });

  it.each<readonly [Parameters<typeof renderBody>[0]]>([[{ a: '{{receipt.shift}}' }], [{ a: '{{line.qty}}' }], [{ a: '{{receipt.id|number}}' }], [{ $each: 'nobody', $item: '1' }], [{ '{{vars.none}}': 1 }]])('%j is not written', (template) => {
    expect(() => json(template)).toThrow(MissingValueError);
  });

  test('whatever a till says stays one value, in JSON and in XML', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }), (name) => {
        const scope = names(REPORT, { receipt: { ...receipt, number: name } });
        const body = renderBody({ root: { '@a': '{{receipt.number}}', n: '{{receipt.number}}' } }, scope, new Templates());
        expect(JSON.parse(writeJson(body))).toEqual({ root: { '@a': name, n: name } });
        const xml = writeXml(body);
        if (xml === undefined) return;
        expect(xml.match(/<n>/g)).toHaveLength(1);
        expect(xml).not.toContain('<!');
        expect(() => parseXml(xml)).not.toThrow();
      }),
    );
  });

  it('elements, attributes, repeated elements, nothing where nothing is', () => {
    const body = renderBody({ r: { '@id': '{{receipt.id}}', x: { $each: 'coupons', $item: { '#text': '{{coupon}}', '@k': '1' } }, e: {}, s: '{{receipt.shift?}}' } }, names(), new Templates());
    expect(writeXml(body)).toBe('<?xml version="1.0" encoding="utf-8"?><r id="r-1"><x k="1">C1</x><x k="1">C2</x><e/></r>');
  });
});
