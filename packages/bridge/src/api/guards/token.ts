/** Prefix of the subprotocol that carries a browser's token: a page cannot set headers of a WebSocket. */
const BEARER_PROTOCOL = 'bearer.';

export interface Credentials {
  readonly authorization: string | undefined;
  /** `Sec-WebSocket-Protocol`, of a WebSocket only. */
  readonly protocols: string | undefined;
}

/**
 * The token that a request presents: undefined where it presents none, an empty text where what it presents cannot be one. Never taken from
 * the address: that would stand in histories and logs.
 */
export function presentedToken({ authorization, protocols }: Credentials): string | undefined {
  if (authorization !== undefined) return /^Bearer +([\w-]{1,200})$/i.exec(authorization)?.[1] ?? '';
  const offered = protocols?.split(',').map((name) => name.trim()) ?? [];
  const bearers = offered.filter((name) => name.startsWith(BEARER_PROTOCOL));
  if (bearers.length === 0) return undefined;
  return bearers.length === 1 ? (bearers[0] ?? '').slice(BEARER_PROTOCOL.length) : '';
}
