import type { PlatformView } from '@tillbridge/translators/http';
import { describe, expect, it } from 'vitest';
import type { Config } from '../../config/index.js';
import { translatorViews } from './translators-view.js';

const config = { translators: [{ type: 'rule' }, { type: 'table' }, { type: 'http' }] } as unknown as Config;

function platform(fields: Partial<PlatformView>): PlatformView {
  return { id: '3:http', preset: 'maxma', host: 'api.example', breaker: 'closed', results: {}, cacheHits: 0, staleHits: 0, remembered: 0, lastAnswer: undefined, condition: undefined, since: undefined, ...fields };
}

const view = (fields: Partial<PlatformView>, language: 'en' | 'ru' = 'en') => translatorViews(config, [platform(fields)], language)[2];

describe('how the translators are', () => {
  it('names them in the order in which they are asked; who asks nobody is healthy', () => {
    expect(translatorViews(config, [], 'en').map(({ id, health }) => [id, health])).toEqual([['1:rule', 'healthy'], ['2:table', 'healthy'], ['3:http', 'healthy']]);
  });

  it('is healthy before the first look-up, and says so of no time', () => {
    expect(view({})).toEqual({ id: '3:http', type: 'http', health: 'healthy', preset: 'maxma', host: 'api.example', breaker: 'closed', lastAnswer: null, counters: { remembered: 0, stale: 0, kept: 0 } });
  });

  it.each([
    [{ condition: 'answering' }, 'healthy', undefined],
    [{ condition: 'silent' }, 'degraded', 'TB_TRANSLATE_PLATFORM_SILENT'],
    [{ condition: 'silent', breaker: 'open' }, 'down', 'TB_TRANSLATE_PLATFORM_SILENT'],
    [{ condition: 'silent', breaker: 'trying' }, 'degraded', 'TB_TRANSLATE_PLATFORM_SILENT'],
    [{ condition: 'limited', breaker: 'open' }, 'down', 'TB_TRANSLATE_PLATFORM_LIMITED'],
    [{ condition: 'denied' }, 'down', 'TB_TRANSLATE_PLATFORM_DENIED'],
    [{ condition: 'unsound' }, 'degraded', 'TB_TRANSLATE_PLATFORM_UNSOUND'],
  ] as const)('%j: %s', (fields, health, code) => {
    const shown = view({ ...fields, since: 0 });
    expect({ health: shown?.health, code: shown?.code, since: shown?.since }).toEqual({ health, code, since: '1970-01-01T00:00:00.000Z' });
  });

  it('says what to do in the language that was asked for, and counts', () => {
    const shown = view({ condition: 'denied', results: { authError: 3 }, cacheHits: 2 }, 'ru');
    expect(shown?.reason).toContain('api.example');
    expect(shown?.remedy).toMatch(/ключ/);
    expect(shown?.counters).toEqual({ authError: 3, remembered: 2, stale: 0, kept: 0 });
  });
});
