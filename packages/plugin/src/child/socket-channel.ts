import { EventEmitter } from 'node:events';
import { Socket } from 'node:net';
import type { HostChannel } from '@tillbridge/child-host';
import { LineFrames } from '../wire/line-frames.js';

/** The descriptor that the daemon gives the process beside stdin, stdout and stderr. */
const CHANNEL_FD = 3;

/**
 * What `serveHost` speaks through: lines of JSON on a pipe of our own. Node.js's own channel would read a message of any size into the
 * daemon's memory.
 */
export function socketChannel(): HostChannel {
  const socket = new Socket({ fd: CHANNEL_FD, readable: true, writable: true });
  const events = new EventEmitter();
  const frames = new LineFrames();
  let connected = true;
  socket.on('data', (chunk: Buffer) => {
    for (const line of frames.push(chunk)) events.emit('message', JSON.parse(line));
  });
  const gone = (): void => {
    if (!connected) return;
    connected = false;
    events.emit('disconnect');
  };
  socket.on('end', gone);
  socket.on('close', gone);
  socket.on('error', gone);
  process.once('uncaughtException', (error) => events.emit('uncaughtException', error));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
  const channel = {
    on: (event: string, listener: (...args: unknown[]) => void) => events.on(event, listener),
    once: (event: string, listener: (...args: unknown[]) => void) => events.once(event, listener),
    exit: (code?: number): never => process.exit(code),
    get connected() {
      return connected;
    },
    send: (message: unknown, sent: (error: Error | null) => void) => {
      socket.write(`${JSON.stringify(message)}\n`, (error) => sent(error ?? null));
    },
  };
  return channel as unknown as HostChannel;
}
