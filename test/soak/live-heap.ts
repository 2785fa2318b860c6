import { setTimeout as pause } from 'node:timers/promises';
import { WebSocket } from 'ws';
import type { RunningChild } from '../support/child.js';
import { figuresOf } from './process-figures.js';

/** What a process still holds after everything that nobody holds was collected, MiB. */
export interface LiveMemory {
  readonly heapMiB: number;
  /** Buffers outside of the heap. */
  readonly buffersMiB: number;
  /** Resident right after. */
  readonly rssMiB: number;
}

/** For the environment of the process: it and its children have a debugger, each on a port of its own choice. */
export const DEBUGGABLE = { NODE_OPTIONS: '--inspect=127.0.0.1:0' };
/** V8 looks once more 8 s after a collection and gives pages back then; before that the resident ones swing by ten MiB with what is not collected yet. */
const SETTLE_MS = 12_000;
const MIB = 2 ** 20;

/** Asks a daemon's own debugger (nodejs.org/api/inspector.html, the DevTools protocol) to collect, as often as one wants. */
export class LiveHeap {
  readonly #socket: WebSocket;
  readonly #pid: number;
  #id = 0;

  private constructor(socket: WebSocket, pid: number) {
    this.#socket = socket;
    this.#pid = pid;
  }

  /** Of the processes that tell where their debuggers are, the one with this id. */
  static async of(daemon: RunningChild, pid: number): Promise<LiveHeap> {
    for (const [, url = ''] of daemon.stderr().matchAll(/(ws:\/\/127\.0\.0\.1:\S+)/g)) {
      const socket = new WebSocket(url);
      await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
      const heap = new LiveHeap(socket, pid);
      const { result } = await heap.#ask<{ readonly result: { readonly value: number } }>('Runtime.evaluate', { expression: 'process.pid' });
      if (result.value === pid) return heap;
      heap.close();
    }
    throw new Error(`no debugger of ${String(pid)}: ${daemon.stderr()}`);
  }

  async collected(): Promise<LiveMemory> {
    for (let round = 0; round < 2; round += 1) await this.#ask('HeapProfiler.collectGarbage');
    const { usedSize, backingStorageSize } = await this.#ask<{ readonly usedSize: number; readonly backingStorageSize: number }>('Runtime.getHeapUsage');
    await pause(SETTLE_MS);
    return { heapMiB: usedSize / MIB, buffersMiB: backingStorageSize / MIB, rssMiB: figuresOf(this.#pid).rssMiB };
  }

  close(): void {
    this.#socket.close();
  }

  #ask<Result = object>(method: string, params: object = {}): Promise<Result> {
    const id = (this.#id += 1);
    return new Promise((resolve, reject) => {
      const answered = (data: Buffer): void => {
        const answer = JSON.parse(data.toString('utf8')) as { readonly id?: number; readonly result?: Result; readonly error?: { readonly message: string } };
        if (answer.id !== id) return;
        this.#socket.off('message', answered);
        if (answer.result === undefined) reject(new Error(answer.error?.message ?? 'no answer'));
        else resolve(answer.result);
      };
      this.#socket.on('message', answered);
      this.#socket.send(JSON.stringify({ id, method, params }));
    });
  }
}
