import { describe, expect, it } from 'vitest';
import { asTillbridgeError, CATALOGUE, ERROR_CODES, isTillbridgeError, printable, TillbridgeError, type ErrorEntry } from './index.js';
import { apiErrors } from './catalogue/api.js';
import { apiClientErrors } from './catalogue/api-client.js';
import { apiProcessErrors } from './catalogue/api-process.js';
import { apiStationErrors } from './catalogue/api-stations.js';
import { benchErrors } from './catalogue/bench.js';
import { configErrors } from './catalogue/config.js';
import { consoleErrors } from './catalogue/console.js';
import { deskErrors } from './catalogue/desk.js';
import { journalErrors } from './catalogue/journal.js';
import { nativeErrors } from './catalogue/native.js';
import { pluginErrors } from './catalogue/plugin.js';
import { readerErrors } from './catalogue/reader.js';
import { readerHidErrors } from './catalogue/reader-hid.js';
import { readerKeyboardErrors } from './catalogue/reader-keyboard.js';
import { readerKeyboardWindowsErrors } from './catalogue/reader-keyboard-windows.js';
import { readerMobileErrors } from './catalogue/reader-mobile.js';
import { readerNfcErrors } from './catalogue/reader-nfc.js';
import { readerNfcCardErrors } from './catalogue/reader-nfc-card.js';
import { readerUsbErrors } from './catalogue/reader-usb.js';
import { scanErrors } from './catalogue/scan.js';
import { serviceErrors } from './catalogue/service.js';
import { tillErrors } from './catalogue/till.js';
import { onecErrors } from './catalogue/till-1c.js';
import { keyboardTillErrors } from './catalogue/till-keyboard.js';
import { tillAgentErrors } from './catalogue/till-agent.js';
import { iikoErrors } from './catalogue/till-iiko.js';
import { iikoServerErrors } from './catalogue/till-iiko-servers.js';
import { rkeeperErrors } from './catalogue/till-rkeeper.js';
import { receiptErrors } from './catalogue/receipts.js';
import { translateErrors } from './catalogue/translate.js';
import { translateHttpErrors } from './catalogue/translate-http.js';
import { translatePlatformErrors } from './catalogue/translate-platform.js';
import { translateSyncErrors } from './catalogue/translate-sync.js';

const { TB_CONFIG_DOUBLE_CREDIT, ...receiptJournal } = receiptErrors;
/** Families of more than one area. */
const MIXED = { ...deskErrors };
const mixed = (area: string) => Object.fromEntries(Object.entries(MIXED).filter(([code]) => code.startsWith(`TB_${area}_`)));
const AREAS = {
  CONFIG: { ...configErrors, TB_CONFIG_DOUBLE_CREDIT, ...mixed('CONFIG') }, READER: { ...readerErrors, ...readerKeyboardErrors, ...readerKeyboardWindowsErrors, ...readerHidErrors, ...readerMobileErrors, ...readerNfcErrors, ...readerNfcCardErrors, ...readerUsbErrors }, SCAN: { ...scanErrors, ...benchErrors }, TRANSLATE: { ...translateErrors, ...translateHttpErrors, ...translatePlatformErrors, ...translateSyncErrors, ...mixed('TRANSLATE') },
  TILL: { ...tillErrors, ...iikoErrors, ...iikoServerErrors, ...rkeeperErrors, ...onecErrors, ...tillAgentErrors, ...keyboardTillErrors }, API: { ...apiErrors, ...apiClientErrors, ...apiStationErrors, ...apiProcessErrors, ...consoleErrors, ...mixed('API') }, JOURNAL: { ...journalErrors, ...receiptJournal }, NATIVE: { ...nativeErrors, ...pluginErrors }, SERVICE: serviceErrors,
};
/** Without the doubled braces, which stand for themselves. */
const bare = (text: string): string => text.replace(/\{\{|\}\}/g, '');
const placeholders = (text: string): string[] => [...new Set([...bare(text).matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? ''))].sort();

describe('the error catalogue', () => {
  it('has every entry in the file of its area, once', () => {
    let entries = 0;
    for (const [area, codes] of Object.entries(AREAS)) {
      for (const code of Object.keys(codes)) expect(code).toMatch(new RegExp(`^TB_${area}_[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$`));
      entries += Object.keys(codes).length;
    }
    expect(ERROR_CODES).toHaveLength(entries);
  });

  it.each(ERROR_CODES)('%s speaks both languages, with the same placeholders', (code) => {
    const { en, ru, retryable }: ErrorEntry = CATALOGUE[code];
    expect(typeof retryable).toBe('boolean');
    for (const part of ['message', 'remedy'] as const) {
      expect(en[part].trim()).toBe(en[part]);
      expect(en[part]).not.toBe('');
      expect(en[part]).not.toMatch(/[а-яё]/i);
      expect(ru[part].trim()).toBe(ru[part]);
      if (en[part] !== '{alternative}') expect(ru[part]).toMatch(/[а-яё]/i);
      expect(placeholders(ru[part])).toEqual(placeholders(en[part]));
      // braces stand only around placeholders
      expect((bare(en[part]) + bare(ru[part])).replace(/\{\w+\}/g, '')).not.toMatch(/[{}]/);
      for (const text of [en[part], ru[part]]) expect(text).not.toMatch(/[.!]$/);
    }
  });
});

describe('an error', () => {
  it('tells what happened and what to do, in both languages, with its values', () => {
    const error = new TillbridgeError('TB_TILL_UNKNOWN', { till: 'bar', known: 'front, back' });
    expect(error.message).toBe('there is no till bar');
    expect(error.remedy('en')).toBe('name one of: front, back');
    expect(error.text('ru')).toContain('bar');
    expect(error.body('ru').error).toEqual({ code: 'TB_TILL_UNKNOWN', message: error.text('ru'), retryable: false, details: { remedy: error.remedy('ru'), till: 'bar', known: 'front, back' } });
  });

  it('shows doubled braces as braces', () => {
    const { remedy } = new TillbridgeError('TB_TRANSLATE_TEMPLATE', { position: 1, problem: 'x' }).body().error.details;
    expect(remedy).toContain('{number}, {value}, ranges such as {value:4..14}');
  });

  it('shows ? for a value that is missing, and evaluates nothing inside a value', () => {
    expect(new TillbridgeError('TB_TILL_UNKNOWN').message).toBe('there is no till ?');
    expect(new TillbridgeError('TB_TILL_UNKNOWN', { till: '{known}', known: 'x' }).message).toBe('there is no till {known}');
  });

  it('lets no control character of foreign text through, and no endless text', () => {
    const error = new TillbridgeError('TB_TILL_UNKNOWN', { till: '\u001b[2J\r\nx\u2028' });
    expect(error.message).toBe('there is no till .[2J..x.');
    expect(printable('a'.repeat(1000))).toHaveLength(300);
    expect(printable('a'.repeat(300))).toBe('a'.repeat(300));
  });

  it('is known across copies of the package, and wraps what is not one', () => {
    const error = new TillbridgeError('TB_SCAN_EMPTY');
    expect(isTillbridgeError(error)).toBe(true);
    for (const other of [new Error('x'), null, undefined, 'TB_SCAN_EMPTY', {}]) expect(isTillbridgeError(other)).toBe(false);
    expect(asTillbridgeError(error, 'TB_API_INTERNAL')).toBe(error);
    const cause = new Error('disk\nfull');
    const wrapped = asTillbridgeError(cause, 'TB_JOURNAL_UNAVAILABLE');
    expect(wrapped.message).toContain('disk.full');
    expect(wrapped.cause).toBe(cause);
    expect(asTillbridgeError('odd', 'TB_API_INTERNAL').params).toEqual({ problem: 'odd' });
  });
});
