import { hashToken, sameHash } from '../clients/token.js';
import { pluginCaller, TokenCheck, type Authentication, type KnownClient } from '../clients/token-check.js';
import type { LockOut } from '../limits/index.js';
import type { Trust } from './protocol.js';

/** Who may come in, as the daemon last said. */
export class TrustTable {
  readonly #check: TokenCheck;
  #clients: ReadonlyMap<string, KnownClient> = new Map();
  #plugins: readonly { readonly till: string; readonly digest: Uint8Array }[] = [];

  constructor(lockOut: LockOut, seen: (id: string) => void) {
    this.#check = new TokenCheck({ lockOut, find: (id) => this.#clients.get(id), seen });
  }

  /** Takes a new list over; gives the clients that are on it no more. */
  replace({ clients, plugins }: Trust): readonly string[] {
    const before = [...this.#clients.keys()];
    this.#clients = new Map(clients.map(({ hash, ...client }) => [client.id, { ...client, tokenHash: Buffer.from(hash, 'base64') }]));
    this.#plugins = plugins.map(({ till, hash }) => ({ till, digest: Buffer.from(hash, 'base64') }));
    return before.filter((id) => !this.#clients.has(id));
  }

  /**
   * Paired programs, and parts of till programs that show the secret of their till. Those are looked at first, so that a plugin with an old
   * secret locks nobody out but strangers.
   */
  authenticate(token: string): Authentication {
    const hash = hashToken(token);
    // all of them are compared: how long it takes says nothing about which one it is
    const [plugin] = this.#plugins.filter(({ digest }) => sameHash(hash, digest));
    return plugin === undefined ? this.#check.authenticate(token) : { ok: true, caller: pluginCaller(plugin.till) };
  }
}
