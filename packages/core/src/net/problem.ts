/** Why an HTTP request has no answer. */
export type NetProblem =
  /** nobody listens there, or the name is not known: nothing was sent */
  | 'refused'
  /** no connection in time: nothing was sent */
  | 'connectTimeout'
  | 'tls'
  /** an answer that is none by the rules of HTTP */
  | 'badAnswer'
  | 'connectionLost';

/** What the error of Node or undici means, by its code; its text is never used, for it may hold what a server wrote. */
export function netProblemOf(error: unknown): NetProblem {
  const code = errorCodeOf(error);
  if (code === 'UND_ERR_CONNECT_TIMEOUT' || code === 'ETIMEDOUT') return 'connectTimeout';
  if (/^(ECONNREFUSED|ENOTFOUND|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN|EHOSTDOWN|EADDRNOTAVAIL)$/.test(code)) return 'refused';
  if (/^(EPROTO|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|ERR_TLS|ERR_SSL|HOSTNAME_MISMATCH)/.test(code)) return 'tls';
  return code.startsWith('HPE_') || code === 'UND_ERR_HEADERS_OVERFLOW' ? 'badAnswer' : 'connectionLost';
}

/** The code of a system's or library's error; of several that were tried (an address of each family) the first. Empty: it has none. */
export function errorCodeOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  const { code, errors } = error as Error & { readonly code?: unknown; readonly errors?: unknown };
  if (typeof code === 'string' && /^\w{1,40}$/.test(code)) return code;
  return Array.isArray(errors) && errors.length > 0 ? errorCodeOf(errors[0]) : '';
}
