import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { PRESET_IDS, platformDefinition, presetOf } from '@tillbridge/translators/presets';
import { LANGUAGES, picture, pictureFile } from '../../scripts/guide-pictures.mjs';
import { PICTURES } from '../../scripts/guide-pictures-data.mjs';
import { offlinePage, offlinePageFile } from '../../scripts/offline-page.mjs';

describe.each(LANGUAGES)('the guide (%s)', (language) => {
  test('the offline matrix is in step with the presets: run node scripts/offline-page.mjs', () => {
    const presets = PRESET_IDS.map((id) => platformDefinition.parse(presetOf(id)));
    expect(readFileSync(offlinePageFile(language), 'utf8')).toBe(offlinePage(presets, language));
  });

  test.each(Object.keys(PICTURES))('the picture %s is as drawn: run node scripts/guide-pictures.mjs', (name) => {
    expect(readFileSync(pictureFile(name, language), 'utf8')).toBe(picture(PICTURES[name], language));
  });
});

describe('what the offline matrix says of a preset', () => {
  const base = { title: { en: 'Own', ru: 'Своя' }, contract: 'vendor', sources: ['a document'], response: { rules: [{ http: 200, then: 'notFound' }], fields: {} }, calls: { find: { path: '/find' } } };
  const rowOf = (definition) => offlinePage([platformDefinition.parse({ id: 'own', ...base, ...definition })], 'en').split('\n').find((line) => line.startsWith('| `own`'));

  test('codes that can be used once are refused, whatever is remembered', () => {
    expect(rowOf({ accept: [{ kind: 'card', oneTime: true, call: 'find' }] })).toContain('| a code for one time: refused | - | - |');
  });

  test('what is computed here needs no platform', () => {
    expect(rowOf({ accept: [{ kind: 'card', answer: { number: '{{id}}' } }] })).toContain('| computed here |');
  });

  test('with its memory switched off a card is refused', () => {
    expect(rowOf({ accept: [{ kind: 'card', call: 'find' }], cache: { staleMs: 0 } })).toContain('| `own` | refused |');
  });
});
