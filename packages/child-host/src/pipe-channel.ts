import { EventEmitter } from 'node:events';
import { Socket } from 'node:net';
import { encodeFrame, FrameSplitter } from './frames.js';
import type { HostChannel } from './serve.js';
import { together } from './together.js';

const STDIN = 0;
const STDOUT = 1;

export type PipeChannel = HostChannel & {
  /** Bytes that the parent has not taken yet. */
  readonly unsent: number;
};

/** The child's end of `pipeHost`, for `serveHost`. */
export function pipeChannel(): PipeChannel {
  // not process.stdout: writing to that waits for the reader where it is a pipe of Windows, and it cannot be closed
  const input = new Socket({ fd: STDIN, readable: true, writable: false });
  const output = new Socket({ fd: STDOUT, readable: false, writable: true });
  const events = new EventEmitter();
  const splitter = new FrameSplitter();
  const state = { connected: true };
  const hungUp = (): void => {
    if (!state.connected) return;
    state.connected = false;
    events.emit('disconnect');
  };
  input.on('data', (chunk) => {
    for (const message of splitter.push(chunk)) events.emit('message', message);
  });
  for (const socket of [input, output]) socket.on('error', hungUp).on('end', hungUp).on('close', hungUp);
  const write = together(output);
  // the parent speaks over the pipes; signals and errors are the process's own
  const of = (event: string | symbol): NodeJS.EventEmitter => (event === 'message' || event === 'disconnect' ? events : process);
  const channel = {
    get unsent() {
      return output.writableLength;
    },
    get connected() {
      return state.connected;
    },
    on: (event: string, listener: (...args: unknown[]) => void) => of(event).on(event, listener),
    once: (event: string, listener: (...args: unknown[]) => void) => of(event).once(event, listener),
    exit: (code?: number) => process.exit(code),
    send: (message: unknown, sent: (error: Error | null) => void) => write(encodeFrame(message as object), (error) => sent(error ?? null)),
  };
  // the overloads of process.on have no shorter form
  return channel as unknown as PipeChannel;
}
