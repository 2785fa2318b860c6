import type { Caller, Scope } from '../../control/scope.js';
import { isScope } from '../../control/scope.js';
import type { LockOut } from '../limits/index.js';
import { clientIdOf, hashToken, sameHash } from './token.js';

/** All who present no known client's id share one lock: also pairing codes, which belong to nobody yet. */
export const STRANGERS = 'strangers';

export type ClientCaller = Caller & { readonly kind: 'client' };

export type Authentication =
  | { readonly ok: true; readonly caller: ClientCaller }
  | { readonly ok: false; readonly reason: 'token' }
  | { readonly ok: false; readonly reason: 'locked'; readonly seconds: number };

/** What is known of a paired program; never its token. */
export interface KnownClient {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly string[];
  /** SHA-256, 32 bytes. */
  readonly tokenHash: Uint8Array;
}

export interface TokenCheckOptions {
  readonly lockOut: LockOut;
  readonly find: (id: string) => KnownClient | undefined;
  /** A client showed its token. */
  readonly seen: (id: string) => void;
}

/** Whose token this is. A wrong one counts; a locked client's is not even looked at. */
export class TokenCheck {
  readonly #options: TokenCheckOptions;

  constructor(options: TokenCheckOptions) {
    this.#options = options;
  }

  authenticate(token: string): Authentication {
    const { lockOut, find, seen } = this.#options;
    const id = clientIdOf(token);
    const client = id === undefined ? undefined : find(id);
    const key = client === undefined ? STRANGERS : `client ${client.id}`;
    const seconds = lockOut.locked(key);
    if (seconds > 0) return { ok: false, reason: 'locked', seconds };
    if (client === undefined || !sameHash(hashToken(token), client.tokenHash)) {
      lockOut.failed(key);
      return { ok: false, reason: 'token' };
    }
    lockOut.succeeded(key);
    seen(client.id);
    return { ok: true, caller: callerOf(client) };
  }
}

export function callerOf({ id, name, scopes }: Omit<KnownClient, 'tokenHash'>): ClientCaller {
  return { kind: 'client', id, name, scopes: scopes.filter((scope): scope is Scope => isScope(scope)) };
}

/** A part of a till program on this machine, which shows the secret of its till. */
export function pluginCaller(till: string): ClientCaller {
  return { kind: 'client', id: `plugin:${till}`, name: till, scopes: [`delivery:${till}`, `till:${till}`] };
}
