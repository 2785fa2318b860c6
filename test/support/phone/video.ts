import { closeSync, openSync, writeSync } from 'node:fs';
import jpeg from 'jpeg-js';
import { rgba, type Picture } from './scene.js';

/** What the camera sees for so many frames. */
export interface Shot {
  readonly picture: Picture;
  readonly frames: number;
}

/** Chromium's fake camera plays a file of JPEG pictures, one after the other, at 30 a second, and loops it. */
export const FRAMES_PER_SECOND = 30;

/** Writes the film; its length in frames. */
export function film(file: string, shots: Iterable<Shot>): number {
  const out = openSync(file, 'w');
  let count = 0;
  try {
    for (const { picture, frames } of shots) {
      const { width, height, data } = rgba(picture);
      const { data: bytes } = jpeg.encode({ width, height, data: Buffer.from(data.buffer) }, 85);
      for (let n = 0; n < frames; n += 1) writeSync(out, bytes);
      count += frames;
    }
  } finally {
    closeSync(out);
  }
  return count;
}
