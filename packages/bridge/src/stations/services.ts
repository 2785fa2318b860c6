import { TillbridgeError, type Unsubscribe } from '@tillbridge/core';
import type { ApiResponse } from '../control/http.js';

/** What a till answers its stations itself, in its own form. */
export interface StationService {
  /** Set where a part of the till program on this machine calls through the API too. */
  readonly local?: LocalPart;
  /** Somebody asked for this till with a wrong secret. */
  wrongSecret?(): void;
  /** Whether the till knows this call, such as `/getcardinfoex`. */
  takes(call: string): boolean;
  /** Reads the body, bounded by the till, and answers. Rejects when the body stops coming. */
  answer(call: string, chunks: AsyncIterable<Uint8Array>, contentType: string | undefined, signal: AbortSignal): Promise<ApiResponse>;
}

/** A part of a till program on this machine: it shows the till's own secret to the API, which names the till by that. */
export interface LocalPart {
  /** SHA-256 of its secret; undefined where it has none, and nobody gets in. */
  readonly digest: Uint8Array | undefined;
  /** The same calls with their body read. @throws {TillbridgeError} `TB_API_NOT_FOUND` */
  answer(call: string, body: unknown, signal: AbortSignal): Promise<ApiResponse>;
}

/** What a part of a till program on this machine shows. */
export interface PluginSecret {
  readonly till: string;
  /** SHA-256 */
  readonly digest: Uint8Array;
}

/** The tills that answer themselves, by id. A reload puts the new one in the old one's place. */
export class StationServices {
  readonly #services = new Map<string, StationService>();
  readonly #watchers = new Set<() => void>();

  set(till: string, service: StationService): void {
    this.#services.set(till, service);
    for (const watcher of [...this.#watchers]) watcher();
  }

  of(till: string): StationService | undefined {
    return this.#services.get(till);
  }

  /** Secrets of parts on this machine, as their hashes, with the till of each. */
  secrets(): readonly PluginSecret[] {
    return [...this.#services].flatMap(([till, { local }]) => (local?.digest === undefined ? [] : [{ till, digest: local.digest }]));
  }

  /** Calls `watcher` when a secret came or went. */
  onSecrets(watcher: () => void): Unsubscribe {
    this.#watchers.add(watcher);
    return () => {
      this.#watchers.delete(watcher);
    };
  }

  /** Somebody asked on this machine with a wrong secret: nobody can tell for which till. */
  wrongLocalSecret(): void {
    for (const service of this.#services.values()) if (service.local !== undefined) service.wrongSecret?.();
  }

  /** Forgets the service, unless another one has its place by now. Its part on this machine is still known: it is told that the till is not there. */
  remove(till: string, service: StationService): void {
    if (this.#services.get(till) !== service) return;
    this.#services.delete(till);
    // its secret is known as before: who keeps the secrets need not be told
    if (service.local !== undefined) this.#services.set(till, gone(till, service.local));
  }
}

/** What stands in the place of a till that a reload replaces or removed: a wrong secret would be another thing, and keep its plugin away for longer. */
function gone(till: string, local: LocalPart): StationService {
  const answer = (): Promise<never> => Promise.reject(new TillbridgeError('TB_API_NOT_FOUND', { what: `till ${till}` }));
  return { takes: () => false, answer, local: { digest: local.digest, answer } };
}
