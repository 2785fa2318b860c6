/** What a web page has around it, as far as it matters here; absent where the browser does not have it. */
export interface Page {
  readonly isSecureContext?: boolean;
  readonly location?: { readonly hostname: string };
  readonly navigator?: { readonly permissions?: { query(descriptor: { readonly name: string }): Promise<{ readonly state: string }> } };
  readonly reportError?: (error: unknown) => void;
}

/** This page. */
export function thisPage(): Page {
  return globalThis as Page;
}

/** Whether the page itself comes from this machine: then no browser stands in its way. */
export function isLocalPage(page: Page): boolean {
  const host = page.location?.hostname ?? '';
  return host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host);
}
