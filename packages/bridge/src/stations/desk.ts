import { TillbridgeError, type ErrorCode } from '@tillbridge/core';
import type { RefusalReason } from '../api/guards/index.js';
import { CLIENT_RATE, LockOut, RateLimit } from '../api/limits/index.js';
import type { StationsConfig } from '../config/index.js';
import { createRouter, type ApiResponse } from '../control/http.js';
import type { Caller } from '../control/scope.js';
import { admit, type Arrival } from './admission.js';
import { createStationCalls, type OrderContext } from './calls.js';
import { ownerOf, StationLeases, type LeasePorts } from './leases.js';
import type { StationServices } from './services.js';
import { createStations, type Station } from './station.js';

export interface DeskOptions extends LeasePorts {
  readonly order: OrderContext;
  /** Tills that answer their stations themselves. */
  readonly services: Pick<StationServices, 'of'>;
  /** Counts a refusal by its reason. */
  readonly refused: (reason: RefusalReason) => void;
}

/** A request as it came, nothing of it believed. */
export interface StationRequest extends Arrival {
  readonly method: string;
  readonly query: URLSearchParams;
  /** Parsed JSON; undefined where there is none. Called for whom is let in. @throws {TillbridgeError} area API */
  readonly body: () => Promise<unknown>;
  /** The body as it arrives, for a till that answers itself. */
  readonly chunks: AsyncIterable<Uint8Array>;
  /** Aborts when the peer hangs up. */
  readonly signal: AbortSignal;
}

const REFUSALS = {
  peer: 'TB_API_STATION_REFUSED',
  origin: 'TB_API_STATION_REFUSED',
  locked: 'TB_API_LOCKED',
  token: 'TB_API_STATION_SECRET',
} as const satisfies Readonly<Record<string, ErrorCode>>;

interface Place {
  readonly till: string;
  readonly leases: StationLeases;
  readonly route: ReturnType<typeof createRouter>;
}

/** Lets stations in and answers them. Outlives its listener: what a station holds stays its own while the configuration changes. */
export class StationDesk {
  readonly #options: DeskOptions;
  readonly #lockOut: LockOut;
  readonly #rate: RateLimit;
  #stations: ReadonlyMap<string, Station> = new Map();
  #places: ReadonlyMap<string, Place> = new Map();

  constructor(options: DeskOptions) {
    this.#options = options;
    this.#lockOut = new LockOut(options.clock);
    this.#rate = new RateLimit(options.clock, CLIENT_RATE);
  }

  setPeers(peers: StationsConfig['peers']): void {
    this.#stations = createStations(peers);
    const before = this.#places;
    this.#places = new Map([...this.#stations.values()].map((station) => [station.id, this.#placeOf(station, before.get(station.id))]));
  }

  /** Whether any station may connect from this address. */
  allows(address: string): boolean {
    return [...this.#stations.values()].some((station) => station.allows(address));
  }

  /** @throws {TillbridgeError} area API */
  async answer(request: StationRequest): Promise<ApiResponse> {
    const { refused } = this.#options;
    const admission = admit(request, this.#stations, this.#lockOut);
    if (!admission.ok) {
      refused(admission.reason);
      if (admission.reason === 'token' && admission.till !== undefined) this.#options.services.of(admission.till)?.wrongSecret?.();
      throw new TillbridgeError(REFUSALS[admission.reason], admission.reason === 'locked' ? { seconds: admission.seconds } : {});
    }
    const { station, call: path } = admission;
    const seconds = this.#rate.take(station.id);
    if (seconds > 0) {
      refused('rate');
      throw new TillbridgeError('TB_API_RATE', { seconds });
    }
    const { method, query, signal } = request;
    const service = this.#options.services.of(station.till);
    if (service !== undefined && method === 'POST' && service.takes(path)) {
      return service.answer(path, request.chunks, contentTypeOf(request), signal);
    }
    const found = this.#places.get(station.id)?.route(method, path);
    // the path as it came may hold the secret
    if (found === undefined) throw new TillbridgeError('TB_API_NOT_FOUND', { what: `${method} ${path}` });
    const body = method === 'POST' ? await request.body() : undefined;
    return found.call.run({ method, path, params: found.params, query, body, caller: callerOf(station), language: 'en', signal });
  }

  #placeOf(station: Station, before: Place | undefined): Place {
    const { order, ...ports } = this.#options;
    const leases = before?.till === station.till ? before.leases : new StationLeases(station, ports);
    return { till: station.till, leases, route: createRouter(createStationCalls({ station, leases, order })) };
  }
}

function contentTypeOf({ headers }: StationRequest): string | undefined {
  const type = headers['content-type'];
  return typeof type === 'string' ? type : undefined;
}

function callerOf({ id, till }: Station): Caller {
  return { kind: 'client', id: ownerOf(id), name: id, scopes: [`delivery:${till}`, `till:${till}`] };
}
