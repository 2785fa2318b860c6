/** What the server says of where the page is (`/place.json`). */
export interface Place {
  readonly secure: string | undefined;
  readonly trust: boolean;
  readonly worker: boolean;
}

/** Reads `/place.json`; what cannot be read is as if the server offered nothing. Never rejects. */
export async function askPlace(signal: AbortSignal): Promise<Place> {
  try {
    const response = await fetch('/place.json', { signal, credentials: 'omit', cache: 'no-store' });
    return placeOf(await response.json());
  } catch {
    return { secure: undefined, trust: false, worker: false };
  }
}

export function placeOf(value: unknown): Place {
  const said = (typeof value === 'object' && value !== null ? value : {}) as { readonly secure?: unknown; readonly trust?: unknown; readonly worker?: unknown };
  // an address of a page, nothing that runs
  const secure = typeof said.secure === 'string' && /^https:\/\/[\w.:[\]-]{1,120}$/.test(said.secure) ? said.secure : undefined;
  return { secure, trust: said.trust === true, worker: said.worker === true };
}
