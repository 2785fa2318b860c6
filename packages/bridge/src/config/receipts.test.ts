import { readFileSync } from 'node:fs';
import { compilePlatform } from '@tillbridge/translators/presets';
import { compileReport } from '@tillbridge/translators/report';
import { describe, expect, it } from 'vitest';
import { refuseDoubleCredit } from '../receipts/targets.js';
import { platformOf, platformSettings, type HttpConfig } from './platform.js';
import { lines, load, withLines } from './test-support.js';

const env = { KEY: 'a-key-of-the-platform', P: 'a-password' };
const HTTP = '  - { type: http, preset: maxma, secrets: { key: "${env:KEY}" }, vars: { shop: S } }';
const iiko = '  - { id: front, adapter: iiko, transport: device, nativeIdentifier: { card: iikoCardNumber }, device: { adapter: virtual-com, transport: pty, link: /run/x } }';
const rkeeper = '  - { id: front, adapter: rkeeper, transport: device, template: ";778=1={number}", device: { adapter: virtual-com, transport: pty, link: /run/x } }';
const check = (receipts: string, sections: Parameters<typeof withLines>[0] = {}): readonly string[] => lines(withLines({ translators: HTTP, rest: `receipts: ${receipts}`, ...sections }), { env }).map((line) => line.replace(/^\S+ /, ''));

describe('receipts: mode report', () => {
  it('is taken where a platform is asked and the till reports to nobody', () => {
    expect(check('{ mode: report }')).toEqual([]);
    expect(load(withLines({ translators: HTTP, rest: 'receipts: { mode: report }' }), { env }).config.receipts).toEqual({ mode: 'report', iKnowTheTillDoesNotReport: false });
    expect(load(withLines({})).config.receipts.mode).toBe('off');
  });

  it.each([['iiko', iiko], ['rkeeper', rkeeper]])('%s reports itself: refused, unless somebody knows better', (_, tills) => {
    expect(check('{ mode: report }', { tills })).toEqual([expect.stringMatching(/^receipts\.mode: the till `front` reports its sales .*twice/)]);
    expect(check('{ mode: report, iKnowTheTillDoesNotReport: true }', { tills })).toEqual([]);
    expect(check('{ mode: off }', { tills })).toEqual([]);
  });

  it('needs a platform', () => {
    expect(check('{ mode: report }', { translators: '  - { type: table }' })).toEqual([expect.stringContaining('no translator of type http')]);
  });

  it('the example of a service of one\'s own is one, in both languages of the documentation the reasons are the same', () => {
    const page = readFileSync(new URL('../../../../docs/receipts.md', import.meta.url), 'utf8');
    const example = /```yaml\ntranslators:\n([\s\S]*?)```/.exec(page)?.[1] ?? '';
    const [translator] = load(withLines({ translators: example, rest: 'receipts: { mode: report }' }), { env: { GUESTS_KEY: 'a-key-of-the-service' } }).config.translators;
    const definition = platformOf(translator as HttpConfig);
    expect(definition?.report?.key).toEqual({ field: 'id', form: 'receiptId' });
    const platform = compilePlatform(definition!, platformSettings(translator as HttpConfig));
    expect(compileReport(definition!.report!, platform.fill).flows.sale).toHaveLength(1);
    const reasons = (text: string): string[] => [...text.matchAll(/^\| (`[a-zA-Z]+[^|]*) \|/gm)].map(([, reason]) => reason ?? '').filter((reason) => /^`(no|cancelled|auth|gaveUp|missing|saleDead)/.test(reason));
    expect(reasons(page).length).toBeGreaterThan(4);
    expect(reasons(readFileSync(new URL('../../../../docs/receipts.ru.md', import.meta.url), 'utf8'))).toEqual(reasons(page));
  });

  it('an adapter that nobody knows may say it of itself', () => {
    const { config } = load(withLines({ translators: HTTP, rest: 'receipts: { mode: report }' }), { env });
    const adapter = { id: 'own', capabilities: { goods: false, best: 'sent', verify: false, reportsItself: true } } as const;
    expect(() => refuseDoubleCredit(config, [adapter])).toThrow(expect.objectContaining({ code: 'TB_CONFIG_DOUBLE_CREDIT' }) as Error);
    expect(() => refuseDoubleCredit({ ...config, receipts: { mode: 'report', iKnowTheTillDoesNotReport: true } }, [adapter])).not.toThrow();
    expect(() => refuseDoubleCredit({ ...config, receipts: { mode: 'off', iKnowTheTillDoesNotReport: false } }, [adapter])).not.toThrow();
  });
});
