import { isTillbridgeError } from '@tillbridge/core';
import { compilePlatform, missingSettings, platformDefinition, presetOf, type PlatformSettings } from '@tillbridge/translators/presets';
import { isLoopback } from '../host-port.js';
import { mergedPlatform } from '../platform.js';
import type { Finding, KeyPath } from '../problem.js';
import { say } from '../texts.js';
import { checkExpression } from './codes.js';
import { fieldsOf, textAt, textsAt, type Entry, type Outline } from './outline.js';

/** Loyalty platforms: everything that would otherwise show at the first scan. */
export function checkPlatforms({ translators }: Outline): readonly Finding[] {
  return translators.filter((translator) => textAt(translator, 'type') === 'http').flatMap((translator) => [...checkAddress(translator), ...checkPlatform(translator), ...expressions(translator)]);
}

function checkPlatform({ path, fields }: Entry): readonly Finding[] {
  const preset = fields['preset'];
  // a name that there is not is the schema's to refuse
  if (preset !== undefined && (typeof preset !== 'string' || presetOf(preset) === undefined)) return [];
  const lacking = preset === undefined ? (['accept', 'response', 'baseUrl'] as const).filter((key) => fields[key] === undefined) : [];
  if (lacking.length > 0) return lacking.map((key) => ({ path, text: say('ownPlatformNeeds', { key }) }));
  const parsed = platformDefinition.safeParse(mergedPlatform(fields));
  // what is wrong with the parts of the configuration, the schema has said; presets are tested
  if (!parsed.success || fields['enabled'] === false) return [];
  const definition = parsed.data;
  const title = definition.title;
  if (!definition.enabled) return [{ path: [...path, 'preset'], text: say('presetIsGuess', { name: { en: title.en, ru: title.ru } }) }];
  const settings = settingsOf(fields);
  const missing = missingSettings(definition, settings);
  if (missing.length > 0) return missing.map(({ key, about }): Finding => ({ path, text: say('presetNeeds', { key, about }) }));
  try {
    compilePlatform(definition, settings);
    return [];
  } catch (error) {
    if (!isTillbridgeError(error)) throw error;
    return [{ path, text: { en: error.text('en'), ru: error.text('ru') } }];
  }
}

/** A platform's codes for one time, which no rule under `codes` calls so: they would not be kept from a second delivery. */
export function oneTimeWarnings({ translators, codes }: Outline): readonly Finding[] {
  return translators.filter((translator) => textAt(translator, 'type') === 'http').flatMap((translator): readonly Finding[] => {
    const parsed = platformDefinition.safeParse(mergedPlatform(translator.fields));
    if (!parsed.success || !parsed.data.enabled || translator.fields['enabled'] === false) return [];
    const names = textsAt(translator, 'codes').map(({ text }) => text);
    const served = codes.filter((code) => names.length === 0 || names.includes(textAt(code, 'name') ?? ''));
    const once = parsed.data.accept.find(({ kind, oneTime }) => {
      const rules = served.filter((code) => textAt(code, 'kind') === kind);
      return oneTime && rules.length > 0 && rules.every(({ fields }) => fields['oneTime'] !== true);
    });
    return once === undefined ? [] : [{ path: translator.path, text: say('oneTimeUnmarked', { name: once.name ?? once.kind, kind: once.kind }) }];
  });
}

/** What can be read of the settings; the rest the schema refuses. */
function settingsOf(fields: Readonly<Record<string, unknown>>): PlatformSettings {
  const { baseUrl } = fields;
  const vars = Object.entries(fieldsOf(fields['vars']) ?? {}).map(([name, value]) => [name, Array.isArray(value) ? value.map(String) : String(value)] as const);
  return {
    ...(typeof baseUrl === 'string' && URL.canParse(baseUrl) ? { baseUrl } : baseUrl === undefined ? {} : { baseUrl: 'https://localhost' }),
    vars: Object.fromEntries(vars),
    secrets: (fieldsOf(fields['secrets']) ?? {}) as PlatformSettings['secrets'],
  };
}

function checkAddress(entry: Entry): readonly Finding[] {
  const text = textAt(entry, 'baseUrl');
  if (text === undefined) return [];
  const path = [...entry.path, 'baseUrl'];
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.search !== '' || url.hash !== '' || url.username !== '') return [{ path, text: say('badPlatformAddress') }];
  if (url.protocol === 'https:' || isLoopback(url.hostname.replace(/^\[|\]$/g, ''))) return [];
  return entry.fields['allowInsecureLan'] === true ? [] : [{ path, text: say('platformWithoutTls') }];
}

/** Whatever stands on a QR, or in an answer, is tried on these. */
function expressions({ path, fields }: Entry): readonly Finding[] {
  const responses = Object.entries(fieldsOf(fields['responses']) ?? {}).flatMap(([call, response]) => inResponse(response, [...path, 'responses', call]));
  return [...inList(fields['accept'], 'when', [...path, 'accept']), ...inResponse(fields['response'], [...path, 'response']), ...responses];
}

function inResponse(response: unknown, path: KeyPath): readonly Finding[] {
  const fields = fieldsOf(response) ?? {};
  const pattern = fieldsOf(fields['check'])?.['pattern'];
  return [...inList(fields['rules'], 'match', [...path, 'rules']), ...(typeof pattern === 'string' ? checkExpression(pattern, [...path, 'check', 'pattern']) : [])];
}

function inList(list: unknown, key: string, path: KeyPath): readonly Finding[] {
  const entries = Array.isArray(list) ? (list as readonly unknown[]) : [];
  return entries.flatMap((entry, i) => {
    const source = fieldsOf(entry)?.[key];
    return typeof source === 'string' ? checkExpression(source, [...path, i, key]) : [];
  });
}
