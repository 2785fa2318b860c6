import { formatKeyPath, type Finding } from '../problem.js';
import { say } from '../texts.js';
import { fieldsOf, namesOf, textAt, textsAt, type Entry, type Outline } from './outline.js';

/** Which reader goes to which till: every reader somewhere, and only once. */
export function checkRoutes(outline: Outline): readonly Finding[] {
  return [...emptyLists(outline), ...missingRoutes(outline), ...routedTwice(outline.routes), ...notRouted(outline), ...goodsPaths(outline), ...answersOnly(outline)];
}

function emptyLists(outline: Outline): readonly Finding[] {
  const empty = (key: string): boolean => Array.isArray(outline.root[key]) && outline.root[key].length === 0;
  // tills that read for themselves need no reader of ours
  const readersNeeded = outline.tills.length === 0 || !outline.tills.every(isAnswersOnly);
  return [
    ...(empty('readers') && readersNeeded ? [{ path: ['readers'], text: say('noReaders') }] : []),
    ...(empty('tills') ? [{ path: ['tills'], text: say('noTills') }] : []),
  ];
}

function hasRoutes(outline: Outline): boolean {
  const routes = outline.root['routes'];
  return routes !== undefined && !(Array.isArray(routes) && routes.length === 0);
}

function missingRoutes(outline: Outline): readonly Finding[] {
  // a program that hands us its reads names its till itself
  const told = outline.tills.filter((till) => !isAnswersOnly(till)).length;
  const needed = (outline.readers.length === 0 && told !== 0) || outline.readers.some((reader) => !namesItsTill(reader));
  if (hasRoutes(outline) || outline.tills.length < 2 || !needed) return [];
  return [{ path: ['routes'], at: 'key', text: say('routeNeeded') }];
}

/** A cashier program's own reader, or phones that choose among tills. */
function namesItsTill(reader: Entry): boolean {
  const { tills } = reader.fields;
  return textAt(reader, 'type') === 'till' || (textAt(reader, 'type') === 'mobile' && Array.isArray(tills) && tills.length > 0);
}

function routedTwice(routes: readonly Entry[]): readonly Finding[] {
  const first = new Map<string, Entry>();
  const findings: Finding[] = [];
  for (const route of routes) {
    for (const { text, path } of textsAt(route, 'readers')) {
      const other = first.get(text);
      if (other === undefined) first.set(text, route);
      else findings.push({ path, text: say('routedTwice', { name: text, other: formatKeyPath(other.path) }) });
    }
  }
  return findings;
}

function notRouted(outline: Outline): readonly Finding[] {
  // a list of routes that is itself malformed says nothing about who is missing from it
  if (outline.routes.length === 0 || outline.routes.some((route) => !Array.isArray(route.fields['readers']))) return [];
  const routed = new Set(outline.routes.flatMap((route) => textsAt(route, 'readers').map(({ text }) => text)));
  return outline.readers
    .filter((reader) => !namesItsTill(reader) && !routed.has(textAt(reader, 'id') ?? [...routed][0] ?? ''))
    .map((reader) => ({ path: [...reader.path, 'id'], text: say('notRouted') }));
}

/** Whether a till of this adapter can carry goods. */
export function carriesGoods(adapter: string | undefined, transport: string | undefined): boolean {
  if (adapter === 'rkeeper' || adapter === 'iiko') return transport === 'device';
  return adapter !== 'webhook';
}

function tillCarries(till: Entry): boolean {
  if (textAt(till, 'adapter') !== 'plugin') return carriesGoods(textAt(till, 'adapter'), textAt(till, 'transport'));
  const manifest = fieldsOf(fieldsOf(till.fields['found'])?.['manifest']);
  // of a plugin that was not found nothing is known
  return manifest === undefined || fieldsOf(manifest['capabilities'])?.['goods'] === true;
}

function goodsPaths(outline: Outline): readonly Finding[] {
  const tills = new Map(outline.tills.map((till) => [textAt(till, 'id'), till]));
  return outline.routes.flatMap((route) => {
    const goods = textAt(route, 'goods');
    const till = goods === undefined ? undefined : tills.get(goods);
    if (goods === undefined || till === undefined || tillCarries(till)) return [];
    return [{ path: [...route.path, 'goods'], text: say('noGoodsPath', { name: goods }) }];
  });
}

/** A till that asks and cannot be told: no reader may lead to it, by a route, by default, or of its own. */
export function isAnswersOnly(till: Entry): boolean {
  return textAt(till, 'adapter') === 'rkeeper' && textAt(till, 'transport') === 'farcards';
}

function answersOnly(outline: Outline): readonly Finding[] {
  const names = new Set(outline.tills.filter(isAnswersOnly).map((till) => textAt(till, 'id')));
  const found = (entry: Entry): readonly Finding[] => {
    const name = textAt(entry, 'till');
    return name === undefined || !names.has(name) ? [] : [{ path: [...entry.path, 'till'], text: say('answersOnly', { name }) }];
  };
  const [only] = outline.tills;
  const byDefault = !hasRoutes(outline) && outline.tills.length === 1 && only !== undefined && isAnswersOnly(only) && outline.readers.some((reader) => !namesItsTill(reader));
  return [
    ...[...outline.routes, ...outline.readers.filter((reader) => textAt(reader, 'type') === 'till')].flatMap(found),
    ...(byDefault ? [{ path: [...only.path, 'transport'], text: say('answersOnly', { name: textAt(only, 'id') ?? '' }) }] : []),
  ];
}

/** What works, and is probably not meant. */
export function routeWarnings(outline: Outline): readonly Finding[] {
  const used = new Set(outline.routes.flatMap((route) => [textAt(route, 'till'), textAt(route, 'goods')]));
  for (const reader of outline.readers) {
    if (textAt(reader, 'type') === 'till') used.add(textAt(reader, 'till'));
    if (textAt(reader, 'type') === 'mobile') for (const { text } of textsAt(reader, 'tills')) used.add(text);
  }
  const idle = hasRoutes(outline) || outline.tills.length > 1 ? outline.tills.filter((till) => !used.has(textAt(till, 'id')) && !isAnswersOnly(till)) : [];
  return [
    ...idle.map((till) => ({ path: [...till.path, 'id'], text: say('idleTill') })),
    ...(hasRoutes(outline) ? outline.routes.flatMap((route) => silentDrop(route, outline.tills)) : outline.tills.flatMap(droppingTill)),
  ];
}

function silentDrop(route: Entry, tills: readonly Entry[]): readonly Finding[] {
  const till = tills.find((entry) => textAt(entry, 'id') === textAt(route, 'till'));
  return till === undefined || 'goods' in route.fields ? [] : droppingTill(till).map((finding) => ({ ...finding, path: [...route.path, 'till'] }));
}

function droppingTill(till: Entry): readonly Finding[] {
  if (tillCarries(till) || isAnswersOnly(till)) return [];
  return [{ path: [...till.path, 'adapter'], text: say('goodsDropped', { name: namesOf([till], 'id')[0] ?? '' }) }];
}
