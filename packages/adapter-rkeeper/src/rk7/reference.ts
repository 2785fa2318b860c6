import { attribute, childrenNamed, descendants, xml, type Markup, type XmlElement } from '../xml/index.js';
import { rk7Guid } from './guid.js';

/** A station, interface, employee or table, named by its ident, its code or its GUID; the server takes any one of them, never a name. */
export type Rk7Ref = { readonly id: number } | { readonly code: number } | { readonly guid: string };

/** The element that names one object in a query. */
export function refMarkup(element: string, ref: Rk7Ref): Markup {
  if ('guid' in ref) return xml(element, { guid: rk7Guid(ref.guid) ?? ref.guid });
  return 'id' in ref ? xml(element, { id: ref.id }) : xml(element, { code: ref.code });
}

export function refText(ref: Rk7Ref): string {
  if ('guid' in ref) return `guid ${ref.guid}`;
  return 'id' in ref ? `id ${String(ref.id)}` : `code ${String(ref.code)}`;
}

/** One row of a reference book. */
export interface Rk7Item {
  readonly ident: number;
  readonly code: number | undefined;
  readonly guid: string | undefined;
  readonly name: string;
  /** The network name of a station. */
  readonly netName: string | undefined;
}

/** The row that a configured reference means. */
export function findItem(items: readonly Rk7Item[], ref: Rk7Ref): Rk7Item | undefined {
  if ('id' in ref) return items.find(({ ident }) => ident === ref.id);
  if ('code' in ref) return items.find(({ code }) => code === ref.code);
  const wanted = rk7Guid(ref.guid);
  return items.find(({ guid }) => guid !== undefined && guid === wanted);
}

/** Reads `GetRefData`. Rows without an ident are left out. */
export function readItems(data: XmlElement): readonly Rk7Item[] {
  return descendants(data, 'Items')
    .flatMap((items) => childrenNamed(items, 'Item'))
    .flatMap((item) => {
      const ident = integer(attribute(item, 'Ident'));
      if (ident === undefined) return [];
      const guid = rk7Guid(attribute(item, 'GUIDString') ?? attribute(item, 'guid') ?? '');
      return [{ ident, code: integer(attribute(item, 'Code')), guid, name: attribute(item, 'Name') ?? '', netName: attribute(item, 'NetName') }];
    });
}

function integer(text: string | undefined): number | undefined {
  return text !== undefined && /^-?\d{1,15}$/.test(text) ? Number(text) : undefined;
}
