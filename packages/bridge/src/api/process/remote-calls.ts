import { TillbridgeError } from '@tillbridge/core';
import type { ApiResponse, RawRequest } from '../../control/http.js';
import type { ServedCall } from '../server.js';
import { accessOf, errorOf } from './describe.js';
import type { ApiReport, CallDescription, DescribedError } from './protocol.js';

/** Calls that the daemon has not answered yet; more are refused: it has enough to do. */
const MAX_OPEN = 1024;
/** With so many bytes on their way to the daemon it gets no further call. */
const MAX_UNSENT = 4 * 1024 * 1024;
const JSON_TYPE = 'application/json; charset=utf-8';

export interface RemoteCallsPorts {
  /** `looks`: the call changes nothing and may wait a little. */
  readonly send: (report: ApiReport, looks: boolean) => void;
  /** Bytes that the daemon has not taken yet. */
  readonly unsent: () => number;
}

interface Open {
  readonly resolve: (response: ApiResponse) => void;
  readonly reject: (error: TillbridgeError) => void;
}

/** The daemon's calls, as the process that serves them has them: each asks the daemon. What is admitted here is checked and done there. */
export class RemoteCalls {
  readonly #ports: RemoteCallsPorts;
  readonly #open = new Map<number, Open>();
  #last = 0;

  constructor(ports: RemoteCallsPorts) {
    this.#ports = ports;
  }

  served(calls: readonly CallDescription[]): readonly ServedCall[] {
    return calls.map((call, index) => {
      const { method, path, constant, looks } = call;
      const run = (request: RawRequest): Promise<ApiResponse> => this.#ask(index, looks, request);
      return { method, path, access: accessOf(call), run: constant ? once(run) : run };
    });
  }

  answered(id: number, status: number, contentType: string | undefined, bytes: Uint8Array = new Uint8Array()): void {
    this.#take(id)?.resolve({ status, contentType: contentType ?? JSON_TYPE, body: bytes });
  }

  refused(id: number, error: DescribedError): void {
    this.#take(id)?.reject(errorOf(error));
  }

  #take(id: number): Open | undefined {
    const open = this.#open.get(id);
    this.#open.delete(id);
    return open;
  }

  #ask(call: number, looks: boolean, { params, query, body, caller, language, signal }: RawRequest): Promise<ApiResponse> {
    const { send, unsent } = this.#ports;
    if (this.#open.size >= MAX_OPEN || unsent() > MAX_UNSENT) return Promise.reject(new TillbridgeError('TB_API_RATE', { seconds: 1 }));
    this.#last += 1;
    const id = this.#last;
    return new Promise((resolve, reject) => {
      this.#open.set(id, { resolve, reject });
      // no time limit: some calls wait for a guest, and a daemon that hangs ends this process
      signal.addEventListener('abort', () => {
        if (this.#open.has(id)) send({ say: 'abort', id }, false);
      }, { once: true });
      // the text as it came: what is nested deeply enough can be read, and not be written again
      const bytes = typeof body === 'string' ? { bytes: Buffer.from(body) } : {};
      send({ say: 'call', id, call, params, query: query.toString(), caller: caller.id, language, ...bytes }, looks);
    });
  }
}

/** Asks until there is an answer, and gives that to everybody. */
function once(run: ServedCall['run']): ServedCall['run'] {
  let known: ApiResponse | undefined;
  return async (request) => {
    // what nobody expects is the daemon's to refuse
    if (request.query.size > 0) return run(request);
    if (known !== undefined) return known;
    const answer = await run(request);
    if (answer.status === 200) known = { ...answer, body: Buffer.from(answer.body as Uint8Array) };
    return answer;
  };
}
