import { describe, expect, it } from 'vitest';
import { matchOfSources, splitTypeLetter, walletReaders, WALLET_SOURCES } from './index.js';
import { walletReader } from './wallet-schema.js';

const vtap = walletReaders().find(({ id }) => id === 'vtap')!;

describe('readers that do wallets themselves', () => {
  it('are what the schema says', () => {
    for (const reader of walletReaders()) expect(walletReader().parse(reader)).toEqual(reader);
  });

  it('are described once each, in both languages', () => {
    const ids = walletReaders().map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { setup, interfaces, framing } of walletReaders()) {
      expect(setup.en).not.toMatch(/[а-яё]/i);
      expect(setup.ru).toMatch(/[а-яё]/i);
      expect(interfaces.includes('serial')).toBe(framing !== undefined);
    }
  });

  it('say by a letter where a read comes from', () => {
    expect(splitTypeLetter(vtap, 'A7700123456')).toEqual({ source: 'appleVas', value: '7700123456' });
    expect(splitTypeLetter(vtap, 'G7700123456')).toEqual({ source: 'smartTap', value: '7700123456' });
    expect(splitTypeLetter(vtap, '0C699E142')).toEqual({ source: 'mifareClassic', value: 'C699E142' });
    for (const other of ['', 'A', 'Z123', 'a123']) expect(splitTypeLetter(vtap, other)).toBeUndefined();
  });

  it('give the expression for a code rule, which takes off what the letter is', () => {
    const match = matchOfSources(vtap, ['appleVas', 'smartTap'])!;
    expect(match).toBe('^[AG](?<value>.+)$');
    for (const letter of Object.keys(vtap.typeLetters)) {
      const split = splitTypeLetter(vtap, `${letter}42`)!;
      expect(new RegExp(matchOfSources(vtap, [split.source])!).exec(`${letter}42`)?.groups?.['value']).toBe('42');
      expect(new RegExp(match).test(`${letter}42`)).toBe(split.source === 'appleVas' || split.source === 'smartTap');
    }
    expect(matchOfSources(walletReaders().find(({ id }) => id === 'acs-walletmate')!, WALLET_SOURCES)).toBeUndefined();
  });
});
