import { PASS, refuse, type Verdict } from './verdict.js';

export interface Provenance {
  readonly origin: string | undefined;
  /** `Sec-Fetch-Site`: browsers send it also where they send no `Origin`, such as for an image. */
  readonly fetchSite: string | undefined;
}

/** Third guard: no web page but those that are listed, to the letter. Programs send neither header. */
export function checkOrigin({ origin, fetchSite }: Provenance, listed: readonly string[]): Verdict {
  if (origin !== undefined) return listed.includes(origin) ? PASS : refuse('origin', 403);
  // `none`: typed into the address bar. `same-origin` without Origin: a page that we served ourselves
  if (fetchSite === undefined || fetchSite === 'none' || fetchSite === 'same-origin') return PASS;
  return refuse('crossSite', 403);
}
