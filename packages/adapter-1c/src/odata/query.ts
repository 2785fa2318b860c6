/** What is asked for a card: an equal string in one attribute, at most two rows, no more of them than their keys. */
export interface CardQuery {
  /** Address of the published interface, ending in `/odata/standard.odata`. */
  readonly url: string;
  /** `Catalog_ДисконтныеКарты`, or what the configuration calls it. */
  readonly entity: string;
  /** `КодКартыШтрихкод`, or what it calls the barcode. */
  readonly field: string;
}

/** The address of a query. `code` is put into an OData string literal, where a quote is written twice. */
export function queryUrl({ url, entity, field }: CardQuery, code: string | undefined): URL {
  const target = new URL(`${url.replace(/\/+$/, '')}/${encodeURIComponent(entity)}`);
  const filter = code === undefined ? '' : `&$filter=${encodeURIComponent(`${field} eq '${code.replaceAll("'", "''")}' and DeletionMark eq false`)}`;
  target.search = `$format=json&$top=${code === undefined ? '1' : '2'}&$select=${encodeURIComponent(`Ref_Key,${field}`)}${filter}`;
  return target;
}
