import { connect, type Socket } from 'node:net';
import { TillbridgeError, type Link } from '@tillbridge/plugin';

/** Longest line that the till may send, in characters. */
const LONGEST = 64 * 1024;
/** A connection that is not there by then is tried again, in milliseconds. */
const CONNECT_MS = 3000;

/** What the till said about one message of ours. */
export interface TillAnswer {
  readonly id: string;
  readonly applied: boolean;
}

/** One connection to the till: lines of JSON in both directions. */
export class TillLink implements Link {
  readonly ended: Promise<TillbridgeError>;
  readonly #socket: Socket;
  readonly #waiting = new Map<string, (answer: TillAnswer | undefined) => void>();
  #text = '';

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => this.#take(chunk));
    this.ended = new Promise((resolve) => {
      socket.on('error', (error) => resolve(problem(error.message)));
      socket.on('close', () => {
        for (const answer of this.#waiting.values()) answer(undefined);
        this.#waiting.clear();
        resolve(problem('the till closed the connection'));
      });
    });
  }

  send(message: object): void {
    this.#socket.write(`${JSON.stringify(message)}\n`);
  }

  /** What the till answers to the message with this id; undefined when the connection ends before. */
  answerTo(id: string): Promise<TillAnswer | undefined> {
    if (this.#socket.destroyed) return Promise.resolve(undefined);
    return new Promise((resolve) => this.#waiting.set(id, resolve));
  }

  close(): Promise<void> {
    this.#socket.destroy();
    return Promise.resolve();
  }

  #take(chunk: string): void {
    this.#text += chunk;
    if (this.#text.length > LONGEST) this.#socket.destroy();
    const lines = this.#text.split('\n');
    this.#text = lines.pop() ?? '';
    for (const line of lines) {
      const answer = answerOf(line);
      if (answer === undefined) continue;
      this.#waiting.get(answer.id)?.(answer);
      this.#waiting.delete(answer.id);
    }
  }
}

/** Connects, or rejects with an error in words. */
export function connectTill(host: string, port: number, signal: AbortSignal): Promise<TillLink> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port });
    const stop = (): void => void socket.destroy(new Error('given up'));
    socket.setTimeout(CONNECT_MS, stop);
    signal.addEventListener('abort', stop, { once: true });
    socket.once('error', (error) => reject(problem(error.message)));
    socket.once('connect', () => {
      socket.setTimeout(0);
      signal.removeEventListener('abort', stop);
      resolve(new TillLink(socket));
    });
    if (signal.aborted) stop();
  });
}

/** Anything that goes wrong with the till, for a cashier to read. */
export function problem(text: string): TillbridgeError {
  return new TillbridgeError('TB_NATIVE_PLUGIN_PROBLEM', { plugin: '__NAME__', problem: text });
}

/** Never trust what comes over a wire. */
function answerOf(line: string): TillAnswer | undefined {
  try {
    const { id, applied } = JSON.parse(line) as Partial<TillAnswer>;
    return typeof id === 'string' && typeof applied === 'boolean' ? { id, applied } : undefined;
  } catch {
    return undefined;
  }
}
