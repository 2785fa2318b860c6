import type { BridgeError } from './bridge-error.js';

export interface TransportRequest {
  readonly method: 'GET' | 'POST';
  /** With its query. */
  readonly path: string;
  readonly body?: unknown;
}

export interface TransportAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** What one stream of events tells. `frame` is called with parsed JSON of unknown shape; `ended` once, and nothing after it. */
export interface StreamSink {
  frame(frame: unknown): void;
  /** `refused`: trying again cannot help until somebody acts. Undefined: lost, try again. */
  ended(refused: BridgeError | undefined): void;
}

/** How a client reaches the bridge: over HTTP and WebSocket, or by calling it in the same process. */
export interface Transport {
  /** @throws {BridgeError} `TB_API_UNREACHABLE`, `TB_API_BAD_ANSWER`; the signal's reason when it aborts. Never for a status. */
  call(request: TransportRequest, signal: AbortSignal): Promise<TransportAnswer>;
  /** Starts a stream of events after `since` (undefined: from now on). Returns what ends it; `ended` is not called then. */
  events(since: number | undefined, sink: StreamSink): () => void;
  close(): Promise<void>;
}
