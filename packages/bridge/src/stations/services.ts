import type { ApiResponse } from '../control/http.js';

/** What a till answers its stations itself, in its own form. */
export interface StationService {
  /** Whether the till knows this call, such as `/getcardinfoex`. */
  takes(call: string): boolean;
  /** Reads the body, bounded by the till, and answers. Rejects when the body stops coming. */
  answer(call: string, chunks: AsyncIterable<Uint8Array>, contentType: string | undefined, signal: AbortSignal): Promise<ApiResponse>;
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

  /** Forgets the service, unless another one has its place by now. */
  remove(till: string, service: StationService): void {
    if (this.#services.get(till) === service) this.#services.delete(till);
  }
}
