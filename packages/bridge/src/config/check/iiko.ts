import { NUMBER_KINDS, Secret } from '@tillbridge/core';
import { formatKeyPath, type Finding } from '../problem.js';
import { say } from '../texts.js';
import { fieldsOf, namesOf, textAt, type Entry, type Outline } from './outline.js';

/** What the schema cannot see of iiko tills. */
export function checkIiko({ tills, codes }: Outline): readonly Finding[] {
  const own = tills.filter((till) => textAt(till, 'adapter') === 'iiko');
  return [...own.flatMap((till) => [...identifiers(till, codes), ...externalData(till), ...deviceTemplate(till)]), ...sharedTokens(own)];
}

/** Every kind that a code can have must mean something to iiko: a number whose meaning nobody named would be put in wrongly, or not at all. */
function identifiers(till: Entry, codes: readonly Entry[]): readonly Finding[] {
  const given = fieldsOf(till.fields['nativeIdentifier']);
  if (given === undefined) return [];
  const path = [...till.path, 'nativeIdentifier'];
  if (Object.keys(given).length === 0) return [{ path, text: say('noIdentifier') }];
  const missing = NUMBER_KINDS.filter((kind) => !(kind in given)).flatMap((kind): readonly Finding[] => {
    const code = codes.find((entry) => textAt(entry, 'kind') === kind);
    return code === undefined ? [] : [{ path, at: 'key', text: say('kindWithoutIdentifier', { kind, code: textAt(code, 'name') ?? kind }) }];
  });
  const front = textAt(till, 'transport') === 'front';
  const track = front && given['card'] === 'iikoCardTrack' && till.fields['posServer'] === undefined;
  const handed = front && till.fields['externalData'] === undefined ? NUMBER_KINDS.filter((kind) => given[kind] === 'externalData') : [];
  return [
    ...missing,
    ...(track ? [{ path: [...path, 'card'], text: say('trackNeedsServer') }] : []),
    ...handed.slice(0, 1).map((kind) => ({ path: [...path, kind], text: say('noExternalData') })),
  ];
}

/** What we write must not be what we read. The default of `watchKey` counts too, and is known to the schema alone. */
function externalData(till: Entry): readonly Finding[] {
  const nested = fieldsOf(till.fields['externalData']);
  const [key, path] = nested === undefined ? [till.fields['key'], [...till.path, 'key']] : [nested['key'], [...till.path, 'externalData', 'key']];
  const watched = till.fields['watchKey'] ?? 'arbus.iikowaiter.checkinscannedvalue';
  return typeof key === 'string' && key === watched ? [{ path, text: say('watchedKey') }] : [];
}

function deviceTemplate(till: Entry): readonly Finding[] {
  if (textAt(till, 'transport') !== 'device') return [];
  const template: unknown = till.fields['template'];
  const texts: readonly (readonly [readonly (string | number)[], unknown])[] = [
    [['prefix'], till.fields['prefix']],
    [['track2'], till.fields['track2']],
    ...(typeof template === 'string' ? [[['template'], template] as const] : NUMBER_KINDS.map((kind) => [['template', kind], fieldsOf(template)?.[kind]] as const)),
  ];
  return texts.flatMap(([at, text]) =>
    typeof text === 'string' && /[^\d;?=^%\r\n\t]/.test(text.replace(/\{[^{}]*\}/g, '')) ? [{ path: [...till.path, ...at], text: say('notDigits', { number: '{number}' }) }] : [],
  );
}

function tokenOf(till: Entry): Secret | undefined {
  const token = fieldsOf(till.fields['secrets'])?.['token'];
  return token instanceof Secret && token.reveal() !== '' ? token : undefined;
}

/** The secret says which till a plugin belongs to. */
function sharedTokens(tills: readonly Entry[]): readonly Finding[] {
  const first = new Map<string, Entry>();
  return tills.flatMap((till): readonly Finding[] => {
    const token = tokenOf(till);
    const other = token === undefined ? undefined : first.get(token.reveal());
    if (token !== undefined && other === undefined) first.set(token.reveal(), till);
    return other === undefined ? [] : [{ path: [...till.path, 'secrets'], at: 'key', text: say('sharedToken', { other: formatKeyPath(other.path) }) }];
  });
}

/** What works, and is probably not meant. */
export function iikoWarnings({ root, tills, stations }: Outline): readonly Finding[] {
  const served = new Set(namesOf(stations, 'till'));
  const local = root['api'] !== 'off';
  return tills
    .filter((till) => textAt(till, 'adapter') === 'iiko' && ['front', 'externalData'].includes(textAt(till, 'transport') ?? ''))
    .filter((till) => !served.has(textAt(till, 'id') ?? '') && !(local && fieldsOf(till.fields['secrets'])?.['token'] !== undefined))
    .map((till) => ({ path: [...till.path, 'transport'], text: say('noPluginWay') }));
}
