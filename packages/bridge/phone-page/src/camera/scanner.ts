import type { Clock } from '@tillbridge/core';
import type { Read } from '../recognition/formats.js';
import { Recognizer } from '../recognition/recognizer.js';
import { eachFrame, FrameGrabber } from './frames.js';
import type { DecoderThread } from './decoder-thread.js';

/** A code that is certain, and when the frame that settled it was on the screen (`Clock.mono`). */
export interface Sighting {
  readonly read: Read;
  readonly frameAt: number;
}

/** From the video to codes. One frame is under way at a time; those that come meanwhile are left out. */
export class Scanner {
  readonly #clock: Clock;
  readonly #video: HTMLVideoElement;
  readonly #thread: DecoderThread;
  readonly #onCode: (sighting: Sighting) => void;
  readonly #recognizer = new Recognizer();
  readonly #grabber = new FrameGrabber();
  #zoom = 1;
  /** Counts up when looking starts or stops: what was under way then is thrown away. */
  #turn = 0;
  #stop: (() => void) | undefined;

  constructor(clock: Clock, video: HTMLVideoElement, thread: DecoderThread, onCode: (sighting: Sighting) => void) {
    this.#clock = clock;
    this.#video = video;
    this.#thread = thread;
    this.#onCode = onCode;
  }

  set zoom(factor: number) {
    this.#zoom = factor;
  }

  start(): void {
    if (this.#stop !== undefined) return;
    this.#turn += 1;
    this.#recognizer.restart();
    this.#stop = eachFrame(this.#video, () => this.#look());
  }

  stop(): void {
    this.#turn += 1;
    this.#stop?.();
    this.#stop = undefined;
  }

  #look(): void {
    if (this.#thread.busy || this.#video.readyState < this.#video.HAVE_CURRENT_DATA) return;
    const frameAt = this.#clock.mono();
    const frame = this.#grabber.grab(this.#video, this.#video.videoWidth, this.#video.videoHeight, this.#zoom);
    if (frame === undefined) return;
    const turn = this.#turn;
    const { pass, looks } = this.#recognizer.next();
    void this.#thread.decode(frame, [looks]).then(([read]) => {
      if (turn !== this.#turn) return;
      const certain = this.#recognizer.result(pass, read, frameAt);
      if (certain !== undefined) this.#onCode({ read: certain, frameAt });
    });
  }
}
