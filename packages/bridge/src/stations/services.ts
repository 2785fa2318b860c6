import { TillbridgeError } from '@tillbridge/core';
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
  /** Compares in a time that does not depend on where the two differ. */
  knows(secret: string): boolean;
  /** The same calls with their body read. @throws {TillbridgeError} `TB_API_NOT_FOUND` */
  answer(call: string, body: unknown, signal: AbortSignal): Promise<ApiResponse>;
}

/** The tills that answer themselves, by id. A reload puts the new one in the old one's place. */
export class StationServices {
  readonly #services = new Map<string, StationService>();

  set(till: string, service: StationService): void {
    this.#services.set(till, service);
  }

  of(till: string): StationService | undefined {
    return this.#services.get(till);
  }

  /** The till whose part on this machine has this secret. */
  ownerOf(secret: string): string | undefined {
    // all of them are compared: how long it takes says nothing about which one it is
    return [...this.#services].filter(([, service]) => service.local?.knows(secret) === true).map(([till]) => till)[0];
  }

  /** Somebody asked on this machine with a wrong secret: nobody can tell for which till. */
  wrongLocalSecret(): void {
    for (const service of this.#services.values()) if (service.local !== undefined) service.wrongSecret?.();
  }

  /** Forgets the service, unless another one has its place by now. Its part on this machine is still known: it is told that the till is not there. */
  remove(till: string, service: StationService): void {
    if (this.#services.get(till) !== service) return;
    this.#services.delete(till);
    if (service.local !== undefined) this.#services.set(till, gone(till, service.local));
  }
}

/** What stands in the place of a till that a reload replaces or removed: a wrong secret would be another thing, and keep its plugin away for longer. */
function gone(till: string, local: LocalPart): StationService {
  const answer = (): Promise<never> => Promise.reject(new TillbridgeError('TB_API_NOT_FOUND', { what: `till ${till}` }));
  return { takes: () => false, answer, local: { knows: (secret) => local.knows(secret), answer } };
}
