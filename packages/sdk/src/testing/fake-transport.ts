import type { StreamSink, Transport, TransportAnswer, TransportRequest } from '../client/transport.js';

/** One stream of events that the code under test asked for. */
export interface FakeStream extends StreamSink {
  readonly since: number | undefined;
  /** Whether the code under test has ended it. */
  left: boolean;
}

/** A daemon made of what a test says. */
export class FakeTransport implements Transport {
  readonly streams: FakeStream[] = [];
  readonly requests: TransportRequest[] = [];
  closed = false;
  answer: (request: TransportRequest, signal: AbortSignal) => Promise<TransportAnswer> | TransportAnswer = () => ({ status: 200, body: {} });

  get stream(): FakeStream {
    const last = this.streams.at(-1);
    if (last === undefined) throw new Error('nobody asked for events');
    return last;
  }

  async call(request: TransportRequest, signal: AbortSignal): Promise<TransportAnswer> {
    this.requests.push(request);
    return this.answer(request, signal);
  }

  events(since: number | undefined, sink: StreamSink): () => void {
    const stream: FakeStream = { since, left: false, frame: (frame) => sink.frame(frame), ended: (refused) => sink.ended(refused) };
    this.streams.push(stream);
    return () => {
      stream.left = true;
    };
  }

  close(): Promise<void> {
    this.closed = true;
    return Promise.resolve();
  }
}

export const hello = (seq: number): object => ({ type: 'hello', seq, product: 'tillbridge', version: '0.0.0', wire: 1, scopes: [] });

export const errorBody = (code: string, message = 'no'): object => ({ error: { code, message, retryable: false, details: { remedy: 'act' } } });
