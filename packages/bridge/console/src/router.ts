import { signal } from '@preact/signals';

/** The address behind `#/`: `journal?outcome=expired` is the page `journal` with a query. */
export interface Address {
  readonly page: string;
  readonly query: URLSearchParams;
}

export const address = signal<Address>({ page: '', query: new URLSearchParams() });

/** A pairing code that the address brought (`#pair=12345678`); taken out of it at once, so that it stays in no history. */
export const broughtCode = signal('');

export function parseHash(hash: string): Address & { readonly pair?: string } {
  const text = hash.replace(/^#\/?/, '');
  const pair = /^pair=(\d{8})$/.exec(text)?.[1];
  if (pair !== undefined) return { page: '', query: new URLSearchParams(), pair };
  const [page = '', query = ''] = text.split('?', 2);
  return { page, query: new URLSearchParams(query) };
}

export function hrefOf(page: string, query: Readonly<Record<string, string>> = {}): string {
  const text = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== '')).toString();
  return `#/${page}${text === '' ? '' : `?${text}`}`;
}

export function navigate(page: string, query: Readonly<Record<string, string>> = {}): void {
  location.hash = hrefOf(page, query);
}

/** The same page with another query, without a step in the history: for filters. */
export function replaceQuery(query: Readonly<Record<string, string>>): void {
  history.replaceState(null, '', hrefOf(address.value.page, query));
  read();
}

function read(): void {
  const { pair, ...found } = parseHash(location.hash);
  if (pair !== undefined) {
    broughtCode.value = pair;
    history.replaceState(null, '', '#/');
  }
  address.value = found;
}

export function followAddress(): void {
  addEventListener('hashchange', read);
  read();
}
