import type { Clock } from '@tillbridge/core';
import type { Read } from '../recognition/formats.js';
import type { Rgba } from '../recognition/gray.js';
import type { Look } from '../recognition/passes.js';
import type { FromDecoder, ToDecoder } from './decoder-messages.js';

/** The address of the decoder's thread, named by its content at build time. */
declare const __WORKER__: string;

/** A frame that takes longer has hung the decoder, in ms: a new thread is started. Photos of twelve megapixels take a few seconds on old phones. */
const FRAME_MS = 8_000;
/** The first frame waits for the decoder's program to be loaded over a slow Wi-Fi. */
const LOAD_MS = 30_000;
/** So many threads in a row that never opened: something is wrong that a new one does not mend. */
const TRIES = 3;

interface Job {
  readonly id: number;
  readonly done: (reads: readonly Read[]) => void;
  readonly cancel: () => void;
}

/** The thread of the decoder, started anew when it hangs or dies. One frame at a time. */
export class DecoderThread {
  readonly #clock: Clock;
  readonly #onFailed: () => void;
  #worker: Worker | undefined;
  #open = false;
  #failures = 0;
  #ids = 0;
  #job: Job | undefined;

  /** `onFailed`: the decoder cannot be had; every later frame has no code. */
  constructor(clock: Clock, onFailed: () => void) {
    this.#clock = clock;
    this.#onFailed = onFailed;
  }

  get busy(): boolean {
    return this.#job !== undefined;
  }

  /** Starts the thread, so that it is ready when the first frame comes. */
  start(): void {
    this.#thread();
  }

  /** What is in a frame. The frame's memory is given away. Never rejects; empty when another frame is under way. */
  decode(frame: Rgba, tries: readonly (readonly Look[])[]): Promise<readonly Read[]> {
    const worker = this.#thread();
    if (this.busy || worker === undefined) return Promise.resolve([]);
    return new Promise((resolve) => {
      const id = (this.#ids += 1);
      const cancel = this.#clock.timer(this.#open ? FRAME_MS : LOAD_MS, () => this.#died());
      this.#job = { id, done: resolve, cancel };
      const message: ToDecoder = { id, frame, tries };
      worker.postMessage(message, [frame.data.buffer as ArrayBuffer]);
    });
  }

  #thread(): Worker | undefined {
    if (this.#worker !== undefined || this.#failures >= TRIES) return this.#worker;
    const worker = new Worker(__WORKER__);
    this.#worker = worker;
    this.#open = false;
    worker.onmessage = ({ data }: MessageEvent<FromDecoder>) => {
      if (worker === this.#worker) this.#heard(data);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      if (worker === this.#worker) this.#died();
    };
    return worker;
  }

  #heard(message: FromDecoder): void {
    if (message.is === 'failed') { this.#died(); return; }
    if (message.is === 'open') {
      this.#open = true;
      this.#failures = 0;
      return;
    }
    if (message.id === this.#job?.id) this.#finish(message.reads);
  }

  #finish(reads: readonly Read[]): void {
    const job = this.#job;
    this.#job = undefined;
    job?.cancel();
    job?.done(reads);
  }

  #died(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    // one that had opened may have met a frame that it cannot bear: that is not counted
    if (!this.#open) this.#failures += 1;
    this.#finish([]);
    if (this.#failures >= TRIES) this.#onFailed();
    else this.#thread();
  }
}
