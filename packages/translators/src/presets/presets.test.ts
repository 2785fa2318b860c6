import { Secret } from '@tillbridge/core';
import { isSimulatedPreset } from '@tillbridge/testkit/platform';
import { describe, expect, it } from 'vitest';
import { compilePlatform, missingSettings } from '../http/compile.js';
import { platformDefinition, type PlatformDefinition } from '../http/definition.js';
import { PRESET_IDS, presetOf } from './registry.js';

/** Rules on the machine itself: there is nothing to simulate. */
const WITHOUT_PLATFORM: readonly string[] = ['loymax-qr'];

describe('presets', () => {
  describe.each(PRESET_IDS)('%s', (id) => {
    const load = (): PlatformDefinition => platformDefinition.parse(presetOf(id));

    it('fits the schema, under its own id', () => {
      expect((load()).id).toBe(id);
    });

    it('says in two languages what it is, and where that is from', () => {
      const { title, sources, doubts, settings } = load();
      // a name that is the same everywhere stays what it is
      for (const { en, ru } of [...doubts, ...settings.map(({ about }) => about)]) if (en.toLowerCase() !== ru.toLowerCase()) expect(ru).toMatch(/[а-яё]/i);
      expect(title.ru.length).toBeGreaterThan(0);
      // somebody else's machine has not what lies on ours
      for (const source of sources) expect(source).not.toMatch(/^(\.{0,2}\/|[A-Z]:\\|~)/);
    });

    it('a guess is off until somebody says otherwise, and says what is not certain', () => {
      const { contract, enabled, doubts } = load();
      if (contract === 'guess') expect(enabled).toBe(false);
      if (contract === 'client' || contract === 'guess') expect(doubts.length).toBeGreaterThan(0);
    });

    it('can be compiled once the settings are given, and names the ones that are not', () => {
      const definition = load();
      const missing = missingSettings(definition, { vars: {}, secrets: {} });
      expect(missing.map(({ key }) => key)).toEqual(definition.settings.filter(({ key, required, default: value }) => required && value === undefined && !(key === 'baseUrl' && definition.baseUrl !== undefined)).map(({ key }) => key));
      const named = (group: string): string[] => definition.settings.flatMap(({ key }) => (key.startsWith(`${group}.`) ? [key.slice(group.length + 1)] : []));
      const vars = Object.fromEntries(named('vars').filter((name) => missing.some(({ key }) => key === `vars.${name}`)).map((name) => [name, name.endsWith('Path') ? 'a.b' : 'x']));
      const secrets = Object.fromEntries(named('secrets').map((name) => [name, new Secret('x')]));
      const compiled = compilePlatform(definition, { baseUrl: 'https://platform.example/api', vars, secrets });
      expect(compiled.accepts.length).toBeGreaterThan(0);
    });

    it('asks over HTTPS where it has an address of its own', () => {
      const { baseUrl } = load();
      if (baseUrl !== undefined) expect(baseUrl).toMatch(/^(https:|http:\/\/(localhost|127\.0\.0\.1)[:/])/);
    });

    it('refuses what refuses before it believes', () => {
      const { response, responses, calls } = load();
      if (Object.keys(calls).length === 0) return;
      for (const { rules } of [response, ...Object.values(responses)]) {
        const positive = rules.findIndex(({ then }) => ['found', 'accrueOnly', 'foundNoNumber', 'coupon'].includes(then));
        const authError = rules.findIndex(({ then }) => then === 'authError');
        expect(authError).toBeGreaterThanOrEqual(0);
        if (positive >= 0) expect(authError).toBeLessThan(positive);
        // a rule that holds whatever comes would make a guest of anything
        for (const { then, path, all, empty, format } of rules) {
          if (then === 'found' || then === 'accrueOnly') expect(path ?? all).toBeDefined();
          if (then === 'notFound') expect(path ?? all ?? empty ?? format).toBeDefined();
        }
      }
    });

    it('has a platform to be tried against', () => {
      expect(isSimulatedPreset(id)).toBe(!WITHOUT_PLATFORM.includes(id));
    });
  });
});
