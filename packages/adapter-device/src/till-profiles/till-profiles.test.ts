import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { compileOutput, SUFFIXES } from '@tillbridge/core';
import { describe, expect, test } from 'vitest';
import { titlePattern } from '../keyboard/guard.js';
import { known, profileNames, TILL_PROFILES, tillProfile } from './index.js';

const pages = ['keyboard.md', 'keyboard.ru.md'].map((page) => readFileSync(fileURLToPath(new URL(`../../../../docs/${page}`, import.meta.url)), 'utf8'));

describe('till profiles', () => {
  test('have names of their own, and stand in the manual', () => {
    expect(new Set(profileNames()).size).toBe(TILL_PROFILES.length);
    for (const name of profileNames()) {
      expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      for (const page of pages) expect(page).toContain(`\`${name}\``);
    }
  });

  test.each(TILL_PROFILES)('$name: every fact says where it is from and makes sense', (profile) => {
    const { window, mode, prefix, suffix, template, keyDelayMs, goods } = profile;
    for (const fact of [window, mode, prefix, suffix, template, keyDelayMs, goods]) {
      if (fact === undefined) continue;
      expect(fact.source.length).toBeGreaterThan(20);
      expect(fact.source).not.toMatch(/references\/|https?:\/\/(?:localhost|127)/);
    }
    expect(profile.systems.length).toBeGreaterThan(0);
    if (window !== undefined) {
      expect(Object.values(window.value).some((word) => word !== '')).toBe(true);
      if (window.value.title !== undefined) expect(() => titlePattern(window.value.title ?? '')).not.toThrow();
    }
    if (suffix !== undefined) expect(Object.keys(SUFFIXES)).toContain(suffix.value);
    expect(() => compileOutput({ ...(prefix === undefined ? {} : { prefix: prefix.value }), ...(template === undefined ? {} : { template: template.value }) })).not.toThrow();
    // keys can lose GS, a serial port and a driver cannot
    if (goods.value === 'keyboard') expect(goods.certainty).toBe('documented');
  });

  test('a guess is never applied', () => {
    expect(known(tillProfile('frontol')?.window)).toBeUndefined();
    expect(known(tillProfile('1c')?.window)).toEqual({ process: '1cv8c' });
    expect(known(undefined)).toBeUndefined();
  });
});
